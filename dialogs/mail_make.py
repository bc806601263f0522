"""Making a mail of a form, and of what is known; again after *Back*."""

from collections.abc import Mapping

import msgspec

from dialogs import case_fields
from dialogs.flow import new_id
from dialogs.mail_draft import kept
from dialogs.mail_people import account_managers, greeted, recipients, signers
from dialogs.mail_way import Learned
from dialogs.turn import Turn
from playbook.mail import OTHER_CASES
from playbook.mails import Mail
from playbook.model import Case, Draft, PersonId, Sentiment, Severity, Signer
from playbook.place import town_of, zone_of_customer
from playbook.team import Team
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
        facts_of_mail(case, turn.team, engineer, manager, own | gaps, turn.actor.id, zone=turn.zone)
        | dict(learned.facts)
    )
    to, cc = recipients(case, mail, manager, values)
    before = await turn.read.get(Draft, flow.draft_id) if flow.draft_id else None
    draft = before.value if before else _new(turn, mail, case, values.get("corrects", ""))
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


def _new(turn: Turn, mail: Mail, case: Case, corrects: str) -> Draft:
    return Draft(
        id=new_id(),
        case_id=case.id,
        by=turn.actor.id,
        kind=mail.kind,
        scenario=mail.scenario,
        corrects=corrects,
        created_at=turn.now,
        touched_at=turn.now,
    )


def facts_of_mail(
    case: Case,
    team: Team,
    engineer: Signer,
    manager: Signer,
    values: Mapping[str, str],
    person: PersonId,
    *,
    zone: str,
) -> dict[str, object]:
    """Everything a mail's template may use beside its own fields; plain text only.

    `person`: who sends it; `zone`: by whose clock its hours are meant where the customer's isn't known (IANA name).
    """
    main = case.main_contact
    return {
        **values,
        "case_number": case.number,
        "title": case.title,
        "product": case.product or team.product,
        "organisation": team.organisation,
        "portal": team.portal.name,
        "portal_url": team.portal.url,
        "survey": team.survey,
        "forum_url": team.forum_url,
        "files": team.files,
        "customer_name": main.name if main else "",
        "address_as": greeted(case),
        "engineer_name": engineer.name,
        "engineer_email": engineer.email,
        "engineer_phone": engineer.phone,
        "engineer_hours": _hours_of(team, person),
        "stand_in": f"{manager.name} ({manager.reach})" if manager.name and manager.reach else manager.name,
        "manager_name": manager.name,
        "manager_email": manager.email,
        "manager_phone": manager.phone,
        "account_manager_name": next((one.name for one in account_managers(case)), ""),
        "local_time": _time_of(zone_of_customer(case) or zone),
        "sober": case.severity is Severity.A or case.sentiment is Sentiment.UNHAPPY,
    }


def _hours_of(team: Team, person: PersonId) -> str:
    """`Mon-Fri 8:00-17:00, Lisbon time`; empty for somebody whose zone and hours nobody has said."""
    known = team.person(person)
    zone = team.zone_of(person)
    if known is None and zone == "UTC":
        return ""
    return f"{(known.hours if known else None) or team.hours}, {_time_of(zone)}"


def _time_of(zone: str) -> str:
    """`Tokyo time`, as a mail says it; the zone's own name where there is no place in it: `UTC`."""
    town = town_of(zone)
    return f"{town} time" if town else zone.removeprefix("Etc/")
