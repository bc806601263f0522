"""The cards of handing over, of contacts and of promises, as `samples` has the others."""

from collections.abc import Callable
from datetime import timedelta

import msgspec

from cards.case import case_card
from cards.clock import clock_line
from cards.contacts import contacts_card
from cards.elements import Card, Ref
from cards.handover import Drafted, Offered, offer_card
from cards.ledger import ledger_card, promises_row
from cards.notice import notice_card
from playbook.ledger import Row
from playbook.model import Contact, ContactRole, Entry, Promise, PromiseEnded
from tests.unit.cards.samples import ANN, BO, CASE, CASE_REF, ENTRIES, NOW, NUMBER, PEOPLE, words

REF = Ref("offer", "o1", 3)
OFFERED = Offered("Ann Berger", "Bo Lindqvist", "10:42 CET", "She is short on time, and likes a call before a mail.")
PROMISES = (
    Promise(text="Send the trace of Friday's reboot", due_at=NOW - timedelta(hours=2)),
    Promise(text="Write whether westeurope has capacity again", due_at=NOW + timedelta(days=1)),
)
DRAFTS = (Drafted(f"[{NUMBER}] Cannot connect to VM after resize: closing", "touched Sun 22 Nov, 17:10 UTC", "f9"),)


def made(id: str, promise: Promise, by: str = ANN) -> Entry:
    at = NOW - timedelta(days=1)
    return Entry(id=id, case_id="c1", by=by, happened_at=at, recorded_at=at, fact=promise)


def row(id: str, promise: Promise, kept: bool | None = None, text: str = "") -> Row:
    if kept is None:
        return Row(made(id, promise), promise)
    end = PromiseEnded(entry_id=id, kept=kept, text=text)
    said = Entry(id=f"{id}-end", case_id="c1", by=BO, happened_at=NOW, recorded_at=NOW, fact=end)
    return Row(made(id, promise), promise, (said, end))


LEDGER = (
    row("p1", PROMISES[0]),
    row("p2", PROMISES[1]),
    row("p3", Promise(text="Call on Thursday at ten", due_at=NOW - timedelta(days=3)), kept=True),
    row("p4", Promise(text="The capacity guide", due_at=NOW - timedelta(days=4)), kept=False, text="Not out yet."),
)


def offer(offered: Offered = OFFERED) -> Card:
    return offer_card(
        CASE,
        offered,
        REF,
        people=PEOPLE,
        words=words,
        entries=ENTRIES,
        clock=clock_line(NOW + timedelta(minutes=40), NOW, words),
        mood="Unhappy: a waste of our time",
        next_step="Read the logs of the host, by Thu 26 Nov, 10:00 UTC",
        promises=PROMISES,
        overdue=1,
        drafts=DRAFTS,
    )


def contacts(*, many: int = 0) -> tuple[Contact, ...]:
    others = tuple(Contact(name=f"Contact {n}", role=ContactRole.CC) for n in range(many))
    mei = msgspec.structs.replace(CASE.contacts[1], address_as="Mei", zone="Asia/Tokyo", language="ja")
    return (CASE.contacts[0], mei, Contact(name="Tim Berg", role=ContactRole.ACCOUNT_MANAGER), *others)


def promised(*rows: Row, **more: object) -> Card:
    return ledger_card(
        NUMBER,
        rows,
        Ref("promises", "f7", 2),
        now=NOW,
        people=PEOPLE,
        words=words,
        **more,  # type: ignore[arg-type]
    )


HANDOVER_SAMPLES: dict[str, Callable[[], Card]] = {
    "offer": offer,
    "offer_no_word": lambda: offer(OFFERED._replace(error="A word why, please: it goes to who offered it.")),
    "offer_taken": lambda: offer(
        OFFERED._replace(open=False, taken=True, note="Taken by Bo Lindqvist, 10:50 CET"),
    ),
    "offer_declined": lambda: offer(
        OFFERED._replace(open=False, why="I am off from noon.", note="Declined by Bo Lindqvist, 10:50 CET"),
    ),
    "case_offered": lambda: case_card(
        CASE,
        ENTRIES,
        CASE_REF,
        people=PEOPLE,
        words=words,
        offered="Offered to Bo Lindqvist, 10:42 CET",
        promises=promises_row(NUMBER, 2, 1, "Tue 24 Nov, 12:00 UTC"),
    ),
    "contacts": lambda: contacts_card(NUMBER, contacts(), Ref("contacts", "f6", 1), to="Tanaka-san and Mei"),
    "contacts_many": lambda: contacts_card(
        NUMBER,
        contacts(many=12),
        Ref("contacts", "f6", 1),
        to="Tanaka-san and Mei",
        said="Mei Sato is the main contact now; Kenji Tanaka becomes a technical one.",
        note="Changed by Ann Berger, 10:42 CET",
    ),
    "contacts_none": lambda: contacts_card(NUMBER, (), Ref("contacts", "f6", 1)),
    "ledger": lambda: promised(*LEDGER, undo=True, note="Promise kept, noted by Bo Lindqvist, 10:42 CET"),
    "ledger_none": lambda: promised(),
    "shift_end": lambda: notice_card(
        f"Severity A: your day ends 18:00 CET. Hand case {NUMBER} over?\n\nCannot connect to VM after resize",
        says=[("Hand over", f"/case {NUMBER} handover"), ("I stay on it", f"/case {NUMBER} stay")],
    ),
}
