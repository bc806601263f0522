"""A swarm on one card that a whole channel acts on; and what is asked and offered in people's own chats."""

from collections.abc import Sequence
from typing import NamedTuple

from cards.buttons import button_rows, click, say
from cards.card import card
from cards.elements import OK, Action, Card, Element, Ref, box, facts, line, marked, plain, run, sign, small, user
from cards.told import Names, Words, name_of
from playbook.ladder import NAMES, RUNGS
from playbook.model import Case, MemberState, Rung, Swarm, SwarmFinding, SwarmMember, SwarmState
from playbook.swarming import CHECKS, HELPS, OUTCOMES, is_urgent, missing_checks, without_customer

FOUND = 5  # findings on show, the last ones
NAMED = 12  # people on show by name; the others are counted


class Standing(NamedTuple):
    """All that the card tells beside the swarm itself."""

    case: Case | None
    members: Sequence[SwarmMember]
    findings: Sequence[SwarmFinding]
    people: Names


def swarm_card(swarm: Swarm, now: Standing, ref: Ref, *, words: Words, note: str = "") -> Card:
    """The request, its rung, who is in it and what was found. It names no customer."""
    case, is_open = now.case, swarm.state is SwarmState.OPEN
    body: list[Element] = [_head(swarm), *about_lines(case, swarm)]
    body.append(user(without_customer(swarm.question, case), limit=240, bold=True, spacing="small", squeeze=True))
    body += [] if is_open else _end(swarm, now, words)
    asks = f"{name_of(swarm.by, now.people)}, since {words(swarm.opened_at)}"
    body += facts(
        [
            ("Asks", asks),
            ("Needs", HELPS.get(swarm.help, "")),
            ("Tried", [user(without_customer(swarm.tried, case), limit=400)] if swarm.tried else ()),
            ("Checked", checked_lines(swarm) if is_open else ()),
            ("Rung", [_rungs(swarm), *_over(swarm, now, words)] if is_open else ()),
            *_people(now.members, is_open),
        ]
    )
    body += _findings(now, words)
    body += _ways(ref, case, swarm) if is_open else []
    state = "Help wanted" if is_open else "Swarm closed"
    return card(body, summary=f"{state}: {without_customer(swarm.question, case)}", note=note)


def _head(swarm: Swarm) -> Element:
    area = [run(f" · {swarm.area}", limit=60, subtle=True)] if swarm.area else []
    if swarm.state is SwarmState.CLOSED:
        ended = OUTCOMES.get(swarm.outcome, "Closed")
        return line(sign(OK), run(ended, bold=True, size="large"), *area)
    return line(run("Help wanted", bold=True, size="large"), *area)


def about_lines(case: Case | None, swarm: Swarm) -> list[Element]:
    if case is None:
        return []
    urgent = is_urgent(swarm.severity)
    severity = [run(f" · Severity {swarm.severity}", bold=urgent, color="attention" if urgent else "")]
    title = run(f"[{case.number}] {case.title or 'No title yet'}", limit=200, squeeze=True)
    return [line(title, *(severity if swarm.severity else ()), spacing="none")]


def checked_lines(swarm: Swarm) -> list[Element]:
    """SWARM-02: what was looked at, and what was not."""
    done = listed([CHECKS[id] for id in CHECKS if id in swarm.checked])
    missing = listed([CHECKS[id] for id in missing_checks(swarm.checked)])
    rows = [marked(OK, done, spacing="none")] if done else []
    return [*rows, *([user(f"Not yet: {missing}", limit=200, subtle=True, spacing="none")] if missing else [])]


def listed(names: Sequence[str]) -> str:
    """`Support tooling looked at, troubleshooting guides read`."""
    return ", ".join(name if not at else name[0].lower() + name[1:] for at, name in enumerate(names))


def _rungs(swarm: Swarm) -> Element:
    """Team › SMEs › Product group, the present one in bold."""
    if swarm.rung is Rung.ONE:
        return line(run(NAMES[Rung.ONE], bold=True))
    runs = []
    for at, rung in enumerate(RUNGS):
        here = rung is swarm.rung
        runs += [run(" › ", subtle=True)] if at else []
        runs.append(run(NAMES[rung], bold=here, subtle=not here))
    return line(*runs)


def _over(swarm: Swarm, now: Standing, words: Words) -> list[Element]:
    """Until when somebody may come before the next rung is offered; nothing once somebody has."""
    if swarm.rung_over_at is None or any(
        one.state is MemberState.JOINED and one.at >= swarm.rung_since for one in now.members
    ):
        return []
    text = f"till {words(swarm.rung_over_at)}, then the next is offered"
    return [small(text)]


def _people(members: Sequence[SwarmMember], is_open: bool) -> list[tuple[str, str | Sequence[Element]]]:
    joined = [one.name for one in members if one.state is MemberState.JOINED]
    asked = [one.name for one in members if one.state is MemberState.ASKED]
    declined = [one.name for one in members if one.state is MemberState.DECLINED]
    helps = [user(_names(joined), limit=600, bold=True)] if joined else [plain("Nobody yet", subtle=True)]
    if not is_open:
        return [("Helped", helps if joined else ())]
    return [("Joined", helps), ("Asked", _names(asked)), ("Declined", _names(declined))]


def _names(names: Sequence[str]) -> str:
    """The first ones by name, in whole or not at all, and how many more."""
    shown = [" ".join(one.split())[:60] or "somebody" for one in names[:NAMED]]
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(shown) + more


def _findings(now: Standing, words: Words) -> list[Element]:
    if not now.findings:
        return []
    rows: list[Element] = [plain("What was found", subtle=True)]
    if len(now.findings) > FOUND:
        rows.append(small(f"and {len(now.findings) - FOUND} before"))
    for one in now.findings[-FOUND:]:
        rows.append(user(without_customer(one.text, now.case), limit=400, spacing="small"))
        rows.append(small(f"{one.name}, {words(one.at)}"))
    return [box(rows, separator=True)]


def _ways(ref: Ref, case: Case | None, swarm: Swarm) -> list[Element]:
    """Join, Leave, Finding, Climb, Close. Nothing is typed here: an edit for somebody else's click would empty it."""
    ways: list[Action] = [
        click("Join", ref, "join", primary=True),
        click("Leave", ref, "leave"),
        click("Finding", ref, "finding"),
        click("Climb", ref, "climb"),
        click("Close", ref, "close"),
    ]
    if case is not None and is_urgent(swarm.severity):
        ways += say("ICM", f"/icm {case.number}")
    return button_rows(ways)


def _end(swarm: Swarm, now: Standing, words: Words) -> list[Element]:
    """SWARM-04: a finding, a next action with its time; the thanks are its message in the channel."""
    when = f", {words(swarm.next_action_at)}" if swarm.next_action_at else ""
    rows: list[tuple[str, str | Sequence[Element]]] = [
        ("Finding", [user(without_customer(swarm.finding, now.case), limit=1000)] if swarm.finding else ()),
        ("Next", f"{without_customer(swarm.next_action, now.case)}{when}" if swarm.next_action else ""),
    ]
    return [box(facts(rows), emphasis=True, spacing="small")]
