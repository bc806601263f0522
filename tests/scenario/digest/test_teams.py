"""The team's digest, before its triage."""

from storage.records import Delivery
from tests.scenario.digest.steps import began, sent
from tests.scenario.scene import NUMBER, Scene, one


async def test_the_teams_comes_before_its_triage_on_working_days_with_names(scene: Scene) -> None:
    room, ada = scene.channel.room(), scene.chat()
    await scene.say(room, "/help")  # it becomes the team's
    await scene.bot.tidy()
    await scene.registered(ada)
    await scene.say(ada, f"/remind me {NUMBER} fri 16:00 call Kenji")
    assert await sent(scene, days=1, hours=2, minutes=15) == []  # Tuesday 9:15: nothing is due
    for _ in range(2):
        assert await sent(scene, days=1) == []
    digest = one(await sent(scene, days=1), lambda one: one.conversation == room.where.id)  # Friday 9:15
    assert digest.words.startswith("Today's cases\nFri 27 Nov 2026")
    assert "call Kenji" in digest.words
    assert "Ada Lovelace" in digest.words
    await scene.heard(room, digest, "Open", by="Bo Okafor")
    assert f"[{NUMBER}]" in scene.chat("Bo Okafor").sent[-1].words
    await scene.look(hours=8)  # it is due now
    assert [one for one in await sent(scene, days=2) if "Today's" in one.words] == []
    assert [one.words[:13] for one in await sent(scene, hours=16) if one.conversation == room.where.id] == [
        "Today's cases"
    ]


async def test_without_a_team_channel_there_is_none(scene: Scene) -> None:
    await began(scene, scene.chat())
    assert [one.kind for one in await scene.all(Delivery)] == ["own_digest"]
