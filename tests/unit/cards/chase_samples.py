"""Cards around a silent customer: the draft out of the window, the reason for a sooner attempt, the evidence, the ping."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from cards.case import case_card
from cards.chase import evidence_card, shut_block, sooner_block
from cards.draft import draft_card
from cards.elements import Card
from cards.reminder import reminder_card
from playbook.model import FollowUp, FollowUpKind
from tests.unit.cards.samples import ANN, CASE, DRAFT, DRAFT_REF, NOW, NUMBER, PEOPLE, words

WHEN = "It is Saturday in Tokyo; next good moment: Tue 24 Nov, 09:00 Tokyo time (01:00 yours)."
WHY = "It is due on Wed 25 Nov, 09:00 JST, after the interval of their business days."
EVIDENCE = """\
Case 2611220030001234: Kenji Tanaka was tried 2 times since their last answer, on Mon 16 Nov 2026, 09:30 JST. None of \
these attempts was answered:

- Attempt 1: Mon 16 Nov 2026, 10:00 JST, by mail, sent.
- Attempt 1: Mon 16 Nov 2026, 15:05 JST, by phone, voicemail left.
- In between: Tue 17 Nov 2026, 11:00 JST, an absence reply (back on Wed 25 Nov 2026, 09:00 JST).
- Attempt 2: Thu 26 Nov 2026, 11:15 JST, by phone, no answer.

What was tried on one day counts as one attempt. Times are Tokyo time; as of Mon 30 Nov 2026, 12:00 JST."""
CHASE = FollowUp(
    id="p1",
    person=ANN,
    by=ANN,
    kind=FollowUpKind.CHASE,
    text="Write to Kenji Tanaka again",
    case_id=CASE.id,
    due_at=NOW,
    zone="Europe/Berlin",
    created_at=NOW - timedelta(days=2),
    touched_at=NOW - timedelta(days=2),
)
_draft = partial(draft_card, DRAFT, CASE, (), DRAFT_REF, what="No answer, 2 of 3: two times to talk", can_open=True)

CHASE_SAMPLES: dict[str, Callable[[], Card]] = {
    "chase_shut": lambda: _draft(above=[shut_block(WHEN, DRAFT_REF, {}, {})]),
    "chase_reminded": lambda: _draft(
        above=[
            shut_block(
                WHEN,
                DRAFT_REF,
                {},
                {},
                closes=False,
                reminder="I'll remind you Tue 24 Nov, 01:00 CET; the mail waits here. That is 01:00 for you.",
            )
        ]
    ),
    "chase_asked_wrong": lambda: _draft(
        above=[shut_block(WHEN, DRAFT_REF, {}, {"asked_words": "Please write what they said."})],
        errors={"asked_words": "Please write what they said."},
    ),
    "chase_sooner": lambda: _draft(
        above=[
            sooner_block(
                "Why it goes sooner", WHY, "", "Please say why. Or give the time at which it goes: Other time."
            )
        ],
        send_when="Now: it is 14:30 in Tokyo, and they work until 18:00.",
    ),
    "chase_case": lambda: case_card(
        CASE,
        (),
        DRAFT_REF._replace(flow="case"),
        people=PEOPLE,
        words=words,
        follow_up=CHASE,
        attempts="2 of 3 made, next from Wed 25 Nov, 09:00 CET",
    ),
    "chase_evidence": lambda: evidence_card(NUMBER, EVIDENCE, CASE.title),
    "chase_ping": lambda: reminder_card(
        CHASE,
        CASE,
        DRAFT_REF._replace(flow="followup"),
        words=words,
        people=PEOPLE,
        pinged=True,
        says=[("Next mail", f"/lqr {NUMBER} unresponsive-second")],
    ),
}
