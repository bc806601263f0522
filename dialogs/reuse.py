"""*Use again*: a mail of another case in words for this one, on a form; from it a draft that goes a mail's way."""

import msgspec

from cards.elements import Ref
from cards.form import form_card
from cards.notice import done_card
from dialogs import case_fields, fqr, lqr
from dialogs.find_case import by_number
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef, new_id
from dialogs.forms import read_form
from dialogs.mail_draft import made_of
from dialogs.mail_form import suggested
from dialogs.mail_people import recipients, signers
from dialogs.mail_way import MailWay
from dialogs.scopes import revisions
from dialogs.steps import again as shown_again
from dialogs.steps import cancelled, ended, opened, typed
from dialogs.turn import Field, Form, Outcome, Reply, Submit, Turn, UserError
from playbook.mails import Mail, Mails
from playbook.model import Case, Draft, Entry, MailSent
from playbook.reuse import Ours, Reused, reused
from playbook.scope import PARTS
from storage.base import Save, Versioned
from storage.records import Flow, FlowState

WAYS: tuple[MailWay, ...] = (lqr.WAY, fqr.WAY)  # of the mails that can become a draft again
GONE = "This mail is not there any more."
INTRO = (
    "The wording of that mail, without its customer's facts: where this case has its own they stand in their place, "
    "XXX stands where a fact is missing. Please read it all the same."
)


def as_draft(entry: Entry, fact: MailSent) -> Draft:
    """A mail that only the timeline has, as if it had been a draft."""
    return Draft(
        id=entry.id, case_id=entry.case_id, by=entry.by, kind=fact.kind, scenario=fact.scenario, subject=fact.subject,
        text=fact.text, created_at=entry.recorded_at, touched_at=entry.recorded_at, sent_at=entry.happened_at,
    )  # fmt: skip


# ---- from what was found -------------------------------------------------------------------------


async def again(turn: Turn, loaded: Loaded) -> Outcome:
    """The click on a mail that was found: its wording for the current case, if that is open."""
    source = turn.said.id if isinstance(turn.said, Submit) else ""
    draft = await _source(turn, source)
    current = await turn.read.get(Case, turn.current_case) if turn.current_case else None
    case = current.value if current and current.value.open and current.value.id != draft.case_id else None
    values = {"source": source, "case_number": case.number if case else ""}
    flow = opened(turn, "reuse", "text", values=values | await _filled(turn, draft, case))
    return Outcome((Save(flow),), Reply(of=f"flow/{flow.id}", private=True))


async def _source(turn: Turn, source: str) -> Draft:
    """The mail by its address: `draft/<id>`, or `entry/<id>` of one written elsewhere."""
    kind, _, id = source.partition("/")
    if kind == "draft" and (draft := await turn.read.get(Draft, id)):
        return draft.value
    if kind == "entry" and (entry := await turn.read.get(Entry, id)) and isinstance(entry.value.fact, MailSent):
        return as_draft(entry.value, entry.value.fact)
    raise UserError(GONE)


async def _filled(turn: Turn, draft: Draft, case: Case | None) -> dict[str, str]:
    made = await _reused(turn, draft, case)
    number = case.number if case else ""
    return {"subject": made.subject, "text": made.text, "made": made.text, "made_for": number}


async def _reused(turn: Turn, draft: Draft, case: Case | None) -> Reused:
    old = await turn.read.get(Case, draft.case_id)
    if old is None:
        raise UserError(GONE)
    engineer, manager = signers(turn.team, turn.actor.id, turn.actor.name, {})
    urls = (turn.team.portal.url, turn.team.forum_url)
    scopes = [one.value for one in await revisions(turn.read, old.value.id)]
    told = [getattr(scope, name) for scope in scopes for name in PARTS]
    return reused(draft, old.value, case, Ours(engineer, manager, turn.team.product, urls), told)


# ---- its form ------------------------------------------------------------------------------------


def _form(way: MailWay | None) -> Form:
    fields = (
        Field("case_number", "For case", limit=60, help="Its number"),
        Field("subject", "Subject", limit=300),
        Field("text", "Text", "text", limit=20_000),
    )
    fill = ("Fill in", "fill")
    if way is None:
        return Form("Use again", fields, fill, intro=INTRO)
    return Form("Use again", fields, ("Draft", "draft"), intro=INTRO, others=(fill,))


def way_of(mails: Mails, draft: Draft) -> MailWay | None:
    """The way that such a mail goes; None: it can only be copied."""
    there = made_of(mails, draft) is not None
    return next((way for way in WAYS if way.folder == draft.kind and there), None)


async def fill(turn: Turn, loaded: Loaded) -> Outcome:
    """Made anew from the mail, for the case that is named now."""
    flow = _open(loaded)
    draft = await _source(turn, flow.value.values["source"])
    read = read_form(_form(None), typed(turn))
    number = case_fields.clean_number(read.values["case_number"])
    case = await by_number(turn.read, number) if number else None
    if number and case is None:
        return shown_again(turn, flow, flow.value.values | read.values, {"case_number": _unknown(number)})
    named = {"case_number": number} | await _filled(turn, draft, case.value if case else None)
    return shown_again(turn, flow, flow.value.values | named, {})


async def make(turn: Turn, loaded: Loaded) -> Outcome:
    """A draft of the case, with this text; it goes on like any other of its kind."""
    flow = _open(loaded)
    source = await _source(turn, flow.value.values["source"])
    way = way_of(turn.mails, source)
    read = read_form(_form(way), typed(turn))
    values = flow.value.values | read.values
    number = case_fields.clean_number(values["case_number"])
    case = await by_number(turn.read, number) if number else None
    errors = dict(read.errors)
    if way is None or not values["text"].strip():
        errors["text"] = "There is no text for a draft."
    if case is None:
        errors["case_number"] = _unknown(number) if number else "For which case? Please give its number."
    elif not case.value.open:
        errors["case_number"] = f"Case {number} is closed already."
    made_for = values["made_for"]
    if case is not None and made_for != number and not errors:  # what it says of another case must not go along
        if values["text"].split() == values["made"].split():
            values |= await _filled(turn, source, case.value)
        elif made_for:
            errors["case_number"] = f"The text was made for case {made_for}. Fill in makes it anew for this one."
    if errors or case is None or way is None:
        return shown_again(turn, flow, values, errors)
    mail = turn.mails.get(f"{source.kind}/{source.scenario}")
    draft = _draft(turn, mail, case.value, values)
    first = suggested(mail, case.value, turn.team, turn.now) | {"scenario": mail.scenario}
    going = opened(turn, way.name, "draft", case_id=case.value.id, values=case_fields.values_of(case.value) | first)
    going = msgspec.structs.replace(going, draft_id=draft.id)
    done = ended(turn, flow.value, FlowState.DONE, "Used again", case_id=case.value.id, values=values)
    changes = (Save(done, flow.version), Save(draft), Save(going))
    return Outcome(changes, Reply(of=f"flow/{going.id}", private=True), current_case=case.value.id)


def _draft(turn: Turn, mail: Mail, case: Case, values: dict[str, str]) -> Draft:
    engineer, manager = signers(turn.team, turn.actor.id, turn.actor.name, values)
    to, cc = recipients(case, mail, manager, values)
    return Draft(
        id=new_id(), case_id=case.id, by=turn.actor.id, kind=mail.kind, scenario=mail.scenario, to=to, cc=cc,
        engineer=engineer, manager=manager, subject=values["subject"], text=values["text"], made_text=values["text"],
        created_at=turn.now, touched_at=turn.now,
    )  # fmt: skip


def _unknown(number: str) -> str:
    return f"No case {number} is registered here. /case new {number} registers it."


async def cancel(turn: Turn, loaded: Loaded) -> Outcome:
    return cancelled(turn, _open(loaded))


def _open(loaded: Loaded) -> Versioned[Flow]:
    if loaded.flow is None or loaded.flow.value.state is not FlowState.OPEN:
        raise UserError("This was finished or cancelled already. /find leads to the mail again.")
    return loaded.flow


async def view(sight: Sight, flow: Versioned[Flow]) -> Card:
    now = flow.value
    ref = Ref("reuse", now.id, flow.version)
    if now.state is not FlowState.OPEN:
        number = now.values.get("case_number", "")
        done = now.state is FlowState.DONE
        return done_card("Used again" if done else "Use again", f"For case {number}." if done else "", now.note, ref)
    draft = await sight.read.get(Draft, now.values.get("source", "").removeprefix("draft/"))
    way = way_of(sight.mails, draft.value) if draft else None
    return form_card(_form(way), now.values, now.errors, ref, note=now.note)


FOUND_FLOW = FlowDef("use", {"again": StepDef(again, "draft.write")}, keeps=None)
FLOW = FlowDef(
    "reuse",
    {
        "fill": StepDef(fill, "draft.write"),
        "draft": StepDef(make, "draft.write"),
        "cancel": StepDef(cancel, "draft.write"),
    },
    view=view,
)
