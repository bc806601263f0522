"""The queue of what goes out later or elsewhere: claim, build, send, settle, one by one.

The promise (design section 3): never lost unseen; normally once; at most one repeat per crash for a
send in flight.
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from bot.connector import BadCredentials, Gone, PerhapsSent, SendError, SendRefused
from bot.posting import Posted, Posting
from dialogs.deliveries import Going
from dialogs.flow import new_id
from storage.base import Change, Claim, Dead, Retry, Save, Sent, Store
from storage.records import Delivery, Shown

Build = Callable[[Delivery], Awaitable[Going]]

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
SEND_TIME = timedelta(seconds=15)  # what one send may take, and a little
BATCH = 50
FIRST_WAIT, LONGEST_WAIT = 10.0, 900.0  # seconds
GIVEN_UP = 100  # tries: with these waits, about a day


class Deliveries:
    def __init__(self, store: Store, posting: Posting, build: Build, now: Callable[[], datetime]) -> None:
        self._store, self._posting, self._build, self._now = store, posting, build, now

    async def run(self) -> int:
        """Sends all that is due; returns how many were tried."""
        tried = 0
        while claims := await self._store.claim_due(self._now(), BATCH, LEASE):
            for claim in claims:
                if self._now() > claim.until - SEND_TIME:
                    continue  # its lease could end on the way, and it would be sent twice: left for a later look
                result, then = await self._send(claim)
                await self._store.settle(claim, result, then)
            tried += len(claims)
        return tried

    async def _send(self, claim: Claim) -> tuple[Sent | Retry | Dead, Sequence[Change]]:
        delivery = claim.delivery
        try:
            going = await self._build(delivery)
        except Exception:
            log.exception("delivery not built", extra={"kind": delivery.kind})
            return Dead(self._now(), "it could not be built"), ()
        if going.card is None:  # done or changed meanwhile
            return Sent(self._now()), going.then
        try:
            posted = await self._posting.post(going.place_id or delivery.place_id, going.card)
        except SendError as error:
            log.warning("delivery not sent", extra={"kind": delivery.kind, "error": str(error)})
            return self._after(delivery, error), ()
        return Sent(self._now()), (*going.then, *_shown(going, posted))

    def _after(self, delivery: Delivery, error: SendError) -> Retry | Dead:
        """Surely not sent: again for a day. Perhaps sent: once more. Refused for good: undelivered.

        A place that is not there for us may be heard of again within that day; until then nothing is sent.
        """
        now = self._now()
        wait = LONGEST_WAIT if isinstance(error, Gone) else min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(delivery.tries, 10))
        again = isinstance(error, SendRefused | BadCredentials | Gone) and delivery.tries < GIVEN_UP
        if again or (isinstance(error, PerhapsSent) and delivery.tries == 0):
            return Retry(now + timedelta(seconds=error.retry_after or wait), str(error))
        return Dead(now, str(error))


def _shown(going: Going, posted: Posted) -> tuple[Change, ...]:
    """A thing's card is kept equal from now on."""
    if not going.of:
        return ()
    shown = Shown(id=new_id(), place_id=posted.place_id, activity_id=posted.activity_id, of=going.of, rev=going.rev)
    return (Save(shown),)
