"""What is left out of a card that many read, and the words that tell a question from others."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.model import Contact
from playbook.swarming import CHECKS, LONGEST, clean_area, missing_checks, significant, without_customer
from tests.unit.cards.samples import CASE

CASE_OF_KENJI = msgspec.structs.replace(
    CASE, company="Contoso Ltd", contacts=(Contact(name="Kenji Tanaka", address_as="Tanaka-san"),)
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Kenji Tanaka sees it", "The customer sees it"),
        ("It is seen by KENJI and tanaka-san.", "It is seen by the customer and the customer."),
        ("Contoso Ltd has two sites", "The customer has two sites"),
        ("write to kenji@contoso.example, please", "write to (address), please"),
        ("call +81 3 1234 5678 first", "call (phone) first"),
        ("call 03 1234 5678 first", "call (phone) first"),
        ("10.20.30.40 is refused since 2026-11-20 10:15", "10.20.30.40 is refused since 2026-11-20 10:15"),
        (f"as in {CASE.number}", f"as in {CASE.number}"),
        ("Kenjiro is a colleague", "Kenjiro is a colleague"),
        ("correlation id 123456789012", "correlation id 123456789012"),
    ],
)
def test_names_and_addresses_of_the_customers_are_left_out(text: str, shown: str) -> None:
    assert without_customer(text, CASE_OF_KENJI) == shown


@given(st.text(max_size=200), st.sampled_from(["Kenji Tanaka", "Tanaka-san", "Contoso Ltd"]))
def test_whatever_stands_around_it_a_name_is_left_out(text: str, name: str) -> None:
    assert name not in without_customer(f"{text} {name} {text}", CASE_OF_KENJI)


def test_parts_of_names_are_left_out_where_they_are_no_common_words() -> None:
    will = msgspec.structs.replace(CASE, contacts=(Contact(name="Will Li Tanaka"),), company="")
    assert without_customer("will Tanaka, in Li, see it", will) == "will the customer, in Li, see it"


def test_the_cases_own_number_stays_however_it_is_written() -> None:
    dashed = msgspec.structs.replace(CASE, number="2611-2200-3000-1234")
    assert without_customer("as in 2611-2200-3000-1234", dashed) == "as in 2611-2200-3000-1234"
    assert without_customer("as in 2611-2200-3000-1234", CASE) == "as in (phone)"
    assert without_customer("ask Kenji Tanaka at k@example.com", None) == "ask Kenji Tanaka at (address)"


def test_of_a_very_long_text_the_beginning_is_told() -> None:
    assert without_customer("x" * (LONGEST + 1), CASE) == "x" * LONGEST


def test_a_name_of_signs_breaks_nothing() -> None:
    odd = msgspec.structs.replace(CASE, contacts=(Contact(name="(.*)+[a-"),))
    assert without_customer("as (.*)+[a- said", odd) == "as the customer said"


def test_what_was_not_looked_at() -> None:
    assert missing_checks([]) == list(CHECKS)
    assert missing_checks(["outage", "nonsense", "guides"]) == ["tooling", "icms"]
    assert missing_checks(CHECKS) == []


def test_areas_are_compared_in_one_form() -> None:
    assert clean_area("  Virtual   Networks ") == "virtual networks"


def test_the_telling_words_of_a_question() -> None:
    assert significant("Why does the TLS handshake fail only from Osaka?") == ["handshake", "osaka", "fail", "tls"]
    assert significant("why?") == []
