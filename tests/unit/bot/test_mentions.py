"""The bot's name is taken off what is said to it; whatever else was said stays."""

import time
from typing import Any

import msgspec
import pytest

from bot.activity import WireActivity
from bot.clean import TEXT_LIMIT
from bot.mentions import without_mention

BOT = {"id": "28:bot", "name": "Casemate"}
AT_BOT = {"type": "mention", "mentioned": BOT, "text": "<at>Casemate</at>"}
AT_BO = {"type": "mention", "mentioned": {"id": "29:bo", "name": "Bo Diddley"}, "text": "<at>Bo</at>"}


def stripped(text: str | None, *entities: Any, recipient: Any = BOT) -> tuple[str, bool]:
    raw = {"type": "message", "text": text, "entities": list(entities), "recipient": recipient}
    return without_mention(msgspec.convert(raw, WireActivity))


@pytest.mark.parametrize(
    ("text", "entities", "left", "called"),
    [
        ("/help", [], "/help", False),
        (None, [], "", False),
        (None, [AT_BOT], "", True),
        ("<at>Casemate</at> /help", [AT_BOT], "/help", True),
        ("<at>Casemate</at>&nbsp;/help", [AT_BOT], "/help", True),
        ("<at>Casemate</at>\xa0/help\n", [AT_BOT], "/help", True),
        ("hey <at>Casemate</at> lqr 1", [AT_BOT], "hey   lqr 1", True),
        ("<at>Casemate</at> <at>Casemate</at> lqr", [AT_BOT], "lqr", True),
        ("<at>Casemate</at> remind <at>Bo</at> now", [AT_BOT, AT_BO], "remind @Bo Diddley now", True),
        ("<at>Casemate</at> lqr", [], "lqr", True),
        ('<at id="0">Casemate</at> lqr', [], "lqr", True),
        ("<AT>casemate</AT> lqr", [], "lqr", True),
        ("<at>Somebody</at> lqr", [], "@Somebody lqr", False),
        ("@Casemate lqr", [], "lqr", True),
        ("@casemate, lqr", [], "lqr", True),
        ("@Casemate", [], "", True),
        ("@Casemates lqr", [], "@Casemates lqr", False),
        ("/Casemate lqr 1", [], "lqr 1", True),
        ("/casemate /lqr", [], "/lqr", True),
        ("/app lqr", [], "lqr", True),
        ("/apple pie", [], "/apple pie", False),
        ("mail a@Casemate", [], "mail a@Casemate", False),
        ("x", [{"type": "mention"}], "x", False),
        ("x", [{"type": "mention", "mentioned": "28:bot", "text": "x"}], "x", False),
        ("x", [{"type": "mention", "mentioned": {}, "text": "x"}], "x", False),
        ("x", [{"type": "mention", "mentioned": BOT, "text": None}], "x", False),
        ("x", [{"type": "mention", "mentioned": BOT, "text": ""}], "x", False),
        ("x", [{"type": "mention", "mentioned": {"id": 5}, "text": "x"}], "x", False),
        ("x", [None, 5, "mention", [AT_BOT]], "x", False),
    ],
)
def test_stripping(text: str | None, entities: list[Any], left: str, called: bool) -> None:
    assert stripped(text, *entities) == (left, called)


def test_a_bot_without_a_name() -> None:
    assert stripped("<at>X</at> hi", AT_BOT | {"text": "<at>X</at>"}, recipient={"id": "28:bot"}) == ("hi", True)
    assert stripped("@ hi", recipient={"id": "28:bot"}) == ("@ hi", False)
    assert stripped("hi", recipient=None) == ("hi", False)


def test_hostile_texts_cost_no_more_than_reading_them() -> None:
    started = time.process_time()
    stripped("<at" * 80_000)
    stripped("<at>" * 60_000)
    stripped("<at>" + "x" * 200_000)
    growing = [AT_BO | {"text": "a", "mentioned": {"id": "1", "name": "a" * 120}}] * 50
    text, _ = stripped("a" * 1000, *growing)
    assert time.process_time() - started < 5, "a quadratic reading takes minutes"
    assert len(text) <= TEXT_LIMIT
