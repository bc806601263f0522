"""What the forms of an incident begin with: from scope, case and swarms (ICM-04)."""

from collections.abc import Mapping

from dialogs import icms
from dialogs.scopes import in_force
from dialogs.turn import Turn
from dialogs.whole import timeline_of
from playbook.icm import given
from playbook.mails import Mail
from playbook.model import Case, Entry, Scope, Swarm, SwarmEnded, SwarmFound
from playbook.standing import standing
from storage.base import Where

FOUND = 8  # findings that are put together, the last ones


async def about(turn: Turn, case: Case) -> dict[str, str]:
    """Of the first form: the area, from the case's last swarm or the words of its product and title."""
    areas = icms.areas_of(turn.team)
    page = await turn.read.find(Swarm, [Where("case_id", "=", case.id)], order="-opened_at", limit=1)
    swarmed = page.items[0].value.area if page.items else ""
    words = f"{case.product} {case.title}".casefold()
    area = swarmed if swarmed in areas else next((one for one in areas if one in words), "")
    return {"area": area, "route": "bug"}


async def details(turn: Turn, mail: Mail, case: Case, values: Mapping[str, str], why: str) -> dict[str, str]:
    """Of a route's form, each cut at its field's limit."""
    scope = await in_force(turn.read, case.id)
    known = _known(case, scope)
    evidence = given(values, "evidence")
    known |= {
        "findings": _found(await timeline_of(turn.read, case.id)),
        "why": f"{why} {evidence}".strip(),
        "area": values.get("area", ""),
    }
    return {one.id: known[one.id][: one.limit] for one in mail.fields if known.get(one.id)}


def _known(case: Case, scope: Scope | None) -> dict[str, str]:
    known = {"icm_title": case.title, "actual": case.symptom, "workaround": ""}
    if scope is None:
        return known
    error = scope.exact_error if scope.exact_error not in scope.issue_definition else ""
    return known | {
        "actual": "\n".join(filter(None, (scope.issue_definition or case.symptom, error))),
        "wanted": scope.solved_when,
        "repro": scope.steps_to_reproduce,
        "impact": "\n".join(filter(None, (scope.business_impact, scope.who_is_hit))),
        "time_window": scope.since_when,
        "reason": scope.business_impact,
        "needed_on": scope.deadline if len(scope.deadline) == len("2026-11-30") and scope.deadline[4] == "-" else "",
    }


def _found(entries: list[Entry]) -> str:
    """What swarms found, the oldest first, a line each."""
    lines = []
    for one in standing(entries):
        match one.fact:
            case SwarmFound(text=text) | SwarmEnded(finding=text) if text.strip():
                lines.append(f"- {' '.join(text.split())}")
    return "\n".join(list(dict.fromkeys(lines))[-FOUND:])
