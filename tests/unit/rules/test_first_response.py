"""The FQR rules: how different people say each part of a first response, and what only looks like it."""

import pytest

from playbook.rules import lint, mend
from playbook.rules.base import Facts

GOOD = {
    "greets": "Hello Brian,",
    "feels": "Staff who write orders on paper all day lose patience, and I'm sorry that it falls on you.",
    "restates": 'As I understand it, the tunnel "hq" drops every hour since 3 May. Correct me if that\'s wrong.',
    "acts": "I went through the gateway's logs of last week.",
    "plans": "Next I'll compare a good hour with a bad one, then we try the other route, and after that I send you the change.",
    "asks": "What runs over the tunnel at that time?",
    "when": "I'll write by Tuesday, 15:00 CET.",
}
KNOWN = {"region": "West Europe", "site": "Accra", "error": "40613"}


def rules(severity: str = "B", **parts: str) -> set[str]:
    """The rules that a good mail breaks once some of its parts are others; "" leaves one out."""
    text = "\n\n".join(part for part in (GOOD | parts).values() if part) + "\n\nKind regards,\nIda"
    case = Facts(kind="fqr", title="Tunnel drops", customer_name="Brian Cox", severity=severity, known=KNOWN)
    return {one.rule for one in lint(text, case)}


def test_the_good_mail_is_good() -> None:
    assert rules() == set()


@pytest.mark.parametrize(
    ("part", "rule"),
    [("greets", "FQR-02.name"), ("feels", "FQR-02.empathy"), ("when", "TALK-01.when")],
)
def test_what_is_left_out_is_told(part: str, rule: str) -> None:
    assert rules(**{part: ""}) == {rule}


@pytest.mark.parametrize(
    "acts",
    [
        "I've pulled the traces of both gateways.",
        "A networking colleague is reading the traces with me.",
        "Our platform team has opened the logs already.",
        "Done so far: the traces of both gateways are collected and compared.",
        "I'll rebuild the set-up in a lab tonight.",
        "Reviewing the gateway's traces right now.",
        "I am checking the issue's trace in the logs of your gateway.",
        "We looked into the issue on the gateway, and saw the packets leave.",
    ],
)
def test_what_we_do(acts: str) -> None:
    assert "FQR-01" not in rules(acts=acts, plans="First you renew the key, then you restart the router.")


@pytest.mark.parametrize(
    "acts",
    [
        "The case is with me now.",
        "I have taken ownership of your case.",
        "I'm your contact and I'll be waiting for the log.",
        "I'd suggest the following way.",
        "The team is under pressure, I know.",
        "We are checking your issue.",
        "I am looking into this problem and will come back to you.",
    ],
)
def test_owning_the_case_is_no_deed(acts: str) -> None:
    assert rules(acts=acts, plans="First you renew the key, then you restart the router.") == {"FQR-01"}


@pytest.mark.parametrize(
    "plans",
    [
        "1. I rebuild it in a lab.\n2. You try the new route.\n3. We watch it for a day.",
        "First you renew the key, second you restart the router, third you send me the log.",
        "My plan is to test the other route, compare both, and then choose with you.",
        "Once I know which side ends it, I'll send you the settings, and then we watch the tunnel together.",
        "If it holds, we roll it out; if not, I take a trace.",
        "What comes next:\n- test the other route\n- move the branch office over",
        "Tomorrow I'd compare both routes, and propose a change that you could roll out before the weekend.",
        "First, open the router's page. Next, save the route again. Finally, restart it.",
    ],
)
def test_a_sequence_is_a_plan(plans: str) -> None:
    assert "FQR-07.plan" not in rules(plans=plans)


@pytest.mark.parametrize("plans", ["", "I'm checking the routes. Please send me the router's log."])
def test_one_action_and_one_ask_are_no_plan(plans: str) -> None:
    assert rules(plans=plans) == {"FQR-07.plan"}


@pytest.mark.parametrize(
    "asks",
    [
        "Are you happy with that?",
        "Would that suit you?",
        "If you'd rather take another way, tell me.",
        "Any objections?",
        "Your go-ahead by reply is enough.",
        "What would you change in that?",
        "Sound good?",
        "If you'd do it in some other way, I'm all ears.",
        "Protest or nod, both welcome.",
        "I'd need your okay for the capture.",
        "Is there any step that you'd leave out or put first?",
    ],
)
def test_asking_for_a_yes(asks: str) -> None:
    assert rules(asks=asks, restates="You told us that the tunnel drops every hour since 3 May.") == set()


def test_an_open_question_asks_for_no_agreement() -> None:
    assert rules(restates="You told us that the tunnel drops every hour since 3 May.") == {"FQR-07.agreement"}


@pytest.mark.parametrize(
    "restates",
    [
        "In short: the tunnel drops every hour since 3 May.",
        "From your ticket I take it that the tunnel drops every hour.",
        "The tunnel drops every hour and comes back after two minutes.",
        "**What I understood**\nThe tunnel drops every hour and comes back by itself.",
        "You'd like the tunnel to stay up for a whole day without a drop.",
    ],
)
def test_the_issue_is_said_back(restates: str) -> None:
    assert "FQR-04" not in rules(restates=restates, asks="Is that all right with you?")


def test_a_sorry_alone_says_nothing_back() -> None:
    assert rules(restates="", asks="Is that all right with you?") == {"FQR-04"}


@pytest.mark.parametrize(
    "when",
    ["You'll hear from me tomorrow, 14:00.", "I'll call you on Friday at 10:00.", "I'll be back by Monday noon."],
)
def test_severity_a_wants_something_today(when: str) -> None:
    assert rules("A", when=when) == {"FQR-03"}
    assert rules("A", when="Next update at 16:00 CET, then every 30 minutes.") == set()


def test_a_severity_that_nobody_knows_is_asked_for() -> None:
    assert rules("") == {"FQR-03"}
    assert rules("", asks="How urgent is this for you, and what stops until then?") == set()
    assert rules("", asks="By when do you need it back?") == set()


@pytest.mark.parametrize(
    "asks",
    ["Did you change the router?", "Is it only this office?", "Have you seen it before? ", "Was the firmware updated?"],
)
def test_yes_or_no_where_more_is_wanted(asks: str) -> None:
    assert rules(asks=asks) == {"FQR-09"}


@pytest.mark.parametrize(
    "asks",
    [
        "Could you send me the router's log?",
        "Is that OK with you?",
        "Have I got that right?",
        "Would you like a call on it?",
        "Is Tuesday at 10:00 or Wednesday at 14:00 better for you?",
        "Do you agree?",
        "Is there anything you'd change in that?",
    ],
)
def test_questions_that_are_meant_so(asks: str) -> None:
    assert rules(asks=asks) == set()


@pytest.mark.parametrize(
    ("asks", "found"),
    [
        ("Which region is it in?", True),
        ("Could you tell me which error you see?", True),
        ("Please send:\n- logs\n- version\n- model\n- firmware\n- map\n- a trace", True),
        ("Please send:\n- logs\n- version\n- model", False),
        ("Which other regions do you use?", False),
        ("What logs does the router in Accra keep?", False),
    ],
)
def test_what_is_asked_for_too_much(asks: str, found: bool) -> None:
    assert ("FQR-01.effort" in rules(asks=asks)) is found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Kindly do the needful.", True),
        ("We apologize for any inconvenience this may have caused.", True),
        ("Please do not hesitate to contact us.", True),
        ("I hope this email finds you well.", True),
        ("I'm sorry for the night you spent on it.", False),
        ("Thanks for the traces you sent.", False),
    ],
)
def test_stock_phrases(line: str, found: bool) -> None:
    assert ("FQR-02.robotic" in rules(when=f"{GOOD['when']}\n\n{line}")) is found


def test_a_stock_phrase_is_put_plainly() -> None:
    text = "Hello Brian,\n\nPlease do not hesitate to contact us with any queries.\n\nRegards,\nIda"
    case = Facts(kind="fqr", customer_name="Brian Cox", parts=("FQR-02.robotic",))
    (finding,) = lint(text, case)
    assert lint(mend(text, finding), case) == ()
    (other,) = lint(text.replace("queries", "queries, and I'll call you"), case)
    assert other.fix == ""
