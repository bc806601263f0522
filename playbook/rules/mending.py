"""Putting findings' lines into the text."""

from collections.abc import Iterable
from typing import Final

from playbook.rules.base import Finding
from playbook.rules.marks import read

_AT_TOP: Final = ("LQR-01.name", "FQR-02.name")
_OUTSIDE: Final = ("LQR-09",)  # about the title, which is no part of the text
# In which order lines that are put in follow each other: the matter first, the courtesies last.
_ORDER: Final = (
    ".problem",
    ".resolution",
    "LQR-05",
    "TALK-01.next",
    "TALK-01.when",
    ".reopen",
    ".survey",
    ".contact",
    ".thanks",
)


def mend(text: str, findings: Finding | Iterable[Finding]) -> str:
    """The text with one finding, or several of one reading, mended.

    What has a span is replaced there; a line for something that is missing goes in before the closing
    words, the greeting to the top. A finding with no line to offer, or about the title, changes nothing.
    """
    several = [findings] if isinstance(findings, Finding) else list(findings)
    useful = [one for one in several if one.fix and one.rule not in _OUTSIDE]
    text = _replaced(text, [one for one in useful if one.span])
    missing = [one for one in useful if not one.span]
    lines = [one.fix for one in sorted(missing, key=_place) if one.rule not in _AT_TOP]
    if lines:
        text = _put_in(text, "\n\n".join(dict.fromkeys(lines)))
    for one in missing:
        if one.rule in _AT_TOP:
            text = f"{one.fix}\n\n{text.lstrip()}"
    return text


def _replaced(text: str, findings: list[Finding]) -> str:
    """Each span replaced, from the last to the first; of two that overlap the later one waits."""
    kept: list[tuple[int, int, str]] = []
    for one in sorted(findings, key=lambda one: one.span or (0, 0)):
        start, end = one.span or (0, 0)
        if not kept or start >= kept[-1][1]:
            kept.append((start, end, one.fix))
    for start, end, fix in reversed(kept):
        text = text[:start] + fix + text[end:]
    return text


def _put_in(text: str, lines: str) -> str:
    """The lines as paragraphs of their own, before the closing words."""
    at = read(text).signature
    parts = (text[:at].rstrip(), lines, text[at:].strip("\n"))
    return "\n\n".join(part for part in parts if part)


def _place(finding: Finding) -> int:
    return next((place for place, end in enumerate(_ORDER) if finding.rule.endswith(end)), len(_ORDER))
