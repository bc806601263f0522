"""What holds a closing (playbook §8, "What holds and what advises"), with what opens it and who can.

Writing is never held, and neither is opening the mail: what waits is the mark that it was sent, which closes the
case. Each hold is one function and its line in HOLDS. An override, whose reason is kept, opens a hold for what was
known then: a newer reason to hold, or a reopening, asks again.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal, NamedTuple

from playbook.mail import Mail
from playbook.model import (
    AccountManagerTold,
    Case,
    CustomerConfirmed,
    Discussed,
    Entry,
    Overridden,
    Plan,
    Recovery,
    Sentiment,
)
from playbook.standing import last_mood, last_reopening, of_kind, open_promises, since, standing

DAY: Final = timedelta(days=1)
SAID: Final = 160  # characters of what somebody said, quoted in a reason
SOLVED: Final = "resolved"  # the group of mails for issues that are solved
DATES: Final = ("eta", "write_again_on")  # LQR-05: either of these fields answers "when"

Words = Callable[[datetime], str]  # a moment as the reader says it


class Closing(NamedTuple):
    """What a closing is judged by. `case`: None before it is registered; `values`: the form's fields, as text."""

    case: Case | None
    stands: Sequence[Entry]  # of `standing`
    mail: Mail | None  # None: its file is gone
    values: Mapping[str, str]
    words: Words
    solved: bool = False  # said without a mail: the resolution code of a solved issue


class Found(NamedTuple):
    """Why it is held; `at`: when the reason was recorded, so that an earlier override doesn't open it."""

    why: str
    opens: str  # a sentence: what opens it, and who can
    records: tuple[str, ...] = ()  # names of the kinds of record that open it (`dialogs.records`)
    at: datetime | None = None


class Hold(NamedTuple):
    id: str
    source: Literal["lqr", "flow", "css"]  # the document it comes from
    what: str  # in a few words
    check: Callable[[Closing], Found | None]


class Held(NamedTuple):
    """A hold that keeps this closing now."""

    rule: str
    why: str
    opens: str
    records: tuple[str, ...] = ()


def may_be_dissatisfied(case: Case | None, stands: Sequence[Entry]) -> bool:
    """By the mood noted last; where none was, by the case's."""
    mood = last_mood(stands)
    known = mood[1].sentiment if mood else case.sentiment if case else Sentiment.UNKNOWN
    return known is Sentiment.UNHAPPY


def _dissatisfied(closing: Closing) -> Found | None:
    """LQR-03: first talked over with somebody senior, and the account manager told if Premier."""
    case, mood = closing.case, last_mood(closing.stands)
    if not may_be_dissatisfied(case, closing.stands):
        return None
    at = mood[0].recorded_at if mood else None
    later = since(closing.stands, at)
    records, todo = [], []
    if not of_kind(later, Discussed):
        records.append("discussed")
        todo.append("talk it over with a senior engineer or technical advisor, and record who with")
    if case is not None and case.plan is Plan.PREMIER_UNIFIED and not of_kind(later, AccountManagerTold):
        records.append("told")
        todo.append("tell their account manager, and record it")
    if not todo:
        return None
    seen_by = f": {_quoted(mood[1].text)}" if mood and mood[1].text else ""
    opens = f"{_capital('; '.join(todo))}. Anyone of the team can, or note that the mood has changed."
    return Found(f"The customer may be dissatisfied{seen_by}.", opens, (*records, "mood"), at)


def _by_design(closing: Closing) -> Found | None:
    """LQR-05: a date from the product group, or none yet and the day on which we write again.

    A mail without a field for either is left to the rule that reads its text.
    """
    mail = closing.mail
    if mail is None or "LQR-05" not in mail.parts:
        return None
    asked = [field for name in DATES if (field := mail.field(name))]
    if not asked or any(closing.values.get(one.id) for one in asked):
        return None
    opens = f"Whoever writes the mail fills in “{'” or “'.join(one.label for one in asked)}” in the form."
    return Found("By design, and the customer gets no date: neither an ETA nor the day of your next news.", opens)


def _recovery(closing: Closing) -> Found | None:
    """LQR-06: not closed until a manager's recovery is complete."""
    recoveries = of_kind(closing.stands, Recovery)
    # Of two in one moment the one that is not complete counts.
    last = max(recoveries, key=lambda one: (one[0].recorded_at, not one[1].complete), default=None)
    if last is None or last[1].complete:
        return None
    about = f": {_quoted(last[1].text)}" if last[1].text else ""
    opens = "The manager who leads it says when it is complete; anyone of the team can record that."
    return Found(f"A manager recovery is under way{about}.", opens, ("recovery",), last[0].recorded_at)


def _unconfirmed(closing: Closing) -> Found | None:
    """FLOW-07: closed as solved only once the customer confirmed it, since the last reopening."""
    if not closing.solved and (closing.mail is None or closing.mail.group != SOLVED):
        return None
    reopened = last_reopening(closing.stands)
    later = since(closing.stands, reopened.recorded_at if reopened else None)
    # A date alone means nine in the morning: what happened on the day of the reopening may seem to precede it.
    earliest = reopened.happened_at - DAY if reopened else None
    if any(earliest is None or one.happened_at >= earliest for one, _ in of_kind(later, CustomerConfirmed)):
        return None
    again = " since the case was reopened" if reopened else ""
    opens = "Say in the form who confirmed it, or record it; anyone of the team can."
    return Found(f"No word yet{again} that the customer confirms the solution.", opens, ("confirmed",))


def _promised(closing: Closing) -> Found | None:
    """TALK-01: what was promised to the customer is kept, or said not to be, before the case is closed."""
    still = open_promises(closing.stands)
    if not still:
        return None
    first = f"{_quoted(still[0][1].text)}, for {closing.words(still[0][1].due_at)}"
    why = f"An open promise to the customer: {first}."
    if len(still) > 1:
        why = f"{len(still)} open promises to the customer; the first: {first}."
    opens = f"Record{' of each' if len(still) > 1 else ''} whether it was kept; anyone of the team can."
    return Found(why, opens, ("kept",), max(one.recorded_at for one, _ in still))


HOLDS: Final[tuple[Hold, ...]] = (
    Hold("LQR-03", "lqr", "the customer may be dissatisfied", _dissatisfied),
    Hold("LQR-05", "lqr", "by design, and no date", _by_design),
    Hold("LQR-06", "lqr", "a manager recovery under way", _recovery),
    Hold("FLOW-07", "flow", "solved, and not confirmed", _unconfirmed),
    Hold("TALK-01", "css", "an open promise to the customer", _promised),
)


def holds(
    case: Case | None,
    entries: Iterable[Entry],
    mail: Mail | None,
    values: Mapping[str, str],
    words: Words,
    *,
    solved: bool = False,
) -> tuple[Held, ...]:
    """What keeps this mail from closing the case, in the order of HOLDS; none for a mail that doesn't close.

    `entries`: the case's timeline, whole; `values`: the form's fields by id; `words`: a moment in the reader's zone.
    `solved`: the case is closed as solved, whatever the mail says of it.
    """
    if mail is not None and not mail.closes:
        return ()
    stands = standing(entries)
    closing = Closing(case, stands, mail, values, words, solved)
    found = [(hold, hold.check(closing)) for hold in HOLDS]
    return tuple(
        Held(hold.id, one.why, one.opens, one.records)
        for hold, one in found
        if one is not None and not _overridden(hold.id, one.at, stands)
    )


def _overridden(rule: str, at: datetime | None, stands: Sequence[Entry]) -> bool:
    """Whether somebody went on all the same, knowing the reason, since the last reopening."""
    reopened = last_reopening(stands)
    later = since(since(stands, at), reopened.recorded_at if reopened else None)
    return any(fact.rule == rule for _, fact in of_kind(later, Overridden))


def _quoted(said: str) -> str:
    line = " ".join(said.split())
    return f"“{line if len(line) <= SAID else line[:SAID].rstrip() + '…'}”"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
