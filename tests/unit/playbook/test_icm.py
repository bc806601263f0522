"""When an incident is right (ICM-01 … 03), where it goes (ICM-04), and who may be in mails (ICM-05): every row tried."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook import icm_fields
from playbook.icm import JUDGED, NO_GO, PG_GROUNDS, ROUTES, TAG, judged, pg_in_mails, route_of, tagged
from playbook.model import Case, Severity
from playbook.reviewers import Sme, is_own, reviewers
from playbook.rules.title import untagged
from tests.fakes.house import MAILS
from tests.fakes.values import a_case

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
GUID = "0f8fad5b-d9cb-469f-a165-70867728950e"


def case(severity: Severity | None = None, **more: str) -> Case:
    return a_case(NOON, severity=severity, **more)


BUG = {"route": "bug", "evidence": "The page says otherwise"}
SEVERE = case(Severity.A)


@pytest.mark.parametrize(
    ("values", "of", "go", "rule", "says"),
    [
        (BUG, case(), True, "ICM-02", "evidence of a bug"),
        (BUG | {"no_go": "none"}, case(), True, "ICM-02", "evidence of a bug"),
        ({"route": "bug", "said_by": "Bo Okafor"}, case(), True, "ICM-02", "Bo Okafor, an SME or senior engineer"),
        ({"route": "bug", "pg_said_by": "Emi Ito"}, case(), True, "ICM-02", "Emi Ito of the product group"),
        ({"route": "bug"}, SEVERE, True, "ICM-02", "severity 1"),
        ({"route": "bug"}, case(Severity.B), False, "ICM-02", "none of the four grounds"),
        ({"route": "bug", "evidence": "No.", "said_by": "nobody"}, case(), False, "ICM-02", "none of the four"),
        # what it is not for
        ({"route": "bug", "no_go": "documented"}, case(), False, "ICM-03", "documentation answers"),
        ({"route": "bug", "no_go": "query"}, case(), False, "ICM-03", "query"),
        ({"route": "bug", "no_go": "know_how"}, case(), False, "ICM-03", "colleagues are for"),
        ({"route": "bug", "no_go": "skills"}, case(), False, "ICM-03", "no escalation"),
        (BUG | {"no_go": "skills"}, case(), False, "ICM-03", "no escalation"),
        # who can tell, and severity 1, go before it
        ({"route": "bug", "no_go": "skills", "said_by": "Bo"}, case(), True, "ICM-02", "Bo"),
        ({"route": "bug", "no_go": "query", "pg_said_by": "Emi"}, case(), True, "ICM-02", "Emi"),
        ({"route": "bug", "no_go": "know_how"}, SEVERE, True, "ICM-02", "severity 1"),
        # other routes
        ({"route": "quota"}, case(), True, "ICM-04", "livesite DRI"),
        ({"route": "quota", "no_go": "documented"}, case(), False, "ICM-03", "documentation"),
        ({"route": "feature", "evidence": "It lacks it"}, case(), False, "ICM-02", "For a feature request"),
        ({"route": "feature", "pg_said_by": "Emi"}, case(), True, "ICM-02", "Emi"),
        ({"route": "rca", "evidence": "The host's log"}, case(), True, "ICM-02", "evidence"),
    ],
)
def test_go_or_no_go_with_its_reason_and_rule(values: dict[str, str], of: Case, go: bool, rule: str, says: str) -> None:
    verdict = judged(values, of)
    assert (verdict.go, verdict.rule) == (go, rule)
    assert says in verdict.reason


TEXT = st.sampled_from(["", "no", "Bo Okafor", "It fails"])
VALUES = st.fixed_dictionaries(
    {
        "route": st.sampled_from([one.id for one in ROUTES]),
        "evidence": TEXT,
        "said_by": TEXT,
        "pg_said_by": TEXT,
        "no_go": st.sampled_from(["", "none", *NO_GO]),
    }
)
SEVERITIES = st.sampled_from([None, *Severity])


@given(VALUES, SEVERITIES)
def test_there_is_always_one_verdict_and_a_go_names_one_of_the_grounds(
    values: dict[str, str], severity: Severity | None
) -> None:
    verdict = judged(values, case(severity))
    assert verdict.reason.endswith(".")
    assert verdict.rule in {row.rule for row in JUDGED}
    grounds = any(values[name] not in ("", "no") for name in ("evidence", "said_by", "pg_said_by"))
    if verdict.go:
        assert grounds or severity is Severity.A or values["route"] == "quota"
    if not verdict.go and verdict.rule == "ICM-03":
        assert values["no_go"] in NO_GO


@given(VALUES, SEVERITIES)
def test_a_word_of_the_product_group_never_hurts(values: dict[str, str], severity: Severity | None) -> None:
    assert judged(values | {"pg_said_by": "Emi Ito"}, case(severity)).go
    if judged(values, case(severity)).go:
        assert judged(values, case(Severity.A)).go


def test_each_row_of_the_table_can_decide() -> None:
    assert len({row.id for row in JUDGED}) == len(JUDGED)
    assert JUDGED[-1].holds({}, case())  # there is always an answer


def test_each_route_has_its_words_and_a_team_that_gets_it() -> None:
    for route in ROUTES:
        mail = MAILS.get(f"icm/{route.id}")
        assert mail.field("icm_title") is not None
        assert route_of(route.id) is route
    fields = {field.id for field in MAILS.get("icm/quota").fields if field.required}
    assert fields >= {"subscription_id", "regions", "amount", "reason"}  # ICM-04
    assert route_of("quota").team == "livesite DRI"
    assert {one.team for one in ROUTES if one.id != "quota"} == {"CSS escalation"}


# ---- the fields of a route -----------------------------------------------------------------------


@pytest.mark.parametrize("text", [GUID, GUID.upper(), f"{{{GUID}}}", f" {GUID} "])
def test_a_subscription_id(text: str) -> None:
    assert icm_fields.subscription(text) == ""


@pytest.mark.parametrize("text", ["", "none", GUID[:-1], GUID + "0", GUID.replace("0", "g", 1), GUID.replace("-", "")])
def test_what_is_no_subscription_id(text: str) -> None:
    assert "This is no subscription id" in icm_fields.subscription(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("westeurope", ""),
        ("West Europe, UK South", ""),
        ("eastus2;\nEast US 2", ""),
        ("eu-west-1", ""),
        ("", "Please name the region"),
        (" , ;\n", "Please name the region"),
        ("westeurop", "Did you mean westeurope?"),
        ("the usual", "no region's name"),
        ("westeurope, 12", "no region's name"),
        (", ".join(f"west{n}" for n in "abcdefghijklmnopqrstuvwxyz"), "At most 20"),
    ],
)
def test_regions(text: str, says: str) -> None:
    found = icm_fields.regions(text)
    assert (says in found) if says else found == ""


def test_regions_are_written_as_the_product_has_them() -> None:
    assert icm_fields.regions_in("West Europe, westeurope; UK South") == ["westeurope", "uksouth"]


@pytest.mark.parametrize(("text", "fine"), [("200", True), ("1,000", True), ("1 000", True), ("0", False), ("-5", False),
                                            ("many", False), ("200 cores", False), ("1,00", False)])  # fmt: skip
def test_amounts(text: str, fine: bool) -> None:
    assert (icm_fields.amount(text) == "") is fine


def test_only_what_was_filled_in_is_held_against_its_check() -> None:
    assert icm_fields.wrong({"subscription_id": "", "regions": "", "text": "x"}) == {}
    assert set(icm_fields.wrong({"subscription_id": "x", "regions": "x", "amount": "x"})) == set(icm_fields.CHECKS)


@pytest.mark.parametrize(
    ("text", "fine"), [("501234567", True), ("ICM-12", True), ("soon", False), ("<b>1</b>", False)]
)
def test_an_incidents_number(text: str, fine: bool) -> None:
    assert (icm_fields.number(text) == "") is fine


def test_several_addresses() -> None:
    assert icm_fields.addresses("emi@example.com, per@example.com") == ""
    assert "“per” is no e-mail address" in icm_fields.addresses("emi@example.com; per")


@given(st.text(max_size=60))
def test_any_text_gets_a_sentence_or_none(text: str) -> None:
    for check in (*icm_fields.CHECKS.values(), icm_fields.number, icm_fields.addresses):
        assert isinstance(check(text), str)


# ---- the product group in mails ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "of", "bad", "go"),
    [
        ({"ground": "asked", "who": "Emi Ito"}, case(), False, True),
        ({"ground": "asked"}, case(), False, False),
        ({"ground": "exhausted", "who": "Emi Ito", "tried": "all of it"}, case(), False, True),
        ({"ground": "exhausted", "who": "Emi Ito"}, case(), False, False),
        ({"ground": "exhausted", "tried": "all of it"}, case(), False, False),
        ({"ground": "severity"}, SEVERE, False, True),
        ({"ground": "severity"}, case(Severity.B), False, False),
        ({"ground": "csat"}, case(), True, True),
        ({"ground": "csat"}, case(), False, False),
        ({"ground": "none"}, SEVERE, True, False),
        ({}, SEVERE, True, False),
    ],
)
def test_the_product_group_stays_out_of_mails_but_for_four_grounds(
    values: dict[str, str], of: Case, bad: bool, go: bool
) -> None:
    verdict = pg_in_mails(values, of, looped_in=bad)
    assert (verdict.go, verdict.rule) == (go, "ICM-05")
    assert verdict.reason.endswith(".")


def test_every_ground_of_the_form_is_answered() -> None:
    assert len(PG_GROUNDS) == 5  # the four, and none


# ---- CSAT-impacting ------------------------------------------------------------------------------


@given(st.text(max_size=60))
def test_the_tag_stands_once(title: str) -> None:
    once = tagged(title)
    assert once.lower().startswith(TAG.lower())
    assert tagged(once) == once


def test_the_tag_comes_off_before_the_survey() -> None:
    assert untagged(tagged("SSH times out")) == "SSH times out"


def sme(name: str, *areas: str, **more: object) -> Sme:
    return Sme(f"t/{name}", name, frozenset(areas), **more)  # type: ignore[arg-type]


def test_smes_of_the_area_and_of_the_customers_region_go_first() -> None:
    tokyo = case(zone="Asia/Tokyo", country="JP")
    bo = sme("bo", "networking", country="GB", zone="Europe/London")
    mei = sme("mei", "networking", country="SG", zone="Asia/Singapore")
    ken = sme("ken", "networking", country="JP", zone="Asia/Tokyo")
    off = sme("off", "networking", country="JP", zone="Asia/Tokyo", away=True)
    other = sme("other", "compute", country="JP", zone="Asia/Tokyo")
    found = reviewers([bo, off, mei, other, ken], "Networking", tokyo, but=())
    assert [one.name for one in found] == ["ken", "mei", "bo", "off"]
    assert reviewers([bo, ken], "networking", tokyo, but={"t/ken", "t/bo"}) == []
    assert reviewers([bo, ken], "storage", tokyo, but=()) == []


@pytest.mark.parametrize(("person", "own"), [("t/a", True), ("t/b", True), ("t/c", True), ("t/d", False), ("", False)])
def test_nobody_reviews_their_own(person: str, own: bool) -> None:
    assert is_own(person, drafted_by="t/a", asked_by="t/b", owner="t/c") is own
    assert not is_own("", drafted_by="", asked_by="", owner="")
