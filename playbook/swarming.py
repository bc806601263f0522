"""Swarming (playbook §7): what is looked at before asking, what kinds of help there are, and how a swarm ends."""

import re
from collections.abc import Iterable, Mapping, Sequence

from playbook.common_words import COMMON
from playbook.model import Case, Severity

# SWARM-02: looked at before many are asked. A missing one is asked for once more, never forbidden.
CHECKS: Mapping[str, str] = {
    "tooling": "Support tooling looked at",
    "guides": "Troubleshooting guides read",
    "icms": "Similar ICMs searched",
    "outage": "An outage ruled out",
}
HELPS: Mapping[str, str] = {
    "idea": "Ideas: where to look next",
    "second_look": "A second look at what I found",
    "hands": "Hands: reproduce it, read logs with me",
    "call": "Somebody beside me in a customer call",
    "knows": "Somebody who knows this area",
}
OUTCOMES: Mapping[str, str] = {
    "solved": "Solved",
    "way_on": "A way on was found",
    "bug": "It is a bug: on to an ICM",
    "customer": "The customer has to do something",
    "not_found": "Nothing was found",
}
LONGEST, LONGEST_NAME = 4000, 200  # characters that are read for a customer's names, and of a name
UNKNOWN_AREA = "other"  # the choice of whoever can't name an area

_MAIL = re.compile(r"(?<![^\s<>(),;:\"'])[^\s<>(),;:\"'@]+@[^\s<>(),;:\"']+")  # from a word's begin: read once
_PHONE = re.compile(r"\+?\d[\d /().-]{7,}\d")
_WORD = re.compile(r"[^\W_]{3,}")
_OF_ANY_QUESTION = COMMON | {  # and what every question to the team is about
    "customer", "issue", "problem", "error", "question", "help", "need", "needs", "please", "know", "anyone", "anybody",
    "somebody", "case", "want", "not", "see", "seen",
}  # fmt: skip


def missing_checks(checked: Iterable[str]) -> list[str]:
    """Ids of what SWARM-02 wants and nobody ticked, in their order."""
    done = set(checked)
    return [id for id in CHECKS if id not in done]


def clean_area(text: str) -> str:
    """An area as it is compared and shown: small letters, single spaces."""
    return " ".join(text.split()).casefold()[:40]


def significant(question: str, most: int = 5) -> list[str]:
    """The words of a question that tell it from others: the longest first."""
    words = dict.fromkeys(word.casefold() for word in _WORD.findall(question))
    return sorted((word for word in words if word not in _OF_ANY_QUESTION), key=lambda word: -len(word))[:most]


def without_customer(text: str, case: Case | None) -> str:
    """The text without names and addresses of the customer's: it goes where many read it.

    The case's contacts and company are replaced by "the customer", mail addresses and phone numbers by what they
    are; a case's own number stays. Of a very long text, the beginning.
    """
    text = text[:LONGEST]
    text = _MAIL.sub("(address)", text)
    number = case.number if case else ""
    text = _PHONE.sub(lambda found: found[0] if not _is_phone(found[0], number) else "(phone)", text)
    for name in _names(case):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "the customer", text, flags=re.IGNORECASE)
    text = re.sub(r"\bthe customer(?: the customer)+\b", "the customer", text)
    return re.sub(r"(^|[.!?]\s+|\n)the customer\b", r"\1The customer", text)


def _is_phone(found: str, number: str) -> bool:
    """A number written in groups or with a plus is one; a long run of digits may be an id."""
    return found.strip() != number and (found.startswith("+") or not found.isdecimal()) and not _is_date(found)


def _is_date(found: str) -> bool:
    return bool(re.match(r"\d{4}-\d\d-\d\d|\d{1,3}(?:\.\d{1,3}){3}", found))


def _names(case: Case | None) -> Sequence[str]:
    """Whole names first, then their parts where a part can't be taken for a common word."""
    if case is None:
        return ()
    whole = [one for who in case.contacts for one in (who.name, who.address_as) if len(one) > 2]
    whole += [case.company] if len(case.company) > 2 else []
    parts = [part for who in case.contacts for part in who.name.split()[:6] if 3 < len(part) <= LONGEST_NAME]
    whole = [one for one in whole if len(one) <= LONGEST_NAME]
    return [*whole, *(one for one in parts if one.casefold() not in _OF_ANY_QUESTION)]


def is_urgent(severity: Severity | None) -> bool:
    """SWARM-03: severity A goes by the clock on the wall, over those on call."""
    return severity is Severity.A
