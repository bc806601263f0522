"""The demo team: the people one can be on the local page, read from people.toml."""

import tomllib
from pathlib import Path
from typing import NamedTuple

CHANNEL_ID = "emulator"  # what activities of the local page carry; a person is "emulator/<id>"

_FILE = Path(__file__).with_name("people.toml")


class LocalPerson(NamedTuple):
    """One of the demo team. `zone` is an IANA name; `manager` is another one's id, or empty."""

    id: str
    name: str
    title: str
    roles: tuple[str, ...]
    zone: str
    areas: tuple[str, ...]
    email: str
    phone: str
    manager: str

    @property
    def person_id(self) -> str:
        """The stable id by which the bot knows them."""
        return f"{CHANNEL_ID}/{self.id}"


def people() -> tuple[LocalPerson, ...]:
    """Everybody of the demo team, in the order in which the page lists them."""
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))["people"]
    return tuple(LocalPerson(**{**row, "roles": tuple(row["roles"]), "areas": tuple(row["areas"])}) for row in rows)
