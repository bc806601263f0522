"""Every card with hostile words wherever it shows somebody's words."""

from collections.abc import Callable

import msgspec

from cards.arrival import arrival_card
from cards.board import BoardRow, board_card
from cards.card import card
from cards.case import case_card
from cards.digest import digest_card
from cards.draft import draft_card, sent_card
from cards.elements import Card
from cards.form import form_card
from cards.guide import page_card, pages_card, searched_card
from cards.here import here_card
from cards.import_cases import Preview, imported_card, preview_card
from cards.my import Away, Undelivered, away_card, my_card, part_card, undelivered_card
from cards.notice import Row, done_card, findings_card, help_card, list_card, notice_card, suggest_card
from cards.reminders import merged_card, reminders_card
from cards.swarm import Standing, swarm_card
from cards.swarm_ask import ask_card, offer_card, once_more
from cards.welcome import welcome_card
from playbook.model import (
    FollowUpState,
    MemberState,
    Stage,
    SwarmState,
)
from tests.unit.cards.hostile import (
    REF,
    entries,
    findings,
    hostile_case,
    hostile_draft,
    hostile_follow_up,
    hostile_form,
    hostile_found,
    hostile_items,
    hostile_member,
    hostile_page,
    hostile_ping,
    hostile_sections,
    hostile_swarm,
)
from tests.unit.cards.samples import CASE, NOW, words

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
