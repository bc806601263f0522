"""Putting a finding's line into the text."""

from typing import Final

from playbook.rules.base import Finding
from playbook.rules.marks import read

_AT_TOP: Final = frozenset({"LQR-01.name", "FQR-02.name"})
_OUTSIDE: Final = frozenset({"LQR-09"})  # about the title, which is no part of the text


def mend(text: str, finding: Finding) -> str:
    """The text with the finding mended: its span replaced, or the line put in before the closing words.

    A finding without a line to offer, or about the title, leaves the text as it is.
    """
    if not finding.fix or finding.rule in _OUTSIDE:
        return text
    if finding.span is not None:
        start, end = finding.span
        return text[:start] + finding.fix + text[end:]
    if finding.rule in _AT_TOP:
        return f"{finding.fix}\n\n{text.lstrip()}"
    at = read(text).signature
    before, after = text[:at].rstrip(), text[at:].lstrip("\n")
    return f"{before}\n\n{finding.fix}\n\n{after}".strip("\n") if before else f"{finding.fix}\n\n{after}".rstrip("\n")
