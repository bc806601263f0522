"""Words that want to be more than words, and what holds them: cases, drafts, forms, follow-ups, swarms."""

from typing import Any

import msgspec

from cards.digest import DigestRow, Section
from cards.elements import Card, Ref
from cards.form import Choice, Field, FieldKind, Form
from cards.reminder import reminder_card
from cards.reminders import Item
from playbook import guide
from playbook.model import (
    AnswerKind,
    Attempt,
    AttemptChannel,
    AttemptOutcome,
    Contact,
    CustomerAnswered,
    CustomerConfirmed,
    Fact,
    FollowUp,
    FollowUpState,
    HandedOver,
    MailSent,
    MemberState,
    Note,
    Promise,
    Recipient,
    Severity,
    Stage,
    StageMoved,
    Swarm,
    SwarmFinding,
    SwarmMember,
    Undone,
)
from playbook.rules.base import Finding
from tests.unit.cards.samples import CASE, DRAFT, NOW, entry, words
from tests.unit.cards.time_samples import CALL

REF = Ref("lqr", "f1", 3)
MARK = "Zyx"  # stands in each hostile string, so that it can be found again
HOSTILE = {
    "html": f'<img src=x onerror="alert(1)"><b>{MARK}</b>&lt;script&gt;',
    "markdown": f"[{MARK}](https://evil.example) **bold** _it_ # head\n- item\n1. one `code` ~~gone~~ ![i](http://x/y.png)",
    "mention": f"<at>Everyone</at> {MARK} @channel <at id='29:1x'>x</at>",
    "bidi": f"safe \u202e{MARK}\u202c \u2066evil\u2069 \u200f\u202bx",
    "controls": f"a\x00b\x07\x1b[31m{MARK}\ud800\r\nc\u2028d\ufeff\x85e",
    "emoji": f"{MARK} 👩🏽‍💻🏳️‍🌈 " * 50,
    "rtl": f"شركة {MARK} محمد الفارسي",
    "quotes": f'{MARK}"\\"\\n\\u0000{{{{DATE(2026-01-01T00:00:00Z, SHORT)}}}} ${{x}} {{{{x}}}}',
    "long": f"{MARK} " + "lorem ipsum " * 5_500,
    "one_word": MARK + "a" * 65_536,
    "breaks": MARK + "\n" * 65_536,
    "escapes": MARK + '"\\' * 32_768,
    "wide": MARK + "🧨" * 32_768,
    "empty": "",
    "blank": " \n\t ",
}


def contact(bad: str) -> Contact:
    return Contact(name=bad, address_as=bad, email=bad, phone=bad, zone=bad, language=bad)


def hostile_case(bad: str) -> Any:
    return msgspec.structs.replace(
        CASE,
        id=bad,
        number=bad,
        title=bad,
        internal_title=f"x{bad}",
        product=bad,
        owner=bad,
        contacts=(contact(bad),) * 9,
        zone=bad,
        country=bad,
        symptom=bad,
    )


def hostile_draft(bad: str) -> Any:
    people = (Recipient(name=bad, email=bad, rule=bad),) * 12
    return msgspec.structs.replace(DRAFT, to=people, cc=people, subject=bad, text=bad, made_text=bad)


def findings(bad: str) -> list[Finding]:
    span = (0, min(len(bad), 60_000)) if bad else None
    return [Finding("TEXT-01", "error", bad, span, bad), Finding(bad[:300], "warning", bad, None, bad)] * 10


def entries(bad: str) -> list[Any]:
    facts: tuple[Fact, ...] = (
        Note(text=bad),
        Attempt(channel=AttemptChannel.MAIL, outcome=AttemptOutcome.SENT, text=bad),
        CustomerAnswered(kind=AnswerKind.LATER, text=bad),
        CustomerConfirmed(by=bad, text=bad),
        HandedOver(from_person=bad, to_person=bad, text=bad),
        Promise(text=bad, due_at=NOW),
        MailSent(draft_id=bad, kind="lqr", to=(bad,), cc=(bad,), subject=bad, text=bad),
        StageMoved(from_stage=Stage.RESOLUTION, to_stage=Stage.CLOSED, reason=bad),
        Undone(entry_id=bad, reason=bad),
    )
    return [entry(f"e{at}", fact, at, by=bad, next_step=bad, at=NOW) for at, fact in enumerate(facts)]


def hostile_page(bad: str) -> guide.GuidePage:
    looks: tuple[dict[str, Any], ...] = ({}, {"bold": True}, {"code": True}, {"url": "https://example.com"})
    pieces = tuple(guide.Piece(bad, **look) for look in looks)
    blocks = (guide.Block(pieces, "•"), guide.Block(pieces, "1."))
    return guide.GuidePage("page", bad, bad, (guide.Section("", (guide.Block(pieces),)), guide.Section(bad, blocks)))


KINDS: tuple[FieldKind, ...] = (
    "line",
    "text",
    "choice",
    "many",
    "date",
    "time",
    "email",
    "number",
    "text",
    "text",
    "text",
    "text",
    "text",
)


def hostile_form(bad: str) -> tuple[Form, dict[str, str], dict[str, str]]:
    choices = (Choice("1", bad or "-"), Choice("2", "two"))
    fields = tuple(
        Field(f"f{at}", f"Field {at}", kind, at % 2 == 0, 4_000 if kind == "text" else 200, choices, more=at > 8)
        for at, kind in enumerate(KINDS)
    )
    return (
        Form(bad or "Form", fields, ("Next", "next"), intro=bad, others=(("Write it", "write"),)),
        {field.id: bad for field in fields},
        {"": bad} | {field.id: bad for field in fields},
    )


def hostile_follow_up(bad: str, **other: Any) -> FollowUp:
    return msgspec.structs.replace(CALL, text=bad, by=f"x{bad}", note=bad, **other)


def hostile_ping(bad: str, state: FollowUpState = FollowUpState.WAITING, pinged: bool = True) -> Card:
    followup = hostile_follow_up(bad, person=f"y{bad}", state=state)
    names = {followup.by: bad, followup.person: bad}
    return reminder_card(
        followup,
        hostile_case(bad),
        REF,
        words=words,
        people=names,
        pinged=pinged,
        reader="z",
        says=[("Say", bad)],
        note=bad,
    )


def hostile_swarm(bad: str) -> Swarm:
    return Swarm(
        id="s", case_id="c", by=f"x{bad}", area=bad, question=bad, tried=bad, checked=(bad, "icms"), help=bad,
        severity=Severity.A, rung_since=NOW, rung_over_at=NOW, opened_at=NOW, outcome=bad, finding=bad, next_action=bad,
        note=bad, touched_at=NOW,
    )  # fmt: skip


def hostile_member(bad: str, state: MemberState) -> SwarmMember:
    return SwarmMember(id="m", swarm_id="s", person="p", name=bad, state=state, at=NOW)


def hostile_found(bad: str) -> list[SwarmFinding]:
    return [SwarmFinding(id="f", swarm_id="s", person="p", name=bad, text=bad, at=NOW)] * 50


def hostile_items(bad: str) -> list[Item]:
    return [Item(hostile_follow_up(bad), hostile_case(bad), REF)] * 30


def hostile_sections(bad: str) -> list[Section]:
    return [Section(title, [DigestRow(bad, bad, bad)] * 30, 3, True) for title in ("Overdue", "Due today", "Swarms")]
