"""The cards of time in each of their states, as `samples` has the others."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import msgspec

from cards.case import case_card
from cards.clock import clock_line
from cards.digest import DigestRow, Section, digest_card
from cards.elements import Card, Ref
from cards.my import Away, Undelivered, away_card, my_card, undelivered_card
from cards.reminder import reminder_card
from cards.reminders import Item, merged_card, reminders_card
from playbook.model import FollowUp, FollowUpKind, FollowUpState, WaitingOn
from tests.unit.cards.samples import ANN, BARE, BO, CASE, CASE_REF, ENTRIES, NOW, NUMBER, PEOPLE, words

CALL = FollowUp(
    id="r1",
    person=ANN,
    by=ANN,
    kind=FollowUpKind.REMINDER,
    text="Call Tanaka-san back about the capacity in westeurope.",
    case_id="c1",
    due_at=NOW + timedelta(hours=3),
    zone="Europe/Berlin",
    created_at=NOW,
    touched_at=NOW,
)
REF = Ref("remind", "r1", 2)
LATE = NOW - timedelta(hours=2)


def follow_up(**other: Any) -> FollowUp:
    return msgspec.structs.replace(CALL, **other)


CHASE = follow_up(id="r2", kind=FollowUpKind.CHASE, text="Has the machine been stable?", due_at=LATE, by=BO)
PROMISE = follow_up(id="r3", kind=FollowUpKind.PROMISE, text="Send the capacity guide", due_at=NOW)
BARE_STEP = follow_up(id="r4", kind=FollowUpKind.NEXT_STEP, text="Closing mail", case_id="c2", person=BO, by=BO)
TEA = follow_up(id="r5", text="Tea", case_id="", due_at=NOW + timedelta(minutes=18))


def ping(followup: FollowUp = CALL, **more: Any) -> Card:
    how: dict[str, Any] = {"case": CASE, "words": words, "people": PEOPLE, "pinged": True} | more
    return reminder_card(followup, how.pop("case"), REF, **how)


def items(many: int) -> list[Item]:
    each = [Item(CALL, CASE), Item(CHASE, CASE), Item(PROMISE, CASE), Item(BARE_STEP, BARE), Item(TEA)]
    return [each[at % 5]._replace(ref=Ref("remind", f"r{at}", at)) for at in range(many)]


def listed(make: Callable[..., Card], many: int, **more: Any) -> Card:
    return make(items(many), words=words, people=PEOPLE, reader=ANN, **more)


def about(at: int) -> DigestRow:
    under = f"Kenji Tanaka · {words(NOW - timedelta(hours=5 * at))} · Ann Berger"
    return DigestRow(
        f"[{NUMBER[:-1]}{at % 10}] Cannot connect to VM after resize", under, f"/case {NUMBER[:-1]}{at % 10}"
    )


def rows(many: int) -> list[DigestRow]:
    return [about(at) for at in range(many)]


SECTIONS = (
    Section("Overdue", rows(2), urgent=True),
    Section("Due today", rows(3)),
    Section("Waiting on the customer", rows(1)),
    Section("Open swarms"),
    Section("Closings ready", [DigestRow("[77-1] No title yet", "Bo Lindqvist", "/lqr 77-1")]),
)
MANY = tuple(one._replace(rows=rows(6), more=4) for one in SECTIONS)
BACK = NOW + timedelta(days=4)
LOST = Undelivered(
    f"Reminder: call back, [{NUMBER}]", "Ann Berger has not spoken with me yet · since Sun 22 Nov, 08:00 UTC",
    Ref("delivery", "x1", 3),
)  # fmt: skip


def losts(many: int) -> list[Undelivered]:
    return [LOST._replace(ref=Ref("delivery", f"x{at}", at)) for at in range(many)]


def my(sections: Any = SECTIONS, **more: Any) -> Card:
    return my_card(sections, when=words(NOW), words=words, **more)


def away(**more: Any) -> Card:
    cover = more.pop("cover", "Bo Lindqvist")
    return away_card(NOW, BACK, cover, Ref("me", ANN, 1), words=words, **more)


def clocked(goal: datetime, follow: FollowUp | None = None, **more: Any) -> Card:
    clock = clock_line(goal, NOW, words, **more)
    return case_card(CASE, ENTRIES[-2:], CASE_REF, people=PEOPLE, words=words, clock=clock, follow_up=follow)


DONE = {"state": FollowUpState.DONE, "note": "Done by Ann Berger, Mon 23 Nov, 12:44 UTC"}

TIME_SAMPLES: dict[str, Callable[[], Card]] = {
    "reminder_set": lambda: ping(pinged=False),
    "reminder_set_for_another": lambda: ping(follow_up(person=BO), pinged=False, reader=ANN),
    "reminder_snoozed": lambda: ping(pinged=False, note="Put off by Ann Berger, Mon 23 Nov, 09:42 UTC"),
    "reminder_due": lambda: ping(),
    "reminder_due_bare": lambda: ping(TEA, case=None),
    "reminder_due_chase": lambda: ping(CHASE, case=msgspec.structs.replace(CASE, waiting_on=WaitingOn.US)),
    "reminder_due_cover": lambda: ping(PROMISE, reader=BO),
    "reminder_done": lambda: ping(follow_up(**DONE)),
    "reminder_cancelled": lambda: ping(
        msgspec.structs.replace(CHASE, state=FollowUpState.CANCELLED, note="The customer answered, 10:42 UTC")
    ),
    "merged": lambda: listed(merged_card, 7),
    "merged_one": lambda: listed(merged_card, 1),
    "merged_many": lambda: listed(merged_card, 40),
    "reminders": lambda: listed(reminders_card, 3),
    "reminders_many": lambda: listed(reminders_card, 8, more="/remind list and a word narrows it down."),
    "reminders_none": lambda: listed(reminders_card, 0),
    "digest_team": lambda: digest_card(
        SECTIONS, title="Before triage", when="Mon 23 Nov", rest="/board", note="Triage is at 09:30 CET."
    ),
    "digest_own": lambda: digest_card(SECTIONS[1:3], title="Your day", when="Mon 23 Nov"),
    "digest_many": lambda: digest_card(MANY, title="Your day", when="Mon 23 Nov"),
    "digest_quiet": lambda: digest_card(SECTIONS[3:4], title="Your day", when="Mon 23 Nov"),
    "my": lambda: my(),
    "my_away": lambda: my(SECTIONS[:1], away=Away(NOW, BACK, "Bo Lindqvist", Ref("me", ANN, 1)), digest="weekly"),
    "my_undelivered": lambda: my((), undelivered=losts(2), digest="off"),
    "away": lambda: away(),
    "away_to_come": lambda: away(begun=False, cover=""),
    "undelivered": lambda: undelivered_card(losts(3), more=12),
    "undelivered_none": lambda: undelivered_card(()),
    "case_clock": lambda: clocked(NOW + timedelta(hours=2), CALL),
    "case_clock_soon": lambda: clocked(NOW + timedelta(minutes=12), BARE_STEP),
    "case_clock_missed": lambda: clocked(NOW - timedelta(minutes=40)),
    "case_clock_paused": lambda: clocked(NOW, paused=True),
}
