"""Signed links: ours, whole, and not too old."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.links import LIFE, Bad, Expired, Links

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LINKS = Links("a secret of some length", "https://bot.example.com/")


def token(links: Links = LINKS, draft_id: str = "d1") -> str:
    return links.sign(draft_id, NOW).rpartition("/")[2]


@given(st.text(max_size=50))
def test_a_link_leads_back_to_its_draft(draft_id: str) -> None:
    link = LINKS.sign(draft_id, NOW)
    assert link.startswith("https://bot.example.com/mail/")
    assert LINKS.read(link.rpartition("/")[2], NOW) == draft_id


def test_a_link_lives_for_a_working_day() -> None:
    assert LINKS.life == timedelta(hours=8)
    assert LINKS.read(token(), NOW + LIFE - timedelta(seconds=1)) == "d1"
    assert LINKS.until(token(), NOW) == NOW + LIFE
    with pytest.raises(Expired):
        LINKS.read(token(), NOW + LIFE)


def test_no_character_of_a_link_can_be_changed() -> None:
    good = token()
    for at in range(len(good) - 1):  # the last one's lowest bits may be padding
        wrong = good[:at] + ("A" if good[at] != "A" else "B") + good[at + 1 :]
        with pytest.raises(Bad):
            LINKS.read(wrong, NOW)


@given(st.text(max_size=80))
def test_whatever_else_is_asked_for_is_bad(text: str) -> None:
    with pytest.raises(Bad):
        LINKS.read(text, NOW)


def test_another_secret_signs_other_links() -> None:
    with pytest.raises(Bad):
        LINKS.read(token(Links("another secret, long too", "https://bot.example.com")), NOW)
    with pytest.raises(Bad):
        LINKS.read(token(Links.with_new_secret("http://localhost:3978")), NOW)


def test_a_secret_that_can_be_guessed_is_refused() -> None:
    with pytest.raises(ValueError, match="LINK_SECRET"):
        Links("", "https://bot.example.com")
