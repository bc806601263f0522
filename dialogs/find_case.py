"""Which case a command means: the one named, else the person's current one."""

from typing import NamedTuple

from dialogs.case_fields import clean_number
from dialogs.turn import Turn
from playbook.model import Case
from storage.base import Reader, Versioned, Where


class Meant(NamedTuple):
    """`case` is the stored one; `number` what was typed for it, "" when nothing was; `rest` what follows."""

    case: Versioned[Case] | None
    number: str
    rest: str


async def by_number(read: Reader, number: str) -> Versioned[Case] | None:
    page = await read.find(Case, [Where("number", "=", number)], limit=1)
    return page.items[0] if page.items else None


async def meant(turn: Turn, args: str) -> Meant:
    """Takes the first word as a case number when a case has it, or when it looks like one (a digit in it)."""
    first, _, rest = args.partition(" ")
    number = clean_number(first)
    if number:
        case = await by_number(turn.read, number)
        if case is not None or any(letter.isdigit() for letter in number):
            return Meant(case, number, rest.strip())
    current = await turn.read.get(Case, turn.current_case) if turn.current_case else None
    return Meant(current, "", args.strip())


async def latest_of(turn: Turn, limit: int = 5) -> list[Versioned[Case]]:
    """The actor's own open cases, last touched first."""
    page = await turn.read.find(Case, [Where("owner", "=", turn.actor.id)], order="-touched_at", limit=limit * 4)
    return [case for case in page.items if case.value.open][:limit]
