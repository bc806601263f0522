"""LQR-01.name and LQR-09: the person's name, and the title that the person will see."""

import pytest

from playbook.rules import lint
from playbook.rules.base import Facts, Finding

RIGHT = (
    ("Hiroshi Tanaka", "Hello Tanaka-san,"),
    ("Zoë Müller", "Dear Ms Mueller,"),
    ("Zoë Müller", "Hi Zoe,"),
    ("Krzysztof Zając", "dear mr zajac,"),
    ("Jean-Marc Dubois", "Bonjour Jean-Marc,"),
    ("Jean-Marc Dubois", "Hi JM,"),
    ("Brian O'Sullivan", "Dear Mr. O’Sullivan,"),
    ("Samuel Osei", "Hi Sam,"),
    ("Robert Stone", "Hey Bob!"),
    ("Fatima Zahra El Idrissi", "Dear Ms El Idrissi,"),
    ("Brian Cox", "Good morning Brian"),
    ("Brian Cox", "BRIAN,"),
    ("Brian Cox", "Hello Anna and Brian,"),
    ("Brian Cox", "I'm closing the case today, Brian."),
    ("Brian Cox", "Hello,\n\nBrian, thank you for your call."),
    ("Brian Cox", "Dear B. Cox,"),
    ("Dr. Ulrike Schäfer", "Sehr geehrte Frau Dr. Schaefer,"),
    ("Abdullah Al-Harbi", "Dear Mr Harbi,"),
    ("Søren Åkesson", "Hej Soren,"),
    ("Wei Zhang", "Dear Zhang Wei,"),
    ("", "Hello there,"),
    ("田中 宏", "Hello Tanaka-san,"),
)
WRONG = (
    ("Daniela Ferreira", "Hi Daniel,", "Daniel"),
    ("Giulia D'Angelo", "Dear Ms D'Agostino,", "D'Agostino"),
    ("Vikram Singh Rathore", "Hello Victor,", "Victor"),
    ("Camille Okafor", "Hi Camilla,", "Camilla"),
    ("Brian Cox", "Dear Mr Fox,", "Fox"),
)
NOBODY = (
    ("Brian Cox", "Hello there,", "Hello there"),
    ("Brian Cox", "Dear Customer,", "Dear Customer"),
    ("Brian Cox", "Dear Sir or Madam,", "Dear Sir or Madam"),
    ("Brian Cox", "Hi team,", "Hi team"),
    ("Brian Cox", "Dear [Customer Name],", "Dear [Customer Name]"),
    ("Brian Cox", "Hello,", "Hello"),
)


def name(customer: str, greeting: str, contacts: tuple[str, ...] = ()) -> tuple[Finding | None, str]:
    text = f"{greeting}\n\nThe export works again.\n\nKind regards,\nIda"
    facts = Facts(kind="lqr", scenario="unresponsive-first", customer_name=customer, contacts=contacts)
    return next((one for one in lint(text, facts) if one.rule == "LQR-01.name"), None), text


@pytest.mark.parametrize(("customer", "greeting"), RIGHT)
def test_the_right_name(customer: str, greeting: str) -> None:
    assert name(customer, greeting)[0] is None


@pytest.mark.parametrize(("customer", "greeting", "where"), [*WRONG, *NOBODY])
def test_a_wrong_name_or_none(customer: str, greeting: str, where: str) -> None:
    finding, text = name(customer, greeting)
    assert finding
    assert finding.span
    assert text[slice(*finding.span)] == where
    assert customer in finding.fix


def test_no_greeting_at_all() -> None:
    finding, _ = name("Brian Cox", "This is about the export.")
    assert finding == Finding("LQR-01.name", "error", finding.message if finding else "", None, "Dear Brian Cox,")


def test_every_contact_is_a_right_name() -> None:
    assert name("Brian Cox", "Hi Aoife,", ("Aoife Byrne",))[0] is None


TITLES_OF_OURS = (
    "[CSAT Impacting] Sev A - Teams calls drop",
    "ICM 512345 VPN drops every hour",
    "NRP PE stuck - pending PG repro (Sev B)",
    "Sev 2: flapping BGP session",
    "[INTERNAL] flaky labs",
    "Mailbox migration, waiting on DRI",
    "P1 VPN drops every hour",
    "SR 240911 pending cust resp - 2nd strike",
)
BARE_TITLES = (
    "issue",
    "RE: FW: help",
    "Help needed!!",
    "Question",
    "urgent",
    "Need assistance",
    "Not working",
    "RE:",
    "Azure issue",
    "case 12345",
)
GOOD_TITLES = (
    "Cannot connect to VM",
    "VPN drops",
    "RE: Printer queue stuck",
    "Plant staff cannot sign in (AADSTS53003)",
    "Emails to external recipients are rejected",
    "SMTP relay",
    "[Azure Arc] servers disconnected",
    "Several users lose their profile",
    "P2S VPN can't connect",
    "Sev­eral reports empty",
    "",
)


def title_finding(title: str) -> Finding | None:
    facts = Facts(kind="lqr", scenario="unresponsive-first", title=title)
    text = "Hello,\n\nI'll call on Monday.\n\nRegards,\nIda"
    return next((one for one in lint(text, facts) if one.rule == "LQR-09"), None)


@pytest.mark.parametrize("title", [*TITLES_OF_OURS, *BARE_TITLES])
def test_titles_that_mean_nothing_to_the_customer(title: str) -> None:
    finding = title_finding(title)
    assert finding
    assert finding.severity == "warning"
    assert finding.span is None


@pytest.mark.parametrize("title", GOOD_TITLES)
def test_titles_that_the_customer_knows(title: str) -> None:
    assert title_finding(title) is None


def test_the_title_is_offered_without_its_tags() -> None:
    finding = title_finding("[CSAT Impacting] Sev A - Teams calls drop after ten minutes")
    assert finding
    assert finding.fix == "Teams calls drop after ten minutes"
