"""What becomes of a delivery that could not be sent (design section 3), and how that is said to people."""

from datetime import datetime, timedelta

from bot.connector import BadCredentials, Gone, PerhapsSent, Rejected, SendError, TooLarge
from storage.base import Dead, Retry
from storage.records import Delivery

FIRST_WAIT, LONGEST_WAIT = 10.0, 900.0  # seconds
CREDENTIALS_WAIT = 60.0  # seconds until our own credentials are tried again
GIVEN_UP = timedelta(hours=24)  # after the first failure
BUILD_WAITS = (1.0, 10.0, 60.0, 300.0)  # seconds between tries of what can't be built


def after_failure(delivery: Delivery, error: SendError, now: datetime, chance: float) -> Retry | Dead:
    """Surely not sent: again for a day. Perhaps sent: once more. Refused for good: undelivered.

    Our own credentials refused: it waits and nothing is counted. A place that is not there for us may
    be heard of again within that day. `chance`, between 0 and 1, spreads the waits.
    """
    why = why_words(error)
    if isinstance(error, BadCredentials):
        return Retry(now + timedelta(seconds=CREDENTIALS_WAIT), why, tried=False)
    if isinstance(error, Rejected) or (isinstance(error, PerhapsSent) and delivery.perhaps):
        return Dead(now, why)
    wait = LONGEST_WAIT if isinstance(error, Gone) else min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(delivery.tries, 10))
    seconds = error.retry_after if error.retry_after is not None else wait * (1 + chance) / 2
    at = now + timedelta(seconds=max(1.0, seconds))
    if at > (delivery.failed_at or now) + GIVEN_UP:
        return Dead(now, why)
    return Retry(at, why, perhaps=isinstance(error, PerhapsSent))


def after_bad_build(delivery: Delivery, error_id: str, now: datetime) -> Retry | Dead:
    """A card that can't be built is tried a few times more; what it needs may be mended meanwhile."""
    why = f"Something went wrong on my side (error {error_id})."
    if delivery.tries >= len(BUILD_WAITS):
        return Dead(now, why)
    return Retry(now + timedelta(seconds=BUILD_WAITS[delivery.tries]), why)


def why_words(error: SendError) -> str:
    """Why it could not be sent, as a sentence with the channel's own code for who looks into it."""
    code = " ".join(str(part) for part in (error.status, error.code) if part)
    return f"{_sentence(error)} ({code})." if code else f"{_sentence(error)}."


def _sentence(error: SendError) -> str:
    if isinstance(error, BadCredentials):
        return "My own sign-in to the channel was refused"
    if isinstance(error, TooLarge):
        return "It is too large for the channel"
    if isinstance(error, Rejected):
        return "The channel doesn't take it"
    if isinstance(error, PerhapsSent):
        return "The channel gave no clear answer, so it may have arrived"
    if isinstance(error, Gone):
        return "They have never written to me" if error.code == "NeverMet" else "I can't write there any more"
    return "The channel asked me to wait" if error.status in (412, 429) else "The channel could not be reached"
