"""CSAT-impacting incidents (ICM-06): asked for before the closing, reviewed by an SME in their own chat, tagged.

Steps: ask, approve, refuse, loop (exceptionally bad: the EM and PM come into the customer's mails), undo, cancel.
"""

import msgspec

from cards.elements import Ref
from cards.form import form_card
from cards.icm import BODY_LIMIT
from cards.notice import done_card
from dialogs import icms
from dialogs.deliveries import to_person
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef
from dialogs.forms import read_form
from dialogs.icm_csat_form import REVIEW, check_review, form_of
from dialogs.icm_flow import all_of, begun, finished, open_again, still_open, undoable
from dialogs.icm_reviewer import reviewer_of
from dialogs.may import require
from dialogs.notices import told
from dialogs.record import both, entry_of, told_owner, touched
from dialogs.steps import again, cancelled, typed
from dialogs.turn import Outcome, Turn, UserError
from dialogs.whole import timeline_of
from playbook.icm import tagged
from playbook.model import Case, CsatFlagged, Icm, IcmState, Undone
from playbook.reviewers import Sme
from playbook.standing import standing
from storage.base import Change, Save, Versioned
from storage.records import Flow, FlowState

KIND = "icm_review"  # of the delivery that brings the card to the SME
# ---- ways in -------------------------------------------------------------------------------------


async def open_ask(turn: Turn, case: Versioned[Case], icm: Versioned[Icm]) -> Outcome:
    """`/icm N csat`: before the closing only."""
    number, now = case.value.number, icm.value
    if not case.value.open:
        raise UserError(f"Case {number} is closed. CSAT-impacting is flagged before that (ICM-06): reopen it first.")
    if now.csat == "asked":
        raise UserError("A review is asked for already: the incident's card shows of whom.")
    if now.csat == "approved":
        raise UserError(f"It is approved already. /icm {number} mail writes to EM and PM.")
    area = now.area if now.area in icms.areas_of(turn.team) else ""
    values = {"area": area, "sentiment": now.sentiment, "sentiment_why": now.sentiment_why}
    values |= {"could_have": now.could_have, "customer_words": now.customer_words}
    return begun(turn, "icm-csat", "ask", case, now.id, values)


async def open_review(step: str, turn: Turn, case: Versioned[Case], icm: Versioned[Icm]) -> Outcome:
    """*Approve* and *Refuse* on the incident's card: for SMEs, and nobody their own."""
    check_review(turn, case.value, icm.value)
    return begun(turn, "icm-csat", step, case, icm.value.id, {})


async def open_loop(turn: Turn, case: Versioned[Case], icm: Versioned[Icm]) -> Outcome:
    if icm.value.csat != "approved":
        raise UserError(f"Only what an SME approved as CSAT-impacting: /icm {case.value.number} csat asks for it.")
    if await icms.looped_in(turn.read, case.value.id):
        raise UserError("It is flagged as exceptionally bad already.")
    return begun(turn, "icm-csat", "loop", case, icm.value.id, {})


# ---- the steps -----------------------------------------------------------------------------------


async def ask(turn: Turn, loaded: Loaded) -> Outcome:
    """To an SME of the area: the incident's card, in their own chat."""
    flow, case, icm = await all_of(turn, loaded)
    still_open(flow)
    if not case.value.open or icm.value.csat in ("asked", "approved") or icm.value.state is IcmState.CLOSED:
        raise UserError("This went on meanwhile; the incident's card shows where it stands.")
    read = read_form(form_of("ask", case.value, icm.value, icms.areas_of(turn.team)), typed(turn))
    values = flow.value.values | read.values
    errors = dict(read.errors)
    sme: Sme | None = None
    if not errors:
        sme, errors = await reviewer_of(turn, case.value, icm.value, values)
    if errors or sme is None:
        return again(turn, flow, values, errors)
    told_of = {name: values[name] for name in ("sentiment", "sentiment_why", "could_have", "customer_words", "area")}
    after = msgspec.structs.replace(
        icm.value, csat="asked", csat_from=turn.actor.id, csat_to=sme.person, csat_by="", **told_of, touched_at=turn.now
    )
    entry = entry_of(
        turn, case.value, CsatFlagged(step="asked", text=f"{values['sentiment']}: {values['sentiment_why']}")
    )
    review = to_person(sme.person, KIND, f"icm/{after.id}", turn.now)
    values |= {"entry_id": entry.id, "asked_name": sme.name}
    changes: list[Change] = [Save(after, icm.version), Save(entry), touched(turn, case), Save(review)]
    changes += told_owner(turn, case.value, "that it is CSAT-impacting")
    return finished(turn, flow, case.value, values, "Asked", changes)


async def review(turn: Turn, loaded: Loaded) -> Outcome:
    """Approved: both titles are tagged. Refused: with the SME's word on what to do instead."""
    flow, case, icm = await all_of(turn, loaded)
    still_open(flow)
    check_review(turn, case.value, icm.value)
    step = flow.value.step
    read = read_form(form_of(step, case.value, icm.value, []), typed(turn))
    values = flow.value.values | read.values
    if read.errors:
        return again(turn, flow, values, read.errors)
    word = values["avoided_by"]
    state = "approved" if step == "approve" else "refused"
    body = _with_note(turn, icm.value, word) if step == "approve" else icm.value.body
    after = msgspec.structs.replace(
        icm.value,
        body=body,
        csat=state,
        csat_by=turn.actor.id,
        avoided_by=word if step == "approve" else "",
        title=tagged(icm.value.title) if step == "approve" else icm.value.title,
        touched_at=turn.now,
    )
    before = case.value.internal_title
    title = tagged(before or case.value.title) if step == "approve" else before
    entry = entry_of(turn, case.value, CsatFlagged(step=state, text=word))
    values |= {"entry_id": entry.id, "title_before": before, "title_after": title, "icm_title_before": icm.value.title}
    values |= {"icm_title_after": after.title, "body_before": icm.value.body, "body_after": after.body}
    ways = [("Incident", f"/icm show {after.id}")]
    ways += [("Mail EM, PM", f"/icm {case.value.number} mail")] if step == "approve" else []
    text = f"{turn.actor.name} {state} the incident of case {case.value.number} as CSAT-impacting: {word}"
    if step == "approve":
        text += "\n\nIts title and text have changed with it: please copy both into the incident tool."
    changes: list[Change] = [Save(after, icm.version), Save(entry), touched(turn, case, internal_title=title)]
    for person in dict.fromkeys((icm.value.csat_from, case.value.owner)):
        changes += told(turn, person, case.value, text, *ways)
    return finished(turn, flow, case.value, values, state.capitalize(), changes)


def _with_note(turn: Turn, icm: Icm, avoided_by: str) -> str:
    """ICM-06: the incident's text also says how the customer feels, why, and what could have been done differently."""
    if "icm/csat-note" not in turn.mails.ids():
        return icm.body
    told_of = {name: getattr(icm, name) for name in ("sentiment", "sentiment_why", "customer_words", "could_have")}
    note = turn.mails.get("icm/csat-note").make(told_of | {"avoided_by": avoided_by, "sme_name": turn.actor.name})
    return f"{icm.body}\n\n{note.text}"[:BODY_LIMIT]


async def loop(turn: Turn, loaded: Loaded) -> Outcome:
    """ICM-06: exceptionally bad; a ground for the product group in the customer's mails (ICM-05)."""
    flow, case, icm = await all_of(turn, loaded)
    still_open(flow)
    if icm.value.csat != "approved" or not case.value.open:
        raise UserError("This went on meanwhile; the incident's card shows where it stands.")
    read = read_form(form_of("loop", case.value, icm.value, []), typed(turn))
    values = flow.value.values | read.values
    if read.errors:
        return again(turn, flow, values, read.errors)
    entry = entry_of(turn, case.value, CsatFlagged(step="looped_in", text=values["why_bad"]))
    after = msgspec.structs.replace(icm.value, touched_at=turn.now)
    values |= {"entry_id": entry.id}
    changes: list[Change] = [Save(entry), Save(after, icm.version), touched(turn, case)]
    changes += told_owner(turn, case.value, "that EM and PM are looped in")
    return finished(turn, flow, case.value, values, "Recorded", changes)


async def undo(turn: Turn, loaded: Loaded) -> Outcome:
    """A step back, unless it went on from there."""
    flow, case, icm = await all_of(turn, loaded)
    values, step, now = undoable(flow), flow.value.step, icm.value
    made = {"ask": "asked", "approve": "approved", "refuse": "refused", "loop": "approved"}[step]
    if now.csat != made or (step == "approve" and await _went_on(turn, case.value.id)):
        raise UserError("The review went on meanwhile; the incident's card shows how.")
    facts = {}
    if step == "ask":
        now = msgspec.structs.replace(now, csat="", csat_from="", csat_to="")
    elif step in ("approve", "refuse"):
        require(turn, "icm.review")
        same = now.title == values["icm_title_after"]
        title = values["icm_title_before"] if same else now.title
        body = values["body_before"] if now.body == values["body_after"] else now.body
        now = msgspec.structs.replace(now, csat="asked", csat_by="", avoided_by="", title=title, body=body)
        if case.value.internal_title == values["title_after"]:
            facts = {"internal_title": values["title_before"]}
    now = msgspec.structs.replace(now, touched_at=turn.now)
    left = {name: value for name, value in values.items() if name != "entry_id"}
    gone = entry_of(turn, case.value, Undone(entry_id=values["entry_id"]))
    return open_again(turn, flow, left, [Save(now, icm.version), touched(turn, case, **facts), Save(gone)])


async def _went_on(turn: Turn, case_id: str) -> bool:
    """Whether EM and PM heard of it, so that its approval stands."""
    stands = standing(await timeline_of(turn.read, case_id))
    return any(isinstance(one.fact, CsatFlagged) and one.fact.step in ("mailed", "looped_in") for one in stands)


async def cancel(turn: Turn, loaded: Loaded) -> Outcome:
    return cancelled(turn, both(loaded)[0])


# ---- what is on show -----------------------------------------------------------------------------


async def view(sight: Sight, flow: Versioned[Flow]) -> Card:
    now, ref = flow.value, Ref("icm-csat", flow.value.id, flow.version)
    case = await sight.read.get(Case, now.case_id)
    icm = await sight.read.get(Icm, now.values.get("icm_id", ""))
    title = "CSAT-impacting" if now.step == "ask" else REVIEW[now.step][0]
    if case is None or icm is None or now.state is FlowState.CANCELLED:
        return done_card(title, "", now.note, ref)
    form = form_of(now.step, case.value, icm.value, icms.areas_of(sight.team))
    if now.state is FlowState.OPEN:
        return form_card(form, now.values, now.errors, ref, note=now.note)
    number = case.value.number
    says = [("Incident", f"/icm show {icm.value.id}")]
    match now.step:
        case "ask":
            text = f"{now.values['asked_name']} has it in their own chat: approve or refuse. You hear of it."
        case "approve":
            text = (
                f"Both titles say [CSAT Impacting] now, and the incident's text says why.\n\n{now.values['avoided_by']}"
            )
            says.append(("Mail EM, PM", f"/icm {number} mail"))
        case "loop":
            text = f"EM and PM may come into the customer's mails (ICM-05).\n\n{now.values['why_bad']}"
        case _:
            text = now.values["avoided_by"]
    return done_card(form.title, text, now.note, ref, undo="undo", hint="Go on:", says=says)


FLOW = FlowDef(
    "icm-csat",
    {
        "ask": StepDef(ask, "icm.open"),
        "approve": StepDef(review, "icm.review"),
        "refuse": StepDef(review, "icm.review"),
        "loop": StepDef(loop, "icm.open"),
        "undo": StepDef(undo, "icm.open"),
        "cancel": StepDef(cancel, "icm.open"),
    },
    view=view,
)
