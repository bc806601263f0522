"""The card of an offered case in its receiver's own chat: *Take it*, *Decline* with a word why; once, by whoever may."""

from functools import partial

import msgspec

from cards.clock import clock_line
from cards.elements import Ref
from cards.handover import WHY, WHY_LIMIT, Drafted, Offered, offer_card
from cards.names import SENTIMENTS
from dialogs.deliveries import Going
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef, own_chat
from dialogs.followups import whose
from dialogs.moving import drafts_of, moved
from dialogs.notices import told
from dialogs.offers import over
from dialogs.record import touched
from dialogs.steps import by_whom, typed
from dialogs.turn import Outcome, Reply, Turn, UserError
from dialogs.whole import timeline_of
from playbook import rights
from playbook.model import Case, Draft, Entry, PersonId, Sentiment, WaitingOn
from playbook.rules import mask
from playbook.sla import fqr_goal
from playbook.standing import last_mood, open_promises, standing
from playbook.words import relative_words
from storage.base import Change, Save, Versioned
from storage.records import Delivery, Flow, Offer, OfferState

GONE = "This case is not there any more."


async def build(sight: Sight, delivery: Delivery) -> Going:
    """To its receiver, or to who covers for them; nothing where it was taken back meanwhile."""
    offer = await sight.read.get(Offer, delivery.of.removeprefix("offer/"))
    if offer is None or offer.value.state is not OfferState.OPEN:
        return Going()
    reader = await whose(sight, offer.value.to_person)
    return Going(await view(sight, offer), own_chat(reader), of=delivery.of, rev=offer.version)


async def view(sight: Sight, offer: Versioned[Offer]) -> Card:
    now = offer.value
    found = await sight.read.get(Case, now.case_id)
    if found is None:
        raise UserError(GONE)
    case, names = found.value, sight.team.names
    entries = await timeline_of(sight.read, case.id)
    stands = standing(entries)
    promises = [fact for _, fact in open_promises(stands)]
    words = partial(relative_words, zone=sight.zone, now=sight.now)
    return offer_card(
        case,
        Offered(
            giver=names.get(now.by, "A colleague"),
            receiver=names.get(now.to_person, "a colleague"),
            when=words(now.made_at).removeprefix("today, "),
            text=now.text,
            open=now.state is OfferState.OPEN,
            taken=now.state is OfferState.TAKEN,
            why=now.why,
            error=now.error,
            note=now.note,
        ),
        Ref("offer", now.id, offer.version),
        people=names,
        words=words,
        entries=entries,
        clock=clock_line(fqr_goal(sight.team, case), sight.now, words, paused=case.waiting_on is WaitingOn.CUSTOMER),
        mood=_mood(case, stands),
        next_step=_next(now, stands, words),
        promises=promises,
        overdue=sum(one.due_at <= sight.now for one in promises),
        drafts=await _drafts(sight, now, words),
    )


def _mood(case: Case, stands: list[Entry]) -> str:
    noted = last_mood(stands)
    shown_by = noted[1].text if noted and noted[1].sentiment is case.sentiment else ""
    name = "Nobody noted it" if case.sentiment is Sentiment.UNKNOWN else SENTIMENTS[case.sentiment]
    return f"{name}: {shown_by}" if shown_by else name


def _next(offer: Offer, stands: list[Entry], words: partial[str]) -> str:
    """What the giver named goes first, else the last next step of the timeline."""
    named = [(one.next_step, one.next_step_at) for one in reversed(stands) if one.next_step]
    step, at = (offer.next_step, offer.next_step_at) if offer.next_step else (named[0] if named else ("", None))
    return f"{step}, by {words(at)}" if step and at else step


async def _drafts(sight: Sight, offer: Offer, words: partial[str]) -> list[Drafted]:
    """Those of the owner while it is offered; once it is taken, those that came along and are still open."""
    if offer.state is not OfferState.TAKEN:
        begun = await drafts_of(sight.read, offer.case_id, offer.from_person)
        return [Drafted(draft.value.subject, f"touched {words(draft.value.touched_at)}") for _, draft in begun]
    rows = []
    for id in offer.draft_flows:
        flow = await sight.read.get(Flow, id)
        draft = await sight.read.get(Draft, flow.value.draft_id) if flow else None
        if draft is not None and draft.value.sent_at is None:
            rows.append(Drafted(draft.value.subject, f"touched {words(draft.value.touched_at)}", id))
    return rows


# ---- the steps ------------------------------------------------------------------------------------


async def take(turn: Turn, loaded: Loaded) -> Outcome:
    offer, case = _open(loaded)
    return await _taken(turn, offer, case, loaded.cover)


async def take_offered(turn: Turn, offer: Versioned[Offer], case: Versioned[Case]) -> Outcome:
    """`/case N take` of a case that is offered: by who may, with the same effect. Raises UserError."""
    to = offer.value.to_person
    stand_in = await whose(Sight.of(turn), to)
    also = {"self"} if turn.actor.id == to else {"cover"} if turn.actor.id == stand_in else set()
    if not rights.allowed("offer.answer", turn.actor.roles | also):
        names = turn.team.names
        owner = names.get(case.value.owner, "its owner")
        raise UserError(
            f"Case {case.value.number} is offered to {names.get(to, 'a colleague')}; until they take it, it is {owner}'s."
        )
    return await _taken(turn, offer, case, stand_in)


async def _taken(turn: Turn, offer: Versioned[Offer], case: Versioned[Case], cover: PersonId) -> Outcome:
    """The case, its pings and drafts move; who covers takes it for the receiver, a manager for themselves."""
    given = offer.value
    for_them = turn.actor.id == given.to_person or turn.actor.id == cover
    owner = given.to_person if for_them else turn.actor.id
    name = turn.team.names.get(owner, turn.actor.name)
    move = await moved(turn, case, owner, given.text, given.next_step, given.next_step_at)
    whom = "" if owner == turn.actor.id else f" for {name}"
    note = by_whom(turn, f"Taken{whom}")
    changes: list[Change] = [*move.changes]
    changes += await over(turn, offer, OfferState.TAKEN, note, why="", draft_flows=move.drafts)
    number = case.value.number
    for one in dict.fromkeys((given.by, given.from_person)):
        changes += told(turn, one, move.case, f"{turn.actor.name} took case {number} over{whom}.")
    if whom:
        text = f"{turn.actor.name} took case {number} over for you."
        changes += told(turn, owner, move.case, text, ("Open case", f"/case {number}"))
    public = f"{turn.actor.name} took case {number} over{whom}."
    reply = Reply(of=f"offer/{given.id}", private=True, public=public)
    return Outcome(tuple(changes), reply, current_case=case.value.id)


async def decline(turn: Turn, loaded: Loaded) -> Outcome:
    """With a word why, which its giver is told; the case stays where it is."""
    offer, case = _open(loaded)
    why = mask(typed(turn).get(WHY, "").strip())
    if not why or len(why) > WHY_LIMIT:
        error = f"At most {WHY_LIMIT} characters, please." if why else "A word why, please: it goes to who offered it."
        asked = msgspec.structs.replace(offer.value, error=error, why=why[: 2 * WHY_LIMIT])
        return Outcome((Save(asked, offer.version),), _shows(offer))
    changes = await over(turn, offer, OfferState.DECLINED, by_whom(turn, "Declined"), why=why)
    number = case.value.number
    text = f"{turn.actor.name} declined case {number}: {why}"
    for one in dict.fromkeys((offer.value.by, offer.value.from_person)):
        ways = (("Hand over", f"/case {number} handover"), ("Open case", f"/case {number}"))
        changes += told(turn, one, case.value, text, *ways)
    return Outcome((*changes, touched(turn, case, offer_id="")), _shows(offer))


async def open_draft(turn: Turn, loaded: Loaded) -> Outcome:
    """*Open draft*: a mail that came along, on a card of the new owner's."""
    flow = await turn.read.get(Flow, typed(turn).get("draft_flow", ""))
    if loaded.offer is None or flow is None or flow.value.id not in loaded.offer.value.draft_flows:
        raise UserError("This draft is not there any more.")
    if flow.value.person != turn.actor.id:
        raise UserError("This draft belongs to whoever has the case now.")
    return Outcome(reply=Reply(of=f"flow/{flow.value.id}", private=True), current_case=loaded.offer.value.case_id)


def _open(loaded: Loaded) -> tuple[Versioned[Offer], Versioned[Case]]:
    """The offer while it can be answered. Raises UserError, with what became of it."""
    if loaded.offer is None or loaded.case is None:
        raise UserError(GONE)
    if loaded.offer.value.state is not OfferState.OPEN or loaded.case.value.offer_id != loaded.offer.value.id:
        raise UserError(f"{loaded.offer.value.note or 'This was answered already'}.")
    return loaded.offer, loaded.case


def _shows(offer: Versioned[Offer]) -> Reply:
    return Reply(of=f"offer/{offer.value.id}")


FLOW = FlowDef(
    "offer",
    {
        "take": StepDef(take, "offer.answer"),
        "decline": StepDef(decline, "offer.answer"),
        "draft": StepDef(open_draft, "draft.open"),
    },
    keeps=Offer,
    view=view,
)
