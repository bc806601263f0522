"""The card of a reminder: before its time, as the ping, and once it is done; with all that can be done on it."""

from datetime import timedelta
from functools import partial

from cards.elements import Ref
from cards.reminder import reminder_card
from dialogs import chasing, followups, open_drafts, promises
from dialogs.flow import Card, Loaded, Sight
from dialogs.steps import typed
from dialogs.turn import Outcome, Reply, Turn, UserError
from playbook.model import Case, Entry, FollowUp, FollowUpKind, FollowUpState, MailSent
from playbook.when import When, read_when
from playbook.words import instant_words
from storage.base import Change, Versioned


async def cases_of(sight: Sight, items: list[Versioned[FollowUp]]) -> dict[str, Case]:
    ids = {one.value.case_id for one in items if one.value.case_id}
    found = [await sight.read.get(Case, id) for id in sorted(ids)]
    return {one.value.id: one.value for one in found if one is not None}


async def view(sight: Sight, followup: Versioned[FollowUp]) -> Card:
    return await card_of(sight, followup)


async def card_of(sight: Sight, followup: Versioned[FollowUp], reader: str = "") -> Card:
    """`reader`: whose chat it goes to, where that is neither's whom it is for nor who set it."""
    now = followup.value
    case = await sight.read.get(Case, now.case_id) if now.case_id else None
    waits = now.state is FollowUpState.WAITING
    closed = f"Case {case.value.number} is closed" if waits and case is not None and not case.value.open else ""
    return reminder_card(
        now,
        case.value if case else None,
        Ref("followup", now.id, followup.version),
        words=partial(instant_words, zone=sight.zone, now=sight.now),
        people=sight.team.names,
        reader=reader,
        pinged=now.due_at <= sight.now,
        says=await _leads_to(sight, now, case.value) if waits and case is not None and case.value.open else (),
        note=" · ".join(filter(None, (now.note, closed))),
    )


async def _leads_to(sight: Sight, followup: FollowUp, case: Case) -> list[tuple[str, str]]:
    """What is to be done about it, a click away: the mail of the next attempt, or the draft that waits."""
    if followup.draft_id:
        return [("Open draft", f"/lqr {case.number} {open_drafts.GO_ON}")]
    if followup.kind is FollowUpKind.CHASE:
        return [await chasing.next_mail(sight, case)]
    if followup.kind is FollowUpKind.ESCALATION:
        return [("Update", f"/case {case.number} update"), ("Handed back", f"/case {case.number} handed-back")]
    if followup.kind is FollowUpKind.INCIDENT:
        return [("News", f"/icm {case.number} news"), ("Ended", f"/icm {case.number} ended")]
    if followup.kind is FollowUpKind.NEXT_STEP and await closes_now(sight, followup):
        return [("Close case", f"/case {case.number} close")]
    return []


async def closes_now(sight: Sight, followup: FollowUp) -> bool:
    """Whether its mail announced the closing for this time: only the case is left to be closed."""
    entry = await sight.read.get(Entry, followup.entry_id) if followup.entry_id else None
    fact = entry.value.fact if entry else None
    if not isinstance(fact, MailSent):
        return False
    id = f"{fact.kind}/{fact.scenario}"
    return id in sight.mails.ids() and sight.mails.get(id).field("closing_on") is not None


def found_of(loaded: Loaded, *, waiting: bool = True) -> Versioned[FollowUp]:
    found = loaded.followup
    if found is None:
        raise UserError("This reminder is not there any more.")
    if waiting and found.value.state is not FollowUpState.WAITING:
        raise UserError(f"This is no longer waiting. {found.value.note}.")
    return found


def _shows(found: Versioned[FollowUp], changes: list[Change]) -> Outcome:
    return Outcome(tuple(changes), Reply(of=f"followup/{found.value.id}"))


async def done(turn: Turn, loaded: Loaded) -> Outcome:
    found = found_of(loaded)
    if (found.value.every_days or found.value.every_hours) and loaded.case is not None and loaded.case.value.open:
        return _shows(found, followups.come_again(turn, found))
    kept = await promises.kept_by_ping(turn, found.value, loaded.case)
    return _shows(found, [followups.ended(turn, found, FollowUpState.DONE, "Done"), *kept])


async def hour(turn: Turn, loaded: Loaded) -> Outcome:
    found = found_of(loaded)
    return _shows(found, followups.moved(turn, found, turn.now + timedelta(hours=1), "Moved by an hour"))


async def morning(turn: Turn, loaded: Loaded) -> Outcome:
    found = found_of(loaded)
    at = followups.calendar_of(turn.team, turn.actor.id, turn.zone).business_morning_after(turn.now)
    return _shows(found, followups.moved(turn, found, at, "Moved to the next business morning"))


async def pick(turn: Turn, loaded: Loaded) -> Outcome:
    """A date and time, or the same in words."""
    found = found_of(loaded)
    inputs = typed(turn)
    line = inputs.get("when", "").strip() or " ".join(
        filter(None, (inputs.get("due_on", ""), inputs.get("due_time", "")))
    )
    when = time_alone(turn, line)
    if when.problem or when.at is None:
        raise UserError(when.sentence)
    return _shows(found, followups.moved(turn, found, when.at))


def time_alone(turn: Turn, said: str) -> When:
    """A time in words, in the actor's zone; further words beside it make it a problem."""
    when = read_when(said, turn.now, turn.zone, followups.calendar_of(turn.team, turn.actor.id, turn.zone))
    if when.problem or not when.rest.strip():
        return when
    sentence = f"I read “{when.how}”, but not “{when.rest.strip()[:60]}”. Please write the time alone here."
    return When(at=None, rest=when.rest, how=when.how, problem="unclear", sentence=sentence)


async def cancel(turn: Turn, loaded: Loaded) -> Outcome:
    found = found_of(loaded)
    return _shows(found, [followups.ended(turn, found, FollowUpState.CANCELLED, "Cancelled")])


async def undo(turn: Turn, loaded: Loaded) -> Outcome:
    """Waiting again: at its time, or at once where that has passed."""
    found = found_of(loaded, waiting=False)
    if found.value.state is FollowUpState.WAITING:
        raise UserError("There is nothing to take back here.")
    open_again = await promises.ping_taken_back(turn, found.value, loaded.case)
    waiting = followups.moved(turn, found, max(found.value.due_at, turn.now), "Taken back")
    return _shows(found, [*waiting, *open_again])
