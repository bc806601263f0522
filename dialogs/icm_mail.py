"""The mail to EM and PM of a CSAT-impacting incident (ICM-07), on the way of every mail; the ICM's owner and the SME in Cc."""

from collections.abc import Mapping

import msgspec

from dialogs.flow import Sight
from dialogs.mail_flow import mail_flow
from dialogs.mail_form import facts_form, suggested
from dialogs.mail_people import listed
from dialogs.mail_way import Learned, MailWay, Sending, Then
from dialogs.record import entry_of
from dialogs.scopes import in_force
from dialogs.steps import opened, sends
from dialogs.turn import Form, Outcome, Turn, UserError
from playbook import icm_fields
from playbook.mails import Mail
from playbook.model import Case, CsatFlagged, Icm, Undone
from playbook.product_groups import group_of
from storage.base import Save, Versioned
from storage.records import Flow

SCENARIO = "csat-impacting"
LISTS = (("to_name", "to_email"), ("copy_name", "copy_email"))


async def open_mail(turn: Turn, case: Versioned[Case], icm: Versioned[Icm]) -> Outcome:
    """`/icm N mail`: once an SME approved it and the incident has its number."""
    number, now = case.value.number, icm.value
    if now.csat != "approved":
        waits = (
            "its review is still asked for" if now.csat == "asked" else f"/icm {number} csat asks an SME for a review"
        )
        raise UserError(f"The mail to EM and PM follows an SME's approval (ICM-06): {waits}.")
    if not now.number:
        raise UserError(f"The incident has no number yet: /icm {number} number records it.")
    if f"icm/{SCENARIO}" not in turn.mails.ids():
        raise UserError(f"The mail “{SCENARIO}” is not there any more.")
    mail = turn.mails.get(f"icm/{SCENARIO}")
    values = suggested(mail, case.value, turn.team, turn.now) | await _known(turn, case.value, now)
    values |= {"scenario": SCENARIO, "icm_id": now.id}
    flow = opened(turn, WAY.name, "facts", case_id=case.value.id, values=values)
    return sends(flow, number)


async def _known(turn: Turn, case: Case, icm: Icm) -> dict[str, str]:
    group = group_of(turn.team.product_groups, icm.area)
    people = group.people if group else ()
    sme = turn.team.person(icm.csat_by)
    sme_email = sme.email if sme else ""
    scope = await in_force(turn.read, case.id)
    links = turn.team.links
    return {
        "to_name": ", ".join(name or email for name, email in people),
        "to_email": ", ".join(email for _, email in people if email),
        "owner_name": icm.owner_name,
        "copy_name": ", ".join(filter(None, (icm.owner_name, sme.name if sme else ""))),
        "copy_email": ", ".join(filter(None, (icm.owner_email, sme_email))),
        "sme_name": sme.name if sme else "",
        "needed": icm.needed or "a tentative date for the fix",
        "impact": (scope.business_impact if scope else "") or icm.sentiment_why,
        "customer_words": icm.customer_words,
        "sentiment": icm.sentiment,
        "sentiment_why": icm.sentiment_why,
        "icm_number": icm.number,
        "icm_title": icm.title,
        "icm_link": links.incident.replace("{number}", icm.number) if links.incident else "",
        "ticket_link": links.ticket.replace("{number}", case.number) if links.ticket else "",
    }


# ---- what it says of its mails -------------------------------------------------------------------


async def _form(sight: Sight, mail: Mail, case: Case | None, flow: Flow) -> Form:
    form = facts_form(mail, case, sight.team, flow.person)
    if flow.values.get("owner_name"):
        return form
    return form._replace(intro=f"{form.intro} Who owns the incident there stands in Cc, too.")


async def _wrong(turn: Turn, mail: Mail, case: Case | None, values: Mapping[str, str]) -> dict[str, str]:
    errors: dict[str, str] = {}
    for name_field, email_field in LISTS:
        names, emails = listed(values.get(name_field, "")), listed(values.get(email_field, ""))
        if sentence := icm_fields.addresses(values.get(email_field, "")):
            errors[email_field] = sentence
        elif len(emails) != len(names):
            errors[email_field] = (
                f"{len(names)} named, {len(emails)} addresses: please write one for each, in one order."
            )
    owner = values.get("owner_name", "")
    if owner and owner.casefold() not in values.get("copy_name", "").casefold():
        errors.setdefault("copy_name", f"{owner} owns the incident and belongs in Cc (ICM-07).")
    return errors


async def _learn(
    turn: Turn, mail: Mail, flow: Versioned[Flow], case: Versioned[Case] | None, values: Mapping[str, str]
) -> Learned:
    """What is learned of the incident stays with it."""
    icm = await turn.read.get(Icm, values.get("icm_id", ""))
    if case is None or icm is None:
        raise UserError("This incident, or its case, is not there any more.")
    names, emails = listed(values["copy_name"]), listed(values["copy_email"])
    at = next((n for n, name in enumerate(names) if name.casefold() == values["owner_name"].casefold()), -1)
    after = msgspec.structs.replace(
        icm.value,
        owner_name=values["owner_name"],
        owner_email=emails[at] if 0 <= at < len(emails) else icm.value.owner_email,
        customer_words=values["customer_words"],
        needed=values["needed"],
        touched_at=turn.now,
    )
    changed = msgspec.structs.replace(case.value, touched_at=turn.now)
    return Learned(changed, case.version, values, (Save(after, icm.version),))


async def _sent(turn: Turn, sending: Sending) -> Then:
    """ICM-06: EM and PM know."""
    to = ", ".join(one.name or one.email for one in sending.draft.to)
    entry = entry_of(turn, sending.case, CsatFlagged(step="mailed", text=f"To {to}"))
    entry = msgspec.structs.replace(entry, happened_at=sending.at)
    return Then(sending.case, (Save(entry),), {"csat_entry": entry.id})


async def _undone(turn: Turn, sending: Sending) -> Then:
    id = sending.flow.values.get("csat_entry", "")
    changes = (Save(entry_of(turn, sending.case, Undone(entry_id=id))),) if id else ()
    return Then(sending.case, changes, {"csat_entry": ""})


WAY = MailWay(
    "icm-mail",
    "icm",
    _form,
    _learn,
    command="icm",
    wrong=_wrong,
    sent=_sent,
    undone=_undone,
)
FLOW = mail_flow(WAY)
