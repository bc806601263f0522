"""What a scope has to hold, and what is unclear in one (playbook §3). Advice: nothing here keeps a mail back."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from playbook.model import Scope, ScopeKind

# What the mail restates, by part of the scope: the field's id and how people call it (SCOPE-02).
PARTS: Mapping[str, str] = {
    "business_impact": "Business impact",
    "issue_definition": "Issue",
    "since_when": "Since when",
    "what_changed": "Changed before",
    "how_often": "How often",
    "who_is_hit": "Who is hit",
    "exact_error": "Error",
    "steps_to_reproduce": "To reproduce",
    "deadline": "Needed by",
    "known_already": "They know already",
    "solved_when": "Solved when",
    "in_scope": "In scope",
    "out_of_scope": "Not in scope",
    "additional_information": "Also",
}
# SCOPE-03: a break asks other things than a question does.
ONLY: Mapping[ScopeKind, tuple[str, ...]] = {
    ScopeKind.REACTIVE: (
        "since_when", "what_changed", "how_often", "who_is_hit", "exact_error", "steps_to_reproduce",
    ),
    ScopeKind.ADVISORY: ("deadline", "known_already"),
}  # fmt: skip


class Advice(NamedTuple):
    """Something that the engineer should look at: the field, the rule, and a sentence."""

    field: str
    rule: str
    text: str


class Change(NamedTuple):
    """A part that differs between two revisions; a line that was added or taken away has the other one empty."""

    part: str
    before: str
    after: str


_TWO = re.compile(
    r"\b(?:and also|as well as another|in addition|additionally|another (?:issue|problem|question|error)|besides that"
    r"|secondly|on top of that|also,? (?:the|we|our|there)|(?:two|three|several|both) (?:issues|problems|questions|errors))\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\s*(?:\d+[.)]|[-*•])\s+\S", re.MULTILINE)
_SEEN = re.compile(
    r"\d|[\"'“`]|\b(?:opens?|shows?|returns?|answers?|replies|reply|prints?|loads?|reach(?:es)?|connects?|logs? in|"
    r"sees?|appears?|runs?|starts?|finish(?:es)?|completes?|succeeds?|passes|works? (?:from|in|on|with|for)|arrives?|"
    r"receives?|can|no longer|without|page|screen|portal|command|dashboard|report|within|below|under|less than|"
    r"written|writes?|documents?|documented|list|plan|diagram|checklist|tests?|tested|review(?:ed)?|decided?)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"[:→–—]|->|https?://|\b(?:ask|see|contact|goes? to|your|new case|case|forum|partner|vendor|manager|team|through|via|"
    r"instead|documentation|docs)\b",
    re.IGNORECASE,
)


def advise(scope: Scope) -> tuple[Advice, ...]:
    """What is unclear: two issues in one (SCOPE-06), an end that nobody can see, an *out* with nowhere to go (SCOPE-05)."""
    return tuple(_advise(scope))


def _advise(scope: Scope) -> Iterator[Advice]:
    two = _TWO.search(scope.issue_definition)
    if two or len(_NUMBERED.findall(scope.issue_definition)) > 1:
        what = f"“{two[0]}” reads" if two else "The list reads"
        yield Advice(
            "issue_definition", "SCOPE-06", f"{what} like a second issue. One issue a case: a new case for the other?"
        )
    if scope.solved_when and not _SEEN.search(scope.solved_when):
        yield Advice(
            "solved_when", "SCOPE-05", "Can one see this? Name a number, a command or a screen that shows it is solved."
        )
    for line in _lines(scope.out_of_scope):
        if not _ELSEWHERE.search(line):
            yield Advice(
                "out_of_scope", "SCOPE-05", f"Where does “{line[:60]}” go instead? Each line out of scope says so."
            )


def changes(before: Scope, after: Scope) -> tuple[Change, ...]:
    """What the later revision says differently, in the order of the parts; of lists line by line (SCOPE-04)."""
    found: list[Change] = []
    for id, part in PARTS.items():
        old, new = getattr(before, id), getattr(after, id)
        if old == new:
            continue
        if id in ("in_scope", "out_of_scope"):
            had, has = _lines(old), _lines(new)
            found += [Change(part, line, "") for line in had if line not in has]
            found += [Change(part, "", line) for line in has if line not in had]
        else:
            found.append(Change(part, old, new))
    return tuple(found)


def _lines(text: str) -> list[str]:
    return [line.strip().removeprefix("- ").strip() for line in text.splitlines() if line.strip()]
