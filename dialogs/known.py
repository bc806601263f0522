"""The people and places that the bot has heard of, and what of them is new in a turn."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

import msgspec

from dialogs.turn import Event, Turn
from playbook.team import Team
from storage.base import Reader, Save, Versioned
from storage.keys import key_of
from storage.records import Place, PlaceKind, Profile, Setting

TEAM_PLACE = "team_place"  # the Setting that holds the team channel's place id
REMEMBERED = 10_000


async def team_place(read: Reader, team: Team) -> str:
    """The team channel's place id: the team file's, else the first channel that spoke to the bot; "" for none."""
    if team.places.team is not None:
        return team.places.team.id
    setting = await read.get(Setting, TEAM_PLACE)
    return setting.value.value if setting else ""


class Known:
    """Remembers the last few thousand profiles and places, so that a turn reads them once.

    What it remembers is only a hint: each save names its version, and a conflict forgets it.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[type[Any], str], Versioned[Any]] = OrderedDict()

    async def _get(self, read: Reader, kind: type[Any], id: str) -> Versioned[Any] | None:
        found = self._kept.get((kind, id))
        if found is None:
            found = await read.get(kind, id)
            if found is not None:
                self._keep(kind, id, found)
        return found

    def _keep(self, kind: type[Any], id: str, found: Versioned[Any]) -> None:
        self._kept[kind, id] = found
        self._kept.move_to_end((kind, id))
        if len(self._kept) > REMEMBERED:
            self._kept.popitem(last=False)

    async def profile(self, read: Reader, person: str) -> Versioned[Profile] | None:
        return await self._get(read, Profile, person)

    async def place(self, read: Reader, id: str) -> Versioned[Place] | None:
        return await self._get(read, Place, id)

    async def team_place(self, turn: Turn) -> str:
        """The team channel's place id: the team file's, else the first channel that spoke to the bot."""
        if turn.team.places.team is not None:
            return turn.team.places.team.id
        setting = await self._get(turn.read, Setting, TEAM_PLACE)
        return setting.value.value if setting else ""

    async def changes(self, turn: Turn, current_case: str = "") -> list[Save]:
        """Saves for what this turn tells anew of its actor and its place; most turns tell nothing."""
        changes: list[Save] = []
        place = await self.place(turn.read, turn.place.id)
        heard = turn.place
        if turn.said == Event("removed"):
            heard = msgspec.structs.replace(heard, suspended_at=turn.now)
        if place is None:
            changes.append(Save(heard))
        else:
            same = msgspec.structs.replace(
                heard,
                heard_at=place.value.heard_at,
                name=heard.name or place.value.name,
                person=heard.person or place.value.person,
            )
            if same != place.value:  # also lifts a suspension: the channel has let us hear of it again
                changes.append(Save(msgspec.structs.replace(same, heard_at=turn.now), place.version))
        if heard.kind is PlaceKind.CHANNEL and not await self.team_place(turn):
            changes.append(Save(Setting(id=TEAM_PLACE, value=heard.id)))
        changes.extend(await self._profile_changes(turn, current_case))
        return changes

    async def _profile_changes(self, turn: Turn, current_case: str) -> list[Save]:
        if not turn.actor.id:
            return []
        profile = await self.profile(turn.read, turn.actor.id)
        before = profile.value if profile else Profile(id=turn.actor.id, seen_at=turn.now)
        own = turn.place.id if turn.place.kind is PlaceKind.PERSONAL else before.own_place
        after = msgspec.structs.replace(
            before,
            name=turn.actor.name or before.name,
            address=turn.actor.address or before.address,
            own_place=own,
            met_in=before.met_in or turn.place.id,
            zone=turn.zone or before.zone,
            current_case=current_case or before.current_case,
        )
        if profile is not None and after == before:
            return []
        return [Save(msgspec.structs.replace(after, seen_at=turn.now), profile.version if profile else 0)]

    def saved(self, changes: Sequence[Save]) -> None:
        """Takes over what was just committed."""
        for change in changes:
            self._keep(type(change.value), key_of(change).id, Versioned(change.value, change.version + 1))

    def forget_place(self, id: str) -> None:
        """The place was suspended beside us: the next turn there reads it anew, and lifts that."""
        self._kept.pop((Place, id), None)

    def forget(self, changes: Sequence[Save]) -> None:
        """After a conflict: what we knew may be old."""
        for change in changes:
            self._kept.pop((type(change.value), key_of(change).id), None)


def is_known(save: Save) -> bool:
    """Whether a save is of a kind that is remembered here."""
    return isinstance(save.value, Profile | Place | Setting)
