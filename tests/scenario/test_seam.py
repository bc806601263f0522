"""The whole seam over HTTP, on each channel: a message in, a card out, a click in, the card edited in place."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.connector import Connector, Gone, open_session
from bot.incoming import Incoming
from bot.outgoing import Answer, Card, Fitter
from dialogs.turn import Command, Submit
from tests.fakes.channel import FakeChannel
from tests.fakes.host import app_for, running

CHANNELS = ("msteams", "emulator", "webchat", "directline")


def link(draft_id: str) -> str:
    return f"https://casemate.example/{draft_id}"


def form(name: str, rev: int) -> Card:
    return {
        "type": "AdaptiveCard",
        "version": "1.5",
        "body": [
            {"type": "TextBlock", "text": f"Hello {name}", "wrap": True},
            {"type": "Input.Text", "id": "customer_name", "label": "Name", "isRequired": True},
            {"type": "Input.Text", "id": "title", "label": "Title"},
        ],
        "actions": [
            {
                "type": "Action.Submit",
                "title": "Next",
                "data": {"flow": "greet", "id": "g1", "step": "next", "rev": rev},
            },
            {
                "type": "Action.Submit",
                "title": "Cancel",
                "associatedInputs": "none",
                "data": {"flow": "greet", "id": "g1", "step": "cancel", "rev": rev},
            },
        ],
    }


class Greeter:
    """A bot of two steps: a command posts a form, a click on it edits it."""

    def __init__(self, connector: Connector) -> None:
        self.heard: list[Incoming] = []
        self._connector, self._fit = connector, Fitter(link)
        self._seen: set[str] = set()

    async def __call__(self, incoming: Incoming) -> Answer:
        self.heard.append(incoming)
        said, place = incoming.said, incoming.place
        if incoming.once in self._seen:
            return Answer(text="Once is enough.")
        self._seen.add(incoming.once)
        if isinstance(said, Command):
            await self._connector.post(place, self._fit.activity(form("you", 1), place), incoming.thread)
        if isinstance(said, Submit):
            card = form(said.values.get("customer_name", "nobody"), said.rev + 1)
            activity = self._fit.activity(card, place)
            await self._connector.edit(place, incoming.reply_to, activity, incoming.thread)
            return Answer(card=self._fit(card, incoming.channel))
        return Answer()


@pytest.fixture(params=CHANNELS)
async def channel(request: pytest.FixtureRequest) -> AsyncIterator[FakeChannel]:
    async with open_session() as http, FakeChannel(request.param) as channel:
        channel.greeter = greeter = Greeter(Connector(http, allows=lambda url: True))  # type: ignore[attr-defined]
        async with running(app_for(http, greeter)) as url:
            channel.bot = url + "/api/messages"
            yield channel


def heard(channel: FakeChannel) -> list[Incoming]:
    found: list[Incoming] = channel.greeter.heard  # type: ignore[attr-defined]
    return found


async def test_a_form_is_filled_in_in_place(channel: FakeChannel) -> None:
    chat = channel.own_chat()
    sent = await chat.ask("/greet")
    answered = await chat.click(sent, "Next", customer_name="Bo")
    await chat.edited(sent)
    assert "Hello Bo" in sent.words
    assert chat.sent == [sent]
    said = heard(channel)[-1].said
    assert said == Submit("greet", "g1", "next", 1, {"customer_name": "Bo"}), "an empty input is left out"
    if channel.channel_id == "msteams":
        assert answered.card == sent.card
    await chat.click(sent, "Cancel")
    assert heard(channel)[-1].said == Submit("greet", "g1", "cancel", 2, {})


async def test_a_thread_keeps_its_answers(channel: FakeChannel) -> None:
    thread = "17" if channel.channel_id == "msteams" else ""
    room = channel.room("Support", thread=thread)
    sent = await room.ask("/greet", by=channel.person("Bo Diddley"))
    assert room.sent == [sent]
    assert heard(channel)[-1].person_name == "Bo Diddley"
    assert heard(channel)[-1].mentioned
    assert heard(channel)[-1].said == Command("greet")


async def test_fifty_copies_of_one_click(channel: FakeChannel) -> None:
    chat = channel.own_chat()
    sent = await chat.ask("/greet")
    click = chat.clicked(sent, "Next", customer_name="Bo")
    answers = await asyncio.gather(*(channel.deliver(click) for _ in range(50)))
    assert {answer.status for answer in answers} == {200}
    assert len(sent.versions) == 2
    assert len({incoming.once for incoming in heard(channel)}) == 2


async def test_the_fake_is_as_strict_as_a_client(channel: FakeChannel) -> None:
    chat = channel.own_chat()
    sent = await chat.ask("/greet")
    with pytest.raises(AssertionError, match="no button 'Back'; the card has"):
        chat.clicked(sent, "Back")
    with pytest.raises(AssertionError, match="no input 'x'"):
        chat.clicked(sent, "Next", x="1")
    with pytest.raises(AssertionError, match="required and empty"):
        chat.clicked(sent, "Next")
    assert chat.clicked(sent, "Next", forge=True, x="1")


async def test_a_held_edit_takes_effect_when_it_is_let_go(channel: FakeChannel) -> None:
    chat = channel.own_chat()
    sent = await chat.ask("/greet")
    held = channel.hold(on="edit")
    clicking = asyncio.create_task(chat.click(sent, "Next", customer_name="Bo"))
    await held.arrived.wait()
    assert len(sent.versions) == 1
    held.release()
    assert (await clicking).status == 200
    assert (await chat.edited(sent)).words.startswith("Hello Bo")


async def test_what_the_handler_raises_is_an_error_with_an_id(channel: FakeChannel) -> None:
    chat = channel.own_chat()
    sent = await chat.ask("/greet")
    channel.refuse(403, on="edit")
    answered = await chat.click(sent, "Next", customer_name="Bo")
    assert answered.status == 500
    assert answered.body["error"]["id"] in answered.body["error"]["message"]
    assert Gone.__name__ not in str(answered.body)
