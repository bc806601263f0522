"""How ticketing tools write what a case is: severities, support plans, stages. Read leniently, never guessed."""

import re
from collections.abc import Mapping
from typing import TypeVar

from playbook.model import Plan, Severity, Stage

T = TypeVar("T")

_SEVERITIES = {
    Severity.A: ("a", "1", "critical", "system down", "urgent", "p1"),
    Severity.B: ("b", "2", "high", "important", "p2"),
    Severity.C: ("c", "3", "4", "normal", "medium", "low", "minimal", "p3", "p4"),
}
_PLANS = {
    Plan.PREMIER_UNIFIED: ("premier", "unified", "premier unified"),
    Plan.ASFP: ("asfp", "advanced support for partners", "partner"),
    Plan.BROAD_COMMERCIAL: ("broad commercial", "broad", "commercial", "pro direct", "standard"),
}
_STAGES = {
    Stage.VALIDATION: ("validation", "new", "open", "unassigned", "registered"),
    Stage.INVESTIGATION: ("investigation", "active", "in progress", "assigned", "work in progress", "pending"),
    Stage.ESCALATION: ("escalation", "escalated"),
    Stage.RESOLUTION: ("resolution", "resolved", "solved", "mitigated"),
    Stage.CLOSED: ("closed", "archived", "cancelled", "canceled", "done"),
    Stage.REOPENED: ("reopened", "re-opened"),
}


def severity_of(text: str, names: Mapping[Severity, str]) -> Severity | None:
    """`A`, `1`, `Sev A`, `Severity 2 - High`, or as the team calls it (`names`); None: can't tell."""
    said = _words(text)
    for severity, name in names.items():
        if said == _words(name):
            return severity
    for begin in ("severity", "priority", "sev", "prio"):
        said = said.removeprefix(begin).strip(" :.")
    head = said.partition(" ")[0] if " - " in text or "(" in text else said  # "2 - High": the number goes first
    return _first(_SEVERITIES, said) or _first(_SEVERITIES, head.strip(" -(:"))


def plan_of(text: str) -> Plan | None:
    """The plan's id, its name, or a part of it that tells them apart."""
    said = _words(text)
    if said in {_words(one) for one in Plan}:
        return Plan(said.replace(" ", "_"))
    return _first(_PLANS, said.removesuffix(" support").strip())


def stage_of(text: str) -> Stage | None:
    return _first(_STAGES, _words(text))


def _first(known: Mapping[T, tuple[str, ...]], said: str) -> T | None:
    return next((one for one, ways in known.items() if said in ways), None)


def _words(text: str) -> str:
    return " ".join(re.sub(r"\s*[_/]\s*|\s+", " ", text.casefold()).split())
