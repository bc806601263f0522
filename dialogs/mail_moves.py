"""What mails besides the closing do to their case once they are sent: its stage, and the first response's clock."""

from datetime import datetime

import msgspec

from dialogs.flow import Loaded
from dialogs.fqr_clock import start_clock
from dialogs.goals import running_goal
from dialogs.mail_promises import ONCE_MORE
from dialogs.mail_way import Sending, Then
from dialogs.record import entry_of
from dialogs.turn import Turn
from playbook.mails import Mail
from playbook.model import Case, Draft, Stage, StageMoved, Undone
from playbook.stages import move, moves_from
from playbook.words import instant_words
from storage.base import Change, Save


async def first_response_late(
    turn: Turn, loaded: Loaded, mail: Mail | None, draft: Draft, at: datetime
) -> dict[str, str]:
    """FQR-06: scheduled for after its goal, it is marked with the second click: then somebody has read that it is."""
    if loaded.case is None or loaded.flow is None:
        return {}
    goal = running_goal(turn.team, loaded.case.value)
    if goal is None or not turn.now < goal < at:
        return {}
    when = instant_words(goal, turn.zone, turn.now)
    said = f"The first response is due {when}; this is after that. Take an earlier time. {ONCE_MORE} to schedule it."
    return {} if loaded.flow.value.errors.get("sent_on") == said else {"sent_on": said}


async def first_response(turn: Turn, sending: Sending) -> Then:
    """FQR-06: the first mail stops the clock; a request being validated is worked on from here."""
    if sending.case.fqr_sent_at is not None:
        return Then(sending.case)
    then = moved(turn, sending, sending.case, Stage.INVESTIGATION, "First response sent")
    return await clock_stopped(turn, sending, then)


async def clock_stopped(turn: Turn, sending: Sending, then: Then) -> Then:
    """What a mail comes to that is a first response, too, where none went before it."""
    if then.case.fqr_sent_at is not None:
        return then
    case = msgspec.structs.replace(then.case, fqr_sent_at=sending.at)
    changes = (*then.changes, *await start_clock(turn, case, sending.before))
    return Then(case, changes, {**then.values, "fqr_stopped": "yes"}, then.note)


async def first_response_undone(turn: Turn, sending: Sending) -> Then:
    then = moved_back(turn, sending)
    if sending.flow.values.get("fqr_stopped") != "yes":
        return then
    after = msgspec.structs.replace(then.case, fqr_sent_at=None)
    changes = (*then.changes, *await start_clock(turn, after, sending.before))
    return Then(after, changes, {"fqr_stopped": ""})


def moved(turn: Turn, sending: Sending, case: Case, to: Stage, reason: str) -> Then:
    """The case in another stage, where its own leads there; else as it is."""
    if to not in moves_from(case.stage):
        return Then(case, values={"moved_by_mail": ""})
    fact = StageMoved(from_stage=case.stage, to_stage=to, reason=reason)
    entry = entry_of(turn, case, fact, at=sending.at)
    values = {"moved_by_mail": entry.id, "stage_of_mail": case.stage.value, "stage_by_mail": to.value}
    return Then(move(case, to, sending.at), (Save(entry),), values)


def moved_back(turn: Turn, sending: Sending) -> Then:
    """*Undo*: to the stage before, unless the case has gone on since."""
    case, values = sending.case, sending.flow.values
    if not values.get("moved_by_mail"):
        return Then(case)
    if not case.open or case.stage != values.get("stage_by_mail", case.stage):
        return Then(case, values={"moved_by_mail": ""})
    entry: Change = Save(entry_of(turn, case, Undone(entry_id=values["moved_by_mail"])))
    before = msgspec.structs.replace(case, stage=Stage(values["stage_of_mail"]))
    return Then(before, (entry,), {"moved_by_mail": ""})
