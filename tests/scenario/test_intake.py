"""Cases from a ticketing system, over the real HTTP entry: what gets in, what doesn't, and who takes them."""

import asyncio
import logging
import os
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from playbook.model import Case, Severity, Taken
from playbook.team import Places, TeamPlace
from storage.base import StoreUnavailable
from storage.records import Arrival, Delivery
from tests.fakes.channel import Chat, Sent
from tests.fakes.ticketing import Got, Ticketing, signature
from tests.scenario.scene import INTAKE_SECRET, MONDAY, Scene, one

ASKED = {
    "case_number": "26112301",
    "title": "Cannot connect to VM",
    "customer_name": "Ana Sato",
    "customer_email": "ana.sato@example.com",
    "customer_phone": "+81 3 0000 0000",
    "severity": "A",
    "plan": "premier_unified",
    "product": "Virtual Machines",
    "created_at": "2026-11-23T08:50:00Z",
}


@pytest.fixture
def tool(scene: Scene) -> Ticketing:
    return Ticketing(scene.url, INTAKE_SECRET)


async def arrive(scene: Scene, tool: Ticketing, **changes: Any) -> Got:
    """The request, with all that the bot makes of it."""
    got = await tool.send(ASKED | changes, scene.clock.at, id=f"msg_{changes.get('case_number', 1)}")
    await scene.look()
    return got


@pytest.fixture
async def room(scene: Scene) -> Chat:
    """The team's channel."""
    room = scene.channel.room()
    await scene.say(room, "/help")
    return room


def card_in(room: Chat) -> Sent:
    return one(room.sent, lambda sent: "New case" in sent.words)


# ---- what gets in --------------------------------------------------------------------------------


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


# ---- what doesn't --------------------------------------------------------------------------------


async def nothing_came(scene: Scene, got: Got, status: int) -> None:
    assert got.status == status, got
    assert got.body["error"]["message"].endswith(".")
    assert await scene.all(Case) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"webhook_signature": "v1,AAAA"},
        {"webhook_signature": ""},
        {"webhook_signature": "v1a,AAAA v2,AAAA v1,%%% v1"},
        {"webhook_id": ""},
        {"webhook_id": "another"},
        {"webhook_timestamp": ""},
        {"webhook_timestamp": "soon"},
        {"webhook_timestamp": "9" * 40},
        {"webhook_timestamp": "-1"},
        {"webhook_timestamp": "٤٢"},
    ],
    ids=str,
)
async def test_a_forged_request_is_refused(scene: Scene, tool: Ticketing, headers: dict[str, str]) -> None:
    got = await tool.send(ASKED, scene.clock.at, **headers)
    await nothing_came(scene, got, 401)
    assert got.headers["WWW-Authenticate"] == "Webhook-Signature"
    assert "valid signature" in got.body["error"]["message"]


async def test_a_body_changed_on_its_way_is_refused(scene: Scene, tool: Ticketing) -> None:
    at = int(scene.clock.at.timestamp())
    right = signature(INTAKE_SECRET, "msg_1", at, b'{"severity": "B"}')
    await nothing_came(scene, await tool.send(b'{"severity": "A"}', scene.clock.at, webhook_signature=right), 401)


async def test_another_secret_is_refused_and_either_of_two_is_taken(scene: Scene) -> None:
    got = await Ticketing(scene.url, "some other secret, also long").send(ASKED, scene.clock.at)
    await nothing_came(scene, got, 401)
    at = int(scene.clock.at.timestamp())
    wrong = signature("some other secret, also long", "msg_1", at, b"{}")
    both = f"{wrong} {signature(INTAKE_SECRET, 'msg_1', at, b'{}')}"
    assert (await Ticketing(scene.url, INTAKE_SECRET).send(b"{}", scene.clock.at, webhook_signature=both)).status == 422


@pytest.mark.parametrize(("minutes", "status"), [(-5.1, 401), (-5, 201), (5, 201), (5.1, 401)])
async def test_five_minutes_either_way_are_the_window(
    scene: Scene, tool: Ticketing, minutes: float, status: int
) -> None:
    got = await tool.send(ASKED, scene.clock.at + timedelta(minutes=minutes))
    assert got.status == status
    if status == 401:
        assert "five minutes" in got.body["error"]["message"]


async def test_a_captured_request_replayed_later_is_refused(scene: Scene, tool: Ticketing) -> None:
    when = scene.clock.at
    await tool.send(ASKED, when)
    scene.clock.tick(days=2)  # the delivery's id is forgotten by then
    assert (await tool.send(ASKED, when)).status == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b"null", 400),
        (b'"x"', 400),
        (b"\xff\xfe", 400),
        (b'{"title": "\\ud800"}', 400),
        (b"[" * 5_000, 400),
        (b'{"title": ' + b"[" * 100 + b"]" * 100 + b"}", 400),
        (b"{}", 422),
        (b'{"title": "' + b"x" * 70_000 + b'"}', 413),
        (b'{"title": "' + b"x" * 700_000 + b'"}', 413),
    ],
    ids=lambda value: repr(value)[:24],
)
async def test_a_malformed_body_is_refused(scene: Scene, tool: Ticketing, body: bytes, status: int) -> None:
    await nothing_came(scene, await tool.send(body, scene.clock.at), status)


async def test_another_type_and_another_method_are_refused(scene: Scene, tool: Ticketing) -> None:
    form = await tool.send(ASKED, scene.clock.at, Content_Type="application/x-www-form-urlencoded")
    await nothing_came(scene, form, 415)
    assert (await scene.fetch(tool.url))[0] == 405


async def test_each_wrong_field_is_named_and_nothing_of_it_repeated(scene: Scene, tool: Ticketing) -> None:
    wrong = {
        "case_number": "  ",
        "title": "x" * 151,
        "customer_name": ["Ana"],
        "customer_email": "not an address of Ana",
        "severity": "Z",
        "plan": "gold",
        "zone": "Mars/Olympus",
        "country": "Narnia",
        "severty": "A",
        "created_at": "2026-11-23T08:50:00",
        "customer_phone": 42,
        "contacts": "Bo, bo@example.com, wizard",
    }
    got = await tool.send(wrong, scene.clock.at)
    fields = got.body["error"]["fields"]
    assert got.status == 422
    assert set(fields) == set(wrong)
    assert got.body["error"]["message"] == "12 fields can't be used; nothing was changed."
    assert fields["severity"] == "This is none of A, B, C; leave it out where it isn't known."
    assert fields["severty"] == 'There is no such field. Did you mean "severity"?'
    assert all(sentence.endswith((".", "?")) for sentence in fields.values())
    assert "not an address of Ana" not in str(got.body)


@pytest.mark.parametrize("at", ["2027-01-01T00:00:00Z", "1950-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "now", 5])
async def test_a_time_that_cannot_be_is_refused(scene: Scene, tool: Ticketing, at: object) -> None:
    got = await tool.send(ASKED | {"created_at": at}, scene.clock.at)
    assert (got.status, list(got.body["error"]["fields"])) == (422, ["created_at"])


async def test_without_a_secret_there_is_no_such_route(scene: Scene, tool: Ticketing, tmp_path: Path) -> None:
    scene.intake_secret = ""
    await scene.restart()
    got = await tool.send(ASKED, scene.clock.at)
    elsewhere = Ticketing(scene.url, INTAKE_SECRET)
    elsewhere.url = f"{scene.url}/api/nothing"
    there = await elsewhere.send(ASKED, scene.clock.at)
    assert got.status == 404
    assert got[:2] == there[:2]


async def test_a_store_that_cannot_be_reached_asks_to_send_it_again(
    scene: Scene, tool: Ticketing, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*args: Any, **more: Any) -> Any:
        raise StoreUnavailable("the store is away")

    monkeypatch.setattr(scene.store, "commit", away)
    got = await tool.send(ASKED, scene.clock.at)
    assert (got.status, got.headers["Retry-After"]) == (503, "5")


async def test_the_log_tells_nothing_of_a_customer(
    scene: Scene, tool: Ticketing, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "casemate")
    caplog.set_level(logging.DEBUG, "bot")
    await tool.send(ASKED, scene.clock.at)
    await tool.send(ASKED | {"customer_email": "bad address Ana"}, scene.clock.at, id="msg_2")
    await tool.send(ASKED, scene.clock.at, id="msg_3")
    await tool.send(ASKED, scene.clock.at, id="msg_4", webhook_signature="v1,AAAA")
    logged = str([record.__dict__ for record in caplog.records])
    assert "WrongFields" in logged
    assert "Unauthorized" in logged
    assert not any(word in logged for word in ("Ana", "Cannot connect", "example.com", "26112301", INTAKE_SECRET))


# ---- Take it -------------------------------------------------------------------------------------


async def test_whoever_clicks_first_owns_it_and_the_second_sees_who(scene: Scene, tool: Ticketing, room: Chat) -> None:
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await scene.say(ada, "/help")
    await arrive(scene, tool)
    card = card_in(room)
    first = room.clicked(card, "Take it", by=ada.owner)
    second = room.clicked(card, "Take it", by=bo.owner)
    await scene.look(minutes=2)
    heard = await asyncio.gather(scene.channel.deliver(first), scene.channel.deliver(second))
    await scene.look()
    assert [one.status for one in heard] == [200, 200]
    case = await scene.case("26112301")
    assert case.owner == ada.owner.key
    assert case.transfers == 0
    assert card.words.endswith("Taken by Ada Lovelace, 09:02 UTC")
    assert "Take it" not in card.titles
    assert [type(fact) for fact in await scene.facts("26112301")] == [Taken]
    mine = one(ada.sent, lambda sent: "[26112301]" in sent.words)
    assert "ana.sato@example.com" in mine.words
    assert "LQR" in mine.titles
    assert "Ada Lovelace" in mine.words
    assert not [sent for sent in bo.sent if "[26112301]" in sent.words]
    assert heard[1].card == card.card  # who came second has it as it is now


async def test_the_clock_pings_the_channel_until_somebody_has_it_then_them(
    scene: Scene, tool: Ticketing, room: Chat
) -> None:
    ada = scene.chat()
    await scene.say(ada, "/help")
    await arrive(scene, tool)
    await scene.look(minutes=20)  # half of the hour since 8:50
    assert "Nobody has taken it yet." in room.sent[-1].words
    assert room.sent[-1].titles == ["Take it"]
    await scene.heard(room, card_in(room), "Take it", by="Ada Lovelace")
    await scene.look()
    before = len(room.sent)
    await scene.look(minutes=15)
    assert "First response" in ada.sent[-1].words
    await scene.look(minutes=15)
    assert "was due" in ada.sent[-1].words
    assert len(room.sent) == before
    await scene.look(minutes=1)
    assert "was due" in room.sent[-1].words
    await scene.look(days=3)
    assert [one for one in await scene.all(Delivery) if one.kind == "fqr"] == []


async def test_a_ping_in_the_channel_can_be_answered_by_taking_it(scene: Scene, tool: Ticketing, room: Chat) -> None:
    ada = scene.chat()
    await scene.say(ada, "/help")
    await arrive(scene, tool)
    await scene.look(minutes=20)
    await scene.heard(room, room.sent[-1], "Take it", by="Ada Lovelace")
    assert (await scene.case("26112301")).owner == ada.owner.key
    assert room.sent[-1].words == "Ada Lovelace took case 26112301."
    assert "ana.sato@example.com" in ada.sent[-1].words
    assert "example.com" not in str([sent.versions for sent in room.sent])


async def test_the_teams_digest_names_what_nobody_has_taken(scene: Scene, tool: Ticketing, room: Chat) -> None:
    await arrive(scene, tool, severity="C")
    await scene.bot.tidy()
    await scene.look(minutes=30)  # the triage's hour
    digest = one(room.sent, lambda sent: "Nobody has taken yet" in sent.words)
    assert "[26112301] Cannot connect to VM" in digest.words


async def test_taken_by_its_number_from_ones_own_chat(scene: Scene, tool: Ticketing, room: Chat) -> None:
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await arrive(scene, tool)
    listed = await scene.say(ada, "/case untaken")
    assert "[26112301] Cannot connect to VM" in listed.words
    shown = await scene.say(ada, "/case 26112301")
    assert "Nobody yet" in shown.words
    await scene.press(ada, shown, "Take it")
    assert "Nobody yet" not in shown.words
    assert "Taken by Ada Lovelace" in card_in(room).words
    late = await scene.say(bo, "/case 26112301 take")
    assert late.words == "Case 26112301 was taken by Ada Lovelace, 09:00 GMT."
    assert "Every case has somebody" in (await scene.say(ada, "/case untaken")).words


async def test_the_taker_can_give_it_back_and_nobody_else(scene: Scene, tool: Ticketing, room: Chat) -> None:
    await arrive(scene, tool)
    card = card_in(room)
    await scene.press(room, card, "Take it", by="Ada Lovelace")
    heard = await scene.heard(room, card, "Undo", by="Bo Okafor")
    assert heard.text == "Giving a case back is for the case's owner or a manager."
    assert (await scene.case("26112301")).owner
    await scene.press(room, card, "Undo", by="Ada Lovelace")
    assert (await scene.case("26112301")).owner == ""
    assert card.titles == ["Take it"]
    await scene.press(room, card, "Take it", by="Bo Okafor")
    assert "Taken by Bo Okafor" in card.words


async def test_without_a_severity_the_card_asks_and_the_clock_starts_with_the_answer(
    scene: Scene, tool: Ticketing, room: Chat
) -> None:
    await arrive(scene, tool, severity=None)
    card = card_in(room)
    assert "Not known" in card.words
    assert "First response" not in card.words
    assert card.titles == ["Sev A", "Sev B", "Sev C", "Take it"]
    assert await scene.all(Delivery) == []
    stale = room.clicked(card, "Sev C", by=scene.chat("Bo Okafor").owner)
    await scene.press(room, card, "Sev A", by="Ada Lovelace")
    assert "First response due" in card.words
    assert card.titles == ["Take it"]
    await scene.deliver(stale)
    assert (await scene.case("26112301")).severity is Severity.A
    assert {one.kind for one in await scene.all(Delivery)} == {"fqr"}


async def test_the_card_follows_a_case_that_changes_or_is_handed_over(
    scene: Scene, tool: Ticketing, room: Chat
) -> None:
    dana = scene.chat("Dana Reyes")
    await arrive(scene, tool)
    form = await scene.say(dana, "/case 26112301 edit")
    await scene.press(dana, form, "Save", title="Cannot reach the build servers")
    assert "Cannot reach the build servers" in card_in(room).words
    assert "is nobody's yet" in (await scene.say(dana, "/case 26112301 handover")).words
    await scene.say(dana, "/case 26112301 assign Bo Okafor")
    assert "Bo Okafor" in card_in(room).words
    assert "Take it" not in card_in(room).titles
    assert (await scene.case("26112301")).transfers == 0  # nobody had it before
    assert "Given to Bo Okafor" in (await scene.say(dana, "/case 26112301")).words


@pytest.mark.parametrize("channel_id", ["webchat", "directline", "emulator"])
async def test_it_is_taken_on_each_channel(scene: Scene, tool: Ticketing, room: Chat) -> None:
    await arrive(scene, tool)
    card = card_in(room)
    await scene.press(room, card, "Take it", by="Bo Okafor")
    assert "Taken by Bo Okafor" in card.words
    assert (await scene.case("26112301")).owner == scene.channel.person("Bo Okafor").key


async def test_somebody_outside_the_team_cannot_take_it(scene: Scene, tool: Ticketing) -> None:
    scene.local = False
    await scene.restart()
    room = scene.channel.room()
    await scene.say(room, "/help", by="Ada Lovelace")
    await arrive(scene, tool)
    heard = await scene.heard(room, card_in(room), "Take it", by="Mallory Quinn")
    assert "is for people of the team" in heard.text
    assert (await scene.case("26112301")).owner == ""


# ---- no channel yet ------------------------------------------------------------------------------


async def test_without_a_channel_the_managers_hear_of_it_and_the_channel_once_there_is_one(
    scene: Scene, tool: Ticketing
) -> None:
    dana, room = scene.chat("Dana Reyes"), scene.channel.room()
    await scene.say(dana, "/help")
    await arrive(scene, tool)
    card = one(dana.sent, lambda sent: "New case" in sent.words)
    await scene.say(room, "/help", by="Ada Lovelace")  # it becomes the team's channel
    await scene.look()
    await scene.press(room, card_in(room), "Take it", by="Ada Lovelace")
    assert "Taken by Ada Lovelace" in card.words
    await scene.look()
    await scene.look(minutes=50)
    assert "was due" in scene.chat().sent[-1].words  # the managers' pings are whose the case is now


async def test_a_clock_without_anybody_runs_from_the_channels_beginning_and_from_the_taking(
    scene: Scene, tool: Ticketing
) -> None:
    ada, room = scene.chat(), scene.channel.room()
    await arrive(scene, tool)
    await arrive(scene, tool, case_number="2")
    assert await scene.all(Delivery) == []
    await scene.say(ada, "/case 2 take")
    assert {one.of for one in await scene.all(Delivery)} == {f"case/{(await scene.case('2')).id}"}
    await scene.say(room, "/help")
    await scene.look(minutes=35)
    assert "Nobody has taken it yet." in room.sent[-1].words
    assert "First response" in ada.sent[-1].words
    await scene.look(minutes=40)
    late = await scene.say(ada, "/case 26112301 take")  # missed before it was taken: nobody is pinged for that again
    before = len(scene.channel.sent)
    await scene.look(minutes=5)
    assert "First response missed" in late.words
    assert len(scene.channel.sent) == before


async def test_without_anybody_it_waits_for_the_channel(scene: Scene, tool: Ticketing) -> None:
    room = scene.channel.room()
    for number in ("1", "2", "3"):
        await arrive(scene, tool, case_number=number)
    assert scene.channel.sent == []
    await scene.say(scene.chat(), "/case 2 take")
    await scene.say(room, "/help")
    await scene.look()
    cards = [sent for sent in room.sent if "New case" in sent.words]
    assert sorted(one.words.count("[1]") for one in cards) == [0, 1]
    await scene.look()
    assert len([sent for sent in room.sent if "New case" in sent.words]) == 2


async def test_a_channel_that_the_team_file_names_later_hears_of_what_waited(scene: Scene, tool: Ticketing) -> None:
    await arrive(scene, tool)
    room = scene.channel.room()
    places = Places(team=TeamPlace(channel="msteams", conversation=room.where.id))
    scene.team = msgspec.structs.replace(scene.team, places=places)
    await scene.restart()
    await scene.say(room, "/help")
    await scene.bot.tidy()
    await scene.look()
    assert "Take it" in card_in(room).titles


# ---- hostile text, and the page's own example ----------------------------------------------------


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
    page = (Path(__file__).parents[2] / "docs" / "intake.md").read_text()
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
