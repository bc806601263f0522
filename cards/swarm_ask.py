"""What comes before help: hints above the swarm's form, a colleague who is asked, the next rung on offer."""

from collections.abc import Sequence

from cards.buttons import beside, button_rows, buttons, click, say
from cards.card import card
from cards.elements import Card, Element, Ref, box, facts, heading, line, plain, run, user
from cards.swarm import about_lines, checked_lines, listed
from playbook.model import Case, Swarm
from playbook.swarming import CHECKS, HELPS, is_urgent, missing_checks, without_customer


def ask_card(swarm: Swarm, case: Case | None, asker: str, ref: Ref) -> Card:
    """Somebody is asked by name: Join makes this card the swarm's, Decline passes it on."""
    body: list[Element] = [
        line(run(asker, limit=80, bold=True, squeeze=True, size="large"), run(" asks for your help", size="large")),
        *about_lines(case, swarm),
        user(without_customer(swarm.question, case), limit=240, bold=True, squeeze=True, spacing="small"),
        *facts(
            [
                ("Needs", HELPS.get(swarm.help, "")),
                ("Area", swarm.area),
                ("Tried", [user(without_customer(swarm.tried, case), limit=400)] if swarm.tried else ()),
                ("Checked", checked_lines(swarm)),
            ]
        ),
        buttons(
            click("Join", ref, "join", primary=True),
            click("Decline", ref, "decline"),
        ),
    ]
    return card(body, summary=f"{asker} asks for your help: {without_customer(swarm.question, case)}")


def offer_card(swarm: Swarm, case: Case | None, why: str, way: str, ref: Ref, *, can_climb: bool) -> Card:
    """The next rung, offered to the case's owner: why, what is still missing of SWARM-02, and where it leads."""
    body: list[Element] = [heading("Still no help"), *about_lines(case, swarm)]
    body.append(user(swarm.question, limit=240, bold=True, squeeze=True, spacing="small"))
    body.append(user(why, limit=300, spacing="small"))
    if missing := [CHECKS[id] for id in missing_checks(swarm.checked)]:
        body.append(user(f"Still missing: {listed(missing)}.", limit=300))
    body.append(user(way, limit=300))
    ways = [click("Climb", ref, "climb", primary=True)] if can_climb else []
    ways.append(click("Open", ref, "show"))
    ways.append(click("Close", ref, "close"))
    if case is not None and is_urgent(swarm.severity):
        ways += say("ICM", f"/icm {case.number}")
    return card([*body, *button_rows(ways)], summary="Still no help: the next rung")


def already(swarm: Swarm) -> list[Element]:
    """Above the form: the case's swarm that is open. A second question is free to ask."""
    items = [plain("A swarm on this case is open:", subtle=True), user(swarm.question, limit=200, squeeze=True)]
    return [beside(items, say("Open", f"/swarm show {swarm.id}"), spacing="medium")]


def once_more(missing: Sequence[str], found: Sequence[Swarm], ref: Ref) -> list[Element]:
    """Above the form, once: what an earlier swarm found, and what SWARM-02 misses. Neither keeps anybody from asking."""
    blocks: list[Element] = []
    if found:
        rows: list[Element] = [plain("Something like it was asked before. Does one of these help?")]
        for one in found:
            items = [
                user(one.question, limit=200, bold=True, squeeze=True),
                user(one.finding, limit=300, spacing="none"),
            ]
            use = click("That helps", ref, "use", extra={"swarm": one.id})
            rows.append(beside(items, [use], spacing="small"))
        blocks.append(box(rows, emphasis=True, spacing="medium"))
    if missing:
        what = ", ".join(f"{one[0].lower()}{one[1:]}" for one in missing)
        blocks.append(line(run("What about: ", bold=True), run(f"{what}?", limit=300), spacing="medium"))
        blocks.append(plain("Tick what is done. Ask goes on in any case.", subtle=True, spacing="none"))
    return blocks
