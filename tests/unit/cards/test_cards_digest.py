"""The digest, and one's own card: what is to be done, who covers, what did not arrive."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.digest import ROWS, DigestRow, Section, counted, digest_card, shares
from cards.elements import Ref
from cards.my import Away, undelivered_card
from tests.unit.cards.samples import ANN, NOW
from tests.unit.cards.seen import clicks, data, shown
from tests.unit.cards.time_samples import (
    LOST,
    MANY,
    SECTIONS,
    away,
    losts,
    my,
)

CARLA = "contoso/carla"
WAYS = ["Done", "+1 h", "Next morning", "Pick a time", "Open case", "Snooze"]


# ---- the digest ----------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 40), max_size=8), st.integers(0, 30))
def test_rows_are_shared_and_none_is_crowded_out(wanted: Sequence[int], rows: int) -> None:
    given_ = shares(wanted, rows)
    assert sum(given_) == min(rows, sum(wanted))
    assert all(0 <= got <= want for got, want in zip(given_, wanted, strict=True))
    cut = [got for got, want in zip(given_, wanted, strict=True) if got < want]
    assert not cut or max(given_) <= min(cut) + 1


def test_the_digest_shows_what_there_is_in_its_order() -> None:
    text = shown(digest_card(SECTIONS, title="Before triage", when="Mon 23 Nov"))
    order = [text.index(title) for title in ("Overdue", "Due today", "Waiting on the customer", "Closings ready")]
    assert order == sorted(order)
    assert "Open swarms" not in text
    assert "more" not in text
    assert text.count("▲") == 1


def test_each_row_runs_its_own_line() -> None:
    card = digest_card([Section("Closings ready", [DigestRow("[77-1]", line="/lqr 77-1"), DigestRow("said")])],
                       title="Your day", when="")  # fmt: skip
    assert data(card, "Open") == [("say", "/lqr 77-1", "run", 0)]
    assert "said" in shown(card)


def test_a_full_digest_tells_what_it_leaves_out_and_where_it_is() -> None:
    card = digest_card(MANY, title="Before triage", when="Mon 23 Nov", rest="/board")
    assert len(data(card, "Open")) == ROWS
    assert f"and {5 * 10 - ROWS} more: /board" in shown(card)
    assert data(card, "Show all") == [("say", "/board", "run", 0)]


def test_what_was_not_even_given_is_counted_too() -> None:
    text = shown(digest_card([Section("Overdue", (), more=7)], title="Your day", when=""))
    assert "Overdue\n  7\n" in text
    assert "and 7 more: /my" in text


def test_a_notification_reads_the_counts() -> None:
    assert counted(SECTIONS) == "overdue 2, due today 3, waiting on the customer 1, closings ready 1"
    assert digest_card((), title="Your day", when="")["fallbackText"] == "Your day: nothing to do"


def test_with_nothing_to_do_the_digest_says_so() -> None:
    assert "Nothing is due" in shown(digest_card(SECTIONS[3:4], title="Your day", when=""))


# ---- one's own -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("digest", "others"), [("daily", ["Weekly", "Off"]), ("weekly", ["Daily", "Off"]), ("off", ["Daily", "Weekly"])]
)
def test_the_digest_can_be_had_otherwise(digest: str, others: list[str]) -> None:
    card = my((), digest=digest)
    assert clicks(card) == others
    assert [data(card, one) for one in others] == [[("say", f"/me digest {one.lower()}", "run", 0)] for one in others]


def test_my_card_tells_that_one_is_away_and_who_covers() -> None:
    card = my((), away=Away(NOW, NOW + timedelta(days=4), "Bo Lindqvist", Ref("me", ANN, 3)))
    assert "You're away \nfrom Mon 23 Nov, 09:42 UTC until Fri 27 Nov, 09:42 UTC." in shown(card)
    assert "Bo Lindqvist\n gets your pings" in shown(card)
    assert data(card, "End now") == [("me", ANN, "back", 3)]
    later = my((), away=Away(NOW, NOW), begun=False)
    assert "You'll be away" in shown(later)
    assert "End now" not in clicks(later)


def test_what_did_not_arrive_can_be_sent_again() -> None:
    card = my((), undelivered=losts(7))
    assert data(card, "Send again") == [("delivery", f"x{at}", "again", at) for at in range(5)]
    assert "and 2 more" in shown(card)
    assert "Not delivered" not in shown(my())


def test_an_absence_can_be_ended_or_called_off() -> None:
    assert data(away(), "End now") == [("me", ANN, "back", 1)]
    assert data(away(begun=False), "Cancel") == [("me", ANN, "back", 1)]
    assert shown(away(begun=False)).startswith("You'll be away\nFrom Mon 23 Nov")


def test_without_a_cover_nothing_moves_and_it_is_said() -> None:
    assert "Nobody covers for you" in shown(away(cover=" "))
    assert "Nobody" not in shown(away())


def test_an_administrator_sees_ten_and_how_many_are_left() -> None:
    card = undelivered_card(losts(12), more=30)
    assert len(data(card, "Send again")) == 10
    assert "and 32 more" in shown(card)
    assert card["fallbackText"] == "Not delivered: 42"
    assert "more" not in shown(undelivered_card([LOST]))
    assert shown(undelivered_card(())) == "Not delivered\nEverything has arrived."
