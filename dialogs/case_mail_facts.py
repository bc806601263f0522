"""What the forms of a case's mails begin with, from the case, its timeline and the team."""

from collections.abc import Mapping

from dialogs import scopes
from dialogs.case_fields import local_values
from dialogs.chases import entries_of
from dialogs.turn import Turn
from playbook.model import Case, ContactRole, Escalated, HandedOver, Plan
from playbook.place import zone_of_customer
from playbook.standing import by_happening, escalation, of_kind, open_promises, standing

# SOLVE-02: who sets the expectations when something is to be watched for long after the fix.
DECIDES: Mapping[Plan, str] = {
    Plan.PREMIER_UNIFIED: "Premier/Unified: the customer's incident manager decides.",
    Plan.ASFP: "Advanced Support for Partners: the support account manager decides.",
    Plan.BROAD_COMMERCIAL: "Broad commercial: your own manager decides.",
}


async def nothing(turn: Turn, case: Case) -> Mapping[str, str]:
    return {}


async def session(turn: Turn, case: Case) -> Mapping[str, str]:
    return {"purpose": "we see the error on your screen and take a trace"}


async def update(turn: Turn, case: Case) -> Mapping[str, str]:
    """With whom the case is, and under which ticket (FLOW-04); a case that was never escalated is with nobody."""
    found = escalation(await entries_of(turn.read, case.id))
    step = {"next_step": "I will write to you where it stands, also without news"}
    if found is None or not isinstance(found.fact, Escalated):
        return step
    return step | {"vendor": found.fact.vendor, "vendor_ticket": found.fact.ticket}


async def solution(turn: Turn, case: Case) -> Mapping[str, str]:
    """What the case knows of it, and by what both sides agreed to see that it works (SCOPE-02)."""
    scope = await scopes.in_force(turn.read, case.id)
    return {
        "cause": case.cause,
        "resolution": case.resolution,
        "avoid": case.more_information,
        "solved_when": scope.solved_when if scope else "",
    }


async def intro(turn: Turn, case: Case) -> Mapping[str, str]:
    """From whom it came, what it is about, and the promise that the customer holds.

    What was said when it was handed over is for colleagues, and no part of a mail.
    """
    entries = by_happening(await entries_of(turn.read, case.id))
    handed = [fact for _, fact in of_kind(entries, HandedOver)]
    scope = await scopes.in_force(turn.read, case.id)
    known = {
        "from_name": turn.team.names.get(handed[-1].from_person, "") if handed else "",
        "state": "\n".join(filter(None, (scope.issue_definition if scope else "", case.cause))),
    }
    ahead = [fact for _, fact in open_promises(standing(entries)) if fact.due_at > turn.now]
    if not ahead:
        return known
    zone = zone_of_customer(case) or turn.zone
    return known | {"next_step": ahead[0].text} | local_values("next_step", ahead[0].due_at, zone)


async def monitoring(turn: Turn, case: Case) -> Mapping[str, str]:
    """Whom the plan names (SOLVE-02): a contact of ours at the customer, or the engineer's manager."""
    if case.plan is Plan.BROAD_COMMERCIAL:
        boss = turn.team.manager_of(turn.actor.id)
        return {"to_name": boss.name, "to_email": boss.email} if boss else {}
    return _account_manager(case)


async def refund(turn: Turn, case: Case) -> Mapping[str, str]:
    """The customer's CSAM decides (SOLVE-03)."""
    return _account_manager(case)


def _account_manager(case: Case) -> Mapping[str, str]:
    known = next((one for one in case.contacts if one.role is ContactRole.ACCOUNT_MANAGER), None)
    return {"to_name": known.name, "to_email": known.email} if known else {}


def who_decides(case: Case) -> str:
    return DECIDES[case.plan] if case.plan else "The plan is not known: it says who decides (SOLVE-02)."
