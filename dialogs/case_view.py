"""The card of a case, from all that is kept of it: built anew from the store whenever it is shown."""

from functools import partial

from cards.case import case_card
from cards.clock import clock_line
from cards.elements import Ref
from dialogs import chasing, followups, scopes
from dialogs.expectation import to_tell
from dialogs.flow import Card, Sight
from dialogs.guide import page_for
from dialogs.ledger import open_row
from dialogs.next_up import top_line
from dialogs.offers import offered_words, open_offer
from dialogs.whole import last_of
from playbook.model import Case, Entry, Escalated, FollowUp, Scope, WaitingOn
from playbook.sla import fqr_goal
from playbook.solving import steps
from playbook.standing import escalation
from playbook.words import relative_words
from storage.base import Versioned

SHOWN_ENTRIES = 20  # read for a card, which shows the last few of them


async def view(sight: Sight, case: Versioned[Case]) -> Card:
    """The case as it stands: its clock, what is next to come, its last entries."""
    entries, earlier = await last_of(sight.read, case.value.id, SHOWN_ENTRIES)
    words = partial(relative_words, zone=sight.zone, now=sight.now)
    waiting = [one.value for one in await followups.waiting_of(sight.read, case.value.id)]
    offer = await open_offer(sight.read, case.value)
    helps = page_for(sight.guide, case.value)
    return case_card(
        case.value,
        entries,
        Ref("case", case.value.id, case.version),
        people=sight.team.names,
        words=words,
        earlier=earlier,
        clock=clock_line(fqr_goal(sight.team, case.value), sight.now, words, paused=_paused(case.value)),
        follow_up=waiting[0] if waiting else None,
        about=await _about(sight, case.value, entries),
        over=_over(entries, waiting),
        top=top_line(sight, case.value, entries, waiting),
        offered=offered_words(sight.team, offer.value, sight.zone, sight.now) if offer else "",
        promises=await open_row(sight, case.value, None if earlier else entries),
        portal=sight.team.links.system_down,
        guide=helps.id if helps else "",
        to_tell=to_tell(sight, case.value, entries),
        attempts=await chasing.so_far(sight, case.value, None if earlier else entries),
    )


def _over(entries: list[Entry], waiting: list[FollowUp]) -> list[str]:
    """Entries whose next step pinged somebody and waits no more."""
    still = {one.entry_id for one in waiting}
    return [one.id for one in entries if one.next_step_at is not None and one.id not in still]


async def _about(sight: Sight, case: Case, entries: list[Entry]) -> list[tuple[str, str]]:
    """What it is about and as of which scope, with whom it is outside the house, and where a solution stands."""
    scope = await scopes.in_force(sight.read, case.id)
    away = escalation(entries) if case.open else None
    to = away.fact if away else None
    return [
        ("Issue", (scope.issue_definition if scope else "") or case.symptom),
        ("Scope", _scope(scope, sight) if scope else ""),
        ("Vendor", f"{to.vendor}, ticket {to.ticket}" if isinstance(to, Escalated) else ""),
        ("Solution", _solving(case, entries)),
    ]


def _scope(scope: Scope, sight: Sight) -> str:
    """`Revision 2, agreed by Kenji Tanaka Mon 09:00`."""
    if scope.agreed_at is not None:
        when = relative_words(scope.agreed_at, sight.zone, sight.now)
        return f"Revision {scope.revision}, agreed by {scope.agreed_by}, {when}"
    return f"Revision {scope.revision}, {'waiting for a yes' if scope.proposed_at else 'not sent yet'}"


def _solving(case: Case, entries: list[Entry]) -> str:
    """`solution sent, status updated; to come: confirmed by the customer, documented` (SOLVE-01)."""
    found = steps(case, entries) if case.open else ()
    done = ", ".join(one.name for one in found if one.done_at)
    ahead = ", ".join(one.name for one in found if not one.done_at)
    return "; ".join(filter(None, (done, f"to come: {ahead}" if ahead else "")))


def _paused(case: Case) -> bool:
    return case.waiting_on is WaitingOn.CUSTOMER
