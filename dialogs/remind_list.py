"""`/remind list`: what is to come for one's own, each to be changed or cancelled; `/remind show` brings one back."""

from functools import partial

from cards.elements import Ref
from cards.reminders import Item, reminders_card
from dialogs import followups
from dialogs.flow import FlowDef, Loaded, Sight, StepDef
from dialogs.remind_form import edit
from dialogs.reminder_steps import cases_of, found_of
from dialogs.turn import Outcome, Reply, Submit, Turn, UserError
from playbook.model import Case, FollowUp, FollowUpState
from playbook.words import relative_words
from storage.base import Page, Versioned, Where

LISTED = 20
NO_REMINDER = "There is no such reminder of yours. /remind list shows what is to come."


async def listed(turn: Turn, without: str = "") -> Outcome:
    """What is to come for the actor, the earliest first."""
    where = [Where("person", "=", turn.actor.id), Where("state", "=", FollowUpState.WAITING)]
    page = await turn.read.find(FollowUp, where, order="due_at", limit=LISTED)
    page = Page([one for one in page.items if one.value.id != without], page.next)
    words = partial(relative_words, zone=turn.zone, now=turn.now)
    cases = await cases_of(Sight.of(turn), page.items)
    items = [
        Item(one.value, cases.get(one.value.case_id), Ref("reminders", one.value.id, one.version)) for one in page.items
    ]
    more = "Later ones are shown when these are done." if page.next else ""
    card = reminders_card(items, words=words, people=turn.team.names, reader=turn.actor.id, more=more)
    return Outcome(reply=Reply(card=card, private=True))


async def _mine(turn: Turn) -> Versioned[FollowUp]:
    """The one that a button of the list names: it has to be the actor's, and still to come."""
    id = turn.said.id if isinstance(turn.said, Submit) else ""
    found = await turn.read.get(FollowUp, id)
    if found is None or turn.actor.id not in (found.value.person, found.value.by):
        raise UserError(NO_REMINDER)
    return found_of(Loaded(followup=found))


async def edit_listed(turn: Turn, loaded: Loaded) -> Outcome:
    found = await _mine(turn)
    case = await turn.read.get(Case, found.value.case_id) if found.value.case_id else None
    return await edit(turn, Loaded(followup=found, case=case))


async def cancel_listed(turn: Turn, loaded: Loaded) -> Outcome:
    """Cancels it; the list stays a list, without it. /remind show brings it back with its *Undo*."""
    found = await _mine(turn)
    cancelled = followups.ended(turn, found, FollowUpState.CANCELLED, "Cancelled")
    return (await listed(turn, without=found.value.id))._replace(changes=(cancelled,))


async def show(turn: Turn, id: str) -> Outcome:
    found = await turn.read.get(FollowUp, id)
    if found is None or turn.actor.id not in (
        found.value.person,
        found.value.by,
        await followups.whose(Sight.of(turn), found.value.person),
    ):
        raise UserError(NO_REMINDER)
    return Outcome(reply=Reply(of=f"followup/{id}", private=not found.value.place_id))


FLOW = FlowDef(
    "reminders",
    {"edit": StepDef(edit_listed, "remind.set"), "cancel": StepDef(cancel_listed, "remind.set")},
    keeps=None,
)
