"""Cards of what comes after a closing, as they were looked at."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from cards.case import case_card
from cards.draft import sent_card
from cards.elements import Ref
from cards.ticket import Cause, Hint, Titles, ticket_card
from playbook.model import Linked, LinkKind
from tests.unit.cards.samples import CASE, DRAFT, NOW, PEOPLE, closed, entry, words

TICKET = Ref("ticket", "t1", 2)
TEXT = """Resolution code: Workaround

Symptom: From 09:10 on 20 November, SSH connections to both build servers timed out.

Cause: A network security rule added on 19 November blocked port 22 from the office range.

Resolution:
1. On 20 November the rule was removed.
2. Connections from both offices work again."""
WAYS = (("Cause list", "/case 2611220030001234 cause-list"), ("Open case", "/case 2611220030001234"))
TAGGED = Titles(
    "[Escalated] Cannot connect to VM",
    (
        "The title says “[Escalated]”, which is ours: the customer will see the title in the survey. "
        "Better: Cannot connect to VM",
        "Our title says “[CSAT Impacting]”: take it off the ticket before the survey goes.",
    ),
    tagged=True,
)
CALL = Hint(
    "The last contact was a call, and nothing is written down of what was said. One line is enough.",
    "LQR-10",
    ("Note", "/case 2611220030001234 note"),
)
SENTENCE = (
    "As it works again, my next mail will close case 2611220030001234. It sums up what happened, what solved it, and "
    "how to avoid it. You can have the case reopened after that, too."
)
AHEAD = msgspec.structs.replace(CASE, closes_at=NOW)

TICKET_SAMPLES: Mapping[str, Callable[[], dict[str, Any]]] = {
    "ticket": lambda: ticket_card(CASE.number, TEXT, Titles("Cannot connect to VM"), TICKET, ways=WAYS),
    "ticket_much": lambda: ticket_card(CASE.number, TEXT, TAGGED, TICKET, hints=[CALL], asks=Cause(), ways=WAYS),
    "ticket_wrong_cause": lambda: ticket_card(
        CASE.number, TEXT, Titles("Cannot connect to VM"), TICKET, asks=Cause("", "Please write the root cause first.")
    ),
    "ticket_untagged": lambda: ticket_card(
        CASE.number,
        TEXT,
        Titles("Cannot connect to VM", undo=True),
        TICKET,
        ways=WAYS,
        note="Tags taken off by Ann Berger, 10:42 CET",
    ),
    "case_to_close": lambda: case_card(AHEAD, (), Ref("case", "c1", 4), people=PEOPLE, words=words),
    "case_linked": lambda: case_card(
        closed(),
        (entry("l1", Linked(number="2611190030000087", how=LinkKind.DUPLICATE_OF), 1),),
        Ref("case", "c1", 4),
        people=PEOPLE,
        words=words,
    ),
    "case_near_its_end": lambda: case_card(
        CASE, (), Ref("case", "c1", 4), people=PEOPLE, words=words, to_tell=SENTENCE
    ),
    "draft_sent_ahead": lambda: sent_card(
        DRAFT,
        AHEAD,
        Ref("lqr", "f1", 3),
        what="Standard closure",
        by="Ann Berger",
        when="Tue 24 Nov, 08:30 CET",
        scheduled=True,
        ways=(("For ticket", "ticket"), ("Correct", "correct")),
    ),
}
