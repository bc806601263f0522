"""The clock of the first response: pinged at half, shortly before, and when missed; stopped at the time it went."""

from datetime import timedelta

import pytest

from playbook.model import Severity
from storage.records import Delivery
from tests.scenario.scene import MONDAY, NUMBER, Scene, one

# severity, minutes to half, to a quarter of an hour before, to the goal; Monday 9:00 is when the hours begin
GOALS = {"A": (30, 45, 60), "B": (120, 225, 240), "C": (240, 465, 480)}


@pytest.mark.parametrize("severity", GOALS)
async def test_each_severity_has_its_goal_and_three_pings(scene: Scene, severity: str) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity=severity)
    half, shortly, goal = GOALS[severity]
    at = f"{MONDAY + timedelta(minutes=goal):%H:%M}"
    await scene.quiet(minutes=half - 1)
    ping = await scene.only(ada, minutes=1)
    assert f"The first response of case {NUMBER} is due Mon 23 Nov, {at} GMT." in ping.words
    assert "SSH times out" in ping.words
    assert f"[{NUMBER}]" in (await scene.opens(ada, ping, "Open case")).words
    await scene.only(ada, minutes=shortly - half)
    missed = await scene.only(ada, minutes=goal - shortly)
    assert f"was due Mon 23 Nov, {at} GMT and has not gone" in missed.words
    await scene.quiet(hours=5)  # before severity A asks for a handover
    assert [one for one in await scene.all(Delivery) if one.kind == "fqr"] == []


async def test_a_missed_one_is_told_to_the_engineer_then_to_the_teams_channel(scene: Scene) -> None:
    ada, room = scene.chat(), scene.channel.room()
    await scene.say(room, "/help")  # it becomes the team's
    await scene.registered(ada, severity="A")
    await scene.look(minutes=45)
    await scene.only(ada, minutes=15)
    told = await scene.only(room, minutes=1)
    assert f"The first response of case {NUMBER} was due Mon 23 Nov, 10:00 UTC and has not gone." in told.words
    assert "SSH times out" in told.words
    await scene.quiet(hours=5)


async def test_the_team_hears_of_it_though_the_engineer_cannot_be_reached(scene: Scene) -> None:
    ada, room = scene.chat(), scene.channel.room()
    await scene.say(room, "/help")
    await scene.registered(ada, severity="A")
    scene.channel.refuse(403, on="post")
    await scene.quiet(minutes=30)
    await scene.quiet(minutes=30)
    await scene.only(room, minutes=1)


async def test_severity_a_runs_through_the_night_and_the_weekend(scene: Scene) -> None:
    scene.clock.at = MONDAY - timedelta(days=2, hours=6)  # Saturday, 3:00
    ada = scene.chat()
    await scene.registered(ada, severity="A")
    await scene.only(ada, minutes=30)


async def test_others_stand_still_out_of_hours(scene: Scene) -> None:
    scene.clock.at = MONDAY - timedelta(days=3) + timedelta(hours=8)  # Friday, 17:00: an hour is left
    ada = scene.chat()
    await scene.registered(ada, severity="B")
    await scene.quiet(days=2, hours=16, minutes=59)
    ping = await scene.only(ada, hours=0, minutes=61)  # Monday, 10:00: half of four hours
    assert "due Mon 23 Nov, 12:00 GMT" in ping.words


async def test_without_a_severity_there_is_no_clock(scene: Scene) -> None:
    await scene.registered(scene.chat())
    await scene.quiet(days=9)


async def test_counted_from_when_the_customer_opened_it(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="A", created_on="2026-11-23", created_time="08:20")
    await scene.only(ada, minutes=5)  # half is over; a quarter of an hour is left
    await scene.only(ada, minutes=15)


async def test_one_that_was_late_before_it_was_registered_is_told_at_once(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="A", created_on="2026-11-20", created_time="10:00")
    assert "has not gone" in (await scene.only(ada)).words
    await scene.quiet(hours=9)


async def test_another_severity_is_another_goal(scene: Scene) -> None:
    ada = scene.chat()
    card = await scene.registered(ada, severity="C")
    await scene.edited(ada, severity="A")
    assert "First response due \ntoday, 10:00 GMT" in card.words
    await scene.only(ada, minutes=30)
    await scene.only(ada, minutes=15)
    await scene.only(ada, minutes=15)
    await scene.quiet(days=1)


async def test_changed_and_back_again_nothing_is_doubled(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="B")
    await scene.edited(ada, severity="C")
    await scene.edited(ada, severity="B")
    for minutes in (120, 105, 15):
        await scene.only(ada, minutes=minutes)
    await scene.quiet(days=1)


async def test_it_stops_when_the_response_is_marked_sent_at_the_time_it_was(scene: Scene) -> None:
    ada = scene.chat()
    card = await scene.registered(ada, severity="A")
    await scene.look(minutes=40)
    await scene.edited(ada, fqr_sent_on="2026-11-23", fqr_sent_time="09:25")
    assert (await scene.case()).fqr_sent_at == MONDAY + timedelta(minutes=25)
    assert "First response" not in card.words
    await scene.quiet(days=1)


async def test_a_mark_that_is_taken_back_starts_it_again(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="A")
    await scene.edited(ada, fqr_sent_on="2026-11-23", fqr_sent_time="09:00")
    await scene.edited(ada, fqr_sent_on="", fqr_sent_time="")
    await scene.only(ada, minutes=30)
    await scene.only(ada, minutes=15)


async def test_it_stops_with_the_case(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="A")
    await scene.press(ada, await scene.drafted_for(ada), "I sent it")
    await scene.quiet(days=1)


async def test_it_goes_with_the_case_to_its_new_owner(scene: Scene) -> None:
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await scene.say(bo, "/help")
    await scene.registered(ada, severity="A")
    await scene.handed_over(ada, bo)
    assert "took case" in (await scene.only(ada, minutes=0)).words
    for minutes in (30, 15, 15):
        await scene.only(bo, minutes=minutes)
    await scene.quiet(days=1)


async def test_it_goes_to_the_cover_of_an_owner_who_is_away(scene: Scene) -> None:
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await scene.say(bo, "/help")
    await scene.registered(ada, severity="A")
    await scene.say(ada, "/me away today cover @Bo")
    await scene.only(bo, minutes=30)


async def test_after_downtime_only_the_last_of_its_pings_is_told(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="A")
    await scene.stop()
    scene.clock.tick(minutes=50)
    posts = len(ada.sent)
    await scene.start()
    assert "is due" in one(ada.sent[posts:]).words
    await scene.only(ada, minutes=10)


async def test_a_restart_doubles_nothing(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="A")
    await scene.only(ada, minutes=30)
    await scene.restart()
    await scene.quiet()
    await scene.only(ada, minutes=15)
    assert (await scene.case()).severity is Severity.A


async def test_the_clock_stands_still_while_the_case_waits_on_the_customer(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="A")
    await scene.quiet(minutes=20)
    await scene.edited(ada, waiting_on="customer")
    assert "paused, waiting on the customer" in (await scene.say(ada, f"/case {NUMBER}")).words
    await scene.quiet(minutes=60)  # its goal would have been missed by now
    await scene.edited(ada, waiting_on="us")
    at = f"{MONDAY + timedelta(minutes=60 + 60):%H:%M}"
    ping = await scene.only(ada, minutes=10)  # half of its own time has gone
    assert f"is due Mon 23 Nov, {at} GMT." in ping.words


async def test_a_solution_is_a_first_response_too_where_none_went_before_it(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="A")
    form = await scene.say(ada, f"/case {NUMBER} solution")
    typed = {"resolution": "Restart the build servers.", "solved_when": "ssh build01 opens a session"}
    draft = await scene.press(ada, form, "Draft", **typed)
    await scene.press(ada, draft, "I sent it")
    assert (await scene.case()).fqr_sent_at == scene.clock.at
    await scene.recorded(ada, "answered", answer="answer", text="It still fails.")
    assert "first response" not in (await scene.say(ada, f"/case {NUMBER}")).words.lower()
    await scene.press(ada, draft, "Undo")
    assert (await scene.case()).fqr_sent_at is None
