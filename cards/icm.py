"""Incidents as people see them: a no-go with what to do instead, the text to copy, and the incident itself."""

from collections.abc import Mapping, Sequence

from cards.buttons import button_rows, buttons, click, say, submit, toggle
from cards.card import card
from cards.elements import (
    ERROR,
    OK,
    WARNING,
    Action,
    Card,
    Element,
    Ref,
    aside,
    box,
    error_line,
    facts,
    heading,
    line,
    marked,
    plain,
    run,
    sign,
    user,
)
from cards.inputs import override_form, tall_text, text_input, with_error
from cards.rows import row
from cards.told import Names, Words, name_of
from playbook.icm import Verdict, route_of
from playbook.model import Case, Icm, IcmState, Sentiment
from playbook.words import listed

REASON = "override_reason"  # the input's id
REASON_LIMIT = 500
TITLE_LIMIT = 200
BODY_LIMIT = 12_000
NUMBER_LIMIT = 40
TYPED = ("icm_title", "body", "icm_number")  # the inputs of the card with the text

STATES = {IcmState.DRAFTED: "Draft, no number yet", IcmState.OPEN: "Open", IcmState.CLOSED: "Ended"}
CSAT = {"asked": "Asked for a review", "approved": "Approved", "refused": "Refused"}


# ---- go or no-go -----------------------------------------------------------------------------------


def no_go_card(verdict: Verdict, number: str, ref: Ref, values: Mapping[str, str], errors: Mapping[str, str]) -> Card:
    """Why not, by which rule, and the ways on. Steps: swarm, refuse, back, override (with the reason), cancel."""
    wrong = errors.get(REASON, "")
    label, who = "Why it is opened all the same", "For an SME, a senior engineer or a manager."
    inside = override_form(REASON, label, values.get(REASON, ""), wrong, who, ref, limit=REASON_LIMIT)
    body = [
        heading("No incident"),
        user(f"Case {number}", limit=80, subtle=True, spacing="none"),
        marked(ERROR, verdict.reason, rule=verdict.rule, bold=True, squeeze=True),
        plain("Colleagues can help at once: Swarm opens the form with all of this filled in."),
        *button_rows(
            [
                click("Swarm", ref, "swarm", primary=True),
                click("Record", ref, "refuse"),
                click("Back", ref, "back"),
                toggle("Go on anyway", "override"),
                click("Cancel", ref, "cancel"),
            ]
        ),
        box(inside, id="override", visible=bool(wrong), emphasis=True, spacing="small"),
    ]
    return card(body, summary=f"No incident for case {number}")


def go_lines(verdict: Verdict, team: str) -> list[Element]:
    """At the top of a route's form: why it may be opened, and who gets it."""
    to = line(run("It goes to: ", subtle=True), run(team, bold=True), aside("ICM-04"))
    return [marked(OK, verdict.reason, rule=verdict.rule, squeeze=True), to]


# ---- the text --------------------------------------------------------------------------------------


def body_card(icm: Icm, number: str, ref: Ref, values: Mapping[str, str], errors: Mapping[str, str], note: str) -> Card:
    """Title and text, to edit and to copy; the number once it is opened. Steps: opened, keep, back, cancel."""
    route = route_of(icm.route)
    body: list[Element] = [
        heading(f"Incident: {route.name}"),
        line(run("Case "), run(number, limit=80), run(f", for {route.team}"), spacing="none"),
        plain("Copy both into the incident tool. Once it is opened there, write its number below.", subtle=True),
    ]
    if top := " ".join(text for id, text in errors.items() if text and id not in TYPED):
        body.append(error_line(top))
    title = text_input("icm_title", "Title", values.get("icm_title", icm.title), limit=TITLE_LIMIT)
    text = tall_text("body", "Text", values.get("body", icm.body), limit=BODY_LIMIT, least=140, most=360)
    opened = text_input("icm_number", "Its number", values.get("icm_number", ""), limit=NUMBER_LIMIT)
    for id, element in zip(TYPED, (title, text, opened), strict=True):
        body += with_error(element, errors.get(id, ""))
    clicks = [
        submit("Opened", ref, "opened", primary=True),
        submit("Keep", ref, "keep"),
        submit("Back", ref, "back"),
        click("Cancel", ref, "cancel"),
    ]
    body += button_rows(clicks)
    return card(body, summary=f"Incident for case {number}", note=note)


# ---- the incident itself ---------------------------------------------------------------------------


def icm_card(icm: Icm, case: Case | None, ref: Ref, *, people: Names, words: Words, looped_in: bool = False) -> Card:
    """Where it stands, for all who have to do with it. Steps: number, edit, news, ended, csat, approve, refuse, mail,
    loop, pg."""
    title = f"Incident {icm.number}" if icm.number else "Incident, not opened yet"
    route = route_of(icm.route)
    of_case = f"[{case.number}] {case.title}" if case else ""
    body: list[Element] = [
        user(title, limit=80, bold=True, size="large", squeeze=True),
        line(
            run(STATES[icm.state], bold=True, color="good" if icm.state is IcmState.CLOSED else "accent"),
            run(f"  {route.name}, {route.team}"),
            spacing="small",
        ),
        user(icm.title, limit=TITLE_LIMIT, bold=True, squeeze=True, spacing="small"),
        *facts(
            [
                ("Case", of_case),
                ("Why", icm.why),
                ("Area", icm.area),
                ("Owner", " ".join(filter(None, (icm.owner_name, icm.owner_email)))),
                ("By", f"{name_of(icm.by, people)}, {words(icm.opened_at)}"),
                ("In mails", icm.pg_in_mails),
            ]
        ),
        *_early(icm, case),
        *_csat(icm, people, looped_in=looped_in),
        *button_rows([*_ways(icm, ref, is_open=case is not None and case.open, looped_in=looped_in), *_another(case)]),
        box([user(icm.body, limit=4_000)], id="icm_text", visible=False, emphasis=True, spacing="small"),
    ]
    return card(body, summary=f"{title}: {STATES[icm.state].lower()}")


def _early(icm: Icm, case: Case | None) -> list[Element]:
    """ICM-06: noticed while the case is open."""
    if case is None or not case.open or icm.csat or icm.state is IcmState.CLOSED:
        return []
    if case.sentiment is not Sentiment.UNHAPPY:
        return []
    text = "The customer is noted as unhappy. If it is CSAT-impacting, say so before the case is closed."
    return [marked(WARNING, text, rule="ICM-06")]


def _csat(icm: Icm, people: Names, *, looped_in: bool) -> list[Element]:
    """ICM-06: where the review stands, and what it is judged by."""
    if not icm.csat:
        return []
    who = name_of(icm.csat_by or icm.csat_to, people) if icm.csat_by or icm.csat_to else ""
    by = f"{'of' if icm.csat == 'asked' else 'by'} {who}" if who else ""
    head = [run(f"{WARNING if icm.csat == 'asked' else OK} ", bold=True), run("CSAT-impacting  ", bold=True)]
    head.append(run(f"{CSAT.get(icm.csat, icm.csat).lower()} {by}".rstrip(), limit=120, squeeze=True))
    if looped_in:
        head.append(run("  exceptionally bad", color="attention", bold=True))
    told = facts(
        [
            ("Mood", icm.sentiment),
            ("Words", f"“{icm.customer_words}”" if icm.customer_words else ""),
            ("Why", icm.sentiment_why),
            ("Could have", icm.could_have),
            ("Avoided", icm.avoided_by),
        ]
    )
    return [box([line(*head), *told], emphasis=True, spacing="small")]


def _ways(icm: Icm, ref: Ref, *, is_open: bool, looped_in: bool) -> list[Action]:
    ways: list[Action] = []
    if icm.csat == "asked" and is_open:
        ways += [click("Approve", ref, "approve", primary=True), click("Refuse", ref, "refuse")]
    if icm.state is IcmState.DRAFTED and is_open:
        ways += [click("Number", ref, "number", primary=not ways), click("Edit", ref, "edit")]
    elif icm.state is IcmState.OPEN:
        ways += [click("News", ref, "news", primary=not ways), click("Ended", ref, "ended"), click("Edit", ref, "edit")]
    ways.append(toggle("Text", "icm_text"))
    if is_open and icm.state is not IcmState.CLOSED:
        if icm.csat in ("", "refused"):
            ways.append(click("CSAT", ref, "csat"))
        elif icm.csat == "approved":
            ways.append(click("Mail", ref, "mail"))
            ways += [] if looped_in else [click("Loop in", ref, "loop")]
        ways.append(click("PG in mails", ref, "pg"))
    return ways


def _another(case: Case | None) -> list[Action]:
    return say("New one", f"/icm {case.number} new") if case is not None and case.open else []


def icms_card(icms: Sequence[Icm], case: Case, word: str = "") -> Card:
    """Which of a case's incidents; `word` is said of the one that is chosen."""
    body: list[Element] = [heading("Incidents of this case")]
    for one in icms:
        said = f"/icm {case.number} {word} {one.number or one.id}" if word else f"/icm show {one.id}"
        under = " · ".join(filter(None, (one.number, STATES[one.state], route_of(one.route).team)))
        body.append(row(one.title or route_of(one.route).name, under, said))
    if not word and case.open:
        body += button_rows(_another(case))
    return card(body, summary=f"Incidents of case {case.number}")


def pg_named_lines(names: Sequence[str], number: str) -> list[Element]:
    """ICM-05: on the draft of a customer's mail that names somebody of the product group, with no ground recorded."""
    who = listed(names[:3])
    head = line(
        sign(WARNING),
        run("ICM-05  ", bold=True),
        run(f"This names {who} of the product group, and no ground for it is recorded.", limit=300, squeeze=True),
    )
    ways = say("PG in mails", f"/icm {number} pg")
    return [box([head, *([buttons(*ways, spacing="small")] if ways else [])], emphasis=True, spacing="small")]
