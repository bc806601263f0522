"""A person's own things: what is to do, whether they are away, how often the digest comes, what didn't arrive."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from cards.buttons import beside, button_rows, buttons, click, say_each
from cards.card import card
from cards.digest import Section, counted, sections_block
from cards.elements import WARNING, Card, Element, Ref, box, heading, line, more_line, run, sign, user
from cards.rows import row, words_of
from cards.told import Words

ROWS = 20  # of all sections together
UNDELIVERED = 5  # on a person's own card
LISTED = 10  # on an administrator's

DIGESTS: Mapping[str, str] = {
    "daily": "comes each working day",
    "weekly": "comes once a week, in full",
    "off": "is off",
}


class Away(NamedTuple):
    """From when until when a person is away, and the name of who stands in for them ("" is nobody)."""

    start: datetime
    until: datetime
    cover: str = ""
    ref: Ref | None = None  # what *End now* (step `back`) is about


class Undelivered(NamedTuple):
    """What did not arrive: what it was and for whom, why and since when; `ref` is the delivery's."""

    what: str
    why: str
    ref: Ref


def my_card(
    sections: Sequence[Section],
    *,
    when: str,
    words: Words,
    away: Away | None = None,
    begun: bool = True,
    digest: str = "daily",
    undelivered: Sequence[Undelivered] = (),
    note: str = "",
) -> Card:
    """All that is a person's to do. `when`: the day in words; `begun`: the absence has.

    `digest` is a key of `DIGESTS`; its buttons say `/me digest …`. Steps: again (a delivery's), back (the absence's).
    """
    body: list[Element] = [heading("Your day")]
    if when:
        body.append(user(when, limit=120, subtle=True, squeeze=True, spacing="none"))
    if away is not None:
        told: list[Element] = [_away(away, words, begun), _covered(away.cover)]
        if away.ref is not None:
            end = "End now" if begun else "Cancel"
            told.append(buttons(click(end, away.ref, "back"), spacing="small"))
        body.append(box(told, emphasis=True, spacing="medium"))
    body += sections_block(sections, rows=ROWS)
    body += _not_arrived(undelivered, UNDELIVERED)
    lost = f", not delivered {len(undelivered)}" if undelivered else ""
    others = [one.title() for one in DIGESTS if one != digest]
    how = line(run("Your digest "), run(DIGESTS.get(digest, digest), bold=True), run(". Change it to:"))
    choice = say_each((one, f"/me digest {one.lower()}") for one in others)
    body.append(box([how, buttons(*choice, spacing="small")], separator=True))
    return card(body, summary=f"Your day: {counted(sections)}{lost}", note=note)


def part_card(section: Section, ref: Ref, *, page: int, more: bool, note: str = "") -> Card:
    """A page of one section. Steps: next, page_back, refresh."""
    body: list[Element] = [heading(section.title)]
    if page > 1 or more:
        body.append(user(f"Page {page}", subtle=True, spacing="none"))
    body += [row(*one, spacing="medium") for one in section.rows]
    if not section.rows:
        body.append(user("Nothing stands here." if page == 1 else "There is nothing further."))
    ways = (("Back", "page_back", page > 1), ("Next", "next", more), ("Refresh", "refresh", True))
    body += button_rows([click(title, ref, step) for title, step, there in ways if there])
    return card(body, summary=section.title, note=note)


def away_card(
    start: datetime,
    until: datetime,
    cover: str,
    ref: Ref,
    *,
    words: Words,
    begun: bool = True,
) -> Card:
    """An absence: running (`begun`), or to come. `cover` is a name. Step of the button: back."""
    title = "You're away" if begun else "You'll be away"
    body = [heading(title), _away(Away(start, until, cover), words, begun, short=True), _covered(cover)]
    body.append(buttons(click("End now" if begun else "Cancel", ref, "back")))
    return card(body, summary=title)


def undelivered_card(rows: Sequence[Undelivered], *, more: int = 0, note: str = "") -> Card:
    """For an administrator: what did not arrive, the first ten to send again (step `again`); `more` were not given."""
    body: list[Element] = [heading("Not delivered")]
    if not rows:
        body.append(user("Everything has arrived."))
    body += _rows(rows[:LISTED])
    body += more_line(len(rows[LISTED:]) + more, ", shown when these are settled")
    return card(body, summary=f"Not delivered: {len(rows) + more}" if rows else "Everything has arrived", note=note)


def _away(away: Away, words: Words, begun: bool, *, short: bool = False) -> Element:
    """From when to when, behind the words that say it where no title does (`short`)."""
    said = [] if short else [run("You're away " if begun else "You'll be away ", bold=True)]
    return line(*said, run(f"{'from' if not short else 'From'} {words(away.start)} until {words(away.until)}."))


def _covered(cover: str) -> Element:
    if not cover.strip():
        return user("Nobody covers for you: your pings go on coming to you.", subtle=True, spacing="small")
    who = run(cover, limit=80, bold=True, squeeze=True)
    return line(who, run(" gets your pings, chases and digest meanwhile."), spacing="small")


def _not_arrived(rows: Sequence[Undelivered], limit: int) -> list[Element]:
    if not rows:
        return []
    name = run("Not delivered", bold=True, color="attention")
    title = line(sign(WARNING), name, run(f"  {len(rows)}", subtle=True))
    return [box([title, *_rows(rows[:limit]), *more_line(len(rows) - limit)], separator=True)]


def _rows(rows: Sequence[Undelivered]) -> list[Element]:
    return [
        beside(words_of(one.what, one.why), [click("Send again", one.ref, "again")], spacing="small") for one in rows
    ]
