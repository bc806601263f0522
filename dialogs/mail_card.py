"""What is on show of a mail on its way: its form, its draft, and what is left of it once it is sent."""

from cards.draft import draft_card, sent_card
from cards.elements import Ref
from cards.form import form_card
from cards.notice import done_card
from dialogs import icm_pg
from dialogs.flow import Card, Sight
from dialogs.mail_draft import mail_of, read_draft
from dialogs.mail_form import with_ways, with_whose_hours
from dialogs.mail_way import MailWay
from dialogs.turn import UserError
from playbook.mails import Mails
from playbook.model import Case, Draft
from playbook.words import instant_words
from storage.base import Versioned
from storage.records import Flow, FlowState


async def view(way: MailWay, sight: Sight, flow: Versioned[Flow]) -> Card:
    now = flow.value
    ref = Ref(way.name, now.id, flow.version)
    case = await sight.read.get(Case, now.case_id) if now.case_id else None
    title = _title(sight.mails, way, now)
    if now.state is FlowState.CANCELLED:
        kept = "The draft is kept with the case." if now.draft_id else ""
        return done_card(f"{title}{f': case {case.value.number}' if case else ''}", kept, now.note, ref)
    found = await sight.read.get(Draft, now.draft_id) if now.draft_id else None
    if now.state is FlowState.DONE and found is not None and case is not None and found.value.sent_at is not None:
        more = await way.on_sent(sight, now, case.value, found.value)
        return sent_card(
            found.value,
            case.value,
            ref,
            what=title,
            by=now.values.get("sent_by", ""),
            when=instant_words(found.value.sent_at, sight.zone, sight.now),
            scheduled=found.value.sent_at > now.touched_at,
            closed=not case.value.open,
            above=more.above,
            ways=more.ways,
            note=now.note,
        )
    mail = mail_of(sight.mails, way.folder, now)
    if now.step != "draft" or found is None or case is None:
        about = case.value if case else None
        form = with_ways(with_whose_hours(await way.form(sight, mail, about, now), about))
        first = await way.on_form(sight, flow, mail, case.value if case else None)
        return form_card(form, now.values, now.errors, ref, note=now.note, above=first)
    read = read_draft(found.value, case.value, sight.team, mail)
    more = await way.on_draft(sight, now, case.value, found.value)
    named = await icm_pg.named_in(sight, mail, case.value, found.value)
    return draft_card(
        found.value,
        case.value,
        read.findings,
        ref,
        what=mail.title,
        can_open=read.can_open,
        left=now.values.get("as_is", "").split(),
        earlier=now.values.get("earlier") == "yes",
        english=read.english,
        send_when=more.send_when,
        above=[*named, *more.above],
        ways=more.ways,
        values=now.values,
        errors=now.errors,
        note=now.note,
    )


def _title(mails: Mails, way: MailWay, flow: Flow) -> str:
    try:
        return mail_of(mails, way.folder, flow).title
    except UserError:
        return "Mail"
