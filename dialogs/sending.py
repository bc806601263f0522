"""*I sent it* and *Undo*: what marking a mail as sent does to draft, timeline and case."""

from datetime import datetime

import msgspec

from cards.draft import TEXT_LIMIT
from dialogs import chases, followups
from dialogs.case_fields import instant
from dialogs.closing import closed, opened_again
from dialogs.flow import Loaded
from dialogs.going_on import ATTEMPT, with_next_step
from dialogs.mail_draft import HAS_EARLIER, made_of, replaces, rewritten
from dialogs.mail_people import UNKNOWN
from dialogs.mail_way import MailWay, Sending, Then
from dialogs.record import entry_of, notice
from dialogs.steps import again, ended, shows, typed
from dialogs.turn import Outcome, Turn, UserError
from playbook.model import Case, Draft, Entry, Fact, FollowUpState, MailSent, Undone, WaitingOn
from playbook.rules import mask
from playbook.sla import turned_to
from playbook.words import instant_words
from storage.base import Change, Save, Versioned
from storage.records import Flow, FlowState

CHANGED = "The text was changed since it was last read. It has been read now: if it is what you sent, click again."


async def sent(way: MailWay, turn: Turn, loaded: Loaded) -> Outcome:
    """Marks the mail as sent (now, earlier or scheduled for); closes the case, where mail and actor may."""
    flow, case, draft = await _at_mail(turn, loaded)
    if flow.value.state is not FlowState.OPEN:
        raise UserError("This mail is marked already.")
    inputs = typed(turn)
    text = inputs.get("text", draft.value.text)
    times = {name: inputs.get(name, "") for name in ("sent_on", "sent_time")}
    reasons = {name: mask(value) for name, value in inputs.items() if name.endswith("_reason")}
    values = flow.value.values | times | reasons
    if len(text) > TEXT_LIMIT:
        return again(turn, flow, values, {"text": f"At most {TEXT_LIMIT:,} characters, please."})
    if _lines(text) != _lines(draft.value.text):
        changes = rewritten(turn, draft, text)
        values |= HAS_EARLIER if replaces(changes) else {}
        seen = again(turn, flow, values, {"": CHANGED})
        return seen._replace(changes=(*seen.changes, *changes))
    try:
        at = instant(times, "sent", turn.zone) or turn.now
    except ValueError as problem:
        return again(turn, flow, values, {"sent_on": str(problem)})
    if at < case.value.created_at < case.value.recorded_at:  # equal: nobody said when it was opened
        return again(turn, flow, values, {"sent_on": "This lies before the case was opened."})
    stops = await way.stops(turn, loaded, made_of(turn.mails, draft.value), draft.value, at)
    if stops:
        return again(turn, flow, values, stops)
    timed = Versioned(msgspec.structs.replace(flow.value, values=values), flow.version)
    return await _marked(way, turn, loaded, timed, case, draft, at)


async def _marked(
    way: MailWay,
    turn: Turn,
    loaded: Loaded,
    flow: Versioned[Flow],
    case: Versioned[Case],
    draft: Versioned[Draft],
    at: datetime,
) -> Outcome:
    source = made_of(turn.mails, draft.value)
    frozen = msgspec.structs.replace(draft.value, sent_at=at, touched_at=turn.now)
    to_us = source is not None and source.to == "named"
    waiting = case.value if to_us else turned_to(turn.team, case.value, WaitingOn.CUSTOMER, at)
    waiting = msgspec.structs.replace(waiting, touched_at=turn.now)
    mail = _entry(turn, case.value, at, _mail_sent(frozen))
    attempt = _entry(turn, case.value, at, ATTEMPT) if source and source.attempt else None
    closes = source is None or source.closes
    steps: list[str] = []
    changes: list[Change] = []
    if not closes and not (source and source.promises):  # a promise pings by itself
        going_on = with_next_step(attempt or mail, case.value, flow.value.values, turn.zone)
        mail, attempt = (mail, going_on) if attempt else (going_on, None)
        more = await chases.after_entry(turn, waiting, going_on)
        steps += more.superseded
        changes += more.changes
    sending = Sending(loaded, source, flow.value, frozen, waiting, case.value, mail, at)
    then = await closed(turn, sending) if closes else Then(waiting)
    also = await way.sent(turn, sending._replace(case=then.case))
    steps += [*then.values.get("steps", "").split(), *also.values.get("steps", "").split()]
    values = (
        flow.value.values
        | dict(then.values)
        | dict(also.values)
        | {
            "sent_by": turn.actor.name,
            "mail_entry": mail.id,
            "attempt_entry": attempt.id if attempt else "",
            "stage_before": case.value.stage.value,
            "waiting_before": case.value.waiting_on.value,
            "steps": " ".join(steps),
        }
    )
    note = " ".join(filter(None, (then.note, also.note)))
    done = msgspec.structs.replace(ended(turn, flow.value, FlowState.DONE, "Marked sent", values=values), note=note)
    changes = [
        Save(frozen, draft.version),
        *changes,
        *(Save(entry) for entry in (mail, attempt) if entry),
        *then.changes,
        *also.changes,
        Save(also.case, case.version),
        Save(done, flow.version),
        *_tell_owner(turn, case.value, draft.value, at),
    ]
    return Outcome(tuple(changes), shows(done), current_case=case.value.id)


async def undo(way: MailWay, turn: Turn, loaded: Loaded) -> Outcome:
    """Takes the mark back: the draft can be edited again and the case stands where it stood."""
    flow, case, draft = await _at_mail(turn, loaded)
    values = flow.value.values
    if flow.value.state is not FlowState.DONE or draft.value.sent_at is None:
        raise UserError("There is nothing to take back here.")
    editable = msgspec.structs.replace(draft.value, sent_at=None, touched_at=turn.now)
    taken_back = _entry(turn, case.value, turn.now, Undone(entry_id=values["mail_entry"]))
    changes: list[Change] = [Save(editable, draft.version), Save(taken_back)]
    if values.get("attempt_entry"):
        changes.append(Save(_entry(turn, case.value, turn.now, Undone(entry_id=values["attempt_entry"]))))
    for one in await followups.waiting_of(turn.read, case.value.id):
        if one.value.entry_id and one.value.entry_id in (values["mail_entry"], values.get("attempt_entry")):
            changes.append(followups.ended(turn, one, FollowUpState.CANCELLED, "Taken back"))
    sending = Sending(
        loaded, made_of(turn.mails, draft.value), flow.value, draft.value, case.value, case.value, taken_back, turn.now
    )
    then = await opened_again(turn, sending)
    changes += [*then.changes, *await followups.set_again(turn, values.get("steps", "").split(), "Taken back")]
    after = turned_to(turn.team, then.case, WaitingOn(values["waiting_before"]), turn.now)
    also = await way.undone(turn, sending._replace(case=after))
    after = msgspec.structs.replace(also.case, touched_at=turn.now)
    kept = {name: value for name, value in values.items() if name not in ("moved_entry", "steps")}
    back = ended(turn, flow.value, FlowState.OPEN, "Taken back", values=kept)
    changes += [*also.changes, Save(after, case.version), Save(back, flow.version)]
    return Outcome(tuple(changes), shows(back), current_case=after.id)


def _tell_owner(turn: Turn, case: Case, draft: Draft, at: datetime) -> list[Change]:
    """Anyone in the team may help, and the owner is told (playbook §8)."""
    when = instant_words(at, turn.team.zone_of(case.owner), turn.now)
    text = f"{turn.actor.name} marked the mail “{draft.subject}” of your case {case.number} as sent ({when})."
    return notice(turn, case.owner, case, text)


async def _at_mail(turn: Turn, loaded: Loaded) -> tuple[Versioned[Flow], Versioned[Case], Versioned[Draft]]:
    flow, case = loaded.flow, loaded.case
    draft = await turn.read.get(Draft, flow.value.draft_id) if flow and flow.value.draft_id else None
    if flow is None or case is None or draft is None or flow.value.state is FlowState.CANCELLED:
        raise UserError("There is no mail here any more: type the command again to start anew.")
    return flow, case, draft


def _mail_sent(draft: Draft) -> MailSent:
    return MailSent(
        draft_id=draft.id,
        kind=draft.kind,
        scenario=draft.scenario,
        to=tuple(one.email or one.name for one in draft.to),
        cc=tuple(one.email or one.name for one in draft.cc if one.email or one.name not in UNKNOWN),
        subject=draft.subject,
        text=draft.text,
    )


def _entry(turn: Turn, case: Case, at: datetime, fact: Fact) -> Entry:
    return msgspec.structs.replace(entry_of(turn, case, fact), happened_at=at)


def _lines(text: str) -> list[str]:
    """A client may give line ends and outer blanks back differently; that is no edit."""
    return [line.rstrip() for line in text.strip().splitlines()]
