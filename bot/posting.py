"""Posting to a place by its id: finds the place, opens a person's own chat where there is none yet."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from bot.connector import Connector, Gone, Rejected
from bot.outgoing import Fitter, Link
from bot.rates import Seat, seat_of
from storage.base import Change, Save, Store, StoreError, Versioned
from storage.records import Place, PlaceKind, Profile, Shown

OWN = "own|"  # begins the place id of a person's own chat that may not be open yet
Said = dict[str, Any] | str
Pace = Callable[[Place, str], Awaitable[None]]  # waits until one more may be sent to the place, or a thread of it


class Posted(NamedTuple):
    place_id: str  # where it stands now: an own chat that was opened has its real id
    activity_id: str
    thread: str = ""


async def at_once(place: Place, thread: str) -> None:
    """The pace of those that wait for nobody."""


class Posting:
    def __init__(
        self,
        store: Store,
        connector: Connector,
        link: Link,
        now: Callable[[], datetime],
        suspended: Callable[[str], None] = lambda _: None,
        pace: Pace = at_once,
    ) -> None:
        """`suspended` is told the id of a place that nothing is sent to until it is heard of again."""
        self._store, self._connector, self._now = store, connector, now
        self.fit = Fitter(link)
        self._suspended, self._pace = suspended, pace

    async def answer(self, heard: Place, said: Said, thread: str = "") -> Posted:
        """Posts to where somebody just spoke: whatever the store knows of the place (or can't tell now), it is there."""
        activity = self.fit.activity(said, heard)
        await self._pace(heard, thread)
        try:
            return Posted(heard.id, await self._connector.post(heard, activity, thread))
        except Gone:
            if place := await self._store.get(Place, heard.id):
                await self._suspend(place)
            raise

    async def post(self, place_id: str, said: Said, thread: str = "") -> Posted:
        """Posts a card or a text. Raises `bot.connector.SendError`'s family.

        A place that refuses us is suspended: nothing is sent there until it is heard of again. A thread that does so
        may have lost its first message: then it goes to the place itself.
        """
        place = await self._place(place_id)
        if place is None:
            return await self._open(place_id.removeprefix(OWN), said)
        if place.value.suspended_at is not None:
            self._suspended(place.value.id)  # perhaps by another process
            raise Gone(code="Suspended")
        activity = self.fit.activity(said, place.value)
        await self._pace(place.value, thread)
        try:
            return Posted(place.value.id, await self._connector.post(place.value, activity, thread), thread)
        except Gone:
            if thread:
                return await self.post(place_id, said)
            await self._suspend(place)
            raise

    async def thread_below(self, shown: Shown) -> str:
        """The thread that a card on show stands in, or begins; "" where the channel has none."""
        place = await self._store.get(Place, shown.place_id)
        if (
            shown.thread
            or place is None
            or place.value.channel != "msteams"
            or place.value.kind is not PlaceKind.CHANNEL
        ):
            return shown.thread
        return f"{place.value.conversation};messageid={shown.activity_id}" if shown.activity_id else ""

    async def edit(self, place_id: str, activity_id: str, card: dict[str, Any], thread: str = "") -> str:
        """Replaces a card in place; returns its activity id."""
        place = await self._place(place_id)
        if place is None or place.value.suspended_at is not None:
            raise Gone(code="NoPlace")
        activity = self.fit.activity(card, place.value)
        await self._pace(place.value, thread)
        return await self._connector.edit(place.value, activity_id, activity, thread)

    async def seat(self, place_id: str) -> Seat | None:
        """Whose limits a post to the place counts against; None where nothing is known of it."""
        own = place_id.startswith(OWN)
        place = await self._place(place_id) if own else await self._store.get(Place, place_id)
        if place is None and own:
            profile = await self._store.get(Profile, place_id.removeprefix(OWN))
            place = await self._store.get(Place, profile.value.met_in) if profile and profile.value.met_in else None
            return Seat(seat_of(place.value).tenant, place_id) if place else None
        return seat_of(place.value) if place else None

    async def heard_since(self, place_id: str, at: datetime) -> bool:
        """Whether a place that refused us then has been heard of again."""
        own = place_id.startswith(OWN)
        place = await self._place(place_id) if own else await self._store.get(Place, place_id)
        return place is not None and place.value.suspended_at is None and place.value.heard_at >= at

    async def _place(self, place_id: str) -> Versioned[Place] | None:
        """The stored place; None for an own chat that has to be opened first."""
        if not place_id.startswith(OWN):
            found = await self._store.get(Place, place_id)
            if found is None:
                raise Rejected(code="UnknownPlace")
            return found
        profile = await self._store.get(Profile, place_id.removeprefix(OWN))
        if profile is None or not profile.value.own_place:
            return None
        return await self._store.get(Place, profile.value.own_place)

    async def _open(self, person: str, said: Said) -> Posted:
        profile = await self._store.get(Profile, person)
        like = await self._store.get(Place, profile.value.met_in) if profile and profile.value.met_in else None
        if profile is None or like is None or not profile.value.address:
            raise Gone(code="NeverMet")
        activity = self.fit.activity(said, like.value)
        await self._pace(like.value, OWN + person)
        conversation, activity_id = await self._connector.create_personal(like.value, profile.value.address, activity)
        opened = msgspec.structs.replace(
            like.value,
            id=f"{like.value.channel}|{conversation}",
            conversation=conversation,
            kind=PlaceKind.PERSONAL,
            name="",
            person=person,
            heard_at=self._now(),
            suspended_at=None,
        )
        known = await self._store.get(Place, opened.id)
        changes: list[Change] = [] if known else [Save(opened)]
        changes.append(Save(msgspec.structs.replace(profile.value, own_place=opened.id), profile.version))
        await self._keep(changes)
        return Posted(opened.id, activity_id)

    async def _suspend(self, place: Versioned[Place]) -> None:
        await self._keep([Save(msgspec.structs.replace(place.value, suspended_at=self._now()), place.version)])
        self._suspended(place.value.id)

    async def _keep(self, changes: list[Change]) -> None:
        """Saves what was learned. When somebody else learned it meanwhile, theirs stands; what isn't kept is
        learned again: it must not look as if nothing had been sent."""
        try:
            await self._store.commit(changes)
        except StoreError:
            return
