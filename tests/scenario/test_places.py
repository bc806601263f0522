"""Private work in private, shared work in the channel: where what is posted, and what if it can't be."""

import msgspec
import pytest

from playbook.team import Places, TeamPlace
from storage.records import Place, Profile, Setting
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import KENJI, NUMBER, SOLVED, Scene, inputs, one

either = pytest.mark.parametrize("channel_id", ["msteams", "directline"])
CLAIMED = "This channel is the team's channel from now on"


def words(sent: list[Sent]) -> list[str]:
    return [one.words for one in sent if CLAIMED not in one.words]


def order(scene: Scene) -> list[str]:
    """The conversations posted to, in order, without what is said about the team's channel."""
    return [sent.conversation for sent in scene.channel.sent if CLAIMED not in sent.words]


@either
async def test_a_command_in_a_channel_opens_its_card_in_the_own_chat(scene: Scene) -> None:
    ada, room = scene.chat(), scene.channel.room()
    await scene.say(ada, "/help")
    await scene.say(room, f"/lqr {NUMBER} standard-closure")
    form = ada.sent[-1]
    assert "Draft" in form.titles
    assert words(room.sent) == [f"I've sent you the closing form for case {NUMBER}."]
    assert order(scene)[-2:] == [ada.where.id, room.where.id]
    await scene.press(ada, form, "Draft", **(KENJI | SOLVED))
    assert "Kenji" not in str([sent.versions for sent in room.sent])


@either
async def test_an_own_chat_not_known_yet_is_opened_through_the_connector(scene: Scene) -> None:
    ada, room = scene.chat(), scene.channel.room()
    await scene.say(room, f"/lqr {NUMBER} standard-closure")
    assert [call[0] for call in scene.channel.calls if call[0] == "create"] == ["create"]
    form = one(ada.sent)
    assert words(room.sent) == [f"I've sent you the closing form for case {NUMBER}."]
    await scene.press(ada, form, "Draft", **(KENJI | SOLVED))
    await scene.say(room, "/case new 2615")
    assert len([call for call in scene.channel.calls if call[0] == "create"]) == 1  # it is known from now on
    assert inputs(ada.sent[-1])["case_number"] == "2615"
    await scene.restart()
    await scene.say(room, "/case list")
    assert "Your open cases" in ada.sent[-1].words
    profile = await scene.store.get(Profile, ada.owner.key)
    assert profile is not None
    assert profile.value.own_place == f"{scene.channel.channel_id}|{ada.where.id}"


@either
async def test_a_case_opened_from_a_card_in_the_channel_comes_to_who_clicked(scene: Scene) -> None:
    ada, bo, room = scene.chat(), scene.chat("Bo Okafor"), scene.channel.room()
    await scene.say(room, "/help")
    await scene.registered(ada, severity="A")
    await scene.say(bo, "/help")
    await scene.look(minutes=61)
    ping = room.sent[-1]
    assert "has not gone" in ping.words
    await scene.heard(room, ping, "Open case", by="Bo Okafor")
    assert f"[{NUMBER}]" in bo.sent[-1].words
    assert room.sent[-1].words == f"I've sent you case {NUMBER}."
    asked = await scene.say(room, f"/case {NUMBER}")  # who types it there shows it to all
    assert f"[{NUMBER}]" in asked.words
    assert f"[{NUMBER}]" not in str([sent.versions for sent in room.sent[:-1]])


async def test_the_channels_line_waits_for_the_private_card(scene: Scene) -> None:
    ada, room = scene.chat(), scene.channel.room()
    await scene.say(ada, "/help")
    await scene.say(room, "/help")
    posts = len(room.sent)
    held = scene.channel.hold(on="post")
    await room.say(f"/lqr {NUMBER} standard-closure")
    await held.arrived.wait()
    assert len(room.sent) == posts
    held.release()
    await scene.settled()
    assert "closing form" in room.sent[-1].words
    assert order(scene)[-2:] == [ada.where.id, room.where.id]


@either
@pytest.mark.parametrize("fault", ["create", "post"])
async def test_where_the_own_chat_is_refused_the_thread_offers_here_and_it_works(scene: Scene, fault: str) -> None:
    thread = scene.channel.room(thread="1700")
    await scene.say(scene.channel.room(), "/help")  # speaks for the place
    if fault == "post":
        await scene.say(scene.chat(), "/help")
    scene.channel.refuse(403, on=fault)
    offer = await scene.say(thread, f"/lqr {NUMBER} standard-closure")
    assert "I can't write to you in private" in offer.words
    assert "Kenji" not in offer.words
    form = await scene.opens(thread, offer, "Here")
    draft = await scene.press(thread, form, "Draft", **(KENJI | SOLVED))
    assert "Open mail" in draft.titles
    assert not [sent for sent in scene.chat().sent if "Draft" in sent.words]


async def test_here_is_for_who_asked_and_not_for_a_colleague(scene: Scene) -> None:
    thread = scene.channel.room(thread="1700")
    scene.channel.refuse(403, on="create")
    offer = await scene.say(thread, f"/lqr {NUMBER} standard-closure")
    form = await scene.opens(thread, offer, "Here")
    heard = await scene.heard(thread, form, "Draft", by="Bo Okafor", **(KENJI | SOLVED))
    assert "belongs to a colleague" in heard.text
    assert "Draft" in form.titles


async def test_a_channel_that_is_only_slow_to_take_a_private_card_is_no_refusal(scene: Scene) -> None:
    ada, room = scene.chat(), scene.channel.room()
    await scene.say(ada, "/help")
    await scene.say(room, "/help")
    scene.channel.refuse(429, on="post", retry_after=2)
    await room.say(f"/lqr {NUMBER} standard-closure")
    await scene.settled()
    assert "I can't write to you in private" not in str([sent.words for sent in room.sent])
    await scene.look(seconds=31)
    assert "Draft" in ada.sent[-1].titles
    assert len([sent for sent in ada.sent if "Draft" in sent.titles]) == 1


@either
async def test_a_click_on_a_shared_card_opens_its_form_in_the_own_chat(scene: Scene) -> None:
    ada, room = scene.chat(), scene.channel.room()
    await scene.registered(ada)
    card = await scene.say(room, f"/case {NUMBER}")
    heard = await scene.heard(room, card, "Edit")
    assert inputs(ada.sent[-1])["customer_email"] == "kenji@example.com"
    assert "I've sent you the form" in room.sent[-1].words
    assert "Input.Text" not in str(heard.body)


async def test_a_click_whose_own_chat_is_refused_offers_here_too(scene: Scene) -> None:
    ada, room = scene.chat(), scene.channel.room()
    await scene.registered(ada)
    card = await scene.say(room, f"/case {NUMBER}")
    scene.channel.refuse(403, on="post")
    await scene.heard(room, card, "Note")
    offer = room.sent[-1]
    assert "I can't write to you in private" in offer.words
    form = await scene.opens(room, offer, "Here")
    await scene.press(room, form, "Record", text="From here")
    assert "From here" in card.words


async def test_a_thread_is_answered_in_the_thread(scene: Scene) -> None:
    thread = scene.channel.room(thread="1700")
    assert "What you can type" in (await scene.say(thread, "/help")).words
    assert {sent.conversation for sent in scene.channel.sent} == {thread.where.id}


async def team_channel(scene: Scene) -> str:
    setting = await scene.store.get(Setting, "team_place")
    return setting.value.value if setting else ""


async def test_the_first_channel_becomes_the_teams_and_says_so_once(scene: Scene) -> None:
    first, second = scene.channel.room("Support"), scene.channel.room("Elsewhere")
    await scene.say(scene.chat(), "/help")
    assert await team_channel(scene) == ""
    await scene.say(first, "/help")
    assert [CLAIMED in sent.words for sent in first.sent] == [True, False]
    await scene.say(second, "/help")
    await scene.say(first, "/help")
    assert CLAIMED not in str([sent.words for sent in [*second.sent, *first.sent[1:]]])
    assert await team_channel(scene) == f"msteams|{first.where.id}"


async def test_the_team_files_channel_wins(scene: Scene) -> None:
    room, named = scene.channel.room("Support"), scene.channel.room("Named")
    place = TeamPlace(channel="msteams", conversation=named.where.id)
    await scene.on_team(msgspec.structs.replace(scene.team, places=Places(team=place)))
    await scene.say(room, "/help")
    await scene.say(named, "/help")
    assert await team_channel(scene) == ""
    assert CLAIMED not in str([sent.words for sent in scene.channel.sent])


async def suspended(scene: Scene, chat: Chat) -> bool:
    place = await scene.store.get(Place, f"{scene.channel.channel_id}|{chat.where.id.partition(';')[0]}")
    assert place is not None
    return place.value.suspended_at is not None


@either
async def test_a_place_that_refused_gets_nothing_until_it_is_heard_of_again(scene: Scene) -> None:
    ada, room = scene.chat(), scene.channel.room()
    await scene.say(ada, "/help")
    await scene.say(room, "/help")
    scene.channel.refuse(403, on="post")
    await room.say("/case list")
    await scene.settled()
    assert await suspended(scene, ada)
    calls = [call for call in scene.channel.calls if call[1] == ada.where.id]
    await room.say("/case list")
    await scene.settled()
    await scene.look(hours=1)
    assert [call for call in scene.channel.calls if call[1] == ada.where.id] == calls
    await scene.say(ada, "/help")  # answered at once: whoever speaks is there
    assert not await suspended(scene, ada)
    await scene.say(room, "/case list")
    assert "Your open cases" in ada.sent[-1].words


async def test_being_removed_is_no_sign_of_life(scene: Scene) -> None:
    ada, room = scene.chat(), scene.channel.room()
    await scene.say(ada, "/help")
    await scene.deliver(scene.channel.shapes.installation(ada.where, ada.owner, "remove"))
    assert await suspended(scene, ada)
    posts = len(ada.sent)
    await scene.say(room, "/case list")
    assert len(ada.sent) == posts
    await scene.deliver(scene.channel.shapes.installation(ada.where, ada.owner, "add"))
    assert not await suspended(scene, ada)


async def test_what_people_say_to_each_other_in_a_channel_is_left_alone(scene: Scene) -> None:
    room = scene.channel.room()
    await room.say("shall we have lunch?", mention=False)
    await scene.settled()
    assert room.sent == []
