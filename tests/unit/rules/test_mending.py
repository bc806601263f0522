"""The lines that mend: put into the text, they leave nothing to be found."""

import pytest

from playbook.rules import PARTS, lint, mend
from playbook.rules.base import Facts, Finding

KNOWN = {"product": "Azure Files", "symptom": "Uploads stopped at 2 GB", "resolution": "the limit was raised to 8 GB"}
SIGNERS = {
    "engineer": "Ida Moe",
    "engineer_reach": "+47 55 55 01 09",
    "manager": "Kjell Moen",
    "manager_reach": "kjell@example.com",
}


def facts(scenario: str, **more: object) -> Facts:
    kind = "lqr" if scenario else "fqr"
    return Facts(kind=kind, scenario=scenario, title="Uploads stop at 2 GB", customer_name="Brian Cox", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("told", [{}, SIGNERS, {"known": KNOWN}, {**SIGNERS, "known": KNOWN}])
@pytest.mark.parametrize(
    "text", ["The case is closed today.", "Hello,\n\nThe case is closed today.\n\nKind regards,\nIda", ""]
)
@pytest.mark.parametrize("scenario", [*PARTS, ""])
def test_a_bare_mail_is_mended(scenario: str, text: str, told: dict[str, object]) -> None:
    case = facts(scenario, **told)
    findings = lint(text, case)
    assert findings
    assert all(one.fix for one in findings)
    assert lint(mend(text, findings), case) == ()


@pytest.mark.parametrize("scenario", PARTS)
def test_one_by_one_comes_to_the_same(scenario: str) -> None:
    case, text = facts(scenario), "Hello Brian,\n\nThe case is closed today.\n\nKind regards,\nIda"
    rules = []
    while findings := lint(text, case):
        rules.append(findings[0].rule)
        text = mend(text, findings[0])
        assert findings[0].rule not in {one.rule for one in lint(text, case)}
    assert len(rules) == len(set(rules))
    assert text.endswith("Kind regards,\nIda")


def test_what_contradicts_is_replaced() -> None:
    text = "Hi Brian,\n\nNo survey will be sent. Once closed, the case can't be reopened.\n\nRegards,\nIda"
    found = {one.rule: one for one in lint(text, facts("standard-closure"))}
    for rule, words in (
        ("LQR-01.survey", "No survey will be sent."),
        ("LQR-01.reopen", "Once closed, the case can't be reopened."),
    ):
        span = found[rule].span
        assert span
        assert text[slice(*span)] == words
    after = mend(text, [found["LQR-01.survey"], found["LQR-01.reopen"]])
    assert "No survey" not in after
    assert "can't" not in after
    assert not {"LQR-01.survey", "LQR-01.reopen"} & {one.rule for one in lint(after, facts("standard-closure"))}


def test_a_line_goes_in_before_the_closing_words() -> None:
    finding = Finding("LQR-01.thanks", "error", "…", None, "Thank you for using Azure Files.")
    text = "Hi Brian,\n\nDone.\n\nBest wishes,\nIda"
    assert mend(text, finding) == "Hi Brian,\n\nDone.\n\nThank you for using Azure Files.\n\nBest wishes,\nIda"


def test_a_greeting_goes_to_the_top() -> None:
    assert mend("Done.", Finding("LQR-01.name", "error", "…", None, "Dear Brian,")) == "Dear Brian,\n\nDone."


def test_nothing_to_put_in_changes_nothing() -> None:
    text = "Case XXXX is closed."
    assert mend(text, Finding("TEXT-01", "error", "…", (5, 9), "")) == text
    assert mend(text, Finding("LQR-09", "warning", "…", None, "A better title")) == text


def test_overlapping_findings_do_not_tear_the_text() -> None:
    text = "Dear [Customer Name],\n\nDone."
    findings = lint(text, facts("unresponsive-first"))
    assert [one.rule for one in findings][:2] == ["LQR-01.name", "TEXT-01"]
    assert mend(text, findings).startswith("Dear Brian Cox,\n\nDone.")
