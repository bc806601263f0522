"""From a typed line to a command, and from a mistyped one to a suggestion."""

import difflib
from collections.abc import Collection

from dialogs.turn import Command, Text

NEAR = 0.6  # of difflib: `hlep` is near `help`, and `nonsense` is near nothing


def parse(text: str, names: Collection[str]) -> Command | Text:
    """Reads `/lqr 26112 standard-closure`, with or without the slash, in any case.

    A line with a slash is always a command, known or not; without one only a known name makes it so.
    """
    line = text.strip()
    slashed = line.startswith("/")
    parts = line.lstrip("/ ").split(None, 1)
    word = parts[0].casefold() if parts else ""
    if word in names or (slashed and word):
        return Command(word, parts[1].strip() if len(parts) > 1 else "")
    return Text(line)


def suggestions(word: str, names: Collection[str], limit: int = 3) -> list[str]:
    """The nearest command names, best first; none when nothing is near."""
    word = word.casefold()
    starts = [name for name in sorted(names) if word and name.startswith(word)]
    near = difflib.get_close_matches(word, sorted(names), n=limit, cutoff=NEAR)
    return list(dict.fromkeys(starts + near))[:limit]
