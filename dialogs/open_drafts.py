"""A mail that was begun and not sent yet: `/lqr N` offers to go on with it."""

from cards.elements import Ref
from cards.notice import done_card
from dialogs.flow import Card, Loaded, Sight
from dialogs.steps import ended, opened
from dialogs.turn import Outcome, Reply, Turn, UserError
from playbook.model import Case, Draft
from playbook.words import relative_words
from storage.base import Save, Versioned, Where
from storage.records import Flow, FlowState

GO_ON, ANEW = "draft", "anew"  # words behind the number: /lqr 2611220030001234 draft
OFFER = "offer"  # the step that asks
LOOKED_AT = 50  # of somebody's open flows, the last touched


async def open_draft(turn: Turn, name: str, case: Case) -> Versioned[Flow] | None:
    """The actor's open flow of this name whose mail for the case is written already; the last touched."""
    where = [Where("person", "=", turn.actor.id), Where("state", "=", FlowState.OPEN)]
    page = await turn.read.find(Flow, where, order="-touched_at", limit=LOOKED_AT)
    found = (one for one in page.items if one.value.name == name and one.value.case_id == case.id)
    return next((one for one in found if one.value.draft_id), None)


async def offer(turn: Turn, name: str, case: Case) -> Outcome | None:
    """A card that asks whether to go on with the open draft, as a step of the same flow; None where there is none."""
    flow = await open_draft(turn, name, case)
    if flow is None:
        return None
    asks = opened(turn, name, OFFER, case_id=case.id, values={"draft_flow": flow.value.id, "scenario": ""})
    public = f"I've asked you about your draft for case {case.number}."
    reply = Reply(of=f"flow/{asks.id}", private=True, public=public)
    return Outcome((Save(asks),), reply, current_case=case.id)


async def go_on(turn: Turn, loaded: Loaded) -> Outcome:
    """*Go on*: the draft's own card comes anew."""
    asks, case = _asked(loaded)
    found = await turn.read.get(Flow, asks.value.values.get("draft_flow", ""))
    if found is None or found.value.state is not FlowState.OPEN:
        raise UserError("This draft was sent or cancelled meanwhile. Start anew begins another one.")
    over = ended(turn, asks.value, FlowState.CANCELLED, "Gone on with the draft")
    return going_on(found, case.value)._replace(changes=(Save(over, asks.version),))


def started_anew(turn: Turn, loaded: Loaded, begun: Outcome) -> Outcome:
    """*Start anew*: the new form, and the question is over; the earlier draft stays where it is."""
    asks, _ = _asked(loaded)
    over = ended(turn, asks.value, FlowState.CANCELLED, "Begun anew")
    return begun._replace(changes=(*begun.changes, Save(over, asks.version)))


def going_on(flow: Versioned[Flow], case: Case) -> Outcome:
    """The draft's own card, posted anew."""
    public = f"I've sent you your draft for case {case.number}."
    return Outcome(reply=Reply(of=f"flow/{flow.value.id}", private=True, public=public), current_case=case.id)


async def view(sight: Sight, flow: Versioned[Flow]) -> Card:
    """The question. Steps of its buttons: go_on, anew."""
    now, ref = flow.value, Ref(flow.value.name, flow.value.id, flow.version)
    case = await sight.read.get(Case, now.case_id)
    about = await sight.read.get(Flow, now.values.get("draft_flow", ""))
    draft = await sight.read.get(Draft, about.value.draft_id) if about else None
    if now.state is not FlowState.OPEN or case is None or about is None or draft is None:
        return done_card("A draft that was begun", "", now.note, ref)
    if about.value.state is not FlowState.OPEN:
        gone = f"Your draft for case {case.value.number} was sent or cancelled meanwhile."
        return done_card("Begin a new one?", gone, now.note, ref, ways=[("Start anew", "anew")])
    since = relative_words(draft.value.touched_at, sight.zone, sight.now)
    text = f"You have a draft for case {case.value.number}, last touched {since}: {draft.value.subject}"
    return done_card("Go on with your draft?", text, now.note, ref, ways=[("Go on", "go_on"), ("Start anew", "anew")])


def _asked(loaded: Loaded) -> tuple[Versioned[Flow], Versioned[Case]]:
    if loaded.flow is None or loaded.case is None or loaded.flow.value.state is not FlowState.OPEN:
        raise UserError("This was decided already. Type the command again.")
    return loaded.flow, loaded.case
