"""What still stands of a case's timeline: an entry that was taken back counts as one that was never made.

The order of `standing` is that of recording: what was said last is what holds, whenever it happened.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from playbook.model import (
    CustomerConfirmed,
    Entry,
    Escalated,
    EscalationEnded,
    MoodNoted,
    Promise,
    PromiseEnded,
    Sentiment,
    Stage,
    StageMoved,
    Undone,
)
from playbook.words import bare_words

F = TypeVar("F")


def standing(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that nothing took back, in the order in which they were recorded."""
    everything = list(entries)
    gone = {one.fact.entry_id for one in everything if isinstance(one.fact, Undone)}
    left = [one for one in everything if one.id not in gone and not isinstance(one.fact, Undone)]
    return sorted(left, key=lambda one: (one.recorded_at, one.happened_at, one.id))


def by_happening(entries: Iterable[Entry]) -> list[Entry]:
    """The same in the order in which they happened: what the customer lived through."""
    return sorted(standing(entries), key=lambda one: (one.happened_at, one.recorded_at, one.id))


def since_reopened(entries: Iterable[Entry]) -> list[Entry]:
    """What happened since the case was opened for the last time, the earliest first."""
    kept = by_happening(entries)
    again = [at for at, one in enumerate(kept) if reopens(one)]
    return kept[again[-1] + 1 :] if again else kept


def of_kind(stands: Sequence[Entry], kind: type[F]) -> list[tuple[Entry, F]]:
    """Those whose fact is of this kind, each with it."""
    return [(one, one.fact) for one in stands if isinstance(one.fact, kind)]


def last_mood(stands: Sequence[Entry]) -> tuple[Entry, MoodNoted] | None:
    """The mood that was noted last; of two in one moment, the unhappy one."""
    moods = of_kind(stands, MoodNoted)
    return max(moods, key=lambda one: (one[0].recorded_at, one[1].sentiment is Sentiment.UNHAPPY), default=None)


def reopens(entry: Entry) -> bool:
    """Whether the customer came back. A closing by mistake that was taken back is no reopening."""
    fact = entry.fact
    return isinstance(fact, StageMoved) and fact.to_stage is Stage.REOPENED and not fact.by_mistake


def last_reopening(stands: Sequence[Entry]) -> Entry | None:
    """The entry with which the case was opened for the last time."""
    return next((one for one in reversed(stands) if reopens(one)), None)


def last_confirmation(stands: Sequence[Entry]) -> tuple[Entry, CustomerConfirmed] | None:
    """The last word of the customer that the solution works (FLOW-07)."""
    return next(reversed(of_kind(stands, CustomerConfirmed)), None)


def escalation(entries: Iterable[Entry]) -> Entry | None:
    """The escalation that has not ended, if there is one (FLOW-04)."""
    steps = [one for one in by_happening(entries) if isinstance(one.fact, Escalated | EscalationEnded)]
    return steps[-1] if steps and isinstance(steps[-1].fact, Escalated) else None


class Promised(NamedTuple):
    """A promise to the customer, and the entry that says how it ended; None while nobody said."""

    made: Entry
    promise: Promise
    ended: tuple[Entry, PromiseEnded] | None = None

    @property
    def open(self) -> bool:
        return self.ended is None

    def overdue(self, now: datetime) -> bool:
        return self.open and self.promise.due_at <= now


def same_promise(promise: Promise) -> tuple[datetime, str]:
    """Equal for two that are one to the customer: due at the same time, in the same words."""
    return promise.due_at, bare_words(promise.text)


def promised(stands: Sequence[Entry]) -> list[Promised]:
    """The promises to the customer, each once: what says the same again takes the earlier one's place.

    Of two words on how one ended the last holds; one that was promised anew since then is open again.
    """
    last = {same_promise(fact): (one, fact) for one, fact in of_kind(stands, Promise)}
    whose = {one.id: same_promise(fact) for one, fact in of_kind(stands, Promise)}
    ends = {whose[fact.entry_id]: (one, fact) for one, fact in of_kind(stands, PromiseEnded) if fact.entry_id in whose}
    rows: list[Promised] = []
    for same, (made, promise) in last.items():
        end = ends.get(same)
        over = end is not None and (end[1].entry_id == made.id or end[0].recorded_at > made.recorded_at)
        rows.append(Promised(made, promise, end if over else None))
    return rows


def open_promises(stands: Sequence[Entry]) -> list[tuple[Entry, Promise]]:
    """Promises to the customer of which nobody said yet how they ended; what is due first, first."""
    still = [(one.made, one.promise) for one in promised(stands) if one.open]
    return sorted(still, key=lambda one: (one[1].due_at, one[0].id))


def since(stands: Sequence[Entry], moment: datetime | None) -> list[Entry]:
    """Those recorded at this moment (UTC) or later; all, where there is none."""
    return [one for one in stands if moment is None or one.recorded_at >= moment]


def mood_without(entries: Sequence[Entry], entry_id: str, before: Sentiment) -> Sentiment:
    """The case's mood once a noted one is taken back: what stands noted last, else what it was `before`.

    Where another was noted before and taken back, too, nothing is known any more.
    """
    if mood := last_mood([one for one in standing(entries) if one.id != entry_id]):
        return mood[1].sentiment
    others = [one for one in entries if isinstance(one.fact, MoodNoted) and one.id != entry_id]
    return Sentiment.UNKNOWN if others else before
