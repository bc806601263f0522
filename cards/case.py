"""A case on one card, edited in place: where it stands, who is in it, what is next, what happened last."""

from collections.abc import Sequence
from typing import NamedTuple

from cards.elements import Card, Element, Ref, box, buttons, card, facts, last_line, line, plain, run, submit, user
from cards.names import CONTACT_ROLES, PLANS, SENTIMENTS, STAGES, WAITING
from cards.timeline import Names, Words, name_of, newest_first, taken_back, timeline
from playbook.model import Case, Contact, Entry, Sentiment, Stage

CONTACTS = 4  # on show


class Button(NamedTuple):
    """A button of the case card: the first of them is the primary one where it says so."""

    title: str
    step: str
    primary: bool = False


OPEN = (Button("Note", "note"), Button("Record", "record"), Button("Edit", "edit"), Button("LQR", "lqr", True))
CLOSED = (Button("Note", "note"),)


def case_card(
    case: Case,
    entries: Sequence[Entry],
    ref: Ref,
    *,
    people: Names,
    words: Words,
    ways: Sequence[Button] | None = None,
    earlier: bool = False,
    note: str = "",
) -> Card:
    """The case. `entries` are its last ones in any order; `earlier`: there are more than were given.

    `people` maps ids to names, `words` writes a moment in the reader's zone. `ways` are the buttons, at most
    six; without them those of an open or a closed case.
    """
    stage = "Closed" if case.stage is Stage.CLOSED else STAGES[case.stage]
    body: list[Element] = [
        user(
            f"[{case.number}] {case.title}" if case.title else f"[{case.number}]",
            limit=220,
            bold=True,
            size="large",
            squeeze=True,
        ),
        line(
            run(stage, bold=True, color="good" if case.stage is Stage.CLOSED else "accent"),
            *_state(case, words),
            spacing="small",
        ),
        *facts(_facts(case, entries, people, words)),
    ]
    rows = timeline(entries, people=people, words=words)
    if rows:
        more = [plain("Earlier entries are kept with the case.", subtle=True, spacing="small")]
        last = [plain("Last entries", subtle=True), *rows, *(more if earlier or len(entries) > len(rows) else [])]
        body.append(box(last, separator=True, spacing="medium"))
    chosen = list(ways if ways is not None else (OPEN if case.open else CLOSED))
    clicks = [submit(one.title, ref, one.step, primary=one.primary, with_inputs=False) for one in chosen]
    size = 3 if len(clicks) > 4 else 4
    body += [buttons(*clicks[at : at + size]) for at in range(0, len(clicks), size)]
    if note:
        body.append(last_line(note))
    return card(body, summary=f"Case {case.number}: {stage}")


def _state(case: Case, words: Words) -> list[dict[str, object]]:
    """What stands beside the stage: since when closed, or on whom it waits."""
    if not case.open:
        return [run(f"  {words(case.closed_at)}", subtle=True)] if case.closed_at else []
    return [run(f"  waiting on {WAITING[case.waiting_on]}", subtle=True)]


def _facts(
    case: Case, entries: Sequence[Entry], people: Names, words: Words
) -> list[tuple[str, str | Sequence[Element]]]:
    place = " · ".join(part for part in (case.country, case.zone) if part)
    mood = "" if case.sentiment is Sentiment.UNKNOWN else SENTIMENTS[case.sentiment]
    handed = f" · handed over {case.transfers}×" if case.transfers else ""
    return [
        ("Next step", _next_step(entries, words)),
        ("Severity", case.severity or ""),
        ("Plan", PLANS[case.plan] if case.plan else ""),
        ("Owner", f"{name_of(case.owner, people)}{handed}"),
        ("Customer", [_contact(one, at == 0) for at, one in enumerate(case.contacts[:CONTACTS])]),
        ("Place", place),
        ("Mood", mood),
        ("Product", case.product),
        ("Our title", case.internal_title if case.internal_title != case.title else ""),
        ("Opened", words(case.created_at)),
    ]


def _contact(one: Contact, first: bool) -> Element:
    runs = [run(one.name or one.email, limit=80, squeeze=True)]
    if one.email and one.name:
        runs.append(run(f"  {one.email}", limit=120, subtle=True))
    if one.phone:
        runs.append(run(f"  {one.phone}", limit=40, subtle=True))
    if not first:
        runs.append(run(f"  ({CONTACT_ROLES[one.role]})", subtle=True, size="small"))
    return line(*runs, spacing="" if first else "small")


def _next_step(entries: Sequence[Entry], words: Words) -> list[Element]:
    """The next step that was named last, and by when."""
    gone = taken_back(entries)
    for one in newest_first(entries):
        if one.next_step and one.id not in gone:
            when = [run(f"  {words(one.next_step_at)}", subtle=True)] if one.next_step_at else []
            return [line(run(one.next_step, limit=240, squeeze=True), *when)]
    return []
