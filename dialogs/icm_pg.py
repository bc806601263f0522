"""ICM-05: whether the product group may be put into the customer's mails: asked, answered by rule, and kept.

A draft for the customer that names one of them says so while no ground stands in the case's timeline.
"""

import re
from collections.abc import Iterable, Sequence

import msgspec

from cards.elements import Element, Ref
from cards.form import form_card
from cards.icm import pg_named_lines
from cards.notice import done_card
from dialogs import icms
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef
from dialogs.forms import read_form
from dialogs.icm_flow import begun, finished, open_again, still_open, undoable
from dialogs.record import both, entry_of, touched
from dialogs.steps import again, cancelled, typed
from dialogs.turn import Choice, Field, Form, Outcome, Turn
from dialogs.whole import timeline_of
from playbook.icm import PG_GROUNDS, pg_in_mails
from playbook.mails import Mail
from playbook.model import Case, CsatFlagged, Draft, Icm, PgInMails, Undone
from playbook.standing import of_kind, standing
from playbook.team import Team
from storage.base import Change, Reader, Save, Versioned
from storage.records import Flow, FlowState

FIELDS = (
    Field(
        "ground", "On which ground", "choice", required=True, choices=tuple(Choice(*one) for one in PG_GROUNDS.items())
    ),
    Field("who", "Who of the product group said so", limit=120, help="A name; for the first two"),
    Field("tried", "What is exhausted", "text", limit=800, help="All that was tried; for the second"),
)


def _form(case: Case) -> Form:
    intro = "The product group stays out of the customer's mails, but for four grounds (ICM-05)."
    return Form(f"The product group in mails: case {case.number}", FIELDS, ("Answer", "answer"), intro)


async def open_of(turn: Turn, case: Versioned[Case], icm: Versioned[Icm]) -> Outcome:
    return await open_case(turn, case, icm.value.id)


async def open_case(turn: Turn, case: Versioned[Case], icm_id: str = "") -> Outcome:
    """`/icm N pg`; also before there is an incident."""
    values = {"ground": "csat" if await icms.looped_in(turn.read, case.value.id) else ""}
    return begun(turn, "icm-pg", "ask", case, icm_id, values)


async def answer(turn: Turn, loaded: Loaded) -> Outcome:
    """The rule's answer, kept in the timeline: yes with its ground, or no with the reason."""
    flow, case = both(loaded)
    still_open(flow)
    read = read_form(_form(case.value), typed(turn))
    values = flow.value.values | read.values
    if read.errors:
        return again(turn, flow, values, read.errors)
    verdict = pg_in_mails(values, case.value, looped_in=await icms.looped_in(turn.read, case.value.id))
    ground = values["ground"] if verdict.go else ""
    entry = entry_of(turn, case.value, PgInMails(allowed=verdict.go, ground=ground, text=verdict.reason))
    values |= {"entry_id": entry.id, "reason": verdict.reason, "allowed": "yes" if verdict.go else "no"}
    changes: list[Change] = [Save(entry), touched(turn, case)]
    icm = await turn.read.get(Icm, values["icm_id"]) if values.get("icm_id") else None
    if icm is not None:
        values["before"] = icm.value.pg_in_mails
        said = verdict.reason if verdict.go else ""
        changes.append(Save(msgspec.structs.replace(icm.value, pg_in_mails=said, touched_at=turn.now), icm.version))
    return finished(turn, flow, case.value, values, "Answered", changes)


async def undo(turn: Turn, loaded: Loaded) -> Outcome:
    flow, case = both(loaded)
    values = undoable(flow)
    changes: list[Change] = [touched(turn, case), Save(entry_of(turn, case.value, Undone(entry_id=values["entry_id"])))]
    icm = await turn.read.get(Icm, values["icm_id"]) if values.get("icm_id") else None
    if icm is not None:
        before = msgspec.structs.replace(icm.value, pg_in_mails=values.get("before", ""), touched_at=turn.now)
        changes.append(Save(before, icm.version))
    left = {name: value for name, value in values.items() if name not in ("entry_id", "reason", "allowed", "before")}
    return open_again(turn, flow, left, changes)


async def cancel(turn: Turn, loaded: Loaded) -> Outcome:
    return cancelled(turn, both(loaded)[0])


async def view(sight: Sight, flow: Versioned[Flow]) -> Card:
    now, ref = flow.value, Ref("icm-pg", flow.value.id, flow.version)
    case = await sight.read.get(Case, now.case_id)
    title = f"The product group in mails: case {case.value.number if case else ''}"
    if case is None or now.state is FlowState.CANCELLED:
        return done_card(title, "", now.note, ref)
    if now.state is FlowState.OPEN:
        return form_card(_form(case.value), now.values, now.errors, ref, note=now.note)
    may = "Yes, it may" if now.values["allowed"] == "yes" else "No, it may not"
    text = f"{may} be put into the customer's mails. {now.values['reason']} (ICM-05)"
    return done_card(title, text, now.note, ref, undo="undo")


# ---- on a draft ----------------------------------------------------------------------------------


async def named_in(sight: Sight, mail: Mail, case: Case, draft: Draft) -> Sequence[Element]:
    """What stands at the top of a draft for the customer that names somebody of the product group without a ground."""
    if mail.to == "named" or not sight.team.product_groups:
        return ()
    named = in_text(sight.team, draft)
    if not named or await _granted(sight.read, case.id):
        return ()
    return pg_named_lines(named, case.number)


def in_text(team: Team, draft: Draft) -> list[str]:
    """Whom of the product groups the draft names, by address or full name, in To, Cc, subject or text."""
    whom = [part for one in (*draft.to, *draft.cc) for part in (one.name, one.email)]
    text = "\n".join((draft.subject, draft.text, *whom)).casefold()
    return list(
        dict.fromkeys(name or email for name, email in _people(team) if _says(text, name) or _says(text, email))
    )


def _people(team: Team) -> Iterable[tuple[str, str]]:
    return (one for group in team.product_groups for one in group.people)


def _says(text: str, what: str) -> bool:
    return bool(what) and re.search(rf"(?<![\w.@-]){re.escape(what.casefold())}(?![\w@-])", text) is not None


async def _granted(read: Reader, case_id: str) -> bool:
    """The last answer counts; being flagged as exceptionally bad is a ground by itself."""
    stands = standing(await timeline_of(read, case_id))
    if any(fact.step == "looped_in" for _, fact in of_kind(stands, CsatFlagged)):
        return True
    answers = of_kind(stands, PgInMails)
    return bool(answers) and answers[-1][1].allowed


FLOW = FlowDef(
    "icm-pg",
    {
        "answer": StepDef(answer, "icm.open"),
        "undo": StepDef(undo, "icm.open"),
        "cancel": StepDef(cancel, "icm.open"),
    },
    view=view,
)
