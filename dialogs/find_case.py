"""Which case a command means: the one named, else the person's current one."""

import re
from itertools import islice
from typing import NamedTuple

from dialogs.case_fields import clean_number
from dialogs.turn import Turn
from playbook.model import Case
from storage.base import Reader, Versioned, Where

LONGEST = 4  # words of a number
_WORD = re.compile(r"\S+")


class Meant(NamedTuple):
    """`case` is the stored one; `number` what was typed for it, "" when nothing was; `rest` what follows."""

    case: Versioned[Case] | None
    number: str
    rest: str


def has_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)


async def by_number(read: Reader, number: str) -> Versioned[Case] | None:
    page = await read.find(Case, [Where("number", "=", number)], limit=1)
    return page.items[0] if page.items else None


async def named(read: Reader, text: str) -> tuple[Versioned[Case], str] | None:
    """The case whose number the text begins with, and what follows it; a number may have blanks (`SR 1234`)."""
    ends: dict[str, int] = {}
    for word in islice(_WORD.finditer(text), LONGEST):
        if ends and not has_digit(word[0]):
            break
        ends[clean_number(text[: word.end()])] = word.end()
    ends.pop("", None)
    if not ends:
        return None
    page = await read.find(Case, [Where("number", "in", list(ends))], limit=len(ends))
    case = max(page.items, key=lambda one: ends[one.value.number], default=None)
    return (case, text[ends[case.value.number] :].strip()) if case else None


async def meant(turn: Turn, args: str) -> Meant:
    """Takes what it begins with as a case number when a case has it, or when it looks like one (a digit in it)."""
    if found := await named(turn.read, args):
        return Meant(found[0], found[0].value.number, found[1])
    first, *rest = args.split(None, 1)[:2] or [""]
    if has_digit(first):
        return Meant(None, clean_number(first), "".join(rest).strip())
    current = await turn.read.get(Case, turn.current_case) if turn.current_case else None
    return Meant(current, "", args.strip())


async def latest_of(turn: Turn, limit: int = 5) -> list[Versioned[Case]]:
    """The actor's own open cases, last touched first."""
    page = await turn.read.find(Case, [Where("owner", "=", turn.actor.id)], order="-touched_at", limit=limit * 4)
    return [case for case in page.items if case.value.open][:limit]
