"""The table of deliveries. A new kind is one line here and the function that builds its card."""

from dialogs import (
    arrivals,
    closing_later,
    digest,
    fqr_clock,
    icm_card,
    icm_csat,
    notices,
    offered,
    offers,
    pings,
    shift_end,
    swarm_ladder,
)
from dialogs.deliveries import DeliveryKind, Going
from dialogs.flow import Sight
from storage.records import Delivery


async def _notice(sight: Sight, delivery: Delivery) -> Going:
    return Going(notices.card_of(delivery.values))


KINDS: tuple[DeliveryKind, ...] = (
    DeliveryKind("notice", _notice),
    DeliveryKind("ping", pings.build, pings.merge),
    DeliveryKind("fqr", fqr_clock.build),
    DeliveryKind("arrival", arrivals.build),
    DeliveryKind("taken", arrivals.build_taken),
    DeliveryKind(offers.OFFERED, offered.build),
    DeliveryKind(offers.WAITS, offers.waits),
    DeliveryKind(shift_end.KIND, shift_end.build),
    DeliveryKind(icm_csat.KIND, icm_card.build_review),
    DeliveryKind(closing_later.KIND, closing_later.build),
    DeliveryKind("team_digest", digest.build_team),
    DeliveryKind("own_digest", digest.build_own),
    *swarm_ladder.KINDS,
)

BY_NAME = {kind.name: kind for kind in KINDS}
