"""The way that every mail goes: form → draft → marked sent, each step saved, so that it goes on after a restart.

`mail_flow(way)` makes a flow of what a capability says of its mails (`dialogs.mail_way`). Steps: draft and
write (the mail is made), check, mend, insert, as_is, earlier, back, use, override, hold_again, sent, undo, cancel.
"""

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

import msgspec

from dialogs import mail_card, mail_holds, mail_personal, mail_sent
from dialogs.flow import FlowDef, Loaded, Sight, Step, StepDef
from dialogs.forms import read_form
from dialogs.mail_draft import HAS_EARLIER, earlier_text, mail_of, read_draft, replaces, rewritten
from dialogs.mail_form import wrong
from dialogs.mail_make import made
from dialogs.mail_steps import draft_of, open_flow, shown_again, typed_beside
from dialogs.mail_way import MailWay
from dialogs.steps import again, cancelled, refused, shows, typed
from dialogs.turn import Form, Outcome, Turn, UserError
from playbook.model import Draft
from playbook.rules import mend as put_in
from playbook.rules.base import Finding
from storage.base import Save, Versioned
from storage.records import Flow

MADE_ANEW = "Made anew from the form. The text as you had it is kept: Earlier text brings it back."
GONE = "The case of this mail is not there any more."
ALWAYS = ("case_number", "customer_name")  # without them there is nobody to write to


def mail_flow(way: MailWay, steps: Mapping[str, StepDef] = MappingProxyType({})) -> FlowDef:
    """The flow of a capability's mails, with further `steps` of its own."""

    def write(step: Step) -> StepDef:
        return StepDef(step, "draft.write")

    return FlowDef(
        way.name,
        {
            "draft": write(partial(draft, way)),
            "write": write(partial(draft, way, by_hand=True)),
            "check": write(partial(check, way)),
            "mend": write(partial(mend, way)),
            "insert": write(partial(insert, way)),
            "as_is": write(partial(as_is, way)),
            "earlier": write(partial(earlier, way)),
            "back": write(partial(back, way)),
            "use": write(partial(mail_personal.use, way)),
            "cancel": write(partial(cancel, way)),
            "override": StepDef(partial(mail_holds.override, way), "case.override"),
            "hold_again": StepDef(partial(mail_holds.hold_again, way), "case.override"),
            "sent": StepDef(partial(mail_sent.sent, way), "draft.sent"),
            "undo": StepDef(partial(mail_sent.undo, way), "draft.sent"),
            **steps,
        },
        view=partial(mail_card.view, way),
    )


async def draft(way: MailWay, turn: Turn, loaded: Loaded, *, by_hand: bool = False) -> Outcome:
    """Reads the form and makes the mail. `by_hand`: what is missing stands in the text as a gap to be filled there."""
    flow, case = open_flow(way, loaded), loaded.case
    mail = mail_of(turn.mails, way.folder, flow.value)
    known = case.value if case else None
    form = await way.form(Sight.of(turn), mail, known, flow.value)
    read = read_form(_without_demands(form) if by_hand else form, typed(turn))
    values = flow.value.values | typed_beside(turn) | read.values
    errors = read.errors
    if not errors:
        errors = wrong(mail, read.values, known, turn.team, turn.now, yours=turn.zone)
        errors |= await way.wrong(turn, mail, known, read.values)
    if errors:
        return again(turn, flow, values, errors)
    try:
        learned = await way.learn(turn, mail, flow, case, values)
    except ValueError as problem:
        return refused(turn, flow, values, problem)
    values = dict(learned.values)
    mail_draft, saved = await made(turn, mail, flow.value, learned, by_hand=by_hand)
    values |= HAS_EARLIER if replaces(saved) else {}
    ready = msgspec.structs.replace(
        flow.value,
        step="draft",
        case_id=learned.case.id,
        draft_id=mail_draft.id,
        values=values,
        errors={},
        note=MADE_ANEW if replaces(saved) else "",
        touched_at=turn.now,
    )
    changes = (Save(learned.case, learned.version), *learned.changes, *saved, Save(ready, flow.version))
    return Outcome(changes, shows(ready), current_case=learned.case.id)


def _without_demands(form: Form) -> Form:
    """A wrong value is still told; what is missing is not, but for whose mail it is."""
    return form._replace(fields=tuple(one._replace(required=one.required and one.id in ALWAYS) for one in form.fields))


async def check(way: MailWay, turn: Turn, loaded: Loaded) -> Outcome:
    """Saves the text as it is on the card; its card shows what the rules say of it."""
    flow, mail_draft = await draft_of(way, turn, loaded)
    changes = rewritten(turn, mail_draft, typed(turn).get("text", mail_draft.value.text))
    return shown_again(turn, flow, changes)


async def mend(way: MailWay, turn: Turn, loaded: Loaded) -> Outcome:
    """Puts the line that mends each finding where it belongs."""
    flow, mail_draft = await draft_of(way, turn, loaded)
    text = typed(turn).get("text", mail_draft.value.text)
    left = flow.value.values.get("as_is", "").split()
    found = [one for one in _findings(way, turn, loaded, flow, mail_draft, text) if one.rule not in left]
    return shown_again(turn, flow, rewritten(turn, mail_draft, put_in(text, found)))


async def insert(way: MailWay, turn: Turn, loaded: Loaded) -> Outcome:
    """Puts in the line of one finding."""
    flow, mail_draft = await draft_of(way, turn, loaded)
    text = typed(turn).get("text", mail_draft.value.text)
    wanted = typed(turn).get("finding", "")
    found = _findings(way, turn, loaded, flow, mail_draft, text)
    same = [one for one in found if one.key == wanted] or [
        one
        for one in found
        if one.rule == wanted.partition("@")[0]  # its place moved with an edit
    ]
    if not same:  # mended by hand meanwhile: the card says what there is now
        return shown_again(turn, flow, rewritten(turn, mail_draft, text))
    return shown_again(turn, flow, rewritten(turn, mail_draft, put_in(text, same[0])))


async def as_is(way: MailWay, turn: Turn, loaded: Loaded) -> Outcome:
    """*Send as is*: what the rules advise now is left, with no reason asked (playbook §8)."""
    flow, mail_draft = await draft_of(way, turn, loaded)
    text = typed(turn).get("text", mail_draft.value.text)
    found = _findings(way, turn, loaded, flow, mail_draft, text)
    left = {*flow.value.values.get("as_is", "").split(), *(one.rule for one in found)}
    values = {"as_is": " ".join(sorted(left))}
    return shown_again(turn, flow, rewritten(turn, mail_draft, text), values)


async def earlier(way: MailWay, turn: Turn, loaded: Loaded) -> Outcome:
    """The text before this one comes back, and this one is kept in its place: a second click swaps them again."""
    flow, mail_draft = await draft_of(way, turn, loaded)
    text = await earlier_text(turn.read, mail_draft.value.id)
    if text is None:
        raise UserError("This mail has had no other text yet.")
    return shown_again(turn, flow, rewritten(turn, mail_draft, text))


async def back(way: MailWay, turn: Turn, loaded: Loaded) -> Outcome:
    """To the form, with everything as it was typed; the mail's text is kept."""
    flow, mail_draft = await draft_of(way, turn, loaded)
    changes = rewritten(turn, mail_draft, typed(turn).get("text", mail_draft.value.text))
    values = flow.value.values | (HAS_EARLIER if replaces(changes) else {})
    at_form = msgspec.structs.replace(flow.value, step="facts", values=values, errors={}, note="", touched_at=turn.now)
    return Outcome((Save(at_form, flow.version), *changes), shows(at_form))


async def cancel(way: MailWay, turn: Turn, loaded: Loaded) -> Outcome:
    return cancelled(turn, open_flow(way, loaded))


def _findings(
    way: MailWay, turn: Turn, loaded: Loaded, flow: Versioned[Flow], mail_draft: Versioned[Draft], text: str
) -> tuple[Finding, ...]:
    if loaded.case is None:
        raise UserError(GONE)
    now = msgspec.structs.replace(mail_draft.value, text=text)
    return read_draft(now, loaded.case.value, turn.team, mail_of(turn.mails, way.folder, flow.value)).findings
