"""`python app.py lint`: one JSON object a line in, one JSON line of findings out (playbook section 10)."""

import json
from collections.abc import Iterable, Iterator
from typing import Final, Literal, TextIO

from playbook.rules import PARTS, lint
from playbook.rules.base import Facts, Finding

CLEAN, FOUND, UNREADABLE = 0, 1, 2
_LONGEST_TEXT: Final = 1_000_000  # characters; a mail is some hundred times shorter


class UnreadableLine(ValueError):
    """A line that is no mail to lint; says which and why, for a person."""


def run(stream_in: Iterable[str], stream_out: TextIO, stream_err: TextIO) -> int:
    """Answer each line; 0 when nothing is an error, 1 when something is, 2 at a line that can't be read."""
    status = CLEAN
    try:
        for answer, wrong in lint_lines(stream_in):
            stream_out.write(answer + "\n")
            status = FOUND if wrong else status
    except UnreadableLine as trouble:
        stream_err.write(f"{trouble}\n")
        status = UNREADABLE
    except UnicodeDecodeError:
        stream_err.write("The input is not UTF-8 text.\n")
        status = UNREADABLE
    stream_out.flush()
    return status


def lint_lines(lines: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """For each line its answer and whether it holds an error. Raises UnreadableLine; skips empty lines."""
    for number, line in enumerate(lines, 1):
        line = line.strip("\ufeff \t\r\n")
        if line:
            findings = lint(*mail_of_line(line, number))
            answer = {"findings": [_as_dict(one) for one in findings]}
            yield json.dumps(answer), any(one.severity == "error" for one in findings)


def _as_dict(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "span": list(finding.span) if finding.span else None,
        "fix": finding.fix,
    }


def mail_of_line(line: str, number: int) -> tuple[str, Facts]:
    """The text and the facts of one line. Raises UnreadableLine."""
    try:
        mail = json.loads(line)
    except (ValueError, RecursionError) as trouble:
        raise UnreadableLine(f"Line {number} is not JSON: {_reason(trouble)}.") from None
    if not isinstance(mail, dict):
        raise UnreadableLine(f"Line {number} is not a JSON object with “kind” and “text”.")
    text, kind, scenario = mail.get("text"), mail.get("kind"), mail.get("scenario") or ""
    if not isinstance(text, str):
        raise UnreadableLine(f"Line {number} has no “text”, or one that isn't a string.")
    if len(text) > _LONGEST_TEXT:
        raise UnreadableLine(f"Line {number} has a text of more than {_LONGEST_TEXT:,} characters.")
    if kind not in ("fqr", "lqr"):
        raise UnreadableLine(f"Line {number} has a “kind” that is neither “fqr” nor “lqr”.")
    if not isinstance(scenario, str) or (kind == "lqr" and scenario and scenario not in PARTS):
        raise UnreadableLine(f"Line {number} names a scenario that isn't one of: {', '.join(PARTS)}.")
    return text, _facts(mail, kind, scenario)


def _reason(trouble: Exception) -> str:
    if isinstance(trouble, json.JSONDecodeError):
        return f"{trouble.msg} at column {trouble.colno}"
    return "it is nested too deeply" if isinstance(trouble, RecursionError) else "a number in it is too long"


def _facts(mail: dict[str, object], kind: Literal["fqr", "lqr"], scenario: str) -> Facts:
    """The case beside the mail; whatever is missing or odd counts as unknown."""
    case = mail.get("case")
    case = case if isinstance(case, dict) else {}
    known, contacts = case.get("known"), case.get("contacts")
    return Facts(
        kind=kind,
        scenario=scenario,
        title=_words(mail.get("title")),
        customer_name=_words(case.get("customer_name")),
        contacts=tuple(filter(None, map(_name, contacts))) if isinstance(contacts, list) else (),
        severity=_words(case.get("severity")),
        known={str(key): _words(value) for key, value in known.items()} if isinstance(known, dict) else {},
    )


def _name(contact: object) -> str:
    return _words(contact.get("name")) if isinstance(contact, dict) else _words(contact)


def _words(value: object) -> str:
    """A value as words: numbers too, lists joined, anything else unknown."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)[:100]
    return ", ".join(map(_words, value)) if isinstance(value, list) else ""
