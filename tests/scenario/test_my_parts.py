"""`/my overdue` and the other parts of one's own things: each alone, all of it, in pages on one card."""

from datetime import timedelta

import pytest

from dialogs.today import SHOWN
from playbook.model import Case, FollowUp, FollowUpKind, Stage, WaitingOn
from storage.base import Save
from tests.fakes.channel import Sent
from tests.scenario.scene import MONDAY, Scene


async def due(scene: Scene, text: str, hours: float, kind: FollowUpKind = FollowUpKind.REMINDER) -> None:
    """Something of Ada's that is due so many hours from Monday, 09:00."""
    ada = scene.channel.person("Ada Lovelace").key
    one = FollowUp(
        id=f"f-{text}",
        person=ada,
        by=ada,
        kind=kind,
        text=text,
        due_at=MONDAY + timedelta(hours=hours),
        zone="Europe/London",
        created_at=MONDAY,
        touched_at=MONDAY,
    )
    await scene.store.commit([Save(one)])


async def case(scene: Scene, number: str, stage: Stage, waiting: WaitingOn, closes: float = 0) -> None:
    at = MONDAY + timedelta(minutes=int(number))
    kept = Case(
        id=number,
        number=number,
        title=f"Case {number}",
        owner=scene.channel.person("Ada Lovelace").key,
        stage=stage,
        waiting_on=waiting,
        closes_at=MONDAY + timedelta(hours=closes) if closes else None,
        created_at=MONDAY,
        recorded_at=MONDAY,
        touched_at=at,
    )
    await scene.store.commit([Save(kept)])


def told(sent: Sent) -> list[str]:
    """What stands in bold on the rows: `thing 1`, `[1] Case 1`."""
    return [line for line in sent.words.splitlines() if line.startswith(("thing", "["))]


async def test_what_has_more_than_a_page_is_paged_in_its_place(scene: Scene) -> None:
    for n in range(SHOWN + 4):
        await due(scene, f"thing {n:02}", -10 + n / 100)
    ada = scene.chat()
    every = [f"thing {n:02}" for n in range(SHOWN + 4)]
    part = await scene.say(ada, "/my overdue")
    assert told(part) == every[:SHOWN]
    await scene.press(ada, part, "Next")
    await scene.restart()
    assert told(part) == every[SHOWN:]
    assert "Page 2" in part.words
    assert "Next" not in part.titles
    await scene.press(ada, part, "Back")
    assert told(part) == every[:SHOWN]
    assert "Back" not in part.titles


async def test_the_whole_card_leads_to_each_part_that_it_has_no_room_for(scene: Scene) -> None:
    for n in range(SHOWN + 9):
        await due(scene, f"thing {n:02}", -10 + n / 100)
    await due(scene, "thing later", 100)
    ada = scene.chat()
    whole = await scene.say(ada, "/my")
    assert whole.titles.count("Show all") == 1
    part = await scene.opens(ada, whole, "Show all")
    assert "Overdue" in part.words
    assert len(told(part)) == SHOWN


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ("overdue", ["thing late"]),  # what was promised to a customer stands among the promises
        ("today", ["thing today"]),
        ("later", ["thing later", "thing promised later"]),
        ("promises", ["thing promised", "thing promised later"]),
        ("waiting", ["[1] Case 1", "[4] Case 4"]),
        ("closings", ["[2] Case 2", "[3] Case 3"]),
    ],
)
async def test_each_part_alone(scene: Scene, part: str, found: list[str]) -> None:
    await due(scene, "thing late", -2)
    await due(scene, "thing promised", -1, FollowUpKind.PROMISE)
    await due(scene, "thing today", 5)
    await due(scene, "thing later", 30)
    await due(scene, "thing promised later", 50, FollowUpKind.PROMISE)
    await case(scene, "1", Stage.INVESTIGATION, WaitingOn.CUSTOMER)
    await case(scene, "2", Stage.RESOLUTION, WaitingOn.US)
    await case(scene, "3", Stage.RESOLUTION, WaitingOn.US, closes=8)
    await case(scene, "4", Stage.ESCALATION, WaitingOn.CUSTOMER)
    await case(scene, "5", Stage.CLOSED, WaitingOn.CUSTOMER)
    ada = scene.chat()
    shown = await scene.say(ada, f"/my {part}")
    assert told(shown) == found
    if part == "closings":
        assert "closes by itself today, 17:00 GMT" in shown.words
    bo = scene.chat("Bo Okafor")
    assert "Nothing stands here." in (await scene.say(bo, f"/my {part}")).words


async def test_in_a_channel_it_goes_to_ones_own_chat(scene: Scene) -> None:
    await due(scene, "thing late", -2)
    own, room = scene.chat(), scene.channel.room()
    await scene.say(own, "/help")
    await scene.say(room, "/my overdue", by="Ada Lovelace")
    assert told(own.sent[-1]) == ["thing late"]
    assert not any("thing late" in sent.words for sent in room.sent)


async def test_a_first_response_and_a_customer_who_answered_stand_first_as_next_names_them(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="B")
    await scene.recorded(ada, "answered", answer="answer", text="It still fails.")
    up_next = (await scene.say(ada, "/next")).words
    mine = (await scene.say(ada, "/my")).words
    for what in ("Validate the request and answer it", "Answer Kenji Tanaka"):
        assert what in up_next
        assert mine.index("First") < mine.index(what)
    part = (await scene.say(ada, "/my first")).words
    assert part.index("Validate the request") < part.index("Answer Kenji Tanaka")


async def test_what_goes_first_is_paged_too(scene: Scene) -> None:
    ada = scene.chat()
    for n in range(SHOWN + 2):
        await scene.registered(ada, number=f"26112200300{n:02}", severity="B")
    part = await scene.say(ada, "/my first")
    assert part.words.count("Validate the request") == SHOWN
    await scene.press(ada, part, "Next")
    assert part.words.count("Validate the request") == 2
    assert "Next" not in part.titles
