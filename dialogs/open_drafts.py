"""A mail that was begun and not sent yet: `/lqr N` offers to go on with it."""

from cards.notice import notice_card
from dialogs.flow import Card
from dialogs.turn import Outcome, Reply, Turn
from playbook.model import Case, Draft
from playbook.words import relative_words
from storage.base import Versioned, Where
from storage.records import Flow, FlowState

GO_ON, ANEW = "draft", "anew"  # words behind the number: /lqr 2611220030001234 draft
LOOKED_AT = 50  # of somebody's open flows, the last touched


async def open_draft(turn: Turn, name: str, case: Case) -> Versioned[Flow] | None:
    """The actor's open flow of this name whose mail for the case is written already; the last touched."""
    where = [Where("person", "=", turn.actor.id), Where("state", "=", FlowState.OPEN)]
    page = await turn.read.find(Flow, where, order="-touched_at", limit=LOOKED_AT)
    found = (one for one in page.items if one.value.name == name and one.value.case_id == case.id)
    return next((one for one in found if one.value.draft_id), None)


async def offered(turn: Turn, name: str, case: Case, command: str) -> Card | None:
    """The offer to go on with an open draft; None where there is none."""
    flow = await open_draft(turn, name, case)
    draft = await turn.read.get(Draft, flow.value.draft_id) if flow else None
    if draft is None:
        return None
    since = relative_words(draft.value.touched_at, turn.zone, turn.now)
    text = f"You have a draft for case {case.number}, last touched {since}.\n\n{draft.value.subject}"
    ways = [("Go on", f"/{command} {case.number} {GO_ON}"), ("Start anew", f"/{command} {case.number} {ANEW}")]
    return notice_card(text, title="Go on with your draft?", says=ways)


def going_on(flow: Versioned[Flow], case: Case) -> Outcome:
    """The draft's own card, posted anew."""
    public = f"I've sent you your draft for case {case.number}."
    return Outcome(reply=Reply(of=f"flow/{flow.value.id}", private=True, public=public), current_case=case.id)
