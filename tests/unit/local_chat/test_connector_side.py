"""The bot's side of the local chat."""

import json
from typing import Any

import pytest

from bot.local_chat.cards import CARD, NOTE
from bot.local_chat.conversations import DELETED, SEQUENCE
from tests.fakes.local import Local


def card(*actions: dict[str, Any]) -> dict[str, Any]:
    body = [{"type": "TextBlock", "text": "<at>Bo</at> and <at>Eve</at>"}]
    mention = {"type": "mention", "text": "<at>Bo</at>", "mentioned": {"id": "bo", "name": "Bo"}}
    content = {
        "type": "AdaptiveCard", "body": body, "actions": list(actions), "msteams": {"entities": [mention]},
    }  # fmt: skip
    return {"type": "message", "attachments": [{"contentType": CARD, "content": content}], "replyToId": "x"}


async def post(local: Local, body: dict[str, Any], place: str = "19:team@thread") -> str:
    status, posted = await local.call("POST", f"/{place}/activities", body)
    assert status == 201
    return str(posted["id"])


async def newest(local: Local, token: str = "ada@team") -> dict[str, Any]:
    return (await local.seen(token))[0][-1]


def actions_of(activity: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = activity["attachments"][0]["content"]["actions"]
    return found


async def test_an_edit_stays_in_its_place(local: Local) -> None:
    id = await post(local, {"type": "message", "text": "first"})
    await local.say("bo@team", "something else")
    before, mark = await local.seen("ada@team")

    status, _ = await local.call("PUT", f"/19:team@thread/activities/{id}", {"type": "message", "text": "second"})

    (edited,), _ = await local.seen("ada@team", mark)
    assert status == 200
    assert (edited["id"], edited["text"]) == (id, "second")
    assert edited["timestamp"] == before[0]["timestamp"]
    assert edited["channelData"][SEQUENCE] == before[0]["channelData"][SEQUENCE]


async def test_a_deleted_message_is_gone_for_all(local: Local) -> None:
    id = await post(local, {"type": "message", "text": "soon gone"})
    _, mark = await local.seen("ada@team")

    assert await local.call("DELETE", f"/19:team@thread/activities/{id}") == (200, None)

    (event,), _ = await local.seen("ada@team", mark)
    assert (event["type"], event["name"], event["value"]) == ("event", DELETED, id)
    status, error = await local.call("PUT", f"/19:team@thread/activities/{id}", {"type": "message"})
    assert (status, error["error"]["code"]) == (404, "ActivityNotFoundInConversation")


async def test_a_click_names_its_card_and_carries_nothing_of_ours(local: Local) -> None:
    id = await post(local, card({"type": "Action.Submit", "title": "Draft", "data": {"step": "draft"}}))
    (shown,) = actions_of(await newest(local))

    await local.click("bo@team", {**shown["data"], "symptom": "slow"})

    heard = await local.bot.next()
    assert heard["replyToId"] == id
    assert heard["value"] == {"step": "draft", "symptom": "slow"}
    assert heard["from"]["id"] == "bo"
    assert "text" not in heard
    assert len((await local.seen("ada@team"))[0]) == 1  # a click is not part of the transcript


async def test_an_execute_comes_back_as_an_invoke_and_its_answer_is_shown(local: Local) -> None:
    fallback = {"type": "Action.Submit", "title": "Join"}
    execute = {
        "type": "Action.Execute",
        "title": "Join",
        "verb": "join",
        "data": {"step": "join"},
        "fallback": fallback,
    }
    id = await post(local, card(execute))
    (shown,) = actions_of(await newest(local))
    assert shown["type"] == "Action.Submit"  # Web Chat does nothing with an Execute
    local.bot.answer = (200, json.dumps({"statusCode": 200, "type": CARD, "value": {"body": []}}).encode())

    async with local.client.ws_connect("/directline/conversations/19:team@thread/stream?t=ada@team") as socket:
        await socket.receive_json(timeout=10)
        await local.click("ada@team", {**shown["data"], "note": "me"})
        heard = await local.bot.next("invoke")
        changes: list[dict[str, Any]] = []
        while not any(change["id"] == id for change in changes):
            changes += (await socket.receive_json(timeout=10))["activities"]

    assert heard["name"] == "adaptiveCard/action"
    action = {"type": "Action.Execute", "verb": "join", "data": {"step": "join", "note": "me"}}
    assert heard["value"] == {"action": action, "trigger": "manual"}
    assert heard["replyToId"] == id
    assert changes[-1]["attachments"][0]["content"] == {"body": []}


@pytest.mark.parametrize("data", ["/lqr", {"msteams": {"type": "imBack", "value": "/lqr"}}])
async def test_a_button_that_speaks_says_it_in_the_persons_name(local: Local, data: Any) -> None:
    await post(local, card({"type": "Action.Submit", "title": "Close", "data": data}))
    (shown,) = actions_of(await newest(local))

    await local.click("ada@team", shown["data"])

    assert (await local.bot.next())["text"] == "/lqr"
    said = await newest(local)
    assert (said["text"], said["from"]["id"]) == ("/lqr", "ada")


async def test_mentions_are_shown_only_where_an_entity_says_so(local: Local) -> None:
    await post(local, card())
    entities = [{"type": "mention", "text": "<at>Bo</at>", "mentioned": {"id": "bo"}}]
    await post(local, {"type": "message", "text": "<at>Bo</at>, <at>Eve</at>", "entities": entities})

    first, second = (await local.seen("ada@team"))[0]
    assert first["attachments"][0]["content"]["body"][0]["text"] == "@Bo and <at>Eve</at>"
    assert second["text"] == "@Bo, <at>Eve</at>"


async def test_what_was_rewritten_for_the_page_is_not_what_is_kept(local: Local) -> None:
    await post(local, card({"type": "Action.Submit", "title": "Draft", "data": {"step": "draft"}}))
    once, twice = [json.dumps(await newest(local)) for _ in range(2)]

    assert once == twice
    assert once.count(NOTE) == 1


async def test_web_chat_is_not_made_to_wait_for_what_a_message_answers(local: Local) -> None:
    await post(local, card())

    assert "replyToId" not in await newest(local)


async def test_the_bot_opens_someones_own_chat(local: Local) -> None:
    body = {"members": [{"id": "chen"}], "isGroup": False, "activity": {"type": "message", "text": "psst"}}
    status, made = await local.call("POST", "", body)

    assert (status, made["id"]) == (201, "a:chen")
    message = await newest(local, "chen@own")
    assert (message["id"], message["text"]) == (made["activityId"], "psst")
    assert (await local.call("POST", "", {"members": [{"id": "mallory"}]}))[0] == 400


async def test_who_is_there(local: Local) -> None:
    _, members = await local.call("GET", "/19:team@thread/members")
    _, paged = await local.call("GET", "/a:ada/pagedmembers")

    assert [member["id"] for member in members] == ["ada", "bo", "chen", "dana"]
    ada = {"id": "ada", "name": "Ada Lindqvist", "email": "ada.lindqvist@example.com"}
    assert paged == {"members": [ada]}
    assert (await local.call("GET", "/19:team@thread/members/ada")) == (200, ada)
    assert (await local.call("GET", "/a:ada/members/bo"))[0] == 404


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/19:nowhere/activities", {}, 404),
        ("POST", "/a:ada/activities", [], 400),
        ("PUT", "/a:ada/activities/none", {}, 404),
        ("DELETE", "/a:ada/activities/none", None, 404),
        ("POST", "", "text", 400),
    ],
)
async def test_errors_are_json(local: Local, method: str, path: str, body: Any, status: int) -> None:
    got, error = await local.call(method, path, body)

    assert got == status
    assert error["error"]["message"].endswith(".")
