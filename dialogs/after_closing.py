"""What a closing mail leaves behind once it is marked sent: the code, promises, notes, links; and their way back.

Which of them a mail leaves stands in its file (`code`, `promises`, `notes`); the fields that name another case
link it, on both sides where the other one is registered here.
"""

from collections.abc import Iterable, Mapping

import msgspec

from dialogs import followups
from dialogs.case_fields import clean_number, instant
from dialogs.find_case import by_number
from dialogs.fqr_clock import start_clock
from dialogs.mail_way import After, Sending, Then
from dialogs.record import entry_of
from dialogs.turn import Turn
from playbook.mails import Mail
from playbook.model import Case, Entry, Fact, FollowUpState, Linked, LinkKind, Note, Promise, Undone
from playbook.place import zone_of_customer
from storage.base import Change, Save, Versioned

# The field that names the other case: how this one is linked to it, and that one to this.
LINKS: Mapping[str, tuple[LinkKind, LinkKind]] = {
    "surviving_case": (LinkKind.DUPLICATE_OF, LinkKind.DUPLICATE),
    "new_case": (LinkKind.CONTINUED_BY, LinkKind.CONTINUES),
}


def in_turn(*afters: After) -> After:
    """One after the other, each with the case as the one before leaves it."""

    async def all_of_them(turn: Turn, sending: Sending) -> Then:
        whole = Then(sending.case)
        for one in afters:
            then = await one(turn, sending._replace(case=whole.case))
            note = " ".join(filter(None, (whole.note, then.note)))
            whole = Then(then.case, (*whole.changes, *then.changes), {**whole.values, **then.values}, note)
        return whole

    return all_of_them


async def sent(turn: Turn, sending: Sending) -> Then:
    values, mail = sending.flow.values, sending.mail
    if mail is None:
        return Then(sending.case)
    changes: list[Change] = []
    code = values.get("resolution_code", "")
    case = msgspec.structs.replace(sending.case, resolution_code=code or sending.case.resolution_code)
    own = [_entry(turn, sending, note) for note in _notes(mail, values)]
    for promise in _promises(turn, mail, sending):
        entry = _entry(turn, sending, promise)
        own.append(entry)
        changes += (await followups.after_entry(turn, case, entry)).changes
    linked = await _linked(turn, mail, sending)
    own += linked.own
    changes = [*(Save(entry) for entry in own), *changes, *linked.changes]
    kept = {
        "after_entries": " ".join(one.id for one in own),
        "code_before": sending.before.resolution_code,
        **linked.values,
    }
    return Then(case, tuple(changes), kept)


async def undone(turn: Turn, sending: Sending) -> Then:
    """*Undo*: nothing of it was said to the customer."""
    values = sending.flow.values
    ids = values.get("after_entries", "").split()
    case = msgspec.structs.replace(sending.case, resolution_code=values.get("code_before", ""))
    changes: list[Change] = [Save(entry_of(turn, case, Undone(entry_id=id))) for id in ids]
    changes += await _cancelled(turn, case.id, ids)
    other = await turn.read.get(Case, values["other_case"]) if values.get("other_case") else None
    if other is not None:
        carried = values.get("fqr_carried") == "yes"
        back = msgspec.structs.replace(
            other.value, fqr_sent_at=None if carried else other.value.fqr_sent_at, touched_at=turn.now
        )
        entry = entry_of(turn, other.value, Undone(entry_id=values["other_entry"]))
        changes += [Save(back, other.version), Save(entry), *await start_clock(turn, back, other.value)]
        changes += await _cancelled(turn, other.value.id, [values["other_entry"]])
    return Then(case, tuple(changes), {"after_entries": "", "other_case": "", "fqr_carried": ""})


async def _cancelled(turn: Turn, case_id: str, entries: list[str]) -> list[Change]:
    waiting = await followups.waiting_of(turn.read, case_id)
    of_them = [one for one in waiting if one.value.entry_id and one.value.entry_id in entries]
    return [followups.ended(turn, one, FollowUpState.CANCELLED, "Taken back") for one in of_them]


def _entry(turn: Turn, sending: Sending, fact: Fact) -> Entry:
    return msgspec.structs.replace(entry_of(turn, sending.before, fact), happened_at=sending.at)


def _notes(mail: Mail, values: Mapping[str, str]) -> Iterable[Note]:
    for name in mail.notes:
        field = mail.field(name)
        if field is not None and values.get(name):
            yield Note(text=f"{field.label}: {values[name]}")


def _promises(turn: Turn, mail: Mail, sending: Sending) -> Iterable[Promise]:
    """Their day is the customer's. One that is over by the time the mail is sent is none."""
    values = sending.flow.values
    for one in mail.promises:
        try:
            due = instant(values, one.on.removesuffix("_on"), zone_of_customer(sending.before) or turn.zone)
        except ValueError:
            continue
        if due is not None and due > sending.at:
            about = values.get(one.about, "") if one.about else ""
            yield Promise(text=": ".join(filter(None, (one.text, about)))[:1000], due_at=due)


class _Links(msgspec.Struct, frozen=True):
    own: tuple[Entry, ...] = ()
    changes: tuple[Change, ...] = ()
    values: Mapping[str, str] = {}


async def _linked(turn: Turn, mail: Mail, sending: Sending) -> _Links:
    """The entry here and, where the other case is registered, the one there; the next step goes along with it."""
    values = sending.flow.values
    name = next((one for one in LINKS if mail.field(one) and values.get(one)), "")
    if not name:
        return _Links()
    number, (here, there) = clean_number(values[name]), LINKS[name]
    own = (_entry(turn, sending, Linked(number=number, how=here)),)
    other = await by_number(turn.read, number)
    if other is None or other.value.id == sending.before.id:
        return _Links(own, values={"other_case": "", "fqr_carried": ""})
    step = {id: values.get(id, "") for id in ("next_step", "next_step_on", "next_step_time") if mail.field(id)}
    entry = entry_of(turn, other.value, Linked(number=sending.before.number, how=there), step)
    carries = name == "new_case" and other.value.fqr_sent_at is None and sending.before.fqr_sent_at is not None
    after = _carried(turn, other, sending.before) if carries else other.value
    after = msgspec.structs.replace(after, touched_at=turn.now)
    more = (await followups.after_entry(turn, after, entry)).changes
    kept = {"other_case": other.value.id, "other_entry": entry.id, "fqr_carried": "yes" if carries else ""}
    return _Links(own, (Save(after, other.version), Save(entry), *more), kept)


def _carried(turn: Turn, other: Versioned[Case], before: Case) -> Case:
    """Of a new contract's case the first response counts as done (playbook §8)."""
    return msgspec.structs.replace(other.value, fqr_sent_at=before.fqr_sent_at)
