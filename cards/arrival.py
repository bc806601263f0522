"""The card of a case that came in, in a channel: what it is, its clock, and *Take it*. No customer's address on it."""

from cards.elements import (
    OK,
    WARNING,
    Card,
    Element,
    Ref,
    button_rows,
    card,
    facts,
    heading,
    last_line,
    line,
    link,
    run,
    submit,
)
from cards.names import PLANS
from cards.timeline import Words
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
        line(
            run(f"[{case.number}] ", limit=80, bold=True),
            run(case.title or "No title yet", limit=200, bold=True, squeeze=True),
            spacing="small",
        ),
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
    if not owner and case.open:
        body += _open(case, ref)
    elif owner and case.open:
        ways = [submit("Open case", ref, "open", with_inputs=False)]
        body += button_rows([*ways, *([submit("Undo", ref, "give_back", with_inputs=False)] if undo else [])])
    if not case.open:
        body.append(line(run(f"{OK} Closed", bold=True, color="good"), spacing="small"))
    if note:
        body.append(last_line(note))
    return card(body, summary=f"New case {case.number}")


def _open(case: Case, ref: Ref) -> list[Element]:
    ways: list[Element] = []
    if case.severity is None:
        asks = line(run(f"{WARNING} ", color="attention"), run("Which severity is it? Its clock starts with that."))
        known = [submit(f"Sev {one}", ref, "severity", with_inputs=False, extra={"severity": one}) for one in Severity]
        ways += [asks, *button_rows(known)]
    return [*ways, *button_rows([submit("Take it", ref, "take", primary=True, with_inputs=False)])]
