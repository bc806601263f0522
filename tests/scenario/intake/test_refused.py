"""What doesn't get in: forged, stale, malformed or wrong, with an answer that says why and nothing of the customer."""

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from playbook.model import Case
from storage.base import StoreUnavailable
from tests.fakes.ticketing import Got, Ticketing, signature
from tests.scenario.intake.steps import ASKED
from tests.scenario.scene import INTAKE_SECRET, Scene


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
