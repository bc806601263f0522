"""Whatever somebody typed is shown as text, cut where a card would burst, and can't disturb what is around it."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from cards.arrival import arrival_card
from cards.board import BoardRow, board_card
from cards.card import card
from cards.case import case_card
from cards.clean import clean
from cards.digest import DigestRow, Section, digest_card
from cards.draft import draft_card, sent_card
from cards.elements import Card, Ref
from cards.form import Choice, Field, FieldKind, Form, form_card
from cards.guide import page_card, pages_card, searched_card
from cards.here import here_card
from cards.import_cases import Preview, imported_card, preview_card
from cards.my import Away, Undelivered, away_card, my_card, part_card, undelivered_card
from cards.notice import Row, done_card, findings_card, help_card, list_card, notice_card, suggest_card
from cards.reminder import reminder_card
from cards.reminders import Item, merged_card, reminders_card
from cards.swarm import Standing, swarm_card
from cards.swarm_ask import ask_card, offer_card, once_more
from cards.welcome import welcome_card
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
    SwarmState,
    Undone,
)
from playbook.rules.base import Finding
from tests.unit.cards.samples import CASE, DRAFT, NOW, entry, words
from tests.unit.cards.time_samples import CALL
from tests.unit.cards.valid import BIDI, check_card, nodes, texts

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


REF = Ref("lqr", "f1", 3)
CARDS: dict[str, Callable[[str], Card]] = {
    "form": lambda bad: form_card(*hostile_form(bad), REF, note=bad),
    "draft": lambda bad: draft_card(
        hostile_draft(bad),
        hostile_case(bad),
        findings(bad),
        REF,
        what=bad,
        can_open=True,
        english=False,
        send_when=bad,
        values={"sent_on": bad, "sent_time": bad},
        errors={"": bad, "text": bad, "sent_on": bad, "sent_time": bad},
        note=bad,
    ),
    "draft_held": lambda bad: draft_card(
        hostile_draft(bad), hostile_case(bad), findings(bad), REF, what="Standard closure", can_open=False
    ),
    "sent": lambda bad: sent_card(
        hostile_draft(bad), hostile_case(bad), REF, what=bad, by=bad, when=bad, closed=True, note=bad
    ),
    "case": lambda bad: case_card(hostile_case(bad), entries(bad), REF, people={bad: bad}, words=words, earlier=True),
    "case_follow_up": lambda bad: case_card(
        hostile_case(bad), (), REF, people={}, words=words, follow_up=hostile_follow_up(bad, person=bad)
    ),
    "case_closed": lambda bad: case_card(
        msgspec.structs.replace(hostile_case(bad), stage=Stage.CLOSED, closed_at=NOW),
        entries(bad),
        REF,
        people={},
        words=words,
    ),
    "notice": lambda bad: notice_card(f"{bad}\n\n{bad}", title=bad, says=[("Say", bad)]),
    "done": lambda bad: done_card(bad, bad, bad, REF, undo="undo"),
    "help": lambda bad: help_card([("/lqr", "help")], bad),
    "suggest": lambda bad: suggest_card(bad, ("/lqr",), REF),
    "list": lambda bad: list_card(bad or "List", [Row(bad, bad, REF)] * 30, empty=bad, more=bad),
    "findings": lambda bad: findings_card(findings(bad), text=bad),
    "here": lambda bad: here_card(bad, "/lqr"),
    "welcome": lambda bad: welcome_card(bad),
    "ping": hostile_ping,
    "reminder_set": lambda bad: hostile_ping(bad, pinged=False),
    "reminder_done": lambda bad: hostile_ping(bad, FollowUpState.DONE),
    "merged": lambda bad: merged_card(hostile_items(bad), words=words, people={}, reader=bad),
    "reminders": lambda bad: reminders_card(hostile_items(bad), words=words, people={}, reader=bad, more=bad),
    "digest": lambda bad: digest_card(hostile_sections(bad), title="Your day", when=bad, note=bad),
    "my": lambda bad: my_card(
        hostile_sections(bad),
        when=bad,
        words=words,
        away=Away(NOW, NOW, bad, REF),
        digest=bad,
        undelivered=[Undelivered(bad, bad, REF)] * 30,
        note=bad,
    ),
    "board": lambda bad: board_card(
        [BoardRow(bad, bad, "Next step due", bad, True, bad)] * 10,
        REF,
        told=bad,
        page=2,
        more=True,
        narrow=True,
        note=bad,
    ),
    "my_part": lambda bad: part_card(hostile_sections(bad)[0], REF, page=2, more=True, note=bad),
    "away": lambda bad: away_card(NOW, NOW, bad, REF, words=words),
    "undelivered": lambda bad: undelivered_card([Undelivered(bad, bad, REF)] * 30, note=bad),
    "arrival": lambda bad: arrival_card(hostile_case(bad), REF, words=words, owner=bad, undo=True, note=bad),
    "arrival_new": lambda bad: arrival_card(
        msgspec.structs.replace(hostile_case(bad), severity=None), REF, words=lambda _: bad
    ),
    "import": lambda bad: preview_card(
        Preview(
            [(bad, bad)] * 500, 500, [bad] * 9, [bad] * 99, [(1, bad)] * 500, [(1, bad)] * 500, [bad] * 500, 1, 1, bad
        ),
        REF,
    ),
    "imported": lambda bad: imported_card(3, bad, bad, REF, undo=True),
    "guide_found": lambda bad: searched_card(bad, ()),
    "guide_list": lambda bad: pages_card([hostile_page(bad)], [], hostile_page(bad), bad),
    "guide_page": lambda bad: page_card(hostile_page(bad), [(bad, "https://example.com")] * 9, [bad]),
    "swarm": lambda bad: swarm_card(
        hostile_swarm(bad),
        Standing(
            CASE, [hostile_member(bad, state) for state in MemberState for _ in range(200)], hostile_found(bad), {}
        ),
        REF,
        words=words,
        note=bad,
    ),
    "swarm_closed": lambda bad: swarm_card(
        msgspec.structs.replace(hostile_swarm(bad), state=SwarmState.CLOSED, next_action_at=NOW),
        Standing(hostile_case(bad), [hostile_member(f"x{bad}", MemberState.JOINED)], (), {f"x{bad}": bad}),
        REF,
        words=words,
        note=bad,
    ),
    "swarm_ask": lambda bad: ask_card(hostile_swarm(bad), hostile_case(bad), f"x{bad}", REF),
    "swarm_offer": lambda bad: offer_card(hostile_swarm(bad), hostile_case(bad), bad, bad, REF, can_climb=True),
    "swarm_once_more": lambda bad: card(once_more([bad or "-"] * 4, [hostile_swarm(bad)] * 3, REF), summary=bad),
    "stale": lambda bad: notice_card(f"Already sent by {bad}, {bad}."),
}

READ = ("TextRun.text", "Input.Text.value", "Input.Choice.title", "AdaptiveCard.fallbackText")  # as text, by clients


@pytest.mark.parametrize("what", HOSTILE)
@pytest.mark.parametrize("name", CARDS)
def test_hostile_words_are_only_text(name: str, what: str) -> None:
    card = CARDS[name](HOSTILE[what])
    check_card(card)
    for place, text in texts(card):
        assert MARK not in text or place in READ, place
        assert not BIDI & set(text), place
        assert clean(text) == text or text.startswith("\u2068") or "\u2068" in text, place
        assert "{{DATE(" not in text or place.startswith("Input."), place


@pytest.mark.parametrize("name", sorted(set(CARDS) - {"help"}))
def test_hostile_words_are_shown_not_dropped(name: str) -> None:
    shown = "".join(text for place, text in texts(CARDS[name](HOSTILE["html"])) if place == "TextRun.text")
    assert f"<b>{MARK}</b>" in shown


def test_a_summary_holds_nothing_active() -> None:
    for name, make in CARDS.items():
        for bad in HOSTILE.values():
            assert not set("<>[]()*_`#|~\\{}\n") & set(make(bad)["fallbackText"]), name


@pytest.mark.parametrize(
    "text", ["x" * 20_000, "x" * 20_001, "\n" * 20_000, '"' * 12_000, "🧨" * 12_000, "ä" * 20_000, "a\tb\n" * 5_000]
)
def test_a_mail_goes_into_an_input_whole_or_not_at_all(text: str) -> None:
    """A cut value would come back as the new text, and the rest of the mail would be lost."""
    draft = msgspec.structs.replace(hostile_draft("🧨" * 900), text=text)
    card = draft_card(draft, hostile_case('"' * 900), findings('"' * 900), REF, what="Standard closure", can_open=True)
    check_card(card)
    inputs = [node for _, node in nodes(card) if node.get("id") == "text"]
    assert [node["value"] for node in inputs] in ([text], [])
    if len(text) > 20_000:
        assert not inputs
        assert any("too long to edit here" in text for _, text in texts(card))


def test_values_beyond_their_limit_are_cut_and_said_so() -> None:
    form = Form("Note", (Field("text", "What happened", "text", limit=100),), ("Save", "save"))
    card = form_card(form, {"text": "y" * 12_345}, {}, REF)
    value = next(node["value"] for _, node in nodes(card) if node.get("id") == "text")
    assert value == "y" * 100
    assert any(text == "12,345 characters; cut here: 100 fit." for _, text in texts(card))


def test_many_long_values_share_the_card_and_short_ones_stay_whole() -> None:
    fields = tuple(Field(f"f{at}", f"Field {at}", "text", limit=8_000) for at in range(8))
    values = {field.id: "🧨" * 8_000 for field in fields[1:]} | {"f0": "short"}
    card = form_card(Form("Much", fields, ("Next", "next")), values, {}, REF)
    check_card(card)
    kept = {node["id"]: node["value"] for _, node in nodes(card) if node["type"] == "Input.Text"}
    assert kept["f0"] == "short"
    assert len({len(kept[field.id]) for field in fields[1:]}) <= 2
    assert sum("cut here" in text for _, text in texts(card)) == 7
