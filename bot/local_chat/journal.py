"""The transcript's file: one JSON object a line, appended, and written anew when it has grown.

Local mode's chat is a stand-in for a channel, which would keep its own transcript; this is not the bot's store.
A line torn by a kill is left out when the file is read, and gone when it is next written anew.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Entry = dict[str, Any]

GROWN = 8 << 20  # bytes appended since the last rewrite, from which a rewrite is worth its while


class Journal:
    """An append-only file. A line is handed to the operating system before `append` returns."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._appended = 0
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("ab")

    def read(self) -> list[Entry]:
        """All entries, oldest first; lines that are no JSON object are left out."""
        entries = []
        for line in self._path.read_bytes().splitlines():
            try:
                entry = json.loads(line)
            except ValueError:
                continue
            if isinstance(entry, dict):
                entries.append(entry)
        return entries

    def append(self, entry: Entry) -> None:
        """Add one entry. Raises OSError when the disk is full."""
        line = _line(entry)
        self._file.write(line)
        self._file.flush()
        self._appended += len(line)

    @property
    def grown(self) -> bool:
        """Whether enough has been appended to make `rewrite` worth its while."""
        return self._appended > GROWN

    def rewrite(self, entries: Iterable[Entry]) -> None:
        """Replace the whole file with these entries, at once or not at all."""
        new = self._path.with_suffix(".new")
        new.write_bytes(b"".join(_line(entry) for entry in entries))
        self._file.close()
        new.replace(self._path)
        self._file = self._path.open("ab")
        self._appended = 0

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def _line(entry: Entry) -> bytes:
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
