"""What is on show of a mail on its way: its form, its draft, and what is left of it once it is sent."""

from datetime import datetime

from cards.draft import draft_card, sent_card
from cards.elements import Ref
from cards.form import form_card
from cards.notice import done_card
from cards.promised import PROMISED
from dialogs import icm_pg, mail_holds, mail_personal, mail_promises
from dialogs.flow import Card, Sight
from dialogs.mail_draft import mail_of, read_draft
from dialogs.mail_form import with_ways, with_whose_hours
from dialogs.mail_way import MailWay
from dialogs.turn import UserError
from playbook.mails import Mails
from playbook.model import Case, Draft
from playbook.words import clock_words, instant_words, zone_info
from storage.base import Versioned
from storage.records import Flow, FlowState


async def view(way: MailWay, sight: Sight, flow: Versioned[Flow]) -> Card:
    now = flow.value
    found = await sight.read.get(Case, now.case_id) if now.case_id else None
    case = found.value if found else None
    if now.state is FlowState.CANCELLED:
        kept = "The draft is kept with the case." if now.draft_id else ""
        title = f"{_title(sight.mails, way, now)}{f': case {case.number}' if case else ''}"
        return done_card(title, kept, now.note, _ref(way, flow))
    stored = await sight.read.get(Draft, now.draft_id) if now.draft_id else None
    draft = stored.value if stored else None
    if now.state is FlowState.DONE and draft is not None and case is not None and draft.sent_at is not None:
        return await _sent(way, sight, flow, case, draft, draft.sent_at)
    if now.step == "draft" and draft is not None and case is not None:
        return await _draft(way, sight, flow, case, draft)
    return await _form(way, sight, flow, case)


async def _form(way: MailWay, sight: Sight, flow: Versioned[Flow], case: Case | None) -> Card:
    now = flow.value
    mail = mail_of(sight.mails, way.folder, now)
    form = await mail_personal.with_lines(sight, await way.form(sight, mail, case, now), mail, case)
    held = await mail_holds.block(sight, flow, mail, case)
    return form_card(
        with_ways(with_whose_hours(form, case)), now.values, now.errors, _ref(way, flow), note=now.note, above=held
    )


async def _draft(way: MailWay, sight: Sight, flow: Versioned[Flow], case: Case, draft: Draft) -> Card:
    now = flow.value
    mail = mail_of(sight.mails, way.folder, now)
    read = read_draft(draft, case, sight.team, mail)
    named = await icm_pg.named_in(sight, mail, case, draft)
    held = await mail_holds.block(sight, flow, mail, case)
    promises = mail_promises.block(sight, mail, case, draft, now.values, now.errors.get(PROMISED, ""))
    more = await way.on_draft(sight, flow, case, draft)
    return draft_card(
        draft,
        case,
        read.findings,
        _ref(way, flow),
        what=mail.title,
        can_open=read.can_open,
        left=now.values.get("as_is", "").split(),
        earlier=now.values.get("earlier") == "yes",
        english=read.english,
        send_when=more.send_when,
        above=[*named, *held, *promises, *more.above],
        ways=more.ways,
        values=now.values,
        errors=now.errors,
        note=now.note,
    )


async def _sent(way: MailWay, sight: Sight, flow: Versioned[Flow], case: Case, draft: Draft, at: datetime) -> Card:
    now = flow.value
    more = await way.on_sent(sight, flow, case, draft)
    return sent_card(
        draft,
        case,
        _ref(way, flow),
        what=_title(sight.mails, way, now),
        by=now.values.get("sent_by", ""),
        when=_when(at, sight),
        scheduled=at > now.touched_at,
        closed=not case.open,
        above=more.above,
        ways=more.ways,
        note=now.note,
    )


def _when(at: datetime, sight: Sight) -> str:
    """The hour alone where it is of today: the card stands under its own date, and is not drawn anew tomorrow."""
    zone = zone_info(sight.zone)
    today = at.astimezone(zone).date() == sight.now.astimezone(zone).date()
    return clock_words(at, sight.zone) if today else instant_words(at, sight.zone, sight.now)


def _ref(way: MailWay, flow: Versioned[Flow]) -> Ref:
    return Ref(way.name, flow.value.id, flow.version)


def _title(mails: Mails, way: MailWay, flow: Flow) -> str:
    try:
        return mail_of(mails, way.folder, flow).title
    except UserError:
        return "Mail"
