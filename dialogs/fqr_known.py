"""What a first response need not ask, because the case knows it (FQR-01), and what it begins with."""

from cards.names import PLANS
from playbook.model import Case, Scope
from playbook.team import Team


def known_of(case: Case, scope: Scope | None) -> dict[str, str]:
    """Fields of the form that case and scope fill in; of the scope's words none are left out."""
    values = {"symptom": case.symptom}
    if scope is not None:
        values = {
            "symptom": ", ".join(filter(None, (scope.issue_definition, _since(scope.since_when)))),
            "business_impact": scope.business_impact,
            "solved_when": scope.solved_when,
        }
    return {name: value for name, value in values.items() if value}


def _since(when: str) -> str:
    """`since 20 November`, also where only the day was written."""
    return when if not when or when.casefold().startswith(("since", "from", "after")) else f"since {when}"


def said_of(case: Case, team: Team) -> str:
    """`Known: severity B, plan Premier/Unified, product Azure.`: nobody has to ask for these."""
    main = case.main_contact
    parts = [
        f"severity {team.severities.get(case.severity, case.severity)}" if case.severity else "",
        f"plan {PLANS[case.plan]}" if case.plan else "",
        f"product {case.product}" if case.product else "",
        f"zone {main.zone if main and main.zone else case.zone}" if case.zone or (main and main.zone) else "",
        f"phone {main.phone}" if main and main.phone else "",
    ]
    said = ", ".join(filter(None, parts))
    return f"Known: {said}." if said else ""
