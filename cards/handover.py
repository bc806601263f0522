"""An offered case on one card, for whoever is to take it: where it stands, their mood, what is next, promised, drafted."""

from collections.abc import Sequence
from typing import NamedTuple

from cards.buttons import beside, button_rows, click, say, submit
from cards.card import card
from cards.elements import (
    OK,
    WARNING,
    Card,
    Element,
    Ref,
    box,
    case_line,
    facts,
    heading,
    line,
    marked,
    more_line,
    plain,
    run,
    sign,
    small,
    user,
)
from cards.inputs import text_input, with_error
from cards.names import PLANS, STAGES, WAITING
from cards.timeline import timeline
from cards.told import Names, Words
from playbook.model import Case, Entry, Promise

WHY = "why"  # the input's id
WHY_LIMIT = 300
ENTRIES = 4
DRAFTS = 3
PROMISES = 5


class Drafted(NamedTuple):
    """A mail that was begun: its subject, since when it was not touched, the flow that opens it once it is taken."""

    subject: str
    under: str
    flow_id: str = ""


class Offered(NamedTuple):
    """What the card is of. `giver`, `receiver`: names; `when`: in words. `open`: it can be taken."""

    giver: str
    receiver: str
    when: str
    text: str = ""
    open: bool = True
    taken: bool = False
    why: str = ""
    error: str = ""
    note: str = ""


def offer_card(
    case: Case,
    offered: Offered,
    ref: Ref,
    *,
    people: Names,
    words: Words,
    entries: Sequence[Entry] = (),
    clock: Element | None = None,
    mood: str = "",
    next_step: str = "",
    promises: Sequence[Promise] = (),
    overdue: int = 0,
    drafts: Sequence[Drafted] = (),
) -> Card:
    """`entries`: the last ones. `promises`: the open ones, the earliest first, `overdue` of them past their time.

    Steps: take, decline (with `why`), draft (with `draft_flow`).
    """
    head = line(
        run(offered.giver, limit=80, bold=True, squeeze=True),
        run(" offers it to "),
        run(offered.receiver, limit=80, bold=True, squeeze=True),
        run(f", {offered.when}", subtle=True),
        spacing="small",
    )
    body: list[Element] = [heading(f"Handover: case {case.number}"), head, case_line(case.number, case.title)]
    if offered.text:
        body.append(box([user(offered.text, limit=1_500)], emphasis=True, spacing="small"))
    body += [clock] if clock else []
    body += facts(
        [
            ("Stands", _stands(case)),
            ("Customer", case.main_contact.name if case.main_contact else ""),
            ("Mood", mood),
            ("Next step", next_step),
            ("Promised", _promised(promises, overdue, words)),
            ("Drafts", () if offered.taken else _drafts(drafts)),
        ]
    )
    rows = timeline(entries, people=people, words=words, limit=ENTRIES)
    if rows:
        body.append(box([plain("Last entries", subtle=True), *rows], separator=True))
    if offered.open:
        body += _answers(case, offered, ref)
    elif offered.taken:
        body += _taken(case, drafts, ref)
    if offered.why and not offered.open:
        body.append(line(run("Why: ", subtle=True), run(offered.why, limit=WHY_LIMIT), spacing="small"))
    return card(
        body, summary=f"Handover of case {case.number}: {offered.giver} to {offered.receiver}", note=offered.note
    )


def _stands(case: Case) -> str:
    severity = f"severity {case.severity}" if case.severity else "severity not known"
    plan = PLANS[case.plan] if case.plan else ""
    waits = f"waiting on {WAITING[case.waiting_on]}" if case.open else ""
    return " · ".join(filter(None, (STAGES[case.stage], waits, severity, plan, case.product)))


def _promised(promises: Sequence[Promise], overdue: int, words: Words) -> list[Element]:
    shown: list[Element] = []
    for at, one in enumerate(promises[:PROMISES]):
        late = at < overdue
        when = run(f"  {'was due' if late else 'by'} {words(one.due_at)}", subtle=True)
        shown.append(
            line(
                *([sign(WARNING)] if late else []),
                run(one.text, limit=200, squeeze=True),
                when,
                spacing="small" if at else "",
            )
        )
    return [*shown, *more_line(len(promises) - PROMISES)]


def _drafts(drafts: Sequence[Drafted]) -> list[Element]:
    return [
        line(
            run(one.subject, limit=160, squeeze=True), run(f"  {one.under}", subtle=True), spacing="small" if at else ""
        )
        for at, one in enumerate(drafts[:DRAFTS])
    ]


def _answers(case: Case, offered: Offered, ref: Ref) -> list[Element]:
    why = text_input(WHY, "If you decline: why", offered.why, limit=WHY_LIMIT)
    return [
        box(with_error(why, offered.error), separator=True),
        *button_rows(
            [
                click("Take it", ref, "take", primary=True),
                submit("Decline", ref, "decline"),
                *say("Open case", f"/case {case.number}"),
            ]
        ),
    ]


def _taken(case: Case, drafts: Sequence[Drafted], ref: Ref) -> list[Element]:
    """What came along, and the mail that tells the customer."""
    block: list[Element] = [marked(OK, "Case, pings and drafts have moved.", spacing="")]
    for one in drafts[:DRAFTS]:
        opens = click("Open draft", ref, "draft", extra={"draft_flow": one.flow_id})
        said = [user(one.subject, limit=160, squeeze=True), small(one.under)]
        block.append(beside(said, [opens], spacing="small"))
    main = case.main_contact
    ways = say("Open case", f"/case {case.number}")
    if case.open and main is not None:
        tell = f"Tell {main.name} who looks after it now: the intro mail is ready to write."
        block.append(user(tell, limit=240, spacing="small"))
        ways = [*say("Intro mail", f"/case {case.number} intro"), *ways]
    return [box(block, separator=True), *button_rows(ways)]


def offered_row(ref: Ref, offered: str) -> list[Element]:
    """On the case's card: to whom it is offered since when, with the way back."""
    said = [line(run(offered, limit=160, bold=True, squeeze=True))]
    said.append(plain("Until they take it, it stays its owner's.", subtle=True, spacing="none"))
    back = click("Take back", ref, "withdraw")
    return [box([beside(said, [back])], emphasis=True, spacing="small")]
