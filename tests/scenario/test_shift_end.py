"""Severity A asks for a handover half an hour before its owner's day ends; nothing else does."""

import pytest

from playbook.model import Note
from storage.base import Delete
from storage.records import Delivery
from tests.fakes.channel import Chat, Sent
from tests.scenario.running import with_zone
from tests.scenario.scene import NUMBER, Scene, one

HEARD = {"fqr_sent_on": "2026-11-23", "fqr_sent_time": "08:30"}  # no clock runs beside it


@pytest.fixture
async def ada(scene: Scene) -> Chat:
    """Ada, who owns a case of severity A; it is Monday 9:00 in London, and her day ends at 18:00."""
    await scene.registered(scene.chat(), severity="A", **HEARD)
    return scene.chat()


async def asked(scene: Scene, chat: Chat, **later: float) -> list[Sent]:
    """What came into this chat meanwhile about the end of a day."""
    return [sent for sent in await scene.comes(chat, **later) if "your day ends" in sent.words]


async def test_it_asks_half_an_hour_before_the_end_of_each_working_day(scene: Scene, ada: Chat) -> None:
    assert await asked(scene, ada, hours=8, minutes=29) == []
    ask = one(await asked(scene, ada, minutes=1))
    assert f"Severity A: your day ends 18:00 GMT. Hand case {NUMBER} over?" in ask.words
    assert ask.titles == ["Hand over", "I stay on it"]
    assert "To whom" in (await scene.opens(ada, ask, "Hand over")).words
    for _ in range(4):  # Tuesday to Friday
        one(await asked(scene, ada, days=1))
    assert await asked(scene, ada, days=2) == []
    one(await asked(scene, ada, days=1))  # Monday


async def test_who_stays_is_written_down_once_a_day(scene: Scene, ada: Chat) -> None:
    ask = one(await asked(scene, ada, hours=8, minutes=30))
    heard = await scene.heard(ada, ask, "I stay on it")
    assert f"Noted: you stay on case {NUMBER}." in heard.text
    scene.clock.tick(minutes=1)
    assert "noted already" in (await scene.heard(ada, ask, "I stay on it")).text
    assert [type(fact) for fact in await scene.facts()] == [Note]
    assert await asked(scene, ada, minutes=20) == []
    ask = one(await asked(scene, ada, hours=23, minutes=39))  # Tuesday, of which nobody has said anything yet
    assert f"Noted: you stay on case {NUMBER}." in (await scene.heard(ada, ask, "I stay on it")).text
    assert [type(fact) for fact in await scene.facts()] == [Note, Note]


async def test_the_day_ends_by_its_owners_own_clock(scene: Scene) -> None:
    ada = scene.chat()
    await scene.on_team(with_zone(scene.team, ada.owner.key, zone="Europe/Berlin", country="DE"))
    await scene.registered(ada, severity="A", **HEARD)
    assert await asked(scene, ada, hours=7, minutes=29) == []
    assert "your day ends 18:00 CET" in one(await asked(scene, ada, minutes=1)).words


async def test_it_is_dropped_once_the_case_is_no_a_any_more_and_comes_back_with_it(scene: Scene, ada: Chat) -> None:
    await scene.edited(ada, severity="B")
    assert await asked(scene, ada, days=3) == []
    await scene.edited(ada, severity="A")
    assert len(await asked(scene, ada, hours=8, minutes=30)) == 1


async def test_a_case_that_becomes_severe_in_the_last_half_hour_asks_at_once(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="B", **HEARD)
    scene.clock.tick(hours=8, minutes=45)
    await scene.edited(ada, severity="A")
    one(await asked(scene, ada))
    await scene.edited(ada, title="SSH is down")
    assert await asked(scene, ada, minutes=10) == []


async def test_it_is_dropped_once_the_case_is_closed(scene: Scene, ada: Chat) -> None:
    await scene.press(ada, await scene.drafted_for(ada), "I sent it")
    assert await asked(scene, ada, days=3) == []
    assert [one for one in await scene.all(Delivery) if one.kind == "shift_end"] == []


async def test_handed_over_it_asks_the_new_owner_and_offered_it_asks_nobody(scene: Scene, ada: Chat) -> None:
    bo = scene.chat("Bo Okafor")
    await scene.say(bo, "/help")
    scene.clock.tick(hours=8)
    offer = await scene.offered(ada, bo)
    assert await asked(scene, ada, minutes=30) == []
    await scene.press(bo, offer, "Take it")
    one(await asked(scene, bo))  # his day ends then, too
    assert await asked(scene, ada, days=1) == []


async def test_a_cover_is_asked_at_the_end_of_their_day(scene: Scene, ada: Chat) -> None:
    bo = scene.chat("Bo Okafor")
    await scene.say(bo, "/help")
    await scene.say(ada, "/me away 23-24 Nov cover @Bo")
    ask = await asked(scene, bo, hours=8, minutes=30)
    assert "You cover for Ada Lovelace." in one(ask).words
    assert await asked(scene, ada) == []
    assert "To whom" in (await scene.opens(bo, one(ask), "Hand over")).words


async def test_nobodys_case_and_other_severities_ask_nobody(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="B", **HEARD)
    await scene.look(days=3)
    assert [one for one in await scene.all(Delivery) if one.kind == "shift_end"] == []
    assert "nothing asks you to stay" in (await scene.say(ada, f"/case {NUMBER} stay")).words


async def test_after_downtime_it_is_not_asked_for_a_day_that_is_over(scene: Scene, ada: Chat) -> None:
    await scene.stop()
    scene.clock.tick(hours=12)
    await scene.start()
    assert all("your day ends" not in sent.words for sent in ada.sent)
    one(await asked(scene, ada, hours=20, minutes=30))


async def test_a_case_that_nobody_saves_any_more_is_asked_for_from_the_next_start_on(scene: Scene, ada: Chat) -> None:
    """It was severe before there were askings; or a crash lost its next one."""
    [planned] = [each for each in (await scene.store.find(Delivery)).items if each.value.kind == "shift_end"]
    await scene.store.commit([Delete(Delivery, planned.value.id, planned.version)])
    assert await asked(scene, ada, hours=1) == []
    await scene.bot.tidy()
    await scene.bot.tidy()  # each night, and one asking all the same
    one(await asked(scene, ada, hours=7, minutes=30))
    await scene.bot.tidy()  # today's was asked
    assert await asked(scene, ada, minutes=10) == []
    one(await asked(scene, ada, hours=23, minutes=50))


async def test_a_start_asks_for_nothing_that_is_closed_nobodys_or_less_severe(scene: Scene, ada: Chat) -> None:
    bo = scene.chat("Bo Okafor")
    await scene.registered(bo, "2611220030004321", severity="B", **HEARD)
    await scene.press(ada, await scene.drafted_for(ada), "I sent it")
    await scene.look(days=1)
    await scene.bot.tidy()
    assert [each for each in await scene.all(Delivery) if each.kind == "shift_end"] == []


async def test_a_case_that_is_saved_while_its_owner_is_away_asks_the_cover_once(scene: Scene, ada: Chat) -> None:
    bo = scene.chat("Bo Okafor")
    await scene.say(bo, "/help")
    await scene.say(ada, "/me away 23-24 Nov cover @Bo")
    await scene.edited(ada, title="SSH is down")
    one(await asked(scene, bo, hours=8, minutes=30))
    one(await asked(scene, bo, days=1))
    await scene.edited(ada, title="SSH is down again")
    posts = len(bo.sent)
    one(await asked(scene, ada, days=1))  # she is back
    assert [sent for sent in bo.sent[posts:] if "your day ends" in sent.words] == []


async def test_a_start_while_the_owner_is_away_asks_who_covers(scene: Scene, ada: Chat) -> None:
    bo = scene.chat("Bo Okafor")
    await scene.say(bo, "/help")
    await scene.say(ada, "/me away 23-24 Nov cover @Bo")
    await scene.bot.tidy()
    one(await asked(scene, bo, hours=8, minutes=30))
    assert await asked(scene, ada) == []
