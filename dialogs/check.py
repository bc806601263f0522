"""`/check`: reads a pasted mail by the rules, without a case. Nothing of it is kept."""

from typing import Literal

from cards.elements import Ref
from cards.form import form_card
from cards.notice import findings_card
from dialogs.flow import FlowDef, Loaded, StepDef
from dialogs.forms import read_form
from dialogs.lqr_form import scenarios
from dialogs.steps import typed
from dialogs.turn import Choice, Field, Form, Outcome, Reply, Turn
from playbook.rules import RULES, review
from playbook.rules.base import Facts

TEXT_LIMIT = 20_000
ANY, FIRST = "any", "first-response"
EVERY_MAIL = ("TALK-01.next", "TALK-01.when", "FQR-02.robotic")  # what any mail to a customer is held to (playbook §5)
REF = Ref("check", "", 0)


def _form(turn: Turn) -> Form:
    names = scenarios(turn.mails)
    closings = (Choice(name, f"Closing: {turn.mails.get(f'lqr/{name}').title}") for name in names)
    choices = (Choice(ANY, "Any mail to a customer"), Choice(FIRST, "First response"), *closings)
    return Form(
        "Check a mail",
        (
            Field("text", "The mail", "text", required=True, limit=TEXT_LIMIT, help="Paste it here"),
            Field("scenario", "What kind of mail it is", "choice", choices=choices),
            Field("customer_name", "Customer's name", limit=120),
        ),
        ("Check", "read"),
        intro="It is only read: nothing of it is kept.",
        cancel="",
    )


async def start(turn: Turn, args: str) -> Outcome:
    """`/check [text]`: with a text the findings at once, without one the form."""
    form = _form(turn)
    typed_in = read_form(form, {"text": args}, masked=False)
    errors = typed_in.errors if args else {}
    if args and not errors:
        return _found(turn, args, ANY, "")
    return Outcome(reply=Reply(card=form_card(form, typed_in.values, errors, REF), private=True))


async def read(turn: Turn, loaded: Loaded) -> Outcome:
    form = _form(turn)
    typed_in = read_form(form, typed(turn), masked=False)
    if typed_in.errors:
        return Outcome(reply=Reply(card=form_card(form, typed_in.values, typed_in.errors, REF)))
    values = typed_in.values
    found = _found(turn, values["text"], values["scenario"], values["customer_name"])
    return found._replace(reply=found.reply._replace(private=False))  # where the form is, its answer may be


def _found(turn: Turn, text: str, scenario: str, customer: str) -> Outcome:
    """Without a case nobody knows how urgent it is, so that FQR-03 is not asked."""
    kind: Literal["fqr", "lqr", "other"] = "lqr"
    parts: tuple[str, ...] = ()
    if scenario == FIRST:
        kind, parts = (
            "fqr",
            tuple(rule.id for rule in RULES if rule.id.startswith(("FQR", "TALK")) and rule.id != "FQR-03"),
        )
    elif scenario in (ANY, ""):
        kind, parts = "other", EVERY_MAIL
    facts = Facts(
        kind=kind,
        scenario=scenario if kind == "lqr" else "",
        parts=parts,
        customer_name=customer,
        leaks=True,
        internal_hosts=turn.team.internal_hosts,
    )
    reading = review(text, facts)
    card = findings_card(reading.findings, text=text, english=reading.english)
    return Outcome(reply=Reply(card=card, private=True, public="I've sent you what I found."))


FLOW = FlowDef("check", {"read": StepDef(read, "check")}, keeps=None)
