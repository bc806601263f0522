"""Mails that put something right: a correction, the apology for a closing by mistake, the note on the root-cause list.

They go the way of every mail (`dialogs.mail_flow`); here is what each of them begins with.
"""

import re
from collections.abc import Mapping

from dialogs import followups
from dialogs.case_fields import local_values
from dialogs.chases import entries_of
from dialogs.flow import Loaded, Sight
from dialogs.mail_flow import mail_flow
from dialogs.mail_form import field_of
from dialogs.mail_way import MailWay
from dialogs.record import both
from dialogs.steps import opened, sends
from dialogs.turn import Form, Outcome, Turn, UserError
from playbook.mails import Mail
from playbook.model import Case, Draft, Entry, MailSent
from playbook.place import zone_of_customer
from playbook.standing import by_happening, of_kind
from playbook.worktime import calendar_for_person
from storage.base import Versioned
from storage.records import Flow

CORRECTION, APOLOGY, CAUSE_LIST = "correction", "closed-by-mistake", "root-cause-list"
NO_MAIL = "No mail of case {} is marked sent here: there is nothing to correct. *I sent it* on a draft marks one."
_ADDRESS = re.compile(r"[^\s<>]+@[^\s<>]+")


async def open_correction(turn: Turn, case: Versioned[Case], draft_id: str = "") -> Outcome:
    """`/case N correct`, and *Correct* on a sent mail's card: without an id, of the mail that was sent last."""
    sent = await _last_sent(turn, case.value.id)
    corrects = draft_id or (sent.fact.draft_id if sent and isinstance(sent.fact, MailSent) else "")
    draft = await turn.read.get(Draft, corrects) if corrects else None
    if draft is None or draft.value.sent_at is None:
        raise UserError(NO_MAIL.format(case.value.number).replace("*", ""))
    zone = zone_of_customer(case.value) or turn.zone
    values = {"corrects": corrects} | _on("mail", local_values("mail", draft.value.sent_at, zone))
    return _open(turn, case, CORRECTION, values)


async def open_apology(turn: Turn, case: Versioned[Case]) -> Outcome:
    """The mail after a closing by mistake; the next step that came back stands in it."""
    zone = zone_of_customer(case.value) or turn.zone
    sent = await _last_sent(turn, case.value.id)
    values = _on("mail", local_values("mail", sent.happened_at, zone)) if sent else {}
    waiting = [one.value for one in await followups.waiting_of(turn.read, case.value.id)]
    step = next((one for one in waiting if one.kind in followups.STEPS), None)
    at = step.due_at if step else calendar_for_person(turn.team, case.value.owner).business_morning_after(turn.now)
    values |= {"next_step": step.text if step else ""} | local_values("next_step", at, zone)
    return _open(turn, case, APOLOGY, values)


def open_cause_list(turn: Turn, case: Versioned[Case]) -> Outcome:
    """LQR-07: the list has no fitting entry, or a wrong one; to whoever keeps it, by the team file."""
    keeper = turn.team.root_cause_list
    address = _ADDRESS.search(keeper)
    name = _ADDRESS.sub("", keeper).strip(" <>,;") if address else keeper
    values = {"to_name": name, "to_email": address[0] if address else "", "cause": case.value.cause}
    return _open(turn, case, CAUSE_LIST, values)


def _on(name: str, values: Mapping[str, str]) -> dict[str, str]:
    """The day alone."""
    return {f"{name}_on": values[f"{name}_on"]}


def _open(turn: Turn, case: Versioned[Case], scenario: str, values: Mapping[str, str]) -> Outcome:
    if f"flow/{scenario}" not in turn.mails.ids():
        raise UserError(f"The mail “{scenario}” is not there any more.")
    known = {"scenario": scenario, **values}
    flow = opened(turn, "amends", "facts", case_id=case.value.id, values=known)
    return sends(flow, case.value.number)


async def _last_sent(turn: Turn, case_id: str) -> Entry | None:
    """The mail to the customer that was marked sent last and not taken back."""
    mails = of_kind(by_happening(await entries_of(turn.read, case_id)), MailSent)
    return next((entry for entry, fact in reversed(mails) if fact.draft_id), None)


# ---- what it says of its mails -------------------------------------------------------------------


async def _form(sight: Sight, mail: Mail, case: Case | None, flow: Flow) -> Form:
    fields = tuple(field_of(one) for one in mail.fields)
    return Form(f"{mail.title}: case {case.number if case else ''}", fields, ("Draft", "draft"), intro=mail.when)


async def correct(turn: Turn, loaded: Loaded) -> Outcome:
    """*Correct* on a sent mail's card."""
    flow, case = both(loaded)
    return await open_correction(turn, case, flow.value.draft_id)


WAY = MailWay("amends", "flow", _form, command="case")
FLOW = mail_flow(WAY)
