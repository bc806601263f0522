"""A mail of one case for another: the wording stays, and nothing of the first customer does."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.model import Case, Contact, ContactRole, Draft, Recipient, Signer
from playbook.reuse import GAP, Ours, Swap, replaced, reused
from playbook.rules import review
from playbook.rules.base import Facts
from tests.fakes.values import a_case

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def case(number: str, **facts: Any) -> Case:
    return a_case(NOW, id=number, number=number, **facts)


def mail(text: str, subject: str = "", **facts: Any) -> Draft:
    return Draft(
        id="d", case_id="1", by="a", kind="lqr", subject=subject, text=text, created_at=NOW, touched_at=NOW, **facts
    )


KENJI = Contact(
    name="Kenji Tanaka",
    address_as="Tanaka-san",
    email="kenji@fabrikam.co.jp",
    phone="+81 3 5555 0100",
    zone="Asia/Tokyo",
)
OLD = case(
    "2611220030001234",
    title="SSH times out",
    symptom="From 09:10 on 20 November, SSH connections to both build servers timed out.",
    cause="A rule added on 19 November blocked port 2222. It came from CORP\\deploy_svc.",
    resolution="The rule was removed. Connections from both offices work again.",
    company="Fabrikam Steel",
    tenant="fabsteel.onmicrosoft.com",
    contacts=(KENJI, Contact(name="Mei Lin", role=ContactRole.CC, email="mei@fabrikam.co.jp")),
)
ANA = Contact(name="Ana Silva", email="ana@woodgrove.pt", zone="Europe/Lisbon")
NEW = case("2611220030009999", title="Printer jams", symptom="The tray jams.", contacts=(ANA,))
ADA = Signer(name="Ada Lovelace", email="ada@contoso.com", phone="+44 20 5555 0199")
DANA = Signer(name="Dana Reyes", email="dana@contoso.com")
BO = Ours(
    Signer(name="Bo Okafor", email="bo@contoso.com", phone="+44 20 5555 0111"),
    DANA,
    addresses=("https://portal.contoso.com/help",),
)


def of(text: str, new: Case | None = NEW, **facts: Any) -> str:
    return reused(mail(text, engineer=ADA, manager=DANA, **facts), OLD, new, BO).text


@pytest.mark.parametrize(
    ("said", "now"),
    [
        ("Dear Tanaka-san,", "Dear Ana Silva,"),
        ("Dear Kenji,", "Dear Ana,"),
        ("Dear Mr. Tanaka,", "Dear Ana Silva,"),
        ("KENJI TANAKA wrote", "Ana Silva wrote"),
        ("Mei Lin and her team", f"{GAP} and her team"),
        ("case 2611220030001234", "case 2611220030009999"),
        ("about “SSH times out”", "about “Printer jams”"),
        ("by 17:00 Tokyo time", f"by {GAP} Lisbon time"),
        ("reach me at +44 20 5555 0199 or ada@contoso.com", "reach me at +44 20 5555 0111 or bo@contoso.com"),
        ("Ada Lovelace", "Bo Okafor"),
        ("my manager Dana Reyes", "my manager Dana Reyes"),
        (OLD.symptom, NEW.symptom),
        (OLD.symptom.replace(" ", "\n"), NEW.symptom),
        ("It seems that the rule was removed, as asked.", f"It seems that {GAP}, as asked."),
        ("on port 2222 only", f"on port {GAP} only"),
        ("run as corp\\deploy_svc", f"run as {GAP}"),
        ("at FABRIKAM STEEL (fabsteel.onmicrosoft.com)", f"at {GAP}"),
        ("the Fabrikam network", f"the {GAP} network"),
    ],
)
def test_what_is_known_of_the_first_case_gives_way_to_the_second(said: str, now: str) -> None:
    assert of(said) == now


@pytest.mark.parametrize(
    "said",
    [
        "someone.else@adatum.com", "https://adatum.com/a?b=c", "srv-1.corp.adatum.local", "BUILD07", "build-07", "10.2.3.4",
        "C:\\temp\\dump.log", "\\\\server\\share", "0f8fad5b-d9cb-469f-a165-70867728950e", "Friday", "Friday, 20 November",
        "20 Nov 2026", "November 20th, 2026", "2026-11-20", "20/11/2026", "09:10", "5 pm", "10.30 a.m.", "2609110040005678",
        "(030) 5555 0100", "+49 30 5555 0100",
    ],
)  # fmt: skip
def test_what_looks_like_somebodys_own_becomes_a_gap(said: str) -> None:
    assert of(f"so {said} it is") == f"so {GAP} it is"


@pytest.mark.parametrize(
    "words",
    [
        "It is best that you keep it, e.g. in a file. May I ask you to sit on it? We march on, and so can you.",
        "You can reopen it within 14 days, by writing or in the portal: https://portal.contoso.com/help",
        "With version 4.17.1 it is solved; 2 of 3 steps are done.",
        "- one\n- two\n\nKind regards,",
    ],
)
def test_the_wording_stays_as_it_is(words: str) -> None:
    assert of(words) == words


def test_without_another_case_there_are_gaps_and_they_keep_the_mail_closed() -> None:
    text = of("Dear Tanaka-san,\n\nyour case 2611220030001234 is solved.", None)
    assert text == f"Dear {GAP},\n\nyour case {GAP} is solved."
    assert "TEXT-01" in {one.rule for one in review(text, Facts(kind="lqr")).findings}


def test_for_the_same_case_its_facts_stay() -> None:
    assert of("Dear Tanaka-san, about 2611220030001234: SSH times out", OLD) == (
        "Dear Tanaka-san, about 2611220030001234: SSH times out"
    )


def test_recipients_other_cases_and_the_subject_are_gone_too() -> None:
    draft = mail(
        "Ask Ravi Rao (ravi@adatum.com), and see case ABC-77.",
        "[2611220030001234] SSH times\nout",
        cc=(Recipient(name="Ravi Rao", email="ravi@adatum.com"), Recipient(name="your manager")),
        other_numbers=("ABC-77",),
    )
    assert reused(draft, OLD, NEW, BO) == ("[2611220030009999] Printer jams", f"Ask {GAP}, and see case {GAP}.")


def test_gaps_in_a_row_are_one() -> None:
    assert replaced("Foo Bar, Foo. Bar", [Swap("Foo"), Swap("Bar")]) == GAP
    assert replaced("Foo\n\nBar", [Swap("Foo"), Swap("Bar")]) == f"{GAP}\n\n{GAP}"


# facts are written in letters that neither the wording, nor the new case, nor a gap has
word = st.text("abcdeàé07", min_size=1, max_size=6)
fact = st.lists(word, min_size=1, max_size=3).map(" ".join).filter(lambda text: len(text) > 1)
wording = st.text("klmnop .,\n-", max_size=12)


def survives(fact: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(fact)}(?!\w)", text, re.IGNORECASE) is not None


@settings(max_examples=300)
@given(facts=st.lists(fact, min_size=1, max_size=6), data=st.data())
def test_no_fact_of_the_first_case_survives(facts: list[str], data: st.DataObject) -> None:
    pieces = data.draw(st.lists(st.one_of(wording, st.sampled_from(facts), st.sampled_from(facts).map(str.upper))))
    text = replaced(" ".join(pieces), [Swap(one, "kkk") for one in facts])
    assert not [one for one in facts if survives(one, text)]


@settings(max_examples=150)
@given(
    names=st.lists(st.text("abcde", min_size=2, max_size=6).map(str.capitalize), min_size=4, max_size=4, unique=True),
    texts=st.lists(fact, min_size=4, max_size=4),
    number=st.text("0123456789", min_size=6, max_size=16),
    between=st.lists(wording, min_size=9, max_size=9),
    known=st.booleans(),
)
def test_no_field_of_the_first_case_survives(
    names: list[str], texts: list[str], number: str, between: list[str], known: bool
) -> None:
    kenji, tanaka, ada, lovelace = names
    old = case(
        number,
        title=texts[0],
        symptom=texts[1],
        cause=texts[2],
        resolution=texts[3],
        contacts=(Contact(name=f"{kenji} {tanaka}", email=f"{kenji}@{tanaka}.com"),),
    )
    new = case("k1", title="lmno", contacts=(Contact(name="Mon Kol"),)) if known else None
    facts = [number, *texts, kenji, tanaka, f"{kenji}@{tanaka}.com", ada, lovelace]
    said = "".join(f"{one} {fact} " for one, fact in zip([*between, *between], facts, strict=False))
    draft = mail(said, said, engineer=Signer(name=f"{ada} {lovelace}"))
    for text in reused(draft, old, new, Ours(Signer(name="Pol Mok"))):
        assert not [one for one in facts if survives(one, text)]


@given(text=st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(of(text), str)


def test_what_a_scope_says_of_the_first_case_is_gone_too() -> None:
    scope = "The night shift can't print labels.\nOnly the hall in Kobe."
    said = "We agreed on this: the night shift can't print labels. Only the hall in Kobe. Thank you, always."
    assert reused(mail(said), OLD, NEW, BO, [scope, "always"]).text == f"We agreed on this: {GAP} Thank you, always."
