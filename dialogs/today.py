"""What there is to do, as sections: for one person (`/my`, their digest) and for the whole team (its digest)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from types import MappingProxyType

from cards.digest import DigestRow, Section
from cards.next_up import when
from dialogs.flow import Sight
from dialogs.next_up import rows_of_person
from dialogs.reminder_steps import cases_of
from playbook.model import Case, FollowUp, FollowUpKind, FollowUpState, Stage, WaitingOn
from playbook.next_up import ANSWERED, SLA
from playbook.stages import OPEN
from playbook.words import relative_words, zone_info
from storage.base import Versioned, Where

SHOWN = 15  # rows of a section
COUNTED = 200  # of a section at most; the rows that are not shown are counted up to here

PARTS: Mapping[str, str] = MappingProxyType(
    {
        "first": "First",
        "overdue": "Overdue",
        "today": "Due today",
        "later": "Later",
        "waiting": "Waiting on the customer",
        "closings": "Closings ready",
        "promises": "Promised to customers",
    }
)  # what `/my` can show alone, and its titles

_OPEN = Where("stage", "in", OPEN)


async def of_person(sight: Sight, person: str, *, whole: bool = False) -> list[Section]:
    """Overdue, due today, waiting on the customer, closings ready. `whole`: what goes first, and later ones, too."""
    mine = [Where("person", "=", person), Where("state", "=", FollowUpState.WAITING)]
    sections = await _followups(sight, mine, reader=person, whole=whole)
    customer = [Where("owner", "=", person), Where("waiting_on", "=", WaitingOn.CUSTOMER)]
    ready = [Where("owner", "=", person), Where("stage", "=", Stage.RESOLUTION)]
    found = _said([*sections, await _waiting(sight, customer, person), await _ready(sight, ready, person)])
    if not whole:
        return found
    alone = {title: f"/my {name}" for name, title in PARTS.items()}
    first, _ = await _first(sight, person)
    return [one._replace(line=alone.get(one.title, "")) for one in _said([first, *found])]


async def page_of(sight: Sight, person: str, part: str, after: str = "") -> tuple[Section, str]:
    """One of the `PARTS` of a person's things, a page of it, and the mark of the next; "" where there is none."""
    if part == "first":
        return await _first(sight, person, int(after or 0))
    mine = [Where("person", "=", person), Where("state", "=", FollowUpState.WAITING)]
    if part in ("waiting", "closings"):
        narrowed = (
            [Where("waiting_on", "=", WaitingOn.CUSTOMER), _OPEN]
            if part == "waiting"
            else [Where("stage", "=", Stage.RESOLUTION)]
        )
        where = [Where("owner", "=", person), *narrowed]
        cases = await sight.read.find(Case, where, order="touched_at", limit=SHOWN, after=after or None)
        command = "/case" if part == "waiting" else "/lqr"
        return _cases(sight, PARTS[part], cases.items, person, command), cases.next or ""
    promise, others = FollowUpKind.PROMISE, tuple(kind for kind in FollowUpKind if kind is not FollowUpKind.PROMISE)
    span = [Where("kind", "=", promise)] if part == "promises" else _spans(sight)[part]
    if part in ("overdue", "today"):  # promises due by tonight stand among the promises
        span = [Where("kind", "in", others), *span]
    page = await sight.read.find(FollowUp, [*mine, *span], order="due_at", limit=SHOWN, after=after or None)
    return Section(PARTS[part], await _rows(sight, page.items, person), urgent=part == "overdue"), page.next or ""


async def _first(sight: Sight, person: str, start: int = 0) -> tuple[Section, str]:
    """What no follow-up says and `/next` does: first responses, and customers who answered; the next page's mark."""
    rows, _ = await rows_of_person(sight, person)
    mine = [one for one in rows if one.up.rank in (SLA, ANSWERED)]
    words = partial(relative_words, zone=sight.zone, now=sight.now)
    end = start + SHOWN
    told = [
        DigestRow(
            one.up.what,
            f"{when(one.up, words, one.late)} · [{one.case.number}] {one.case.title}",
            f"/case {one.case.number}",
        )
        for one in mine[start:end]
    ]
    urgent = any(one.late for one in mine)
    return Section(PARTS["first"], told, more=len(mine[end:]), urgent=urgent), str(end) if mine[end:] else ""


async def of_team(sight: Sight) -> list[Section]:
    """The same over everybody, with names."""
    sections = await _followups(sight, [Where("state", "=", FollowUpState.WAITING)], reader="", whole=False)
    waiting = await _waiting(sight, [Where("waiting_on", "=", WaitingOn.CUSTOMER)])
    ready = await _ready(sight, [Where("stage", "=", Stage.RESOLUTION)])
    return _said([await _nobodys(sight), *sections, waiting, ready])


def _said(sections: Sequence[Section]) -> list[Section]:
    return [section for section in sections if section.rows]


async def _followups(sight: Sight, where: list[Where], *, reader: str, whole: bool) -> list[Section]:
    """What was promised to customers and is due by tonight, then all else by when it is due."""
    sections: list[Section] = []
    promised: list[Versioned[FollowUp]] = []
    for part, span in _spans(sight).items():
        if part == "later" and not whole:
            continue
        page = await sight.read.find(FollowUp, [*where, *span], order="due_at", limit=COUNTED)
        apart = () if part == "later" else (FollowUpKind.PROMISE,)
        others = [one for one in page.items if one.value.kind not in apart]
        promised += [one for one in page.items if one.value.kind in apart]
        rows = await _rows(sight, others[:SHOWN], reader)
        sections.append(Section(PARTS[part], rows, more=len(others) - len(rows), urgent=part == "overdue"))
    rows = await _rows(sight, promised[:SHOWN], reader)
    late = any(one.value.due_at < sight.now for one in promised)
    return [Section(PARTS["promises"], rows, more=len(promised) - len(rows), urgent=late), *sections]


def _spans(sight: Sight) -> dict[str, list[Where]]:
    """When what is overdue, due today and later is due."""
    tonight = _end_of_day(sight)
    return {
        "overdue": [Where("due_at", "<", sight.now)],
        "today": [Where("due_at", ">=", sight.now), Where("due_at", "<", tonight)],
        "later": [Where("due_at", ">=", tonight)],
    }


async def _rows(sight: Sight, items: list[Versioned[FollowUp]], reader: str) -> list[DigestRow]:
    cases = await cases_of(sight, items)
    words, people = partial(relative_words, zone=sight.zone, now=sight.now), sight.team.names
    rows = []
    for one in (item.value for item in items):
        case = cases.get(one.case_id)
        who = "" if one.person == reader else people.get(one.person, "")
        under = " · ".join(filter(None, (words(one.due_at), f"[{case.number}] {case.title}" if case else "", who)))
        # In the team's digest a case can be opened by anybody; a reminder belongs to its person.
        line = f"/remind show {one.id}" if reader else (f"/case {case.number}" if case else "")
        if case and one.kind is FollowUpKind.PROMISE:
            line = f"/case {case.number} promises"
        rows.append(DigestRow(one.text, under, line))
    return rows


async def _waiting(sight: Sight, where: list[Where], reader: str = "") -> Section:
    page = await sight.read.find(Case, [*where, _OPEN], order="touched_at", limit=COUNTED)
    return _cases(sight, PARTS["waiting"], page.items, reader)


async def _ready(sight: Sight, where: list[Where], reader: str = "") -> Section:
    page = await sight.read.find(Case, where, order="touched_at", limit=COUNTED)
    ready = [one for one in page.items if one.value.closes_at is None]  # the others close by themselves
    return _cases(sight, PARTS["closings"], ready, reader, "/lqr")


async def _nobodys(sight: Sight) -> Section:
    """What came in and nobody has taken yet, the oldest first."""
    page = await sight.read.find(Case, [Where("owner", "=", ""), _OPEN], order="touched_at", limit=COUNTED)
    return _cases(sight, "Nobody has taken yet", page.items, "")


def _cases(sight: Sight, title: str, items: Sequence[Versioned[Case]], reader: str, command: str = "/case") -> Section:
    people = sight.team.names
    rows = []
    for case in (item.value for item in items[:SHOWN]):
        since = f"since {relative_words(case.touched_at, sight.zone, sight.now)}"
        if case.closes_at:
            since = f"closes by itself {relative_words(case.closes_at, sight.zone, sight.now)}"
        under = " · ".join(filter(None, (since, people.get(case.owner, ""))))
        rows.append(DigestRow(f"[{case.number}] {case.title}", under, f"{command} {case.number}"))
    return Section(title, rows, more=len(items) - len(rows))


def _end_of_day(sight: Sight) -> datetime:
    zone = zone_info(sight.zone)
    tomorrow = sight.now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), zone)
