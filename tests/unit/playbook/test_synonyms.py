"""How ticketing tools write severities, plans and stages."""

import pytest

from playbook.model import Plan, Severity, Stage
from playbook.synonyms import plan_of, severity_of, stage_of

NAMES = {Severity.A: "Red", Severity.B: "Amber", Severity.C: "Green"}


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("A", "A"),
        ("b", "B"),
        ("1", "A"),
        ("Sev A", "A"),
        ("SEVERITY: 2", "B"),
        ("2 - High", "B"),
        ("1 (critical)", "A"),
        ("P3", "C"),
        ("amber", "B"),
        ("low", "C"),
        ("", None),
        ("purple", None),
        ("AB", None),
        ("severity", None),
        ("- ", None),
    ],
)
def test_severities(text: str, severity: str | None) -> None:
    assert severity_of(text, NAMES) == (Severity(severity) if severity else None)


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("premier_unified", Plan.PREMIER_UNIFIED),
        ("Premier / Unified", Plan.PREMIER_UNIFIED),
        ("Unified Support", Plan.PREMIER_UNIFIED),
        ("ASfP", Plan.ASFP),
        ("Broad Commercial", Plan.BROAD_COMMERCIAL),
        ("gold", None),
        ("", None),
    ],
)
def test_plans(text: str, plan: Plan | None) -> None:
    assert plan_of(text) is plan


@pytest.mark.parametrize(
    ("text", "stage"),
    [("New", Stage.VALIDATION), ("In Progress", Stage.INVESTIGATION), ("Closed", Stage.CLOSED), ("odd", None)],
)
def test_stages(text: str, stage: Stage | None) -> None:
    assert stage_of(text) is stage
