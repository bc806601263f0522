"""The first words in a new conversation: what to type."""

from cards.card import card
from cards.elements import Card, box, heading, plain, user

FIRST = (
    ("/case", "Register a case, or see it with all that happened; More on its card shows all that can be done."),
    ("/next", "What goes first today: what, by when, why."),
    ("/validate, /scope, /fqr", "From the request to a first response worth reading."),
    ("/lqr", "Write a closing mail, from the case number to the sent mark."),
    ("/check", "Paste a mail behind it, and see what is missing."),
    ("/help", "Everything else."),
)


def welcome_card(name: str = "") -> Card:
    """A greeting by name where it is known, and the commands to begin with as (usage, what it does)."""
    body = [heading("Welcome to Casemate")]
    greeting = f"Hello {name}, I help with your cases" if name else "I help with your cases"
    body.append(user(f"{greeting}: I draft, check and remind. You send; I never write to a customer.", limit=300))
    for usage, help in FIRST:
        body.append(
            box([user(usage, limit=80, bold=True, mono=True), user(help, limit=200, spacing="none")], spacing="small")
        )
    body.append(plain("In a channel, mention me first. The slash may be left out.", subtle=True))
    return card(body, summary="Welcome to Casemate. Type help to begin.")
