"""A mail that names another case links the two: a duplicate and the one that goes on, an ended contract's and the new one.

The other side is linked where that case is registered here; the next step goes along with it.
"""

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from dialogs import followups
from dialogs.case_fields import clean_number
from dialogs.find_case import by_number
from dialogs.fqr_clock import start_clock
from dialogs.mail_way import Sending
from dialogs.record import entry_of
from dialogs.turn import Turn
from playbook.mails import Mail
from playbook.model import Case, Entry, Linked, LinkKind, Undone
from storage.base import Change, Save

# The field that names the other case: how this one is linked to it, and that one to this.
LINKS: Mapping[str, tuple[LinkKind, LinkKind]] = {
    "surviving_case": (LinkKind.DUPLICATE_OF, LinkKind.DUPLICATE),
    "new_case": (LinkKind.CONTINUED_BY, LinkKind.CONTINUES),
}
NEW_ASK = (LinkKind.LED_TO, LinkKind.CAME_FROM)  # in the mails of a scope: the other case is of another matter


class Links(NamedTuple):
    """The entries of this case, the changes to the other one, and what *Undo* has to know of that."""

    own: tuple[Entry, ...] = ()
    changes: tuple[Change, ...] = ()
    values: Mapping[str, str] = {}


async def linked(turn: Turn, mail: Mail, sending: Sending) -> Links:
    """The entry here and, where the other case is registered, the one there."""
    values = sending.flow.values
    name = next((one for one in LINKS if mail.field(one) and values.get(one)), "")
    if not name:
        return Links()
    number, (here, there) = clean_number(values[name]), NEW_ASK if mail.id.startswith("scope/") else LINKS[name]
    own = (entry_of(turn, sending.before, Linked(number=number, how=here), at=sending.at),)
    other = await by_number(turn.read, number)
    if other is None or other.value.id == sending.before.id:
        return Links(own, values={"other_case": "", "fqr_carried": ""})
    step = {id: values.get(id, "") for id in ("next_step", "next_step_on", "next_step_time") if mail.field(id)}
    theirs = entry_of(turn, other.value, Linked(number=sending.before.number, how=there), step)
    carries = (
        here is LinkKind.CONTINUED_BY and other.value.fqr_sent_at is None and sending.before.fqr_sent_at is not None
    )
    after = msgspec.structs.replace(other.value, touched_at=turn.now)
    if carries:  # of a new contract's case the first response counts as done (playbook §8)
        after = msgspec.structs.replace(after, fqr_sent_at=sending.before.fqr_sent_at)
    more = (await followups.after_entry(turn, after, theirs)).changes
    kept = {"other_case": other.value.id, "other_entry": theirs.id, "fqr_carried": "yes" if carries else ""}
    return Links(own, (Save(after, other.version), Save(theirs), *more), kept)


async def unlinked(turn: Turn, values: Mapping[str, str]) -> list[Change]:
    """*Undo*, on the other case's side; `values` as `linked` kept them."""
    other = await turn.read.get(Case, values["other_case"]) if values.get("other_case") else None
    if other is None:
        return []
    carried = values.get("fqr_carried") == "yes"
    back = msgspec.structs.replace(
        other.value, fqr_sent_at=None if carried else other.value.fqr_sent_at, touched_at=turn.now
    )
    entry = entry_of(turn, other.value, Undone(entry_id=values["other_entry"]))
    changes: list[Change] = [Save(back, other.version), Save(entry)]
    changes += await start_clock(turn, back, other.value)
    return changes + await followups.taken_back(turn, other.value.id, [values["other_entry"]])
