"""Logs carry what is on the list, and nothing that a customer or a secret could be in."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from bot.log import FIELDS, set_up

SECRET = "Alice Example <alice@example.com>"


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    set_up(stream=stream)
    yield stream
    logging.captureWarnings(False)
    root.handlers[:], root.level = handlers, level


def lines(out: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_line(out: io.StringIO) -> None:
    logging.getLogger("casemate.test").info("A turn ended", extra={"flow": "case", "rev": 3, "customer_name": SECRET})
    [line] = lines(out)
    assert (line["level"], line["from"], line["said"]) == ("info", "casemate.test", "A turn ended")
    assert (line["flow"], line["rev"]) == ("case", 3)
    assert set(line) <= {"at", "level", "from", "said", "exception", *FIELDS}


def test_arguments_and_objects_stay_out(out: io.StringIO) -> None:
    log = logging.getLogger("some.library")
    log.warning("request of %s failed", SECRET)
    log.warning(ValueError(SECRET))
    log.warning("x", extra={"flow": [SECRET]})
    assert SECRET not in out.getvalue()
    assert lines(out)[0]["said"] == "request of %s failed"


def test_exceptions_keep_their_places_and_lose_their_words(out: io.StringIO) -> None:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ValueError(SECRET) from error
    except ValueError:
        logging.getLogger("casemate.test").exception("A request failed", extra={"error_id": "1a2b"})
    [line] = lines(out)
    where = line["exception"]
    assert isinstance(where, list)
    assert where[0] == "ValueError"
    assert "KeyError" in where
    assert any("test_exceptions_keep" in place for place in where)
    assert line["error_id"] == "1a2b"
    assert "alice" not in out.getvalue()


def test_long_texts_are_cut(out: io.StringIO) -> None:
    logging.getLogger("x").warning("y" * 5000, extra={"why": "z" * 5000})
    assert len(out.getvalue()) < 700


def test_what_the_scheduler_does_each_time_is_not_told(out: io.StringIO) -> None:
    logging.getLogger("apscheduler.scheduler").info("Added job")
    logging.getLogger("apscheduler.scheduler").warning("Run time was missed")
    assert [line["said"] for line in lines(out)] == ["Run time was missed"]
