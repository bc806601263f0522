"""The deliveries in hand: no more than there is room for, and how many of them could go."""

import asyncio
from datetime import timedelta

import pytest

import bot.hand
from bot.hand import Hand
from storage.base import Claim
from storage.records import Delivery
from tests.fakes.outbox import NOON


def claim(id: str, due: timedelta = timedelta()) -> Claim:
    delivery = Delivery(id=id, kind="plain", place_id="p", created_at=NOON, next_at=NOON + due)
    return Claim(delivery, version=1, due=NOON + due, until=NOON + timedelta(minutes=1), token=f"t{id}")


def room(hand: Hand) -> bool:
    waits = hand.room()
    try:
        waits.send(None)
    except StopIteration:
        return True
    waits.close()
    return False


async def test_there_is_room_until_it_is_full_and_again_once_one_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.hand, "HELD", 3)
    hand = Hand()
    for id in "ab":
        hand.take(claim(id), NOON)
    assert room(hand)
    hand.take(claim("c"), NOON)
    assert not room(hand)
    waiting = asyncio.create_task(hand.room())
    hand.take(claim("a"), NOON)  # a lease that was renewed takes no room of its own
    hand.let_go(["b"])
    await waiting
    assert room(hand)


def test_ready_are_those_whose_time_has_come() -> None:
    hand = Hand()
    later = claim("later", timedelta(seconds=5))
    for one in (claim("past", -timedelta(seconds=5)), claim("now"), later):
        hand.take(one, NOON)
    assert hand.ready == 2
    hand.is_ready([later])
    assert hand.ready == 3
    hand.let_go(["past", "later"])
    assert (hand.ready, list(hand.claims)) == (1, ["now"])


def test_the_newest_lease_is_the_one_in_hand() -> None:
    hand = Hand()
    first, renewed = claim("a"), claim("a", timedelta(seconds=1))
    hand.take(first, NOON)
    hand.take(renewed, NOON)
    assert hand.newest([first]) == [renewed]
