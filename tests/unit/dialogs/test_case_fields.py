"""From what a form asks of a case to the case, and back."""

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.case_fields import EDIT_FIELDS, NEW_FIELDS, apply, check, clean_number, instant, values_of
from playbook.model import Case, Contact, ContactRole, Plan, Sentiment, Severity, WaitingOn

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BARE = Case(id="c", number="26", owner="t/ada", created_at=NOW, recorded_at=NOW, touched_at=NOW)
FULL = msgspec.structs.replace(
    BARE,
    number="2611220030001234",
    title="SSH times out",
    internal_title="[CSAT Impacting] SSH",
    product="Virtual Machines",
    contacts=(
        Contact(
            name="Kenji Tanaka", address_as="Tanaka-san", email="kenji@example.com", phone="+81 3", zone="Asia/Tokyo"
        ),
        Contact(name="Mia Holm", email="mia@example.com", role=ContactRole.ACCEPTS, language="sv"),
        Contact(name="Ops", role=ContactRole.CC),
    ),
    plan=Plan.ASFP,
    severity=Severity.B,
    zone="Asia/Tokyo",
    country="JP",
    sentiment=Sentiment.UNHAPPY,
    waiting_on=WaitingOn.VENDOR,
    symptom="It times out.",
    cause="A rule.",
    resolution="Removed.",
    more_information="https://example.com",
)


@pytest.mark.parametrize("case", [BARE, FULL])
def test_what_a_form_shows_of_a_case_makes_the_same_case(case: Case) -> None:
    assert apply(case, values_of(case)) == case


def test_what_the_form_does_not_show_of_a_contact_is_kept() -> None:
    after = apply(FULL, values_of(FULL) | {"customer_email": "k.tanaka@example.com"})
    assert after.contacts[0] == msgspec.structs.replace(FULL.contacts[0], email="k.tanaka@example.com")
    assert after.contacts[1:] == FULL.contacts[1:]


def test_fields_that_are_not_given_stay_as_they_are() -> None:
    assert apply(FULL, {"title": "New"}) == msgspec.structs.replace(FULL, title="New")
    assert apply(FULL, {}) == FULL


def test_a_form_clears_what_was_emptied() -> None:
    emptied = apply(FULL, dict.fromkeys(values_of(FULL), "") | {"case_number": "26"})
    assert (emptied.contacts, emptied.severity, emptied.plan) == ((), None, None)
    assert (emptied.sentiment, emptied.waiting_on) == (Sentiment.UNKNOWN, WaitingOn.US)


def test_every_value_shown_has_a_field() -> None:
    ids = {field.id for field in EDIT_FIELDS} | {"symptom", "cause", "resolution", "more_information"}
    assert set(values_of(FULL)) <= ids
    assert {field.id for field in EDIT_FIELDS} <= {field.id for field in NEW_FIELDS}


@pytest.mark.parametrize("typed", ["2611", " #2611 ", "##2611", "2611\n"])
def test_a_number_is_one_however_it_is_typed(typed: str) -> None:
    assert clean_number(typed) == "2611"


@pytest.mark.parametrize(
    ("values", "field", "says"),
    [
        ({"zone": "Tokyo"}, "zone", "Europe/Lisbon"),
        ({"country": "Atlantis"}, "country", "two letters"),
        ({"country": "J1"}, "country", "two letters"),
        ({"contacts": "Mia, boss"}, "contacts", "“boss” is no role"),
        ({"created_on": "2026-11-24"}, "created_on", "future"),
        ({"fqr_sent_on": "2026-11-23", "fqr_sent_time": "09:01"}, "fqr_sent_on", "future"),
        ({"created_time": "09:00"}, "created_on", "give the day"),
        ({"created_on": "yesterday"}, "created_on", "not a date"),
    ],
)
def test_what_a_single_field_cannot_tell(values: dict[str, str], field: str, says: str) -> None:
    errors = check(values, "UTC", NOW)
    assert list(errors) == [field]
    assert says in errors[field]


@pytest.mark.parametrize("typed", ["JP", "jp", "Japan", " japan ", "JPN"])
def test_a_country_is_kept_by_its_two_letters(typed: str) -> None:
    assert check({"country": typed}, "UTC", NOW) == {}
    assert apply(BARE, {"country": typed}).country == "JP"


def test_a_contact_may_be_pasted_from_a_mail() -> None:
    (contact,) = apply(BARE, {"contacts": "Yui Sato <yui@contoso.example>, accepts"}).contacts
    assert (contact.name, contact.email, contact.role) == ("Yui Sato", "yui@contoso.example", ContactRole.ACCEPTS)


def test_good_values_have_no_errors() -> None:
    assert check(values_of(FULL) | {"created_on": "2026-11-23", "created_time": "09:00"}, "UTC", NOW) == {}
    assert check({}, "UTC", NOW) == {}


def test_an_instant_is_that_of_the_zone_and_nine_where_no_time_is_given() -> None:
    assert instant({"x_on": "2026-11-23", "x_time": "18:00"}, "x", "Asia/Tokyo") == NOW
    assert instant({"x_on": "2026-11-23"}, "x", "Europe/London") == NOW
    assert instant({}, "x", "UTC") is None


@given(st.text(max_size=200))
def test_any_text_as_contacts_is_read_or_refused_with_a_sentence(text: str) -> None:
    errors = check({"contacts": text}, "UTC", NOW)
    if not errors:
        assert all(contact.name for contact in apply(BARE, {"contacts": text}).contacts)
    else:
        assert errors["contacts"].endswith(".")
