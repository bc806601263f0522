"""*I sent it* and *Undo*: what marking a mail as sent does to draft, timeline and case."""

from datetime import datetime

import msgspec

from cards.draft import TEXT_LIMIT
from cards.promised import PROMISED
from dialogs import chases, closing, followups, mail_after, mail_holds, mail_promises
from dialogs.case_fields import instant
from dialogs.flow import Loaded
from dialogs.mail_draft import HAS_EARLIER, made_of, replaces, rewritten
from dialogs.mail_people import UNKNOWN
from dialogs.mail_promises import Promises
from dialogs.mail_steps import SENT_AT, typed_beside
from dialogs.mail_way import After, MailWay, Sending, Then
from dialogs.notices import told
from dialogs.record import entry_of
from dialogs.steps import again, ended, shows, typed
from dialogs.turn import Outcome, Turn, UserError
from playbook.model import (
    Attempt,
    AttemptChannel,
    AttemptOutcome,
    Case,
    Draft,
    MailSent,
    Undone,
    WaitingOn,
)
from playbook.sla import turned_to
from playbook.words import instant_words
from storage.base import Change, Save, Versioned
from storage.records import Flow, FlowState

CHANGED = "The text was changed since it was last read. It has been read now: if it is what you sent, click again."
ATTEMPT = Attempt(channel=AttemptChannel.MAIL, outcome=AttemptOutcome.SENT)


async def sent(way: MailWay, turn: Turn, loaded: Loaded) -> Outcome:
    """Marks the mail as sent (now, earlier or scheduled for); closes the case, where mail and actor may."""
    flow, case, draft = await _at_mail(turn, loaded)
    if flow.value.state is not FlowState.OPEN:
        raise UserError("This mail is marked already.")
    inputs = typed(turn)
    text = inputs.get("text", draft.value.text)
    values = flow.value.values | dict.fromkeys((*SENT_AT, PROMISED), "") | typed_beside(turn)
    if len(text) > TEXT_LIMIT:
        return again(turn, flow, values, {"text": f"At most {TEXT_LIMIT:,} characters, please."})
    if _lines(text) != _lines(draft.value.text):
        changes = rewritten(turn, draft, text)
        values |= HAS_EARLIER if replaces(changes) else {}
        seen = again(turn, flow, values, {"": CHANGED})
        return seen._replace(changes=(*seen.changes, *changes))
    try:
        at = instant(values, "sent", turn.zone) or turn.now
    except ValueError as problem:
        return again(turn, flow, values, {"sent_on": str(problem)})
    if at < case.value.created_at < case.value.recorded_at:  # equal: nobody said when it was opened
        return again(turn, flow, values, {"sent_on": "This lies before the case was opened."})
    mail = made_of(turn.mails, draft.value)
    stops = await mail_holds.stops(turn, case.value, mail, draft.value, values)
    promises = mail_promises.promises_of(turn, mail, case.value, draft.value, values, at)
    stops = stops or mail_promises.stops(turn, flow.value, case.value, promises, at)
    stops = stops or await way.stops(turn, loaded, mail, draft.value, at)
    if stops:
        return again(turn, flow, values, stops)
    timed = Versioned(msgspec.structs.replace(flow.value, values=values), flow.version)
    return await _marked(way, turn, loaded, timed, case, draft, at, promises)


async def _marked(
    way: MailWay,
    turn: Turn,
    loaded: Loaded,
    flow: Versioned[Flow],
    case: Versioned[Case],
    draft: Versioned[Draft],
    at: datetime,
    promises: Promises,
) -> Outcome:
    mail = made_of(turn.mails, draft.value)
    frozen = msgspec.structs.replace(draft.value, sent_at=at, touched_at=turn.now)
    to_us = mail is not None and mail.to == "named"
    waiting = case.value if to_us else turned_to(turn.team, case.value, WaitingOn.CUSTOMER, at)
    waiting = msgspec.structs.replace(waiting, touched_at=turn.now)
    sending = Sending(loaded, mail, flow.value, frozen, waiting, case.value, at, promises)
    effects = (_told, closing.closed, mail_after.left, mail_after.superseding, way.sent)
    then = await _in_turn(turn, sending, effects)
    values = {
        "sent_by": turn.actor.name,
        "stage_before": case.value.stage.value,
        "waiting_before": case.value.waiting_on.value,
        "steps": " ".join(then.ended),
    }
    done = ended(turn, flow.value, FlowState.DONE, "Marked sent", values={**flow.value.values, **then.values, **values})
    done = msgspec.structs.replace(done, note=then.note)
    changes = (Save(frozen, draft.version), *then.changes, Save(then.case, case.version), Save(done, flow.version))
    hears = _tell_owner(turn, case.value, draft.value, at)
    return Outcome((*changes, *hears), shows(done), current_case=case.value.id)


async def _in_turn(turn: Turn, sending: Sending, effects: tuple[After, ...]) -> Then:
    """One after the other, each with the case as the one before leaves it."""
    whole = Then(sending.case)
    for effect in effects:
        then = await effect(turn, sending._replace(case=whole.case))
        whole = Then(
            then.case,
            (*whole.changes, *then.changes),
            {**whole.values, **then.values},
            " ".join(filter(None, (whole.note, then.note))),
            (*whole.ended, *then.ended),
        )
    return whole


async def _told(turn: Turn, sending: Sending) -> Then:
    """The timeline's entries: the mail, the attempt that it was, and on the last of them the step that it announced."""
    mail, case = sending.mail, sending.before
    entries = [entry_of(turn, case, _mail_sent(sending.draft), at=sending.at)]
    if mail and mail.attempt:
        entries.append(entry_of(turn, case, ATTEMPT, at=sending.at))
    kept = {"mail_entry": entries[0].id, "attempt_entry": entries[1].id if len(entries) > 1 else ""}
    if sending.closes or sending.promises.settled:  # a promise pings by itself
        return Then(sending.case, tuple(Save(one) for one in entries), kept)
    entries[-1] = mail_after.with_next_step(entries[-1], case, sending.flow.values, turn.zone)
    more = await chases.after_entry(turn, sending.case, entries[-1])
    return Then(sending.case, (*(Save(one) for one in entries), *more.changes), kept, ended=tuple(more.superseded))


async def undo(way: MailWay, turn: Turn, loaded: Loaded) -> Outcome:
    """Takes the mark back: the draft can be edited again and the case stands where it stood."""
    flow, case, draft = await _at_mail(turn, loaded)
    values = flow.value.values
    if flow.value.state is not FlowState.DONE or draft.value.sent_at is None:
        raise UserError("There is nothing to take back here.")
    editable = msgspec.structs.replace(draft.value, sent_at=None, touched_at=turn.now)
    entries = [id for id in (values["mail_entry"], values.get("attempt_entry", "")) if id]
    changes: list[Change] = [Save(editable, draft.version)]
    changes += [Save(entry_of(turn, case.value, Undone(entry_id=id))) for id in entries]
    changes += await followups.taken_back(turn, case.value.id, entries)
    changes += await followups.set_again(turn, values.get("steps", "").split(), "Taken back")
    mail = made_of(turn.mails, draft.value)
    sending = Sending(loaded, mail, flow.value, draft.value, case.value, case.value, turn.now)
    then = await _in_turn(turn, sending, (closing.opened_again, _turned_back, mail_after.taken_back, way.undone))
    after = msgspec.structs.replace(then.case, touched_at=turn.now)
    over = ("moved_entry", "steps", *SENT_AT)  # a time that was taken back must not count once more, unseen
    kept = {name: value for name, value in values.items() if name not in over} | dict(then.values)
    back = ended(turn, flow.value, FlowState.OPEN, "Taken back", values=kept)
    changes += [*then.changes, Save(after, case.version), Save(back, flow.version)]
    return Outcome(tuple(changes), shows(back), current_case=after.id)


async def _turned_back(turn: Turn, sending: Sending) -> Then:
    """It waits on whom it waited before."""
    before = WaitingOn(sending.flow.values["waiting_before"])
    return Then(turned_to(turn.team, sending.case, before, turn.now))


def _tell_owner(turn: Turn, case: Case, draft: Draft, at: datetime) -> list[Change]:
    """Anyone in the team may help, and the owner is told (playbook §8)."""
    when = instant_words(at, turn.team.zone_of(case.owner), turn.now)
    text = f"{turn.actor.name} marked the mail “{draft.subject}” of your case {case.number} as sent ({when})."
    return told(turn, case.owner, case, text)


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


def _lines(text: str) -> list[str]:
    """A client may give line ends and outer blanks back differently; that is no edit."""
    return [line.rstrip() for line in text.strip().splitlines()]
