"""Handing a case over: the owner's form, which offers it; a manager's, which moves it at once (playbook §8).

`/case N handover` offers: until it is taken, case, pings and drafts are its owner's. `/case N assign` moves.
"""

from collections.abc import Mapping

from cards.elements import WARNING, Element, Ref, line, run
from cards.form import form_card
from cards.notice import done_card
from dialogs.case_fields import instant
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef, new_id
from dialogs.followups import is_away, whose
from dialogs.handover_form import ASSIGN, OFFER, checked, form_of, read
from dialogs.may import require_of_case
from dialogs.moving import moved, moved_back
from dialogs.notices import told
from dialogs.offers import offered_words, open_offer, over, sent_out
from dialogs.people import head_of
from dialogs.record import both, both_open, touched
from dialogs.record_kind import NEXT
from dialogs.steps import again, by_whom, cancelled, ended, opened, sends, shows
from dialogs.turn import Outcome, Reply, Turn, UserError
from playbook.model import Case
from playbook.transfers import warning
from playbook.words import instant_words
from storage.base import Change, Save, Versioned
from storage.records import Flow, FlowState, Offer, OfferState, Profile

# ---- opening --------------------------------------------------------------------------------------


async def open_handover(turn: Turn, case: Versioned[Case], rest: str) -> Outcome:
    """`/case N handover [@who what they need to know]`."""
    if not case.value.owner:
        number = case.value.number
        raise UserError(
            f"Case {number} is nobody's yet: /case {number} take makes it yours, and a manager gives it to somebody "
            f"with /case {number} assign."
        )
    await require_of_case(turn, "case.handover", case.value)
    return _opens(turn, case, OFFER, rest)


async def open_assign(turn: Turn, case: Versioned[Case], rest: str) -> Outcome:
    """`/case N assign @who [why]`: a manager's; it moves at once. Without a name, the form."""
    await require_of_case(turn, "case.assign", case.value)
    opening = _opens(turn, case, ASSIGN, rest)
    flow = next(one.value for one in opening.changes if isinstance(one, Save) and isinstance(one.value, Flow))
    if not flow.values["to_person"]:
        return opening
    done = await _assigned(turn, Versioned(flow, 0), case, flow.values)
    return done._replace(reply=done.reply._replace(private=True, public=f"Case {case.value.number} was assigned."))


def _opens(turn: Turn, case: Versioned[Case], step: str, rest: str) -> Outcome:
    whom, text = head_of(turn.team, rest)
    flow = opened(turn, "handover", step, case_id=case.value.id, values={"to_person": whom, "text": text})
    return sends(flow, case.value.number)


# ---- offering -------------------------------------------------------------------------------------


async def offer(turn: Turn, loaded: Loaded) -> Outcome:
    flow, case = both_open(loaded)
    values, errors, fact = read(turn, flow.value, case.value)
    if fact is None:
        return again(turn, flow, values, errors)
    earlier = await open_offer(turn.read, case.value)
    if earlier is not None and earlier.value.to_person == fact.to_person:
        said = offered_words(turn.team, earlier.value, turn.zone, turn.now)
        return again(turn, flow, values, {"to_person": f"{said}, and not answered yet."})
    if warning(case.value) and values.get("warned") != fact.to_person:  # FQR-05: once more, for this person
        return again(turn, flow, values | {"warned": fact.to_person}, {})
    made = Offer(
        id=new_id(),
        case_id=case.value.id,
        flow_id=flow.value.id,
        by=turn.actor.id,
        from_person=case.value.owner,
        to_person=fact.to_person,
        text=fact.text,
        next_step=values.get("next_step", ""),
        next_step_at=instant(values, "next_step", turn.zone),
        made_at=turn.now,
    )
    name = turn.team.names[fact.to_person]
    changed = touched(turn, case, offer_id=made.id)
    values |= {"offer_id": made.id, "warned": "", "reach": await _reach(turn, fact.to_person, name)}
    done = ended(turn, flow.value, FlowState.DONE, "Offered", values=values)
    changes: list[Change] = [Save(done, flow.version), changed, *sent_out(made, turn.team, case.value)]
    if earlier is not None:
        note = by_whom(turn, f"Offered to {name} instead")
        changes += await over(turn, earlier, OfferState.WITHDRAWN, note, but_flow=flow.value.id)
    number = case.value.number
    told_them = f"{turn.actor.name} offered your case {number} to {name}."
    changes += told(turn, case.value.owner, case.value, told_them, ("Open case", f"/case {number}"))
    return Outcome(tuple(changes), shows(done), current_case=case.value.id)


async def _reach(turn: Turn, person: str, name: str) -> str:
    """What speaks against an answer soon, as a sentence: they are away, or have never been heard of."""
    profile = await turn.read.get(Profile, person)
    if profile is None:
        return f"I can't write to {name} yet: ask them to say hello to me once."
    if not is_away(profile.value, turn.now) or profile.value.away_until is None:
        return ""
    until = instant_words(profile.value.away_until, turn.zone, turn.now)
    stand_in = await whose(Sight.of(turn), person)
    if stand_in != person:
        return f"{name} is away until {until}: it goes to {turn.team.names.get(stand_in, 'their cover')}, who covers."
    return f"{name} is away until {until}, and nobody covers for them."


async def withdraw(turn: Turn, case: Versioned[Case], rest: str = "") -> Outcome:
    """`/case N withdraw`, and *Take back* on the case's card: an offer that nobody took is taken back."""
    await require_of_case(turn, "case.handover", case.value)
    found = await open_offer(turn.read, case.value)
    if found is None:
        raise UserError(f"Case {case.value.number} is not offered to anybody now; its card shows whose it is.")
    changes = await over(turn, found, OfferState.WITHDRAWN, by_whom(turn, "Taken back"))
    return Outcome(
        (*changes, touched(turn, case, offer_id="")), Reply(of=f"case/{case.value.id}"), current_case=case.value.id
    )


# ---- assigning ------------------------------------------------------------------------------------


async def assign(turn: Turn, loaded: Loaded) -> Outcome:
    flow, case = both_open(loaded)
    values, errors, fact = read(turn, flow.value, case.value)
    return again(turn, flow, values, errors) if fact is None else await _assigned(turn, flow, case, values)


async def _assigned(turn: Turn, flow: Versioned[Flow], case: Versioned[Case], known: Mapping[str, str]) -> Outcome:
    values, errors, fact = checked(turn, case.value, dict(known), {})
    if fact is None:
        return again(turn, flow, values, errors)
    said = warning(case.value).replace("This would be", "This is")
    number, before = case.value.number, case.value.owner
    step_at = instant(values, "next_step", turn.zone)
    move = await moved(turn, case, fact.to_person, fact.text, values.get("next_step", ""), step_at)
    values |= {"entry_id": move.entry.id, "owner_before": before, "drafts": " ".join(move.drafts), "said": said}
    done = ended(turn, flow.value, FlowState.DONE, "Assigned", values=values)
    changes: list[Change] = [Save(done, flow.version), *move.changes]
    earlier = await open_offer(turn.read, case.value)
    name = turn.team.names[fact.to_person]
    if earlier is not None:
        changes += await over(turn, earlier, OfferState.WITHDRAWN, by_whom(turn, f"Assigned to {name}"))
    closed = "" if case.value.open else " It is closed; what was promised on it is yours now."
    opens = ("Open case", f"/case {number}")
    text = f"{turn.actor.name} assigned case {number} to you.{closed} {said}".strip()
    changes += told(turn, fact.to_person, move.case, text, opens, ("Intro mail", f"/case {number} intro"))
    changes += told(turn, before, move.case, f"{turn.actor.name} assigned your case {number} to {name}.", opens)
    return Outcome(tuple(changes), shows(done), current_case=case.value.id)


# ---- the way back ---------------------------------------------------------------------------------


async def undo(turn: Turn, loaded: Loaded) -> Outcome:
    """An offer is taken back while nobody took it; an assignment as long as nobody handed it on."""
    flow, case = both(loaded)
    if flow.value.state is not FlowState.DONE:
        raise UserError("There is nothing to take back here.")
    values = flow.value.values
    number = case.value.number
    if flow.value.step == ASSIGN:
        drafts = tuple(values.get("drafts", "").split())
        changes = await moved_back(turn, case, values["entry_id"], values["owner_before"], drafts)
        text = f"Case {number} is not yours after all: {turn.actor.name} took the assignment back."
        changes += told(turn, case.value.owner, case.value, text)
        changes += told(turn, values["owner_before"], case.value, f"Case {number} is yours again.")
    else:
        found = await open_offer(turn.read, case.value)
        if found is None or found.value.id != values.get("offer_id"):
            raise UserError("This offer was answered meanwhile; the case's card shows whose it is.")
        note = by_whom(turn, "Taken back")
        changes = await over(turn, found, OfferState.WITHDRAWN, note, but_flow=flow.value.id)
        changes.append(touched(turn, case, offer_id=""))
    typed_values = {name: values.get(name, "") for name in ("to_person", "text", *(one.id for one in NEXT))}
    back = ended(turn, flow.value, FlowState.OPEN, "Taken back", values=typed_values)
    return Outcome((Save(back, flow.version), *changes), shows(back))


async def cancel(turn: Turn, loaded: Loaded) -> Outcome:
    return cancelled(turn, both(loaded)[0])


async def view(sight: Sight, flow: Versioned[Flow]) -> Card:
    now, ref = flow.value, Ref("handover", flow.value.id, flow.version)
    found = await sight.read.get(Case, now.case_id)
    if found is None:
        raise UserError("The case of this card is not there any more.")
    case = found.value
    form = form_of(now.step, case, now.values)
    if now.state is FlowState.OPEN:
        says = warning(case) if now.step == OFFER else ""
        return form_card(form, now.values, now.errors, ref, note=now.note, above=_warned(says))
    if now.state is FlowState.CANCELLED:
        return done_card(form.title, "", now.note, ref)
    if now.step == ASSIGN:
        text = f"{now.values['to_person']} has it now, with its pings and drafts. {now.values.get('said', '')}".strip()
        return done_card(form.title, text, now.note, ref, undo="undo")
    made = await sight.read.get(Offer, now.values.get("offer_id", ""))
    if made is None or made.value.state is not OfferState.OPEN:
        why = f"Why: {made.value.why}" if made is not None and made.value.why else ""
        says_ = [("Hand over", f"/case {case.number} handover")] if why else []
        return done_card(form.title, "", now.note, ref, hint=why, says=says_)
    offered = offered_words(sight.team, made.value, sight.zone, sight.now)
    text = f"{offered}. Until they take it, the case is its owner's, with its pings and drafts."
    return done_card(form.title, text, now.note, ref, undo="undo", hint=now.values.get("reach", ""))


def _warned(sentence: str) -> list[Element]:
    if not sentence:
        return []
    return [line(run(f"{WARNING} ", bold=True, color="attention"), run(sentence, limit=300), spacing="small")]


FLOW = FlowDef(
    "handover",
    {
        "offer": StepDef(offer, "case.handover"),
        "assign": StepDef(assign, "case.assign"),
        "undo": StepDef(undo, "case.record"),
        "cancel": StepDef(cancel, "case.record"),
    },
    view=view,
)
