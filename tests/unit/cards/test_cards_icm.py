"""Cards of incidents keep anybody's words text, however bad; and offer what the state allows."""

from typing import Any

import msgspec
import pytest

from cards.icm import body_card, icm_card, icms_card, no_go_card, pg_named_lines
from playbook.icm import Verdict
from playbook.model import Case, Icm, IcmState, Sentiment, Stage
from tests.unit.cards.hostile import HOSTILE, hostile_case
from tests.unit.cards.icm_samples import APPROVED, ASK, ASKED, DRAFTED, ENDED, ICM, PEOPLE, REF
from tests.unit.cards.samples import CASE, words
from tests.unit.cards.valid import check_card

TEXTS = ("number", "title", "why", "area", "body", "sentiment", "sentiment_why", "could_have", "avoided_by",
         "pg_in_mails", "owner_name", "owner_email", "customer_words", "csat_by")  # fmt: skip


def hostile_icm(bad: str) -> Icm:
    return msgspec.structs.replace(APPROVED, **dict.fromkeys(TEXTS, bad))


def shown(icm: Icm, case: Case = CASE, *, looped_in: bool = False) -> dict[str, Any]:
    return icm_card(icm, case, REF, people=PEOPLE, words=words, looped_in=looped_in)


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_words_are_only_text(what: str) -> None:
    bad = HOSTILE[what]
    case, icm = hostile_case(bad), hostile_icm(bad)
    check_card(shown(icm, case, looped_in=True))
    check_card(icms_card([icm] * 9, case, "news"))
    check_card(no_go_card(Verdict(False, bad, "ICM-03"), bad, ASK, {"override_reason": bad}, {"override_reason": bad}))
    check_card(
        body_card(icm, bad, ASK, {"icm_title": bad, "body": bad, "icm_number": bad}, {"body": bad, "": bad}, bad)
    )
    for element in pg_named_lines([bad] * 5, bad):
        assert "'type': 'TextBlock'" not in str(element)


def titles(card: dict[str, Any]) -> set[str]:
    return {action["title"] for element in card["body"] for action in element.get("actions", ())}


@pytest.mark.parametrize(
    ("icm", "there", "gone"),
    [
        (DRAFTED, {"Number", "Edit", "CSAT", "PG in mails"}, {"News", "Ended", "Mail"}),
        (ICM, {"News", "Ended", "Edit", "CSAT"}, {"Number", "Approve", "Mail"}),
        (ASKED, {"Approve", "Refuse", "News"}, {"CSAT", "Mail", "Loop in"}),
        (APPROVED, {"Mail", "Loop in"}, {"CSAT", "Approve"}),
        (ENDED, {"Text", "New one"}, {"News", "CSAT", "PG in mails"}),
    ],
)
def test_the_buttons_are_those_of_its_state(icm: Icm, there: set[str], gone: set[str]) -> None:
    found = titles(shown(icm))
    assert there <= found
    assert not gone & found


def test_a_closed_case_offers_no_review_and_a_flagged_one_no_second_flag() -> None:
    closed = msgspec.structs.replace(CASE, stage=Stage.CLOSED)
    assert not {"Approve", "CSAT", "Mail", "Loop in", "PG in mails"} & titles(shown(ASKED, closed))
    assert "Loop in" not in titles(shown(APPROVED, looped_in=True))
    assert "exceptionally bad" in str(shown(APPROVED, looped_in=True))
    assert titles(shown(msgspec.structs.replace(ICM, state=IcmState.CLOSED), closed)) == {"Text"}


def test_an_unhappy_customer_is_noticed_while_the_case_is_open() -> None:
    unhappy = msgspec.structs.replace(CASE, sentiment=Sentiment.UNHAPPY)
    assert "before the case is closed" in str(shown(ICM, unhappy))
    for icm, case in ((ICM, CASE), (ASKED, unhappy), (ENDED, unhappy)):
        assert "before the case is closed" not in str(shown(icm, case))
    assert "before the case is closed" not in str(shown(ICM, msgspec.structs.replace(unhappy, stage=Stage.CLOSED)))
