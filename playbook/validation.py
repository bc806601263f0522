"""The two layers of a request's validation (FLOW-01, FLOW-02), each passed or failed with its reason."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from playbook.model import Case, Severity
from playbook.words import listed

# What has to be there before the work begins: the field, what people call it, and where a customer finds it.
MANDATORY: Mapping[str, tuple[str, str]] = {
    "company": ("the end customer's company name", "The name of the company that uses the product"),
    "tenant": (
        "the tenant's domain",
        "The domain of your tenant (it ends in onmicrosoft.com); the portal shows it under Overview",
    ),
    "severity": ("the priority", "How urgent this is for you, and what it holds up"),
    "symptom": ("the scope", "What exactly you want solved, in two or three sentences"),
}
_DOMAIN = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.IGNORECASE)


class Layer(NamedTuple):
    """`missing` are ids of `MANDATORY`; the reason is a sentence."""

    name: str
    passed: bool
    reason: str
    missing: tuple[str, ...] = ()


class Verdict(NamedTuple):
    entitlement: Layer
    information: Layer

    @property
    def passed(self) -> bool:
        return self.entitlement.passed and self.information.passed

    @property
    def reasons(self) -> tuple[str, ...]:
        return (self.entitlement.reason, self.information.reason)


def is_domain(text: str) -> bool:
    """`contoso.onmicrosoft.com`, or a domain of their own; no address, no link."""
    return bool(_DOMAIN.fullmatch(text.strip()))


def judged(values: Mapping[str, str]) -> Verdict:
    """The verdict on a form's values: `entitled` is yes, no or unclear, `checked` says by what."""
    checked = values.get("checked", "").strip().rstrip(".")
    by = f" ({checked})" if checked else ""
    entitled = values.get("entitled")
    first = {
        "yes": Layer("Requester and entitlement", True, f"Entitled to support{by}."),
        "no": Layer("Requester and entitlement", False, f"Not entitled to support{by}."),
    }.get(entitled or "", Layer("Requester and entitlement", False, f"It is not clear yet who covers this{by}."))
    missing = tuple(id for id in MANDATORY if not values.get(id, "").strip() or values.get(id) == "none")
    if missing:
        names = [MANDATORY[id][0] for id in missing]
        second = Layer("Mandatory information", False, f"Missing: {listed(names)}.", missing)
    else:
        second = Layer("Mandatory information", True, "All mandatory information is here.")
    return Verdict(first, second)


def asks(verdict: Verdict, entitled: str) -> str:
    """What is missing as the mail asks for it, one a line, each with where a customer finds it."""
    lines = [MANDATORY[id][1] for id in verdict.information.missing]
    if entitled == "unclear":
        lines.insert(0, "The support plan or contract that covers this, with its number")
    return "\n".join(lines)


def call_first(case: Case) -> bool:
    """FLOW-02: where the system is down, a refusal by mail alone would be the wrong first word."""
    return case.severity is Severity.A
