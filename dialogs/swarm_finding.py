"""What somebody found out for a swarm: typed in a form of their own, where no edit of the shared card can empty it."""

from collections.abc import Mapping

from cards.elements import Ref
from cards.form import form_card
from cards.notice import done_card
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef, new_id
from dialogs.forms import read_form
from dialogs.notices import told
from dialogs.record import after, both_open, entry_of, told_owner
from dialogs.steps import again, cancelled, ended, opened, shows, typed
from dialogs.swarm_members import joined, member_of, name_of_actor, still_open, with_swarm
from dialogs.turn import Field, Form, Outcome, Reply, Turn, UserError
from playbook.model import Case, MemberState, Swarm, SwarmFinding, SwarmFound
from storage.base import Change, Save, Versioned
from storage.records import Flow, FlowState

FIELD = Field("finding_text", "What you found out", "text", required=True, limit=1000)
SENT = "This finding was added already. Finding on the swarm's card takes another one."


def _form(number: str) -> Form:
    intro = "It goes to the swarm's card and into the case's timeline at once, under your name."
    return Form(f"Finding: case {number}", (FIELD,), ("Add", "add"), intro)


def open_form(turn: Turn, swarm: Versioned[Swarm], so_far: Mapping[str, str]) -> Outcome:
    """In the actor's own chat, of which the channel hears nothing. `so_far`: what a card of earlier brings along."""
    values = {FIELD.id: so_far.get(FIELD.id, ""), "swarm_id": swarm.value.id}
    flow = opened(turn, "swarm-finding", "form", case_id=swarm.value.case_id, values=values)
    return Outcome((Save(flow),), Reply(of=f"flow/{flow.id}", private=True, quiet=True))


async def add(turn: Turn, loaded: Loaded) -> Outcome:
    """It goes to the case's timeline at once, under the finder's name; who finds something has joined."""
    flow, case = both_open(loaded, SENT)
    read = read_form(_form(case.value.number), typed(turn))
    values, errors = flow.value.values | read.values, dict(read.errors)
    swarm = await turn.read.get(Swarm, values["swarm_id"])
    try:
        swarm = still_open(swarm)
    except UserError as problem:  # what was typed is kept
        errors[""] = f"{problem} /note {case.value.number} writes it into the case."
    if errors or swarm is None:
        return again(turn, flow, values, errors)
    done = ended(turn, flow.value, FlowState.DONE, "Added", values=values)
    changes = [Save(done, flow.version), *await _found(turn, swarm, case, values[FIELD.id])]
    return with_swarm(swarm, changes, shows(done))


async def _found(turn: Turn, swarm: Versioned[Swarm], case: Versioned[Case], text: str) -> list[Change]:
    name, asker = name_of_actor(turn), swarm.value.by
    found = SwarmFinding(id=new_id(), swarm_id=swarm.value.id, person=turn.actor.id, name=name, text=text, at=turn.now)
    changes: list[Change] = [Save(found)]
    before = await member_of(turn, swarm)
    if turn.actor.id != asker and (before is None or before.value.state is not MemberState.JOINED):
        changes += joined(turn, swarm, before)
    entry = entry_of(turn, case.value, SwarmFound(swarm_id=swarm.value.id, text=text))
    changes += [Save(entry), Save(after(case.value, entry, turn), case.version)]
    changes += told_owner(turn, case.value, "a finding of the swarm")
    if asker != case.value.owner:
        changes += told(turn, asker, case.value, f"{name} found something for your swarm on case {case.value.number}.")
    return changes


async def cancel(turn: Turn, loaded: Loaded) -> Outcome:
    return cancelled(turn, both_open(loaded, SENT)[0])


async def view(sight: Sight, flow: Versioned[Flow]) -> Card:
    now, ref = flow.value, Ref("swarm-finding", flow.value.id, flow.version)
    case = await sight.read.get(Case, now.case_id)
    form = _form(case.value.number if case else "")
    if now.state is FlowState.OPEN:
        return form_card(form, now.values, now.errors, ref, note=now.note)
    if now.state is FlowState.CANCELLED:
        return done_card(form.title, "", now.note, ref)
    says = [("Swarm", f"/swarm show {now.values['swarm_id']}")]
    return done_card(form.title, now.values[FIELD.id], now.note, ref, hint="Go on:", says=says)


FLOW = FlowDef(
    "swarm-finding",
    {
        "add": StepDef(add, "swarm.join"),
        "cancel": StepDef(cancel, "swarm.join"),
    },
    view=view,
)
