"""The issuer's keys: rolled, withdrawn, away, slow, and asked for once."""

import asyncio

import pytest

from tests.fakes.issuer import FakeIssuer
from tests.scenario.auth.tokens import Bot, tampered


async def test_a_withdrawn_key_ends_its_tokens(bot: Bot, issuer: FakeIssuer) -> None:
    token = issuer.bearer()
    assert (await bot.post(token))[0] == 200
    del issuer.keys["teams"]
    issuer.add("next")
    bot.now += 61
    assert (await bot.post(issuer.bearer("next")))[0] == 200
    assert (await bot.post(token))[0] == 401


async def test_a_rolled_key_is_accepted_within_a_minute(bot: Bot, issuer: FakeIssuer) -> None:
    assert (await bot.post(issuer.bearer()))[0] == 200
    issuer.add("rolled")
    bot.now += 60
    assert (await bot.post(issuer.bearer("rolled")))[0] == 200
    assert issuer.hits == 2


async def test_the_issuer_down_with_no_keys_yet(bot: Bot, issuer: FakeIssuer) -> None:
    issuer.fail = 503
    assert await bot.post(issuer.bearer()) == (503, "10")
    assert await bot.post(issuer.bearer()) == (503, "10")
    assert issuer.hits == 1, "it is left alone for a while"
    issuer.fail = 0
    bot.now += 10
    assert (await bot.post(issuer.bearer()))[0] == 200


@pytest.mark.parametrize(("days", "status"), [(1.1, 200), (4.9, 200), (5.1, 503)])
async def test_the_issuer_down_with_old_keys(bot: Bot, issuer: FakeIssuer, days: float, status: int) -> None:
    assert (await bot.post(issuer.bearer()))[0] == 200
    issuer.fail = 503
    bot.now += days * 86400
    assert (await bot.post(issuer.bearer()))[0] == status


async def test_bad_tokens_are_refused_also_while_the_issuer_is_down(bot: Bot, issuer: FakeIssuer) -> None:
    assert (await bot.post(issuer.bearer()))[0] == 200
    issuer.fail = 503
    bot.now += 2 * 86400
    assert (await bot.post(tampered(issuer)))[0] == 401
    assert (await bot.post("Bearer abc"))[0] == 401


async def test_many_unknown_keys_cause_one_fetch(bot: Bot, issuer: FakeIssuer) -> None:
    assert (await bot.post(issuer.bearer()))[0] == 200
    bot.now += 61
    tokens = ["Bearer " + issuer.sign(issuer.claims(), kid=f"x{number}") for number in range(40)]
    answers = await asyncio.gather(*(bot.post(token) for token in tokens))
    assert {status for status, _ in answers} == {401}
    assert issuer.hits == 2


async def test_a_slow_issuer_holds_up_only_who_needs_it(bot: Bot, issuer: FakeIssuer) -> None:
    """The issuer here runs in the bot's own loop: a call that blocks it would never return."""
    assert (await bot.post(issuer.bearer()))[0] == 200
    issuer.add("rolled")
    bot.now += 61
    issuer.hold()
    waiting = asyncio.create_task(bot.post(issuer.bearer("rolled")))
    issuer.asked.clear()
    await issuer.asked.wait()
    assert (await bot.post(issuer.bearer()))[0] == 200
    assert not waiting.done()
    issuer.release()
    assert (await waiting)[0] == 200
