"""What the linter reads in a text (playbook section 10).

A rule is one function and its line in RULES; which rules a text is held to stands in PARTS. The text
is read once (`marks`), then each rule looks at the marks. No rule keeps anything between two texts.
"""

from types import MappingProxyType
from typing import Final, NamedTuple

from playbook.rules.asking import check_effort, check_questions
from playbook.rules.base import Facts, Finding, Rule
from playbook.rules.caring import check_boilerplate, check_customer_name, check_empathy
from playbook.rules.contact import check_contact
from playbook.rules.eta import check_eta
from playbook.rules.leading import check_action, check_agreement, check_plan
from playbook.rules.leak import check_leaks, mask
from playbook.rules.marks import read, read_as_english
from playbook.rules.mending import mend
from playbook.rules.names import check_name
from playbook.rules.problem import check_problem
from playbook.rules.reopen import check_reopen
from playbook.rules.resolution import check_resolution
from playbook.rules.restating import check_restated
from playbook.rules.survey import check_survey
from playbook.rules.talk import check_next, check_when
from playbook.rules.text import check_placeholders
from playbook.rules.thanks import check_thanks
from playbook.rules.title import check_title
from playbook.rules.urgency import check_urgency

__all__ = ["PARTS", "RULES", "Facts", "Finding", "Reading", "lint", "mask", "mend", "read_as_english", "review"]

RULES: Final[tuple[Rule, ...]] = (
    Rule("TEXT-01", "ours", check_placeholders),
    Rule("LEAK-01", "ours", check_leaks),
    Rule("FQR-01", "css", check_action),
    Rule("FQR-01.effort", "css", check_effort),
    Rule("FQR-02.name", "css", check_customer_name),
    Rule("FQR-02.empathy", "css", check_empathy),
    Rule("FQR-02.robotic", "css", check_boilerplate),
    Rule("FQR-03", "css", check_urgency),
    Rule("FQR-04", "css", check_restated),
    Rule("FQR-07.plan", "css", check_plan),
    Rule("FQR-07.agreement", "css", check_agreement),
    Rule("FQR-09", "css", check_questions),
    Rule("LQR-01.name", "lqr", check_name),
    Rule("LQR-01.thanks", "lqr", check_thanks),
    Rule("LQR-01.problem", "lqr", check_problem),
    Rule("LQR-01.resolution", "lqr", check_resolution),
    Rule("LQR-01.contact", "lqr", check_contact),
    Rule("LQR-01.survey", "lqr", check_survey),
    Rule("LQR-01.reopen", "lqr", check_reopen),
    Rule("LQR-05", "lqr", check_eta),
    Rule("LQR-09", "lqr", check_title),
    Rule("TALK-01.next", "css", check_next),
    Rule("TALK-01.when", "css", check_when),
)

# What each closing scenario is held to beside TEXT-01, LEAK-01 and LQR-09, which hold for all.
PARTS: Final = MappingProxyType(
    {
        "standard-closure": ".name .thanks .problem .resolution .contact .survey .reopen",
        "resolved-by-customer": ".name .thanks .contact .survey .reopen",
        "transient-issue": ".name .thanks .problem .contact .survey .reopen",
        "unresponsive-first": ".name TALK-01.next TALK-01.when",
        "unresponsive-second": ".name TALK-01.next TALK-01.when",
        "unresponsive-final": ".name .thanks .contact .reopen",
        "by-design": ".name .thanks .problem .contact .survey .reopen LQR-05",
        "rca-unavailable": ".name .thanks .problem .contact .survey .reopen",
        "third-party": ".name .thanks .problem .resolution .contact .survey .reopen",
        "no-resolution": ".name .thanks .contact .reopen",
        "duplicate": ".name .thanks .contact .survey",
        "end-of-contract": ".name .thanks .contact .survey",
    }
)
_FQR: Final = (
    "FQR-01 FQR-01.effort FQR-02.name FQR-02.empathy FQR-02.robotic FQR-03 FQR-04 FQR-07.plan FQR-07.agreement FQR-09"
    " TALK-01.next TALK-01.when"
)
_ANY_LANGUAGE: Final = frozenset({"TEXT-01", "LEAK-01"})


class Reading(NamedTuple):
    """What a text was found to hold. Not `english`: only what any language allows has been read."""

    findings: tuple[Finding, ...]
    english: bool


def review(text: str, facts: Facts) -> Reading:
    """Read a text beside its facts. Findings come errors first, then by place (missing parts last)."""
    marked = read(text)
    asked = _asked(facts)
    if not marked.english:
        asked &= _ANY_LANGUAGE
    found = [finding for rule in RULES if rule.id in asked for finding in rule.check(marked, facts)]
    found.sort(key=lambda one: (one.severity != "error", one.span or (len(text), len(text))))
    return Reading(tuple(found), marked.english)


def lint(text: str, facts: Facts) -> tuple[Finding, ...]:
    """The findings of `review` alone."""
    return review(text, facts).findings


def _asked(facts: Facts) -> frozenset[str]:
    """The ids of the rules that a text of this kind and scenario is held to."""
    asked = {"TEXT-01"}
    if facts.leaks:
        asked.add("LEAK-01")
    if facts.kind == "lqr":
        asked.add("LQR-09")
    parts = facts.parts or (_FQR if facts.kind == "fqr" else PARTS.get(facts.scenario, "")).split()
    return frozenset(asked.union(f"LQR-01{part}" if part.startswith(".") else part for part in parts))
