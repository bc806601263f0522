"""Cards with what holds a closing: the form, the draft, and a record that reads unhappy."""

from collections.abc import Callable, Mapping

from cards.draft import draft_card
from cards.elements import Card, Ref
from cards.form import Field, Form, form_card
from cards.holds import REASON, holds_block, overridden_block, unsure_line
from cards.notice import done_card
from playbook.rules.closing import Held
from tests.unit.cards.samples import CASE, DRAFT

REF = Ref("lqr", "f9", 4)
FORM = Form("Standard closure", (Field("symptom", "Symptom", "text", required=True),), ("Draft", "draft"))
HELD = (
    Held(
        "LQR-03",
        "The customer may be dissatisfied: “this is the third time that I explain it”.",
        "Talk it over with a senior engineer or technical advisor, and record who with; tell their account manager, and "
        "record it. Anyone of the team can, or note that the mood has changed.",
        ("discussed", "told", "mood"),
    ),
    Held("FLOW-07", "No word yet that the customer confirms the solution.", "Say in the form who confirmed it.", ("confirmed",)),
    Held("TALK-01", "An open promise to the customer: “The log analysed”, for Wed 25 Nov.", "Record it.", ("kept",)),
)  # fmt: skip


def form(held: tuple[Held, ...] = HELD, errors: Mapping[str, str] | None = None, *, registered: bool = True) -> Card:
    errors = errors or {}
    first = holds_block(held, CASE.number, REF, {REASON: "They insist"}, errors, registered=registered)
    return form_card(FORM, {}, errors, REF, above=first)


def draft() -> Card:
    first = [*holds_block(HELD[:1], CASE.number, REF, {}, {}), *unsure_line(CASE.number)]
    errors = {"": "LQR-03 holds the closing: the mail is not marked and the case stays open."}
    return draft_card(DRAFT, CASE, (), REF, what="Standard closure", can_open=True, above=first, errors=errors)


def overridden() -> Card:
    """Two rules by one word, a third by a colleague's; and one that holds still."""
    both = "Agreed with Dana on the phone: they leave the product"
    said = (("LQR-03", both, "Ada Lovelace"), ("FLOW-07", both, "Ada Lovelace"), ("TALK-01", "Not ours any more", ""))
    first = [*holds_block(HELD[1:2], CASE.number, REF, {}, {}), *overridden_block(said, REF)]
    return draft_card(DRAFT, CASE, (), REF, what="Standard closure", can_open=True, above=first)


def answered() -> Card:
    hint, says = "This reads unhappy (“waste of time”): note the mood?", (("Note mood", "/case 26 mood unhappy"),)
    return done_card(
        "Customer answered: case 26", "A waste of time!", "Recorded", REF, undo="undo", hint=hint, says=says
    )


HOLD_SAMPLES: dict[str, Callable[[], Card]] = {
    "form_holds": form,
    "form_holds_new": lambda: form(HELD[1:2], registered=False),
    "form_holds_no_reason": lambda: form(HELD[1:], {REASON: "Please fill in: why you go on all the same."}),
    "draft_holds": draft,
    "draft_overridden": overridden,
    "done_unhappy": answered,
}
