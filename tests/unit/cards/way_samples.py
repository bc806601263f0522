"""Cards of a case's way: what is next, validation, scope, and which closing it is."""

from collections.abc import Callable
from datetime import timedelta

import msgspec

from cards.case import case_card
from cards.case_menu import menu_card
from cards.draft import draft_card
from cards.elements import Card, Ref
from cards.form import Field, Form, form_card
from cards.next_up import Row, next_card, next_line
from cards.promised import promised_block
from cards.scope import advice_block, beside_scope, scope_card
from cards.validation import verdict_card
from cards.way import Other, found_card, others_card
from playbook.model import Scope, ScopeKind, Stage
from playbook.next_up import Up
from playbook.scope import Advice, Change
from playbook.validation import Layer, Verdict
from tests.unit.cards.samples import BARE, CASE, CASE_REF, DRAFT, DRAFT_REF, NOW, NUMBER, PEOPLE, words

REF = Ref("scope", "s1", 2)
CALL = Up(
    1,
    "Send the trace of Friday's reboot",
    NOW - timedelta(hours=2),
    "promised",
    "Promises",
    f"/case {NUMBER} promises",
    since=NOW - timedelta(days=1),
)
MAIL = Up(
    3, "Write to Kenji Tanaka again", NOW + timedelta(hours=3), "no answer yet", "Next mail", f"/lqr {NUMBER} next"
)
ANSWER = Up(2, "Answer Ana Souza", None, "answered", "Note", "/case 77-1 note", also=("Open case", "/case 77-1"))
SCOPE = Scope(
    id="c1:2",
    case_id="c1",
    revision=2,
    made_at=NOW,
    by="contoso/ann",
    kind=ScopeKind.REACTIVE,
    business_impact="Two build servers are out; no release can be made until they answer.",
    issue_definition="SSH to both servers times out since 19 November.",
    solved_when="ssh build-1 shows a prompt within five seconds, ten times in a row.",
    in_scope="Both build servers\nThe rule that blocks port 22",
    out_of_scope="The office's own firewall: its vendor",
)
CHANGED = (Change("In scope", "", "The rule that blocks port 22"), Change("Solved when", "It works", "ssh answers"))
SAYS = (("Agreed", f"/scope {NUMBER} agreed"), ("Change", f"/scope {NUMBER} change"), ("New ask", "/scope ask"))
GOOD = Layer("Requester and entitlement", True, "Entitled to support (contract list).")
LACKING = Layer("Mandatory information", False, "Missing: the tenant's domain, the priority.", ("tenant", "severity"))
ASK = Form("Call: case 26", (Field("next_step", "Next step"),), ("Save", "save"), intro="One line is enough (TALK-02).")

DIFFER = "The form says Mon 23 Nov, 12:00 JST, the text Fri 27 Nov, 17:00 JST and Wed 25 Nov, 10:00 JST. What do you promise?"
MEANT = (
    ("friday", "Fri 27 Nov, 17:00 JST: I will write to you what the trace shows"),
    ("wednesday", "Wed 25 Nov, 10:00 JST: I will call you"),
    ("all", "Both: Fri 27 Nov, 17:00 JST and Wed 25 Nov, 10:00 JST"),
    ("none", "No promise"),
)
PROMISES = promised_block(DIFFER, MEANT, "", "Please choose what you promise: the text and the form differ.")

WAY_SAMPLES: dict[str, Callable[[], Card]] = {
    "draft_promises": lambda: draft_card(
        DRAFT, CASE, (), DRAFT_REF, what="First response", can_open=True, above=[PROMISES]
    ),
    "next": lambda: next_card([Row(CASE, CALL, True), Row(BARE, ANSWER, False), Row(CASE, MAIL, False)], words, more=4),
    "case_menu": lambda: menu_card(CASE),
    "case_menu_closed": lambda: menu_card(msgspec.structs.replace(CASE, stage=Stage.CLOSED)),
    "next_none": lambda: next_card([], words),
    "next_later": lambda: next_card([], words, later=Row(CASE, MAIL, False), begins=NOW + timedelta(hours=1)),
    "case_next": lambda: case_card(
        CASE, (), CASE_REF, people=PEOPLE, words=words, top=next_line(CALL, words, urgent=True, late=True), guide="vm"
    ),
    "verdict_passed": lambda: verdict_card(
        "Validated",
        Verdict(GOOD, GOOD._replace(name="Mandatory information", reason="All is here.")),
        REF,
        says=(("Scope", f"/scope {NUMBER}"), ("FQR", f"/fqr {NUMBER}")),
        note="Validated by Ann Berger, 10:42 CET",
    ),
    "verdict_lacking": lambda: verdict_card(
        "Validation",
        Verdict(GOOD, LACKING),
        REF,
        advice="Call first, then ask once, with a date.",
        ways=(("Ask", "ask"),),
    ),
    "scope_sent": lambda: scope_card(CASE, SCOPE, CHANGED, words=words, says=SAYS),
    "scope_draft_unclear": lambda: draft_card(
        DRAFT,
        CASE,
        (),
        DRAFT_REF,
        what="Scope to agree on",
        can_open=True,
        ways=(("New case", "register"),),
        above=advice_block([Advice("solved_when", "SCOPE-05", "“Works again” can't be observed: name a number.")]),
    ),
    "scope_ask": lambda: form_card(ASK, {}, {}, REF, above=beside_scope(SCOPE, "Could you look at the printers, too?")),
    "form_cites_rules": lambda: form_card(
        ASK, {}, {"next_step": "What is the next step? Every contact ends with one (TALK-01)."}, REF
    ),
    "way_found": lambda: found_card(
        "Transient issue",
        "It works again, and nobody did anything.",
        "The problem went away by itself.",
        REF,
        because="Ken wrote that it is gone.",
        against=("A fix is recorded on the case.",),
    ),
    "way_others": lambda: others_card(
        "Transient issue",
        [Other("Standard closure", "Nobody did anything that made it work."), Other("Duplicate", "It is one case.")],
        [Other("Hand-back to sales", "Your team's own file says when.")],
        REF,
    ),
}
