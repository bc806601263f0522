"""The last entries of a case, one line each, and the sentence that announces its closing mail."""

from collections.abc import Collection, Sequence
from datetime import datetime

from cards.elements import Element, aside, box, line, run, small
from cards.told import Names, Words, name_of, told
from playbook.model import Entry, MailSent, PersonId, Undone

SHOWN = 5  # entries, on a case's card
SAID = 280  # characters of what was said, on a case's card


def ahead_lines(sentence: str) -> list[Element]:
    """LQR-11: the sentence that tells the customer of the closing mail, to copy into what is said or written next."""
    head = line(run("Tell them that a closing mail will come"), aside("LQR-11"))
    return [box([head, line(run(sentence, limit=500, italic=True), spacing="small")], emphasis=True, spacing="medium")]


def newest_first(entries: Sequence[Entry], back: Collection[str] = ()) -> list[Entry]:
    """By when it happened; of two at one time, the one recorded later goes first.

    What was to come, and was taken back, never happened: it stands where it was recorded. `back`: ids of what was
    taken back by an entry that is not among them.
    """
    gone = taken_back(entries).union(back)

    def when(one: Entry) -> tuple[datetime, datetime, str]:
        happened = min(one.happened_at, one.recorded_at) if one.id in gone else one.happened_at
        return happened, one.recorded_at, one.id

    return sorted(entries, key=when, reverse=True)


def taken_back(entries: Sequence[Entry]) -> frozenset[str]:
    """Ids of the entries that a later one takes back."""
    return frozenset(one.fact.entry_id for one in entries if isinstance(one.fact, Undone))


def rows_of(entries: Sequence[Entry], back: Collection[str] = ()) -> list[Entry]:
    """The entries that are shown, the newest first; `back` as in `newest_first`.

    What took an entry back without a word has no row where that entry is among them, which says so itself.
    """
    there = {one.id for one in entries}
    return [
        one
        for one in newest_first(entries, back)
        if not (isinstance(one.fact, Undone) and not one.fact.reason and one.fact.entry_id in there)
    ]


def timeline(entries: Sequence[Entry], *, people: Names, words: Words, limit: int = SHOWN) -> list[Element]:
    """The last entries, the newest first: what, what was said, when and by whom."""
    back = {one.fact.entry_id: one.by for one in entries if isinstance(one.fact, Undone)}
    return [_row(one, back.get(one.id, ""), people, words) for one in rows_of(entries)[:limit]]


def cut_short(entries: Sequence[Entry]) -> bool:
    """Whether a row of the last entries shows less than was said."""
    shown = rows_of(entries)[:SHOWN]
    return any(len(told(one, {}, str).said) > SAID or isinstance(one.fact, MailSent) for one in shown)


def _row(entry: Entry, taken_by: PersonId, people: Names, words: Words) -> Element:
    """`taken_by`: who took the entry back, or empty."""
    what, said = told(entry, people, words)
    runs = [run(what, limit=160, bold=True, squeeze=True)]
    if taken_by:
        other = f" by {name_of(taken_by, people)}" if taken_by != entry.by else ""
        runs.append(run(f" (taken back{other})", limit=160, subtle=True))
    if said.strip():
        runs += [run("  "), run(said, limit=SAID, squeeze=True)]
    when = f"{words(entry.happened_at)} · {name_of(entry.by, people)}"
    return box(
        [line(*runs), small(when)],
        spacing="small",
    )
