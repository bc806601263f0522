"""The pings of follow-ups when they are due: to whom, the card, and the repeat that comes if nobody answers."""

from collections.abc import Sequence
from functools import partial

from cards.reminders import Item, merged_card
from dialogs.deliveries import Going
from dialogs.flow import Card, Sight, own_chat
from dialogs.followups import PINGS, calendar_of, ping, whose
from dialogs.reminder_steps import card_of, cases_of
from playbook.model import FollowUp, FollowUpState
from playbook.words import relative_words
from storage.base import Save, Versioned
from storage.records import Delivery


async def build(sight: Sight, delivery: Delivery) -> Going:
    """Nothing when the follow-up was done, cancelled or moved meanwhile."""
    followup = await _still(sight, delivery)
    if followup is None:
        return Going()
    now, number = followup.value, int(delivery.values["number"])
    person = now.person if now.place_id else await whose(sight, now.person)
    place = now.place_id or own_chat(person)
    then: tuple[Save, ...] = ()
    if number < PINGS:
        zone = sight.zone if person == now.person else sight.team.zone_of(person)
        at = calendar_of(sight.team, person, zone).business_morning_after(sight.now)
        repeat = ping(now, at, sight.now, number + 1)
        then = () if await sight.read.get(Delivery, repeat.id) else (Save(repeat),)
    card = await card_of(sight, followup, reader=person)
    return Going(card, place, of=delivery.of, rev=followup.version, then=then)


async def merge(sight: Sight, deliveries: Sequence[Delivery]) -> Card | None:
    """One card for all that came due while nobody could be pinged; None when none of it still waits."""
    found = [one for one in [await _still(sight, delivery) for delivery in deliveries] if one is not None]
    if not found:
        return None
    cases = await cases_of(sight, found)
    return merged_card(
        [Item(one.value, cases.get(one.value.case_id)) for one in found],
        words=partial(relative_words, zone=sight.zone, now=sight.now),
        people=sight.team.names,
        reader=found[0].value.person,
    )


async def _still(sight: Sight, delivery: Delivery) -> Versioned[FollowUp] | None:
    """The follow-up when it still waits in the round that the ping is of."""
    found = await sight.read.get(FollowUp, delivery.of.removeprefix("followup/"))
    if found is None or found.value.state is not FollowUpState.WAITING:
        return None
    return found if str(found.value.round) == delivery.values["round"] else None
