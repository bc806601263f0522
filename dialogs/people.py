"""Whom of the team somebody means: a name, its beginning, or an id; alone, or at the head of a line."""

from collections.abc import Sequence

from dialogs.parse import suggestions
from dialogs.turn import UserError
from playbook.team import Person, Team

NAMED = 5  # of several, in the sentence that asks which one


def one_of(team: Team, whom: str) -> Person:
    """Raises `UserError` where nobody, or several, are meant."""
    wanted = whom.strip().removeprefix("@").casefold()
    people = list(team.people.values())
    exact = [one for one in people if wanted in (one.name.casefold(), one.id.casefold())]
    found = exact or [one for one in people if one.name.casefold().startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UserError(f"Nobody of the team is called “{whom[:60]}”.{_near(people, wanted)}")
    names = ", ".join(sorted(one.name for one in found)[:NAMED])
    raise UserError(f"Several of the team are called “{whom[:60]}”: {names}.")


def _near(people: Sequence[Person], wanted: str) -> str:
    """` Did you mean Bo Okafor?`, by a whole name or a first one; empty where nothing is near."""
    names = {said.casefold(): one.name for one in people if one.name for said in (one.name, one.name.split()[0])}
    near = dict.fromkeys(names[said] for said in suggestions(wanted, names))
    return f" Did you mean {' or '.join(near)}?" if near else ""


def head_of(team: Team, line: str) -> tuple[str, str]:
    """Whom a line begins with, and what follows: `@Bo Okafor knows the rack`; a name of nobody's is one word."""
    said = line.strip().removeprefix("@")
    for name in sorted((one.name for one in team.people.values()), key=len, reverse=True):
        beyond = said[len(name) :]
        if said.casefold().startswith(name.casefold()) and not beyond[:1].isalnum():
            return name, beyond.strip(" ,:;")
    word, _, more = said.partition(" ")
    return word.rstrip(",:;"), more.strip()
