"""Everything that can be done with a case, in the order of its way: what fits on no row of its card."""

from collections.abc import Sequence

from cards.buttons import button_rows, say_each, toggle
from cards.card import card
from cards.elements import Card, Element, box, case_line, plain
from playbook.model import Case, Stage

# Group, then title and line of each; "{n}" is the case's number.
Ways = Sequence[tuple[str, Sequence[tuple[str, str]]]]

OPEN: Ways = (
    (
        "Request",
        (
            ("Validate", "/validate {n}"),
            ("Ask for more", "/case {n} incomplete"),
            ("Can't go on", "/case {n} still-incomplete"),
            ("Not entitled", "/case {n} not-entitled"),
            ("On-premises side", "/case {n} on-premises"),
        ),
    ),
    (
        "Scope, FQR",
        (("Scope", "/scope {n}"), ("New ask", "/scope {n} ask"), ("First response", "/fqr {n}")),
    ),
    (
        "Customer",
        (
            ("Call", "/call {n}"),
            ("Answered", "/case {n} answered"),
            ("Attempt", "/case {n} attempt"),
            ("Where it stands", "/case {n} progress"),
            ("Remote session", "/case {n} remote"),
            ("Promise", "/case {n} promise"),
            ("All promises", "/case {n} promises"),
            ("Mood", "/case {n} mood"),
            ("Contacts", "/case {n} contacts"),
        ),
    ),
    (
        "Help",
        (
            ("Swarm", "/swarm {n}"),
            ("ICM", "/icm {n}"),
            ("Escalate", "/case {n} escalate"),
            ("Vendor update", "/case {n} update"),
            ("Handed back", "/case {n} handed-back"),
        ),
    ),
    (
        "Solution",
        (
            ("Solution", "/case {n} solution"),
            ("Confirmed", "/case {n} confirmed"),
            ("Monitoring", "/case {n} monitoring"),
            ("Refund", "/case {n} refund"),
        ),
    ),
    (
        "Owner",
        (
            ("Hand over", "/case {n} handover"),
            ("Assign", "/case {n} assign"),
            ("Intro mail", "/case {n} intro"),
        ),
    ),
    (
        "Closing",
        (
            ("LQR", "/lqr {n}"),
            ("Close", "/case {n} close"),
            ("Asked to close", "/case {n} asked"),
            ("Hold the attempts", "/case {n} hold"),
            ("Resume them", "/case {n} resume"),
            ("Discussed", "/case {n} discussed"),
            ("CSAM told", "/case {n} told"),
            ("Recovery", "/case {n} recovery"),
        ),
    ),
    (
        "Written",
        (
            ("Note", "/case {n} note"),
            ("Mail elsewhere", "/case {n} mail"),
            ("All entries", "/case {n} all"),
            ("For ticket", "/case {n} ticket"),
            ("Edit", "/case {n} edit"),
        ),
    ),
)
CLOSED: Ways = (
    (
        "Not over",
        (
            ("Answered", "/case {n} answered"),
            ("Reopen", "/case {n} reopen"),
            ("By mistake", "/case {n} mistake"),
            ("Apology", "/case {n} apology"),
            ("Correct", "/case {n} correct"),
        ),
    ),
    (
        "Afterwards",
        (
            ("For ticket", "/case {n} ticket"),
            ("Root cause list", "/case {n} cause-list"),
            ("Monitoring", "/case {n} monitoring"),
            ("Refund", "/case {n} refund"),
        ),
    ),
    (
        "Written",
        (("Note", "/case {n} note"), ("All promises", "/case {n} promises"), ("All entries", "/case {n} all")),
    ),
)


# Which group is open at first, by where the case stands.
AT_FIRST = {
    Stage.VALIDATION: "Request",
    Stage.ESCALATION: "Help",
    Stage.RESOLUTION: "Solution",
    Stage.CLOSED: "Not over",
}


def menu_card(case: Case) -> Card:
    """Every way on from a case, a button each; each says a line that can be typed just as well.

    A button for each group shows it or hides it, at the client.
    """
    body: list[Element] = [case_line(case.number, case.title, size="large", spacing="")]
    groups = OPEN if case.open else CLOSED
    body += button_rows([toggle(title, _id(title)) for title, _ in groups], spacing="small")
    first = AT_FIRST.get(case.stage, "Scope, FQR")
    for title, ways in groups:
        clicks = say_each((name, line.format(n=case.number)) for name, line in ways)
        group = box([plain(title, subtle=True), *button_rows(clicks, spacing="small")], separator=True)
        body.append(group | {"id": _id(title), "isVisible": title == first})
    return card(body, summary=f"Case {case.number}: what can be done")


def _id(title: str) -> str:
    return "ways_" + "".join(filter(str.isalpha, title)).casefold()
