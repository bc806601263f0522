"""The page's side of the local chat."""

from pathlib import Path

from bot.local_chat.conversations import RESET
from tests.fakes.local import LATEST, HearingBot, Local, running


async def test_a_message_reaches_the_bot_as_a_channel_would_send_it(local: Local) -> None:
    id = await local.say("ada@own", "/help", localTimezone="Asia/Tokyo", locale="en-US")

    heard = await local.bot.next()
    assert heard.pop("id") == id
    assert heard == {
        "type": "message",
        "text": "/help",
        "textFormat": "plain",
        "channelId": "emulator",
        "serviceUrl": f"http://127.0.0.1:{local.port}",
        "from": {"id": "ada", "name": "Ada Lindqvist"},
        "recipient": {"id": "28:casemate", "name": "Casemate"},
        "conversation": {"id": "a:ada", "name": "", "conversationType": "personal", "isGroup": False},
        "localTimezone": "Asia/Tokyo",
        "locale": "en-US",
    }


async def test_a_time_zone_that_does_not_exist_gives_way_to_the_persons_own(local: Local) -> None:
    await local.say("chen@own", "hello", localTimezone="../../etc/passwd")

    assert (await local.bot.next())["localTimezone"] == "Asia/Singapore"


async def test_the_bot_is_told_once_of_a_new_conversation(local: Local) -> None:
    await local.start("ada@own")
    await local.start("ada@own")
    await local.say("ada@own", "hello")

    told = await local.bot.next("conversationUpdate")
    assert [member["id"] for member in told["membersAdded"]] == ["ada", "28:casemate"]
    assert (await local.bot.next())["text"] == "hello"
    assert local.bot.heard.empty()


async def test_in_the_channel_people_talk_among_themselves(local: Local) -> None:
    await local.say("ada@team", "has anybody seen this?")
    await local.say("bo@team", "yes; ask Casemate")
    await local.say("bo@team", "@Casemate, /swarm")

    heard = await local.bot.next()
    assert heard["from"]["id"] == "bo"
    assert heard["text"] == "<at>Casemate</at> /swarm"
    assert heard["entities"][0]["mentioned"]["id"] == "28:casemate"
    assert heard["conversation"]["conversationType"] == "channel"


async def test_in_the_channel_a_slash_is_enough(local: Local) -> None:
    await local.say("ada@team", "/lqr")

    heard = await local.bot.next()
    assert heard["text"] == "/lqr"
    assert "entities" not in heard


async def test_only_ones_own_messages_are_ones_own(local: Local) -> None:
    await local.say("ada@team", "hello")

    for viewer, role in (("ada@team", "user"), ("bo@team", "bot")):
        (message,), _ = await local.seen(viewer)
        assert message["from"] == {"id": "ada", "name": "Ada Lindqvist", "role": role}


async def test_web_chat_finds_its_own_message_again(local: Local) -> None:
    await local.say("ada@own", "hello", channelData={"clientActivityID": "c1"})

    (message,), _ = await local.seen("ada@own")
    assert message["channelData"]["clientActivityID"] == "c1"


async def test_own_chats_are_apart(local: Local) -> None:
    await local.say("ada@own", "between us")

    assert await local.seen("bo@own") == ([], 0)
    url = "/directline/conversations/a:ada/activities"
    async with local.client.get(url, headers={"Authorization": "Bearer bo@own"}) as answer:
        assert answer.status == 404


async def test_strangers_and_unknown_places_are_refused(local: Local) -> None:
    for token in ("mallory@own", "ada@elsewhere", "", "ada"):
        async with local.client.post(
            "/directline/conversations", headers={"Authorization": f"Bearer {token}"}
        ) as answer:
            assert answer.status == 403


async def test_what_is_no_activity_is_refused(local: Local) -> None:
    url = f"/directline/conversations/{await local.start('ada@own')}/activities?t=ada@own"
    for body in (b"{", b"[]", b"\xff"):
        async with local.client.post(url, data=body, headers={"Content-Type": "application/json"}) as answer:
            assert answer.status == 400


async def test_a_bot_that_fails_is_not_passed_over_in_silence(local: Local) -> None:
    await local.start("ada@own")
    await local.bot.next("conversationUpdate")
    local.bot.answer = (503, b"")
    async with local.client.ws_connect("/directline/conversations/a:ada/stream?t=ada@own", max_msg_size=0) as socket:
        await socket.receive_json(timeout=LATEST)
        await local.say("ada@own", "/lqr")
        said = [(await socket.receive_json(timeout=LATEST))["activities"][0]["text"] for _ in range(2)]

    assert said == ["/lqr", "Casemate did not take that: it answered 503. Please try again."]


async def test_the_stream_tells_what_others_do(local: Local) -> None:
    address = "/directline/conversations/19:team@thread/stream?t=bo@team"
    async with local.client.ws_connect(address) as socket:
        assert (await socket.receive_json(timeout=LATEST))["activities"] == []
        await local.post("ada@team", type="typing")
        await local.say("ada@team", "here I am")
        typing = await socket.receive_json(timeout=LATEST)
        said = await socket.receive_json(timeout=LATEST)

    assert typing["activities"][0]["type"] == "typing"
    assert said["activities"][0]["text"] == "here I am"
    (kept,), mark = await local.seen("bo@team")  # typing passes, and is not kept
    assert kept["text"] == "here I am"
    assert said["watermark"] == str(mark)


async def test_a_page_that_was_away_gets_only_what_is_new(local: Local) -> None:
    await local.say("ada@own", "one")
    _, mark = await local.seen("ada@own")
    await local.say("ada@own", "two")

    (new,), later = await local.seen("ada@own", mark)
    assert new["text"] == "two"
    assert await local.seen("ada@own", later) == ([], later)


async def test_a_restart_keeps_the_transcript_and_the_pages_place_in_it(tmp_path: Path) -> None:
    bot = HearingBot()
    async with running(tmp_path, bot) as before:
        await before.say("ada@own", "one")
        _, posted = await before.call("POST", "/a:ada/activities", {"type": "message", "text": "card"})
        first, mark = await before.seen("ada@own")
    while not bot.heard.empty():
        bot.heard.get_nowait()

    async with running(tmp_path, bot) as after:
        assert await after.seen("ada@own") == (first, mark)
        assert bot.heard.empty()  # no second welcome
        status, _ = await after.call("PUT", f"/a:ada/activities/{posted['id']}", {"type": "message", "text": "edited"})
        (edited,), _ = await after.seen("ada@own", mark)

    assert status == 200
    assert edited["text"] == "edited"
    assert edited["timestamp"] == first[1]["timestamp"]


async def test_a_page_of_another_life_is_told_to_load_anew(local: Local) -> None:
    (event,), mark = await local.seen("ada@own", 99)

    assert (event["name"], mark) == (RESET, 0)


async def test_the_server_hangs_up_when_it_stops(local: Local) -> None:
    socket = await local.client.ws_connect("/local/alive")
    assert len(await socket.receive_str(timeout=LATEST)) == 16

    await local.client.server.close()

    assert (await socket.receive(timeout=LATEST)).data == 1001
