"""What moves with a case to another owner: the case itself, its pings, and the drafts of who had it."""

import re
from datetime import datetime
from typing import NamedTuple

import msgspec

from dialogs import chases, followups
from dialogs.flow import new_id, own_chat
from dialogs.fqr_clock import pings_ahead, start_clock
from dialogs.mail_draft import kept
from dialogs.mail_people import signers
from dialogs.record import after, entry_of
from dialogs.steps import ended
from dialogs.turn import Turn, UserError
from playbook.model import Case, Draft, Entry, FollowUp, HandedOver, PersonId, Signer, Undone
from storage.base import Change, Reader, Save, Versioned, Where
from storage.records import Flow, FlowState

OPEN_FLOWS = 200  # of one person, the last touched, among which drafts are looked for


class Moved(NamedTuple):
    """The case as it is then; `changes` save it, its entry and all that goes along. `drafts`: ids of the new flows."""

    case: Case
    entry: Entry
    changes: list[Change]
    drafts: tuple[str, ...]


async def moved(
    turn: Turn,
    case: Versioned[Case],
    to: PersonId,
    text: str = "",
    next_step: str = "",
    next_step_at: datetime | None = None,
) -> Moved:
    """The case is somebody else's from now on, by the actor's word; an offer of it is over."""
    fact = HandedOver(from_person=case.value.owner, to_person=to, text=text)
    entry = entry_of(turn, case.value, fact)
    entry = msgspec.structs.replace(entry, next_step=next_step, next_step_at=next_step_at)
    changed = msgspec.structs.replace(after(case.value, entry, turn), offer_id="")
    followed = await chases.after_entry(turn, changed, entry)
    going = await drafts_of(turn.read, case.value.id, case.value.owner)
    along, flows = await _along(turn, going, to, _ids(followed.changes))
    changes: list[Change] = [Save(entry), Save(changed, case.version), *followed.changes, *along]
    if case.value.owner:
        changes += await start_clock(turn, changed, case.value)
    else:
        changes += await pings_ahead(turn.read, turn.team, changed, turn.now)
    return Moved(changed, entry, changes, flows)


async def moved_back(
    turn: Turn, case: Versioned[Case], entry_id: str, before: PersonId, drafts: tuple[str, ...] = ()
) -> list[Change]:
    """The way back, as long as nobody handed it on. What was superseded by a next step stays so. Raises UserError."""
    entry = await turn.read.get(Entry, entry_id)
    fact = entry.value.fact if entry else None
    if not isinstance(fact, HandedOver) or case.value.owner != fact.to_person:
        raise UserError(f"Case {case.value.number} was handed on meanwhile; its card shows by whom.")
    fewer = case.value.transfers - (bool(before) and case.value.fqr_sent_at is None)
    back = msgspec.structs.replace(
        case.value, owner=before, transfers=max(0, fewer), offer_id="", touched_at=max(turn.now, case.value.touched_at)
    )
    changes: list[Change] = [Save(back, case.version), Save(entry_of(turn, back, Undone(entry_id=entry_id)))]
    for one in await followups.waiting_of(turn.read, back.id):
        if before and one.value.kind in followups.OF_OWNER:
            changes += followups.passed_on(turn, one, before)
    if before:
        mine = [one for one in await drafts_of(turn.read, back.id, fact.to_person) if one[0].value.id in drafts]
        along, _ = await _along(turn, mine, before, _ids(changes))
        changes += along
    return [*changes, *await start_clock(turn, back, case.value)]


def _ids(changes: list[Change]) -> set[str]:
    """Ids of the follow-ups that are passed on already."""
    return {one.value.id for one in changes if isinstance(one, Save) and isinstance(one.value, FollowUp)}


async def drafts_of(read: Reader, case_id: str, person: PersonId) -> list[tuple[Versioned[Flow], Versioned[Draft]]]:
    """The mails that a person has begun for a case and not sent; the last touched first."""
    if not person:
        return []
    where = [Where("person", "=", person), Where("state", "=", FlowState.OPEN)]
    page = await read.find(Flow, where, order="-touched_at", limit=OPEN_FLOWS)
    found = []
    for flow in page.items:
        if flow.value.case_id == case_id and flow.value.draft_id:
            draft = await read.get(Draft, flow.value.draft_id)
            if draft is not None and draft.value.sent_at is None:
                found.append((flow, draft))
    return found


async def _along(
    turn: Turn, drafts: list[tuple[Versioned[Flow], Versioned[Draft]]], to: PersonId, passed: set[str]
) -> tuple[list[Change], tuple[str, ...]]:
    """Each draft is the new owner's, signed by them, in a flow of their own; the reminder of it is theirs, too.

    A flow of its own, because the earlier one's card stands in the chat of who had the case.
    """
    changes: list[Change] = []
    flows: list[str] = []
    name = turn.team.names.get(to, turn.actor.name if to == turn.actor.id else "")
    for flow, draft in drafts:
        engineer, manager = signers(turn.team, to, name, {})
        theirs = msgspec.structs.replace(flow.value, id=new_id(), person=to, place_id=own_chat(to), touched_at=turn.now)
        over = ended(turn, flow.value, FlowState.CANCELLED, f"Gone along with the case to {name}:")
        text = signed_by(draft.value.text, draft.value, engineer, manager)
        made = signed_by(draft.value.made_text, draft.value, engineer, manager)
        signed = msgspec.structs.replace(
            draft.value, by=to, engineer=engineer, manager=manager, text=text, made_text=made, touched_at=turn.now
        )
        changes += [Save(over, flow.version), Save(theirs), Save(signed, draft.version), *kept(turn, draft.value, text)]
        flows.append(theirs.id)
        for one in await followups.waiting_of(turn.read, draft.value.case_id):
            if one.value.draft_id == draft.value.id and one.value.id not in passed:
                changes += followups.passed_on(turn, one, to)
    return changes, tuple(flows)


def signed_by(text: str, draft: Draft, engineer: Signer, manager: Signer) -> str:
    """The draft's text with its signers' names, addresses and phones replaced, where the new ones are known."""
    pairs = []
    for old, new in ((draft.engineer, engineer), (draft.manager, manager)):
        pairs += [(old.name, new.name), (old.email, new.email), (old.phone, new.phone)]
    swaps = {was: now for was, now in pairs if was and now and was != now}
    if not swaps:
        return text
    longest = sorted(swaps, key=len, reverse=True)
    any_of = "|".join(rf"(?<!\w){re.escape(one)}(?!\w)" for one in longest)
    return re.sub(any_of, lambda found: swaps[found[0]], text)
