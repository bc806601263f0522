"""One's own digest: when the day begins, with what there is; off, weekly, or to the cover."""

from datetime import UTC, datetime, timedelta

from tests.scenario.digest.steps import SEVEN, began, due, sent
from tests.scenario.running import with_zone
from tests.scenario.scene import NUMBER, Scene, one

BERLIN = "Europe/Berlin"


async def test_ones_own_comes_when_the_day_begins_with_what_there_is(scene: Scene) -> None:
    ada = scene.chat()
    await began(scene, ada)
    await scene.registered(ada)
    await scene.say(ada, "/remind me 16:00 call Kenji")
    await scene.recorded(ada, "attempt", channel="mail", outcome="sent")
    assert await sent(scene, hours=1, minutes=59) == []
    digest = await due(scene, ada, minutes=1)
    assert digest.words.startswith("Your day\nMon 23 Nov 2026")
    for words in ("Due today", "call Kenji", "Waiting on the customer", f"[{NUMBER}] SSH times out"):
        assert words in digest.words
    opened = await scene.opens(ada, digest, "Open")
    assert "call Kenji" in opened.words


async def test_nothing_to_say_nothing_said_and_the_next_day_all_the_same(scene: Scene) -> None:
    ada = scene.chat()
    await began(scene, ada)
    assert await sent(scene, hours=2) == []
    await scene.say(ada, "/remind me tomorrow 16:00 call Kenji")
    assert "call Kenji" in (await due(scene, ada, days=1)).words


async def test_not_on_weekends(scene: Scene) -> None:
    scene.clock.at = SEVEN + timedelta(days=4)  # Friday
    ada = scene.chat()
    await began(scene, ada)
    await scene.say(ada, "/remind me mon 16:00 call Kenji")
    assert await sent(scene, hours=2) == []
    assert await sent(scene, days=2) == []
    assert "call Kenji" in (await due(scene, ada, days=1)).words


async def test_not_on_a_holiday_of_ones_own_place(scene: Scene) -> None:
    """25 and 26 December 2026 are Friday and Saturday; in Germany the first is none to work on."""
    scene.clock.at = datetime(2026, 12, 24, 7, 0, tzinfo=UTC)
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await scene.on_team(with_zone(scene.team, ada.owner.key, zone=BERLIN, country="DE"))
    await began(scene, ada, bo)
    for chat in (ada, bo):
        await scene.say(chat, "/remind me 2026-12-30 10:00 call Kenji")
        await scene.say(chat, "/remind me 2026-12-25 23:00 the feast")
    await scene.look(hours=3)
    found = await sent(scene, days=1)  # Friday
    assert [one.conversation for one in found] == [bo.where.id]
    found = await sent(scene, days=3)  # Monday
    assert {one.conversation for one in found if "Your day" in one.words} == {ada.where.id, bo.where.id}


async def test_the_hour_keeps_to_the_wall_clock_when_the_clocks_change(scene: Scene) -> None:
    """On 28 March 2027 London goes from GMT to BST: nine o'clock is then 8:00 UTC."""
    scene.clock.at = datetime(2027, 3, 26, 8, 0, tzinfo=UTC)  # Friday
    ada = scene.chat()
    await began(scene, ada)
    await scene.say(ada, "/remind me 2027-03-29 16:00 call Kenji")
    await scene.look(hours=1)
    scene.clock.at = datetime(2027, 3, 29, 7, 59, tzinfo=UTC)
    assert await sent(scene) == []
    assert "call Kenji" in (await due(scene, ada, minutes=1)).words


async def test_off_and_on_again(scene: Scene) -> None:
    ada = scene.chat()
    await began(scene, ada)
    await scene.say(ada, "/remind me fri 16:00 call Mia")
    await scene.say(ada, "/me digest off")
    for _ in range(3):
        assert await sent(scene, days=1) == []
    await scene.say(ada, "/me digest daily")
    assert "call Mia" in (await due(scene, ada, hours=26)).words


async def test_weekly_is_the_whole_list_on_the_weeks_first_working_day(scene: Scene) -> None:
    scene.clock.at = SEVEN + timedelta(days=1)  # Tuesday
    ada = scene.chat()
    await began(scene, ada)
    await scene.say(ada, "/me digest weekly")
    await scene.say(ada, "/remind me 2026-12-24 10:00 far away")
    assert await sent(scene, hours=2) == []
    assert await sent(scene, days=3) == []
    assert "far away" in (await due(scene, ada, days=3)).words  # Monday
    assert await sent(scene, days=1) == []


async def test_my_shows_the_same_at_any_time_and_what_comes_later(scene: Scene) -> None:
    ada = scene.chat()
    assert "Nothing is due, and nobody is waiting." in (await scene.say(ada, "/my")).words
    await scene.say(ada, "/remind me 16:00 call Kenji")
    await scene.say(ada, "/remind me 2026-12-24 10:00 far away")
    mine = await scene.say(ada, "/my")
    for words in ("Your day", "Due today", "call Kenji", "Later", "far away", "comes each working day"):
        assert words in mine.words
    scene.clock.tick(hours=10)
    assert "Overdue" in (await scene.say(ada, "/my")).words
    assert "Behind /my I know: first, overdue, today, later" in (await scene.say(ada, "/my dear")).words


async def test_a_case_that_is_solved_is_a_closing_that_is_ready(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, created_on="2026-11-20", fqr_sent_on="2026-11-20", fqr_sent_time="10:00")
    await scene.edited(ada, stage="resolution")
    mine = await scene.say(ada, "/my")
    assert f"Closings ready\n  1\n[{NUMBER}] SSH times out" in mine.words
    posts = len(ada.sent)
    await scene.heard(ada, mine, "Open")
    assert NUMBER in one(ada.sent[posts:]).words


async def test_what_is_many_is_counted(scene: Scene) -> None:
    ada = scene.chat()
    for n in range(20):
        scene.clock.tick(seconds=5)
        await scene.say(ada, f"/remind me 16:00 thing no. {n}")
    mine = await scene.say(ada, "/my")
    assert "Due today\n  20" in mine.words
    assert mine.titles.count("Show all") == 1


async def test_closed_cases_wait_for_nobody_however_many_there_are(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    await scene.recorded(ada, "attempt", channel="mail", outcome="sent")
    for n in range(16):
        scene.clock.at -= timedelta(hours=1)  # touched before the one that is open
        await scene.press(ada, await scene.drafted(ada, f"260{n:02}"), "I sent it")
    scene.clock.at += timedelta(hours=17)
    mine = await scene.say(ada, "/my")
    assert "Waiting on the customer\n  1" in mine.words
    assert f"[{NUMBER}]" in mine.words


async def test_while_away_the_digest_goes_to_the_cover(scene: Scene) -> None:
    await scene.online()
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await began(scene, ada, bo)
    await scene.say(ada, "/remind me 16:00 call Kenji")
    await scene.say(ada, "/me away 23-24 Nov cover @Bo")
    digest = await due(scene, bo, hours=2)
    assert digest.words.startswith("A colleague's day")
    assert "You cover for Ada Lovelace." in digest.words
    opened = await scene.opens(bo, digest, "Open")
    await scene.look(hours=7)
    await scene.press(bo, bo.sent[-1], "Done")
    assert "Done by Bo Okafor" in opened.words
