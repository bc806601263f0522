"""What a case's own facts say about its end: the answers that `playbook.closing_way` need not ask blindly."""

from collections.abc import Sequence
from datetime import date, datetime

from playbook.cadence import FINAL, SECOND, Cadence, cadence
from playbook.closing_way import Known
from playbook.model import Case, Entry, Linked, LinkKind, WaitingOn
from playbook.place import zone_of_customer
from playbook.standing import last_confirmation, of_kind, since_reopened
from playbook.team import Team
from playbook.words import listed, long_day_words, zone_info

_ATTEMPT = {SECOND: "next_to_last", FINAL: "last"}
_OTHER_CASE = {
    LinkKind.DUPLICATE_OF: ("same", "it is linked as a duplicate of case {number}"),
    LinkKind.CONTINUED_BY: ("contract", "it is linked to case {number}, in which it goes on"),
}


def known_of(case: Case, entries: Sequence[Entry], team: Team, now: datetime) -> dict[str, Known]:
    """By question id, the answers that the case gives; `entries` are all of its timeline, in any order.

    A link goes first, then a confirmation, then silence; a resolution that nobody has confirmed comes last.
    """
    kept = since_reopened(entries)
    links = [fact for _, fact in of_kind(kept, Linked) if fact.how in _OTHER_CASE]
    if links:
        value, because = _OTHER_CASE[links[-1].how]
        said = because.format(number=links[-1].number)
        return {"way_ends": Known("elsewhere", said), "way_other_case": Known(value, said)}
    if confirmed := last_confirmation(kept):
        entry, fact = confirmed
        said = f"{fact.by or 'the customer'} confirmed it on {_day(entry.happened_at, case, team)}"
        return {"way_ends": Known("works", said)} | _by_us(case)
    so_far = cadence(case, entries, team, now)
    if _is_silent(case, so_far):
        return _silent(case, so_far, team)
    return {"way_ends": Known("works", "its resolution is written down"), **_by_us(case)} if case.resolution else {}


def _by_us(case: Case) -> dict[str, Known]:
    return {"way_solved_by": Known("us", "its resolution is written down")} if case.resolution else {}


def _is_silent(case: Case, so_far: Cadence) -> bool:
    """Attempts got no answer; or they have had the next word for longer than the interval."""
    waited = case.waiting_on is WaitingOn.CUSTOMER and so_far.due is not None and not so_far.too_soon
    return bool(so_far.attempts) or (waited and so_far.why == "interval")


def _silent(case: Case, so_far: Cadence, team: Team) -> dict[str, Known]:
    days = listed([long_day_words(one.day) for one in so_far.attempts])
    said = f"no answer since {_day(case.waiting_since, case, team)}" if case.waiting_since else "no answer came"
    if days:
        said = f"no answer to what was tried on {days}"
    which = _ATTEMPT.get(so_far.mail, "first")
    return {
        "way_ends": Known("open", said),
        "way_answers": Known("no", said),
        "way_attempt": Known(which, said),
    }


def day_at(at: datetime, case: Case, team: Team) -> date:
    """The date at the customer's place; the team's where theirs isn't known."""
    return at.astimezone(zone_info(zone_of_customer(case) or team.zone)).date()


def _day(at: datetime, case: Case, team: Team) -> str:
    return long_day_words(day_at(at, case, team))
