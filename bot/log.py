"""Logs that carry no customer's data: a fixed sentence, and only fields that are on the list.

A record's arguments are never put into its sentence, whoever wrote it, and of an exception its types
and lines are kept but not its words: they may hold a name, an address or a mail.
"""

import json
import logging
import secrets
import sys
import traceback
from datetime import UTC, datetime
from typing import TextIO

# What may be logged beside the sentence, given as `extra={…}`.
FIELDS = (
    "error_id", "error", "status", "code", "why", "method", "path", "channel", "kind", "of", "flow", "step", "rev",
    "command", "action", "activity", "place", "delivery", "tries", "count", "took_ms", "version", "host", "port", "mode",
)  # fmt: skip
_LONGEST = 200


class LineFormatter(logging.Formatter):
    """One JSON object a line: `at`, `level`, `from`, `said`, the fields, and where an exception came from."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "said": str(record.msg)[:_LONGEST] if isinstance(record.msg, str) else type(record.msg).__name__,
        }
        for name in FIELDS:
            value = record.__dict__.get(name)
            if isinstance(value, str | int | float):
                line[name] = value[:_LONGEST] if isinstance(value, str) else value
        if record.exc_info and record.exc_info[1] is not None:
            line["exception"] = raised(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def raised(error: BaseException) -> list[str]:
    """An exception and its causes as `Type`, then `file:line function`, innermost last."""
    lines: list[str] = []
    seen: set[int] = set()
    next_error: BaseException | None = error
    while next_error is not None and id(next_error) not in seen:
        seen.add(id(next_error))
        lines.append(type(next_error).__name__)
        frames = traceback.extract_tb(next_error.__traceback__)
        lines += [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-30:]]
        next_error = next_error.__cause__ or (None if next_error.__suppress_context__ else next_error.__context__)
    return lines


def new_error_id() -> str:
    """What a fault of ours is called, both where it is told and in the log: eight hexadecimal digits."""
    return secrets.token_hex(4)


def set_up(level: str = "INFO", stream: TextIO | None = None) -> None:
    """Sends all logs through the formatter, to standard error unless told otherwise."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(LineFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)  # else it tells of each job that is armed
