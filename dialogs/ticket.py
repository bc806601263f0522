"""*For ticket*: what goes from a closed case into the ticketing system, its title for the survey, its notes.

Steps: cause (the root cause where none is known), untag (the titles without our tags) and its undo.
"""

import msgspec

from cards.elements import Ref
from cards.notice import done_card
from cards.ticket import Cause, Hint, Titles, ticket_card
from dialogs.chases import entries_of
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef
from dialogs.record import both
from dialogs.steps import by_whom, opened, sends, shows, typed
from dialogs.turn import Outcome, Turn, UserError
from playbook.model import Case, Entry, MailSent
from playbook.rules import mask
from playbook.rules.base import Facts
from playbook.rules.marks import read
from playbook.rules.title import check_title, tags_in, untagged
from playbook.standing import of_kind, standing
from playbook.ticket import for_ticket, untold_call
from storage.base import Save, Versioned
from storage.records import Flow

CAUSE_LIMIT = 4000
TITLES = ("title", "internal_title")


def open_ticket(turn: Turn, case: Versioned[Case]) -> Outcome:
    """`/case N ticket`, and *For ticket* on the cards of a closed case and its mail."""
    flow = opened(turn, "ticket", "show", case_id=case.value.id)
    return sends(flow, public=f"I've sent you what the ticket of case {case.value.number} gets.")


async def from_mail(turn: Turn, loaded: Loaded) -> Outcome:
    """*For ticket* on the card of a sent mail."""
    return open_ticket(turn, both(loaded)[1])


# ---- the steps -----------------------------------------------------------------------------------


async def cause(turn: Turn, loaded: Loaded) -> Outcome:
    """LQR-07: the root cause, where the case had none."""
    flow, case = both(loaded)
    text = mask(typed(turn).get("cause", "").strip())
    if not text or len(text) > CAUSE_LIMIT:
        why = f"At most {CAUSE_LIMIT:,} characters, please." if text else "Please write the root cause first."
        same = msgspec.structs.replace(
            flow.value, values=flow.value.values | {"cause": text}, errors={"cause": why}, touched_at=turn.now
        )
        return Outcome((Save(same, flow.version),), shows(same))
    after = msgspec.structs.replace(case.value, cause=text, touched_at=turn.now)
    return _done(turn, flow, case, after, {"cause": ""}, "Root cause saved")


async def untag(turn: Turn, loaded: Loaded) -> Outcome:
    """Our tags off both titles: the survey shows the customer what the ticket is called (LQR-09, ICM-06)."""
    flow, case = both(loaded)
    before = {name: getattr(case.value, name) for name in TITLES}
    clean = {name: untagged(title) for name, title in before.items()}
    if clean == before:
        raise UserError("There is no tag in the titles any more.")
    after = msgspec.structs.replace(case.value, **clean, touched_at=turn.now)
    kept = {f"{name}_before": title for name, title in before.items()}
    kept |= {f"{name}_after": title for name, title in clean.items()}
    return _done(turn, flow, case, after, kept, "Tags taken off")


async def undo(turn: Turn, loaded: Loaded) -> Outcome:
    """The titles with their tags again, unless somebody changed them meanwhile."""
    flow, case = both(loaded)
    values = flow.value.values
    if "title_after" not in values:
        raise UserError("There is nothing to take back here.")
    if any(getattr(case.value, name) != values[f"{name}_after"] for name in TITLES):
        raise UserError(f"The title of case {case.value.number} was changed meanwhile; its card shows it.")
    back = {name: values[f"{name}_before"] for name in TITLES}
    after = msgspec.structs.replace(case.value, **back, touched_at=turn.now)
    gone = {f"{name}_{when}" for name in TITLES for when in ("before", "after")}
    left = msgspec.structs.replace(flow.value, values={n: v for n, v in values.items() if n not in gone})
    return _done(turn, Versioned(left, flow.version), case, after, {}, "Taken back")


def _done(
    turn: Turn, flow: Versioned[Flow], case: Versioned[Case], after: Case, values: dict[str, str], what: str
) -> Outcome:
    now = msgspec.structs.replace(
        flow.value, values=flow.value.values | values, errors={}, note=by_whom(turn, what), touched_at=turn.now
    )
    return Outcome((Save(now, flow.version), Save(after, case.version)), shows(now), current_case=after.id)


# ---- what is on show -----------------------------------------------------------------------------


async def view(sight: Sight, flow: Versioned[Flow]) -> Card:
    """As the case is now."""
    found = await sight.read.get(Case, flow.value.case_id)
    ref = Ref("ticket", flow.value.id, flow.version)
    if found is None:
        return done_card("For the ticket", "The case is not there any more.", flow.value.note, ref)
    case, values = found.value, flow.value.values
    entries = await entries_of(sight.read, case.id)
    text = for_ticket(case, sight.team.resolution_codes, _closing_mail(entries))
    return ticket_card(
        case.number,
        text,
        _titles(case, undo="title_after" in values),
        ref,
        hints=_hints(case, entries),
        asks=None if case.cause else Cause(values.get("cause", ""), flow.value.errors.get("cause", "")),
        ways=(("Cause list", f"/case {case.number} cause-list"), ("Open case", f"/case {case.number}")),
        note=flow.value.note,
    )


def _closing_mail(entries: list[Entry]) -> str:
    """The text of the closing mail that was sent last."""
    sent = [fact for _, fact in of_kind(standing(entries), MailSent) if fact.kind == "lqr"]
    return sent[-1].text if sent else ""


def _titles(case: Case, *, undo: bool) -> Titles:
    """What the customer who gets the survey would read (LQR-09), and our tags in either title."""
    facts = Facts(kind="lqr", title=case.title, known={"symptom": case.symptom, "product": case.product})
    found = list(check_title(read(""), facts))
    said = [f"{one.message}{f' Better: {one.fix}' if one.fix else ''}" for one in found]
    ours = [tag for tag in tags_in(case.internal_title) if tag not in tags_in(case.title)]
    if ours:
        said.append(
            f"Our title says {', '.join(f'“{tag}”' for tag in ours)}: take it off the ticket before the survey goes."
        )
    tagged = any(untagged(title) != title for title in (case.title, case.internal_title))
    return Titles(case.title, said, tagged, undo)


def _hints(case: Case, entries: list[Entry]) -> list[Hint]:
    hints = []
    if untold_call(entries) is not None:
        text = "The last contact was a call, and nothing is written down of what was said. One line is enough."
        hints.append(Hint(text, "LQR-10", ("Note", f"/case {case.number} note")))
    if not case.resolution_code:
        hints.append(Hint("No resolution code is kept with this case: the closing form asks for it.", "LQR-14"))
    return hints


FLOW = FlowDef(
    "ticket",
    {
        "cause": StepDef(cause, "case.record"),
        "untag": StepDef(untag, "case.record"),
        "undo": StepDef(undo, "case.record"),
    },
    view=view,
)
