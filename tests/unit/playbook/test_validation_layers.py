"""The two layers of a request's validation: what passes, what fails with which reason, what is asked (FLOW-01, FLOW-02)."""

import pytest

from playbook.validation import MANDATORY, asks, is_domain, judged

GOOD = {
    "entitled": "yes",
    "checked": "contract 4711",
    "company": "Fabrikam",
    "tenant": "fabrikam.onmicrosoft.com",
    "severity": "B",
    "symptom": "SSH times out",
}


def test_both_layers_pass_with_their_reasons() -> None:
    verdict = judged(GOOD)
    assert verdict.passed
    assert verdict.reasons == ("Entitled to support (contract 4711).", "All mandatory information is here.")


@pytest.mark.parametrize(
    ("entitled", "reason"),
    [
        ("no", "Not entitled to support (contract 4711)."),
        ("unclear", "It is not clear yet who covers this (contract 4711)."),
        ("", "It is not clear yet who covers this (contract 4711)."),
    ],
)
def test_who_is_not_entitled_fails_the_first_layer_alone(entitled: str, reason: str) -> None:
    verdict = judged(GOOD | {"entitled": entitled})
    assert not verdict.passed
    assert verdict.entitlement.reason == reason
    assert verdict.information.passed


def test_the_reason_needs_no_check_named() -> None:
    assert judged(GOOD | {"checked": " "}).entitlement.reason == "Entitled to support."


@pytest.mark.parametrize("missing", MANDATORY)
def test_each_mandatory_fact_that_is_missing_is_named_and_asked_for(missing: str) -> None:
    verdict = judged(GOOD | {missing: " "})
    assert not verdict.passed
    assert verdict.information.missing == (missing,)
    assert verdict.information.reason == f"Missing: {MANDATORY[missing][0]}."
    assert asks(verdict, "yes") == MANDATORY[missing][1]


def test_several_are_listed_and_asked_for_line_by_line_the_contract_first() -> None:
    verdict = judged({"entitled": "unclear", "severity": "none", "symptom": "SSH"})
    assert verdict.information.reason == (
        "Missing: the end customer's company name, the tenant's domain and the priority."
    )
    lines = asks(verdict, "unclear").splitlines()
    assert len(lines) == 4
    assert "contract" in lines[0]


@pytest.mark.parametrize(
    ("text", "well"),
    [
        ("contoso.onmicrosoft.com", True),
        (" contoso.co.jp ", True),
        ("contoso", False),
        ("https://contoso.com", False),
        ("ana@contoso.com", False),
        ("-contoso.com", False),
        (f"{'a' * 64}.com", False),
        ("", False),
    ],
)
def test_domains(text: str, well: bool) -> None:
    assert is_domain(text) is well
