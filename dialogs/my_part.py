"""`/my overdue` and the other parts of one's own things: all of it, in pages on one card."""

from cards.elements import Ref
from cards.my import part_card
from dialogs import today
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef
from dialogs.steps import again, opened
from dialogs.turn import Outcome, Reply, Turn, UserError
from playbook.words import instant_words
from storage.base import Save, UndeclaredQuery, Versioned
from storage.records import Flow

GONE = "This list is not there any more. Type /my for a new one."


def open_part(turn: Turn, part: str) -> Outcome:
    """`part` is one of `today.PARTS`. For the asker's eyes alone."""
    flow = opened(turn, "my_part", part)
    public = f"I've sent you what is yours: {today.PARTS[part].lower()}."
    return Outcome((Save(flow),), Reply(of=f"flow/{flow.id}", private=True, public=public))


async def next_page(turn: Turn, loaded: Loaded) -> Outcome:
    flow, marks = _of(loaded)
    _, further = await today.page_of(Sight.of(turn), flow.value.person, flow.value.step, _last(marks))
    return again(turn, flow, {"marks": " ".join([*marks, *([further] if further else [])])}, {})


async def page_back(turn: Turn, loaded: Loaded) -> Outcome:
    flow, marks = _of(loaded)
    return again(turn, flow, {"marks": " ".join(marks[:-1])}, {})


async def refresh(turn: Turn, loaded: Loaded) -> Outcome:
    flow, marks = _of(loaded)
    return again(turn, flow, {"marks": " ".join(marks)}, {})


def _of(loaded: Loaded) -> tuple[Versioned[Flow], list[str]]:
    if loaded.flow is None or loaded.flow.value.step not in today.PARTS:
        raise UserError(GONE)
    return loaded.flow, loaded.flow.value.values.get("marks", "").split()


def _last(marks: list[str]) -> str:
    return marks[-1] if marks else ""


async def view(sight: Sight, flow: Versioned[Flow]) -> Card:
    marks = flow.value.values.get("marks", "").split()
    if flow.value.step not in today.PARTS:
        raise UserError(GONE)
    try:
        section, further = await today.page_of(sight, flow.value.person, flow.value.step, _last(marks))
    except UndeclaredQuery:
        raise UserError(GONE) from None
    return part_card(
        section,
        Ref("my_part", flow.value.id, flow.version),
        page=len(marks) + 1,
        more=bool(further),
        note=f"As of {instant_words(sight.now, sight.zone)}",
    )


FLOW = FlowDef(
    "my_part",
    {
        "next": StepDef(next_page, "my.show"),
        "page_back": StepDef(page_back, "my.show"),
        "refresh": StepDef(refresh, "my.show"),
    },
    view=view,
)
