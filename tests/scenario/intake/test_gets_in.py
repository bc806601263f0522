"""What gets in: kept once, told to the team's channel without the customer's address, and the page's own example."""

import asyncio
import os
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from playbook.model import Case, Severity
from storage.records import Arrival
from tests.fakes.channel import Chat
from tests.fakes.ticketing import Ticketing
from tests.scenario.intake.steps import ASKED, arrive, card_in
from tests.scenario.scene import INTAKE_SECRET, MONDAY, Scene


async def test_a_case_is_kept_and_comes_to_the_teams_channel_without_the_customers_address(
    scene: Scene, tool: Ticketing, room: Chat
) -> None:
    got = await arrive(scene, tool)
    case = await scene.case("26112301")
    assert got.status == 201
    assert got.body == {
        "id": case.id,
        "case_number": "26112301",
        "stage": "validation",
        "created_at": "2026-11-23T08:50:00Z",
    }
    assert (case.owner, case.severity, case.created_at) == ("", Severity.A, MONDAY - timedelta(minutes=10))
    assert case.main_contact is not None
    assert case.main_contact.email == "ana.sato@example.com"
    card = card_in(room)
    for said in ("[26112301]", "Cannot connect to VM", "Virtual Machines", "Premier/Unified", "First response due"):
        assert said in card.words
    assert card.titles == ["Take it"]
    shown = str(card.versions)
    assert not any(secret in shown for secret in ("Ana", "example.com", "0000"))


async def test_the_same_request_has_one_effect_and_gets_the_same_answer(
    scene: Scene, tool: Ticketing, room: Chat
) -> None:
    first = await arrive(scene, tool)
    await scene.look(minutes=10)
    again = await arrive(scene, tool)  # a fresh signature, as a retry has
    await scene.restart()
    third = await arrive(scene, tool)
    assert first[:2] == again[:2] == third[:2]
    assert len(await scene.all(Case)) == 1
    assert card_in(room)


async def test_many_at_once_make_one_case(scene: Scene, tool: Ticketing, room: Chat) -> None:
    got = await asyncio.gather(*(tool.send(ASKED, scene.clock.at) for _ in range(8)))
    await scene.look()
    assert {(one.status, one.body["id"]) for one in got} == {(201, (await scene.case("26112301")).id)}
    assert card_in(room)


async def test_two_deliveries_of_one_number_at_once_make_one_case(scene: Scene, tool: Ticketing) -> None:
    got = await asyncio.gather(*(tool.send(ASKED, scene.clock.at, id=f"msg_{n}") for n in range(6)))
    assert sorted(one.status for one in got) == [201, 409, 409, 409, 409, 409]
    assert len(await scene.all(Case)) == 1


async def test_a_number_that_exists_is_refused_and_nothing_changes(scene: Scene, tool: Ticketing) -> None:
    ada = scene.chat()
    await scene.registered(ada, "26112301")
    before = await scene.case("26112301")
    got = await arrive(scene, tool)
    assert got.status == 409
    assert got.body["error"]["message"] == "A case with this number is registered already; nothing was changed."
    assert await scene.case("26112301") == before
    assert await scene.all(Arrival) == []


async def test_an_id_with_another_body_is_refused(scene: Scene, tool: Ticketing) -> None:
    await tool.send(ASKED, scene.clock.at)
    got = await tool.send(ASKED | {"case_number": "2"}, scene.clock.at)
    assert (got.status, got.body["error"]["code"]) == (422, "IdReused")
    assert len(await scene.all(Case)) == 1


async def test_hostile_text_is_shown_as_text(scene: Scene, tool: Ticketing, room: Chat) -> None:
    bad = "[x](https://evil.example) <at>all</at> \u202e<img src=x>"
    got = await arrive(scene, tool, title=bad, product=bad, case_number="26 [x](y) 1", symptom="password=hunter2secret")
    assert got.status == 201
    card = card_in(room)
    for block in str(card.card).split("'type': 'TextBlock'")[1:]:
        assert "evil.example" not in block.split("}")[0]
    assert "hunter2secret" not in (await scene.case("26 [x](y) 1")).symptom
    assert "\u202e" not in str(card.card)


@pytest.mark.skipif(not (shutil.which("openssl") and shutil.which("curl")), reason="the example needs openssl and curl")
async def test_the_pages_own_example_works(scene: Scene, room: Chat) -> None:
    page = (Path(__file__).parents[3] / "docs" / "intake.md").read_text()
    script = re.findall(r"```bash\n(.*?)```", page, re.DOTALL)[0]
    scene.clock.at = datetime.now(UTC)  # the example asks the machine's clock
    answers = []
    for _ in range(2):
        process = await asyncio.create_subprocess_exec(
            "bash",
            "-euc",
            script.replace('id="msg_$(openssl rand -hex 12)"', "id=msg_of_the_page"),
            env={"PATH": os.environ["PATH"], "INTAKE_SECRET": INTAKE_SECRET, "CASEMATE": scene.url},
            stdout=asyncio.subprocess.PIPE,
        )
        told, _ = await process.communicate()
        answers.append(told.decode())
    await scene.look()
    case = await scene.case("2611230010000042")
    assert answers == [answers[0]] * 2
    assert f'"id":"{case.id}"' in answers[0]
    assert "Cannot connect to VM" in card_in(room).words
