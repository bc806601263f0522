"""What every mail leaves behind once it is marked sent, and the way back: next step or promises, code, notes, links.

Which of them a mail leaves stands in its file (`promises`, `notes`, `code`) and in the names of its fields.
"""

from collections.abc import Iterable, Mapping

import msgspec

from dialogs import followups
from dialogs.case_fields import instant
from dialogs.mail_links import linked, unlinked
from dialogs.mail_promises import note
from dialogs.mail_way import Sending, Then
from dialogs.record import entry_of
from dialogs.turn import Turn
from playbook.mails import Mail
from playbook.model import Case, Entry, Fact, FollowUpState, Note, Undone
from playbook.place import zone_of_customer
from storage.base import Change, Save


async def left(turn: Turn, sending: Sending) -> Then:
    """The resolution code, notes, promises and links of a mail that was sent."""
    values, mail = sending.flow.values, sending.mail
    if mail is None:
        return Then(sending.case)
    code = values.get("resolution_code", "") or _own_code(turn, sending) or sending.case.resolution_code
    case = msgspec.structs.replace(sending.case, resolution_code=code)
    own = [_entry(turn, sending, one) for one in _notes(mail, values)]
    changes: list[Change] = []
    over: list[str] = []
    for promise in sending.promises.made:
        entry = _entry(turn, sending, promise)
        own.append(entry)
        more = await followups.after_entry(turn, case, entry)
        changes, over = [*changes, *more.changes], [*over, *more.superseded]
    links = await linked(turn, mail, sending)
    own += links.own
    kept = {
        "after_entries": " ".join(one.id for one in own),
        "code_before": sending.before.resolution_code,
        "code_after": code,
        **links.values,
    }
    said = note(sending.promises.made, zone_of_customer(case) or turn.zone, turn.now)
    return Then(case, (*(Save(entry) for entry in own), *changes, *links.changes), kept, said, tuple(over))


async def taken_back(turn: Turn, sending: Sending) -> Then:
    """*Undo* of all that: nothing of it was said to the customer."""
    values, case = sending.flow.values, sending.case
    if values.get("code_after", case.resolution_code) == case.resolution_code:  # else somebody gave it another one
        case = msgspec.structs.replace(case, resolution_code=values.get("code_before", case.resolution_code))
    ids = values.get("after_entries", "").split()
    changes: list[Change] = [Save(entry_of(turn, case, Undone(entry_id=id))) for id in ids]
    changes += await followups.taken_back(turn, case.id, ids)
    changes += await unlinked(turn, values)
    return Then(case, tuple(changes), {"after_entries": "", "other_case": "", "fqr_carried": ""})


async def superseding(turn: Turn, sending: Sending) -> Then:
    """What the mail promises takes the place of the steps and chases that were set before (TALK-01)."""
    if not sending.promises.made or not sending.promises.settled or sending.closes:
        return Then(sending.case)
    waiting = await followups.waiting_of(turn.read, sending.case.id)
    over = [one for one in waiting if one.value.kind in followups.STEPS]
    changes = [followups.ended(turn, one, FollowUpState.CANCELLED, "Superseded by the mail's promise") for one in over]
    return Then(sending.case, tuple(changes), ended=tuple(one.value.id for one in over))


def with_next_step(entry: Entry, case: Case, values: Mapping[str, str], zone: str) -> Entry:
    """The entry of a mail that closes nothing with the step that it announced (TALK-01), at the customer's hour.

    `values` are the form's; `zone` counts where the customer's is not known. A day that is over by the time
    the mail is sent makes no step.
    """
    main = case.main_contact
    whom = main.name if main else "the customer"
    steps = (
        ("write_again", f"Write to {whom} again"),
        ("closing", "Close the case, as the mail announced"),
        ("answer_by", f"Call {whom}: no answer to the scope yet"),
        ("next_step", values.get("next_step", "") or "See what came of the mail"),
    )
    for name, step in steps:
        try:
            at = instant(values, name, zone_of_customer(case) or zone)
        except ValueError:
            continue
        if at is not None and at > entry.happened_at:
            return msgspec.structs.replace(entry, next_step=step, next_step_at=at)
    return entry


def _own_code(turn: Turn, sending: Sending) -> str:
    """LQR-14: the code that a closing mail stands for, where its form was passed by and asked for none."""
    mail = sending.mail
    return mail.code if mail and mail.closes and mail.code in turn.team.resolution_codes else ""


def _entry(turn: Turn, sending: Sending, fact: Fact) -> Entry:
    return entry_of(turn, sending.before, fact, at=sending.at)


def _notes(mail: Mail, values: Mapping[str, str]) -> Iterable[Note]:
    for name in mail.notes:
        field = mail.field(name)
        if field is not None and values.get(name):
            yield Note(text=f"{field.label}: {values[name]}")
