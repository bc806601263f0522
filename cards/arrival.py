"""The card of a case that came in, in a channel: what it is, its clock, and *Take it*. No customer's address on it."""

from cards.buttons import button_rows, click
from cards.card import card
from cards.elements import OK, WARNING, Card, Element, Ref, case_line, facts, heading, line, link, marked
from cards.names import PLANS
from cards.told import Words
from playbook.model import Case, Severity


def arrival_card(
    case: Case,
    ref: Ref,
    *,
    words: Words,
    clock: Element | None = None,
    portal: str = "",
    owner: str = "",
    undo: bool = False,
    note: str = "",
) -> Card:
    """`owner`: the name of whose it is by now; `note`: the last line. `portal`: where a system that is down is
    handled (TALK-05), for severity A. Without a severity there is no clock, and the card asks for it."""
    body: list[Element] = [
        heading("New case"),
        case_line(case.number, case.title),
        *([clock] if clock else []),
        *facts(
            [
                ("Severity", f"{case.severity}" if case.severity else "Not known"),
                ("Plan", PLANS[case.plan] if case.plan else "Not known"),
                ("Product", case.product),
                ("Opened", words(case.created_at)),
                ("Owner", owner),
            ]
        ),
    ]
    if case.severity is Severity.A and portal:
        body.append(line(link("System-down portal", portal), spacing="small"))
    severity = f", severity {case.severity}" if case.severity else ""
    if not owner and case.open:
        body += _open(case, ref)
    elif owner and case.open:
        ways = [click("Open case", ref, "open")]
        body += button_rows([*ways, *([click("Undo", ref, "give_back")] if undo else [])])
    if not case.open:
        body.append(marked(OK, "Closed", bold=True))
    return card(body, summary=f"New case {case.number}{severity}: {case.title or 'no title yet'}", note=note)


def _open(case: Case, ref: Ref) -> list[Element]:
    ways: list[Element] = []
    if case.severity is None:
        asks = marked(WARNING, "Which severity is it? Its clock starts with that.", spacing="")
        known = [click(f"Sev {one}", ref, "severity", extra={"severity": one}) for one in Severity]
        ways += [asks, *button_rows(known)]
    return [*ways, *button_rows([click("Take it", ref, "take", primary=True)])]
