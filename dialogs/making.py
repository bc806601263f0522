"""Making a mail of a form, and of what is known; again after *Back*."""

import msgspec

from dialogs import case_fields
from dialogs.flow import new_id
from dialogs.mail_way import Learned
from dialogs.mailing import facts_of_mail, kept, recipients, signers
from dialogs.turn import Turn
from playbook.mail import OTHER_CASES
from playbook.mails import Mail
from playbook.model import Draft
from storage.base import Change, Save
from storage.records import Flow

GAP = "XXX"  # TEXT-01 keeps the mail from being opened until it is filled


async def made(
    turn: Turn, mail: Mail, flow: Flow, learned: Learned, *, by_hand: bool = False
) -> tuple[Draft, list[Change]]:
    """The mail made from what the form told, and the changes that save it. `by_hand`: with gaps for what is missing.

    After *Back*: when the form says the same as before, an edited text is left alone; when it says
    something new, the mail is made anew and the edited text kept as an earlier version.
    """
    case, values = learned.case, learned.values
    engineer, manager = signers(turn.team, turn.actor.id, turn.actor.name, values)
    own = {field.id: values.get(field.id, "") for field in mail.fields}
    gaps = {field.id: GAP for field in mail.fields if by_hand and field.required and not own[field.id]}
    fresh = mail.make(
        facts_of_mail(case, turn.team, engineer, manager, own | gaps, turn.actor.id) | dict(learned.facts)
    )
    to, cc = recipients(case, mail, manager, values)
    before = await turn.read.get(Draft, flow.draft_id) if flow.draft_id else None
    draft = (
        before.value
        if before
        else Draft(
            id=new_id(),
            case_id=case.id,
            by=turn.actor.id,
            kind=mail.kind,
            scenario=mail.scenario,
            corrects=values.get("corrects", ""),
            created_at=turn.now,
            touched_at=turn.now,
        )
    )
    text = draft.text if draft.made_text == fresh.text else fresh.text
    changes = kept(turn, draft, text)
    draft = msgspec.structs.replace(
        draft,
        scenario=mail.scenario,
        to=to,
        cc=cc,
        engineer=engineer,
        manager=manager,
        other_numbers=tuple(case_fields.clean_number(own[name]) for name in OTHER_CASES if own.get(name)),
        subject=fresh.subject,
        text=text,
        made_text=fresh.text,
        personal=bool(values.get("personal_line")),
        touched_at=turn.now,
    )
    return draft, [Save(draft, before.version if before else 0), *changes]
