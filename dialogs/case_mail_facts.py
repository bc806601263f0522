"""What the forms of a case's mails begin with, from the case, its timeline and the team."""

from collections.abc import Mapping

from dialogs.chases import entries_of
from dialogs.turn import Turn
from playbook.model import Case, ContactRole, HandedOver, Plan

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
    return {
        "vendor": "the product's own engineers",
        "next_step": "I will write to you where it stands, also without news",
    }


async def solution(turn: Turn, case: Case) -> Mapping[str, str]:
    return {"cause": case.cause, "resolution": case.resolution, "avoid": case.more_information}


async def intro(turn: Turn, case: Case) -> Mapping[str, str]:
    """From whom it came, and what was said when it was handed over."""
    entries = [one for one in await entries_of(turn.read, case.id) if isinstance(one.fact, HandedOver)]
    last = max(entries, key=lambda one: one.happened_at, default=None)
    if last is None or not isinstance(last.fact, HandedOver):
        return {}
    return {"from_name": turn.team.names.get(last.fact.from_person, ""), "state": last.fact.text}


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
