"""`/lqr`: from a case to its closing mail, read by the rules, opened, marked sent; and the way back.

Steps: choose (a scenario) → facts (the form) → draft (the mail on its card) → sent. Each is saved, so
that it goes on after a restart, on another device, or on new code.
"""

import msgspec

from cards.draft import draft_card, sent_card
from cards.elements import Ref
from cards.form import form_card
from cards.notice import Row, done_card, list_card
from dialogs import case_fields
from dialogs.find_case import latest_of, meant
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef
from dialogs.forms import read_form
from dialogs.lqr_form import choice_form, facts_form, scenarios, suggested, wrong
from dialogs.lqr_mail import confirmation, found_by_number, made, with_facts
from dialogs.mailing import HAS_EARLIER, earlier_text, read_draft, replaces, rewritten
from dialogs.parse import suggestions
from dialogs.sending import sent, undo
from dialogs.steps import again, cancelled, opened, shows, typed
from dialogs.turn import Outcome, Reply, Turn, UserError
from playbook.mails import Mail, Mails
from playbook.model import Case, Draft
from playbook.rules import mend as put_in
from playbook.words import instant_words
from storage.base import Change, Save, Versioned
from storage.records import Flow, FlowState

USUAL = "standard-closure"
MADE_ANEW = "Made anew from the form. The text as you had it is kept: Earlier text brings it back."


# ---- the command ---------------------------------------------------------------------------------


async def start(turn: Turn, args: str) -> Outcome:
    """`/lqr [case number] [scenario]`, in either order."""
    known = scenarios(turn.mails)
    words = args.split()
    scenario = next((word.casefold() for word in words if word.casefold() in known), "")
    rest = [word for word in words if word.casefold() != scenario]
    if len(rest) > 1 or (len(rest) == 1 and not scenario and not any(c.isdigit() for c in rest[0]) and rest != ["new"]):
        wrong = next((word for word in rest if not any(c.isdigit() for c in word)), rest[-1])
        raise UserError(_no_scenario(wrong, known))
    if rest and rest != ["new"]:
        found = await meant(turn, rest[0])
        return await open_lqr(turn, found.case, found.number or case_fields.clean_number(rest[0]), scenario)
    current = (await meant(turn, "")).case if not rest else None
    if current is not None and current.value.open:
        return await open_lqr(turn, current, current.value.number, scenario)
    mine = await latest_of(turn) if not rest else []
    if mine:
        return Outcome(reply=Reply(card=_which(mine, scenario), private=True))
    return await open_lqr(turn, None, "", scenario)


def _no_scenario(word: str, known: tuple[str, ...]) -> str:
    near = suggestions(word, known, 1)
    hint = f" Did you mean {near[0]}?" if near else f" There are: {', '.join(known)}."
    return f"“{word[:60]}” is no closing scenario.{hint}"


def _which(cases: list[Versioned[Case]], scenario: str) -> Card:
    rows = [
        Row(f"[{one.value.number}] {one.value.title}", ref=Ref("say", f"/lqr {one.value.number} {scenario}", 0))
        for one in cases
    ]
    rows.append(Row("Another case", "Not registered here yet", Ref("say", f"/lqr new {scenario}", 0)))
    return list_card("Close which case?", rows, step="run")


async def open_lqr(turn: Turn, case: Versioned[Case] | None, number: str, scenario: str = "") -> Outcome:
    """Opens the flow for a case, or for a number not registered yet."""
    if case is not None and not case.value.open:
        raise UserError(f"Case {case.value.number} is closed already. /case {case.value.number} shows it.")
    values = case_fields.values_of(case.value) if case else {"case_number": number}
    if not scenario:  # the usual one's form at once; the others are a click away
        known = scenarios(turn.mails)
        scenario = USUAL if USUAL in known else known[0] if len(known) == 1 else ""
        values["chosen"] = "yes" if len(known) > 1 else ""
    values["scenario"] = scenario
    if scenario:
        mail = turn.mails.get(f"lqr/{scenario}")
        values |= suggested(mail, case.value if case else None, turn.team, turn.now)
    flow = opened(turn, "lqr", "facts" if scenario else "choose", case_id=case.value.id if case else "", values=values)
    public = f"I've sent you the closing form{f' for case {number}' if number else ''}."
    reply = Reply(of=f"flow/{flow.id}", private=True, public=public)
    return Outcome((Save(flow),), reply, current_case=case.value.id if case else "")


# ---- the steps -----------------------------------------------------------------------------------


async def choose(turn: Turn, loaded: Loaded) -> Outcome:
    flow = _open(loaded)
    read = read_form(choice_form(turn.mails), typed(turn))
    values = flow.value.values | read.values
    if read.errors:
        return again(turn, flow, values, read.errors)
    mail = turn.mails.get(f"lqr/{read.values['scenario']}")
    first = suggested(mail, loaded.case.value if loaded.case else None, turn.team, turn.now)
    values |= {name: value for name, value in first.items() if not values.get(name)} | {"chosen": "yes"}
    chosen = msgspec.structs.replace(flow.value, step="facts")
    return again(turn, Versioned(chosen, flow.version), values, {})


async def another(turn: Turn, loaded: Loaded) -> Outcome:
    """Back to the list of closings; what was typed stays."""
    flow = _open(loaded)
    at_choice = msgspec.structs.replace(flow.value, step="choose")
    return again(turn, Versioned(at_choice, flow.version), {**flow.value.values, **typed(turn)}, {})


async def draft(turn: Turn, loaded: Loaded) -> Outcome:
    """Reads the form and makes the mail; a case not registered yet is registered by it."""
    flow, case = _open(loaded), loaded.case
    mail = _mail(turn.mails, flow.value)
    read = read_form(facts_form(mail, case.value if case else None, turn.team, turn.actor.id), typed(turn))
    values = flow.value.values | read.values
    errors = read.errors or wrong(mail, read.values, case.value if case else None, turn.team, turn.now)
    if errors:
        return again(turn, flow, values, errors)
    try:
        case = case or await found_by_number(turn, values)
        after = with_facts(turn, mail, case.value if case else None, values)
        entries = confirmation(turn, after, flow.value, values)
    except ValueError as problem:
        field, _, sentence = str(problem).partition(": ")
        return again(turn, flow, values, {field: sentence})
    mail_draft, saved = await made(turn, mail, flow.value, after, values)
    values |= HAS_EARLIER if replaces(saved) else {}
    ready = msgspec.structs.replace(
        flow.value,
        step="draft",
        case_id=after.id,
        draft_id=mail_draft.id,
        values=values,
        errors={},
        note=MADE_ANEW if replaces(saved) else "",
        touched_at=turn.now,
    )
    changes = (Save(after, case.version if case else 0), *entries, *saved, Save(ready, flow.version))
    return Outcome(changes, shows(ready), current_case=after.id)


async def check(turn: Turn, loaded: Loaded) -> Outcome:
    """Saves the text as it is on the card; its card shows what the rules say of it."""
    flow, mail_draft = await _draft_of(turn, loaded)
    changes = rewritten(turn, mail_draft, typed(turn).get("text", mail_draft.value.text))
    return _shown_again(turn, flow, changes)


async def mend(turn: Turn, loaded: Loaded) -> Outcome:
    """Puts the line that mends each finding where it belongs."""
    flow, mail_draft = await _draft_of(turn, loaded)
    case = loaded.case
    if case is None:
        raise UserError("The case of this mail is not there any more.")
    text = typed(turn).get("text", mail_draft.value.text)
    read = read_draft(
        msgspec.structs.replace(mail_draft.value, text=text), case.value, turn.team, _mail(turn.mails, flow.value)
    )
    changes = rewritten(turn, mail_draft, put_in(text, read.findings))
    return _shown_again(turn, flow, changes)


async def earlier(turn: Turn, loaded: Loaded) -> Outcome:
    """The text before this one comes back, and this one is kept in its place: a second click swaps them again."""
    flow, mail_draft = await _draft_of(turn, loaded)
    text = await earlier_text(turn.read, mail_draft.value.id)
    if text is None:
        raise UserError("This mail has had no other text yet.")
    return _shown_again(turn, flow, rewritten(turn, mail_draft, text))


async def back(turn: Turn, loaded: Loaded) -> Outcome:
    """To the form, with everything as it was typed; the mail's text is kept."""
    flow, mail_draft = await _draft_of(turn, loaded)
    changes = rewritten(turn, mail_draft, typed(turn).get("text", mail_draft.value.text))
    values = flow.value.values | (HAS_EARLIER if replaces(changes) else {})
    at_form = msgspec.structs.replace(flow.value, step="facts", values=values, errors={}, note="", touched_at=turn.now)
    return Outcome((Save(at_form, flow.version), *changes), shows(at_form))


async def cancel(turn: Turn, loaded: Loaded) -> Outcome:
    return cancelled(turn, _open(loaded))


def _shown_again(turn: Turn, flow: Versioned[Flow], changes: list[Change]) -> Outcome:
    values = flow.value.values | (HAS_EARLIER if replaces(changes) else {})
    same = msgspec.structs.replace(flow.value, values=values, errors={}, note="", touched_at=turn.now)
    return Outcome((Save(same, flow.version), *changes), shows(same))


def _open(loaded: Loaded) -> Versioned[Flow]:
    if loaded.flow is None or loaded.flow.value.state is not FlowState.OPEN:
        raise UserError("This was finished or cancelled already. Type /lqr to start anew.")
    return loaded.flow


async def _draft_of(turn: Turn, loaded: Loaded) -> tuple[Versioned[Flow], Versioned[Draft]]:
    flow = _open(loaded)
    found = await turn.read.get(Draft, flow.value.draft_id) if flow.value.draft_id else None
    if found is None:
        raise UserError("There is no mail here yet: click Draft first.")
    return flow, found


def _mail(mails: Mails, flow: Flow) -> Mail:
    """The mail that the flow is about; it may be gone since the flow was begun."""
    scenario = flow.values.get("scenario", "")
    if f"lqr/{scenario}" not in mails.ids():
        raise UserError(f"The closing mail “{scenario}” is not there any more. Type /lqr to choose another one.")
    return mails.get(f"lqr/{scenario}")


def _title(mails: Mails, flow: Flow) -> str:
    try:
        return _mail(mails, flow).title
    except UserError:
        return "Closing mail"


# ---- what is on show -----------------------------------------------------------------------------


async def view(sight: Sight, flow: Versioned[Flow]) -> Card:
    now = flow.value
    ref = Ref("lqr", now.id, flow.version)
    case = await sight.read.get(Case, now.case_id) if now.case_id else None
    if now.state is FlowState.CANCELLED:
        kept = "The draft is kept with the case." if now.draft_id else ""
        return done_card(f"Closing mail{f': case {case.value.number}' if case else ''}", kept, now.note, ref)
    if now.step == "choose":
        return form_card(choice_form(sight.mails), now.values, now.errors, ref, note=now.note)
    found = await sight.read.get(Draft, now.draft_id) if now.draft_id else None
    if now.state is FlowState.DONE and found is not None and case is not None and found.value.sent_at is not None:
        return sent_card(
            found.value,
            case.value,
            ref,
            what=_title(sight.mails, now),
            by=now.values.get("sent_by", ""),
            when=instant_words(found.value.sent_at, sight.zone, sight.now),
            scheduled=found.value.sent_at > now.touched_at,
            closed=not case.value.open,
            note=now.note,
        )
    mail = _mail(sight.mails, now)
    if now.step == "facts" or found is None or case is None:
        chosen = now.values.get("chosen") == "yes"
        form = facts_form(mail, case.value if case else None, sight.team, now.person, chosen=chosen)
        return form_card(form, now.values, now.errors, ref, note=now.note)
    read = read_draft(found.value, case.value, sight.team, mail)
    return draft_card(
        found.value,
        case.value,
        read.findings,
        ref,
        what=mail.title,
        can_open=read.can_open,
        earlier=now.values.get("earlier") == "yes",
        english=read.english,
        values=now.values,
        errors=now.errors,
        note=now.note,
    )


FLOW = FlowDef(
    "lqr",
    {
        "choose": StepDef(choose, "draft.write"),
        "another": StepDef(another, "draft.write"),
        "draft": StepDef(draft, "draft.write"),
        "check": StepDef(check, "draft.write"),
        "mend": StepDef(mend, "draft.write"),
        "earlier": StepDef(earlier, "draft.write"),
        "back": StepDef(back, "draft.write"),
        "sent": StepDef(sent, "draft.sent"),
        "undo": StepDef(undo, "draft.sent"),
        "cancel": StepDef(cancel, "draft.write"),
    },
    view=view,
)
