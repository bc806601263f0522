"""Cards to look at: of cases, drafts, forms, notices and what was found."""

from collections.abc import Callable

from cards.buttons import click
from cards.case import case_card
from cards.draft import draft_card, sent_card
from cards.elements import Card, Ref
from cards.find import Group, found_card, nothing_card
from cards.form import Form, form_card
from cards.here import here_card
from cards.history import history_card
from cards.noted import noted_card
from cards.notice import (
    Row,
    done_card,
    findings_card,
    help_card,
    list_card,
    notice_card,
    suggest_card,
)
from cards.welcome import welcome_card
from tests.unit.cards.samples import (
    AFTER,
    BARE,
    BO,
    CASE,
    CASE_REF,
    CLOSURE,
    COMMANDS,
    CONTACT,
    DRAFT,
    DRAFT_REF,
    ENDS,
    ENTRIES,
    FOUND,
    HELD,
    LATER,
    MAIL,
    MORE,
    NOTE,
    NOW,
    NUMBER,
    PEOPLE,
    PERSONAL,
    SEND,
    SURVEY,
    TITLE,
    TYPED,
    WRONG,
    closed,
    held,
    placeholder,
    words,
)

CASE_SAMPLES: dict[str, Callable[[], Card]] = {
    "form_empty": lambda: form_card(CLOSURE, {}, {}, Ref("lqr", "f1", 1)),
    "form_errors": lambda: form_card(CLOSURE, TYPED, WRONG, Ref("lqr", "f1", 2)),
    "form_cut": lambda: form_card(
        NOTE,
        {"text": "It went on and on. " * 400},
        {"text": "This has 7,600 characters; 4,000 are the most. Please shorten it."},
        Ref("record", "f2", 2),
    ),
    "form_simple": lambda: form_card(NOTE, {}, {}, Ref("record", "f2", 1), note="Taken back by Ann Berger, 10:42 CET"),
    "form_conflict": lambda: form_card(
        NOTE, {"text": "Called."}, {"": "Bo changed this case meanwhile; please look again."}, Ref("record", "f2", 3)
    ),
    "form_offers": lambda: form_card(
        Form("Standard closure", (PERSONAL,), ("Draft", "draft")), {}, {}, Ref("lqr", "f3", 2)
    ),
    "form_expanded": lambda: form_card(
        Form("Which closing is it?", (ENDS,), ("Next", "answer"), "So far: It works again.", (("Back", "way_back"),)),
        {"way_solved_by": "us"},
        {},
        Ref("lqr", "f3", 3),
    ),
    "draft_clean": lambda: draft_card(
        DRAFT, CASE, (), DRAFT_REF, what="Standard closure", can_open=True, send_when=SEND
    ),
    "draft_findings": lambda: draft_card(
        DRAFT,
        CASE,
        (TITLE, SURVEY, CONTACT),
        DRAFT_REF,
        what="Standard closure",
        can_open=True,
        send_when=LATER,
        note="Saved at 10:42 CET",
    ),
    "draft_held": lambda: draft_card(
        held(), CASE, (placeholder(HELD), SURVEY), DRAFT_REF, what="Standard closure", can_open=False
    ),
    "draft_not_english": lambda: draft_card(
        DRAFT, CASE, (), DRAFT_REF, what="Standard closure", can_open=True, english=False
    ),
    "draft_wrong_time": lambda: draft_card(
        DRAFT,
        CASE,
        (),
        DRAFT_REF,
        what="Standard closure",
        can_open=True,
        values={"sent_on": "2026-11-20", "sent_time": "25:00"},
        errors={"sent_time": "Please write a time like 14:30."},
    ),
    "draft_sent": lambda: sent_card(
        DRAFT, CASE, DRAFT_REF, what="Standard closure", by="Ann Berger", when=words(NOW), closed=True
    ),
    "draft_scheduled": lambda: sent_card(
        DRAFT, CASE, DRAFT_REF, what="Standard closure", by="Ann Berger", when=words(NOW), scheduled=True
    ),
    "draft_sent_again": lambda: sent_card(
        DRAFT,
        CASE,
        DRAFT_REF,
        what="Standard closure",
        by="Ann Berger",
        when=words(NOW),
        closed=True,
        note="Already marked sent by Ann Berger, 10:42 CET.",
    ),
    "case_open": lambda: case_card(CASE, ENTRIES, CASE_REF, people=PEOPLE, words=words, earlier=True, guide="compute"),
    "case_bare": lambda: case_card(BARE, (), CASE_REF, people=PEOPLE, words=words),
    "case_closed": lambda: case_card(closed(), AFTER, CASE_REF, people=PEOPLE, words=words),
    "notice": lambda: notice_card("Noted on case 2611220030001234."),
    "notice_refusal": lambda: notice_card("Only the owner, their cover or the manager closes a case. Carla Diaz can."),
    "done": lambda: done_card(
        "Note: case 2611220030001234",
        "Redeployed on another host.",
        "Recorded by Ann Berger, 10:42 CET",
        Ref("record", "f2", 3),
        undo="undo",
    ),
    "cancelled": lambda: done_card("Standard closure", note="Cancelled by Ann Berger, 10:42 CET"),
    "help": lambda: help_card(COMMANDS),
    "help_word": lambda: help_card(COMMANDS, "mail"),
    "help_unknown": lambda: help_card(COMMANDS, "refund"),
    "suggest": lambda: suggest_card("/lrq 12", ("/lqr 12", "/icm 12"), Ref("say", "", 0)),
    "list": lambda: list_card(
        "Your cases",
        [
            Row(
                f"[{NUMBER[:-1]}{n}] Cannot connect to VM",
                f"Resolution · waiting on us · {words(NOW)}",
                Ref("case", f"c{n}", n),
            )
            for n in range(7)
        ],
        more="There are more; narrow it down with a word: /case vm",
    ),
    "list_empty": lambda: list_card("Your cases", (), empty="You have no open case. /case new registers one."),
    "check_findings": lambda: findings_card((placeholder(HELD), SURVEY, TITLE), text=HELD),
    "check_clean": lambda: findings_card((), text=MAIL),
    "found": lambda: found_card(
        "network card",
        [
            Group("Cases", [FOUND._replace(title=f"[{NUMBER}] Cannot connect to VM after resize")]),
            Group("Mails", [FOUND._replace(ways=[click("Use again", Ref("use", "draft/d1", 0), "again")])], [MORE]),
        ],
    ),
    "found_nothing": lambda: nothing_card("network zebra"),
    "history": lambda: history_card(
        CASE, ENTRIES, CASE_REF, people=PEOPLE, words=words, taken_back={ENTRIES[0].id: BO}, older="mark", newest=False
    ),
    "noted": lambda: noted_card(f"Noted on case {NUMBER}.", Ref("note", "e1", 0)),
    "here": lambda: here_card("I can't reach your own chat yet. Shall we go on here, for all to see?", "/lqr 77-1"),
    "welcome": lambda: welcome_card("Ann"),
}
