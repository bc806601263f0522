"""`/board`: the team's open cases on one card: filtered, paged in place, and what it keeps to itself in a channel."""

from datetime import timedelta
from typing import Any

import pytest

from dialogs.board_page import ROWS
from playbook.model import Case, Contact, FollowUp, FollowUpKind, Severity, Stage, WaitingOn
from storage.base import Save
from storage.records import Flow
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import MONDAY, Scene, inputs, one


async def kept(scene: Scene, number: str, **facts: Any) -> Case:
    """A case of Ada's in the store."""
    at = scene.clock.at
    given: dict[str, Any] = {
        "id": f"c{number}",
        "number": number,
        "title": f"Case {number}",
        "owner": scene.channel.person("Ada Lovelace").key,
        "contacts": (Contact(name="Ana Sato", email="ana.sato@example.com", phone="+81 3 0000"),),
        "company": "Contoso",
        "created_at": at,
        "recorded_at": at,
        "touched_at": at,
    }
    case = Case(**(given | facts))
    await scene.store.commit([Save(case)])
    return case


async def many(scene: Scene, count: int) -> None:
    """So many cases; the later ones were touched later."""
    for n in range(count):
        await kept(scene, f"10{n:02}", touched_at=MONDAY + timedelta(minutes=n))


def numbers(sent: Sent) -> list[str]:
    """The cases on a board, in order."""
    found = [row.partition("]")[0] for row in sent.words.split("[")[1:]]
    return [one for one in found if one.isdecimal()]


def said(sent: Sent) -> str:
    """The card's words on one line."""
    return " ".join(sent.words.split())


async def test_it_is_paged_in_its_place_forth_and_back(scene: Scene) -> None:
    await many(scene, 2 * ROWS + 3)
    ada = scene.chat()
    board = await scene.say(ada, "/board")
    newest = [f"10{n:02}" for n in reversed(range(2 * ROWS + 3))]
    assert numbers(board) == newest[:ROWS]
    assert "page 1" in board.words
    assert "Back" not in board.titles
    await scene.press(ada, board, "Next")
    assert numbers(board) == newest[ROWS : 2 * ROWS]
    await scene.restart()
    await scene.press(ada, board, "Next")
    assert numbers(board) == newest[2 * ROWS :]
    assert "page 3" in board.words
    assert "Next" not in board.titles
    await scene.press(ada, board, "Back")
    assert numbers(board) == newest[ROWS : 2 * ROWS]


async def test_a_stale_click_changes_nothing(scene: Scene) -> None:
    await many(scene, 2 * ROWS + 3)
    ada = scene.chat()
    board = await scene.say(ada, "/board")
    stale = board.versions[-1]
    await scene.press(ada, board, "Next")
    second = numbers(board)
    board.versions.append(stale)
    await scene.heard(ada, board, "Next")
    assert numbers(board) == second
    assert len(one(await scene.all(Flow)).values["marks"].split()) == 1


FILTERS = [
    ("mine", ["1"]),
    ("nobody's", ["2"]),
    ("@Bo", ["3", "4", "5", "6"]),
    ("@bo okafor sev b", ["4"]),
    ("sev A", ["3"]),
    ("severity unknown", ["1", "2", "5", "6"]),
    ("stage escalation", ["5"]),
    ("resolution", ["6"]),
    ("waiting customer", ["4"]),
    ("waiting on vendor", ["5"]),
    ("sev A waiting us", ["3"]),
    ("sev A waiting vendor", []),
    ("@Bo waiting vendor stage escalation sev unknown", ["5"]),
    ("product virtual machines", ["3", "5"]),
    ("product virtual machines sev A", ["3"]),
    ("area Intune mine", ["1"]),
]


@pytest.fixture
async def six(scene: Scene) -> Chat:
    bo = scene.channel.person("Bo Okafor").key
    await kept(scene, "1", product="Intune")
    await kept(scene, "2", owner="")
    await kept(scene, "3", owner=bo, severity=Severity.A, product="Virtual Machines")
    await kept(scene, "4", owner=bo, severity=Severity.B, waiting_on=WaitingOn.CUSTOMER)
    await kept(
        scene, "5", owner=bo, stage=Stage.ESCALATION, waiting_on=WaitingOn.VENDOR, title="Virtual machines are slow"
    )
    await kept(scene, "6", owner=bo, stage=Stage.RESOLUTION, symptom="It says virtual machines elsewhere")
    await kept(scene, "7", stage=Stage.CLOSED, product="Virtual Machines")
    return scene.chat()


@pytest.mark.parametrize(("typed", "found"), FILTERS, ids=[typed for typed, _ in FILTERS])
@pytest.mark.parametrize("order", ["", " sla"])
async def test_it_is_filtered_by_what_is_typed(
    scene: Scene, six: Chat, typed: str, found: list[str], order: str
) -> None:
    board = await scene.say(six, f"/board {typed}{order}")
    assert sorted(numbers(board)) == found
    if not found:
        assert "No open case fits this filter." in board.words
        await scene.press(six, board, "All")
        assert sorted(numbers(board)) == ["1", "2", "3", "4", "5", "6"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("purple", "I don't know the filter “purple”. There are: mine"),
        ("sev D", "Behind “sev” stands one of: A, B, C, unknown."),
        ("waiting", "Behind “waiting” stands one of: us, customer, vendor."),
        ("stage closed", "/find looks through the closed ones"),
        ("@Nobody", "Nobody of the team is called “Nobody”."),
        ("@", "Put a colleague's name behind @."),
        ("product sev A", "Put words of the product behind “product”."),
    ],
)
async def test_what_it_does_not_know_is_answered_with_what_there_is(scene: Scene, typed: str, said: str) -> None:
    assert said in (await scene.say(scene.chat(), f"/board {typed}")).words


async def test_nothing_open_says_so(scene: Scene) -> None:
    await kept(scene, "7", stage=Stage.CLOSED)
    board = await scene.say(scene.chat(), "/board")
    assert "There is no open case." in board.words


async def test_the_form_filters_and_keeps_what_was_chosen(scene: Scene, six: Chat) -> None:
    board = await scene.say(six, "/board @Bo")
    await scene.press(six, board, "Filter")
    assert inputs(board)["whose"] == scene.channel.person("Bo Okafor").key
    await scene.press(six, board, "Show", severity="B", whose="any")
    assert numbers(board) == ["4"]
    await scene.press(six, board, "Filter")
    assert inputs(board)["severity"] == "B"
    await scene.press(six, board, "Cancel")
    assert numbers(board) == ["4"]


async def test_a_forged_filter_is_refused_at_its_field_and_harms_nothing(scene: Scene, six: Chat) -> None:
    board = await scene.say(six, "/board sev A")
    await scene.press(six, board, "Filter")
    await scene.press(six, board, "Show", forge=True, stage="purple", words="kept")
    assert "Please choose one of the list." in board.words
    assert inputs(board)["words"] == "kept"
    await scene.press(six, board, "Cancel")
    assert numbers(board) == ["3"]


async def test_the_nearest_first_response_comes_first_then_what_was_touched_last(scene: Scene) -> None:
    ada = scene.chat()
    for number, severity in (("31", "C"), ("32", "A"), ("33", "none"), ("34", "B"), ("35", "A")):
        await scene.registered(ada, number, severity=severity)
        scene.clock.tick(minutes=1)
    board = await scene.say(ada, "/board sla")
    assert numbers(board) == ["32", "35", "34", "31", "33"]
    assert "First response due today, 10:01 GMT" in said(board)


async def test_the_pages_of_that_order_hold_each_case_once(scene: Scene) -> None:
    due = [MONDAY + timedelta(hours=n) for n in range(ROWS)]
    for n, at in enumerate(due):
        await kept(scene, f"{100 + n}", severity=Severity.B, fqr_due_at=at)
    for n in range(ROWS + 2):
        await kept(scene, f"{200 + n}", touched_at=MONDAY - timedelta(minutes=n))
    ada = scene.chat()
    board = await scene.say(ada, "/board sla")
    found = numbers(board)
    for _ in range(2):
        await scene.press(ada, board, "Next")
        found += numbers(board)
    assert found == [f"{100 + n}" for n in range(ROWS)] + [f"{200 + n}" for n in range(ROWS + 2)]
    assert "Next" not in board.titles


async def test_what_is_over_its_time_is_marked(scene: Scene) -> None:
    await kept(scene, "1")
    await kept(scene, "2")
    late = FollowUp(
        id="f1",
        person="x",
        by="x",
        kind=FollowUpKind.NEXT_STEP,
        text="Call Ana",
        case_id="c1",
        due_at=MONDAY - timedelta(hours=1),
        zone="Europe/London",
        created_at=MONDAY,
        touched_at=MONDAY,
    )
    await scene.store.commit([Save(late)])
    board = await scene.say(scene.chat(), "/board")
    assert said(board).count("Overdue: next step due today, 08:00 GMT") == 1
    assert "Untouched since today, 09:00 GMT" in said(board)


async def test_in_a_channel_it_names_no_customer_and_in_ones_own_chat_it_does(scene: Scene) -> None:
    await kept(scene, "1")
    room = scene.channel.room()
    board = await scene.say(room, "/board", by="Ada Lovelace")
    assert numbers(board) == ["1"]
    assert not any(secret in str(board.versions) for secret in ("Ana", "example.com", "Contoso", "0000"))
    own = await scene.say(scene.chat(), "/board")
    assert "Ana Sato · Contoso" in own.words
    assert "example.com" not in str(own.versions)


async def test_a_colleague_pages_a_board_of_their_own(scene: Scene) -> None:
    await many(scene, ROWS + 1)
    room = scene.channel.room()
    board = await scene.say(room, "/board", by="Ada Lovelace")
    before = numbers(board)
    await scene.heard(room, board, "Next", by="Bo Okafor")
    assert numbers(board) == before


async def test_a_row_opens_its_case(scene: Scene) -> None:
    await kept(scene, "41")
    ada = scene.chat()
    board = await scene.say(ada, "/board")
    case = await scene.opens(ada, board, "Open")
    assert "[41]" in case.words


async def test_it_is_for_the_team(scene: Scene) -> None:
    await scene.online()
    refused = await scene.say(scene.chat("Mallory"), "/board")
    assert "Seeing the board is for people of the team." in refused.words


async def test_the_card_says_as_of_when_it_is_and_refresh_brings_it_up_to_date(scene: Scene) -> None:
    """Nothing pushes it: in a channel it may stand for days."""
    ada = scene.chat()
    await kept(scene, "1001")
    board = await scene.say(ada, "/board")
    assert "As of Mon 23 Nov, 09:00 GMT" in board.words
    await kept(scene, "1002")
    scene.clock.tick(days=1, hours=1)
    assert numbers(board) == ["1001"]
    await scene.press(ada, board, "Refresh")
    assert "As of Tue 24 Nov, 10:00 GMT" in board.words
    assert sorted(numbers(board)) == ["1001", "1002"]


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        (FollowUpKind.NEXT_STEP, "Next step due"),
        (FollowUpKind.PROMISE, "Promise due"),
        (FollowUpKind.CHASE, "Chase due"),
        (FollowUpKind.REMINDER, "Reminder due"),
        (FollowUpKind.INCIDENT, "News of the incident due"),
        (FollowUpKind.ESCALATION, "Word from the vendor due"),
    ],
)
async def test_a_row_says_what_is_due_first(scene: Scene, kind: FollowUpKind, what: str) -> None:
    case = await kept(scene, "1001")
    ada = scene.channel.person("Ada Lovelace").key
    for n in (2, 1):
        waiting = FollowUp(
            id=f"f{n}",
            kind=kind if n == 1 else FollowUpKind.NEXT_STEP,
            person=ada,
            by=ada,
            case_id=case.id,
            text="it",
            due_at=MONDAY + timedelta(hours=n),
            zone="Europe/London",
            created_at=MONDAY,
            touched_at=MONDAY,
        )
        await scene.store.commit([Save(waiting)])
    assert f"{what} today, 10:00 GMT" in said(await scene.say(scene.chat(), "/board"))
