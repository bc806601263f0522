"""A case on one card, edited in place: where it stands, who is in it, what is next, what happened last."""

from collections.abc import Collection, Sequence

from cards.buttons import beside, button_rows, buttons, click, say
from cards.card import card
from cards.chase import attempts_row
from cards.elements import (
    OK,
    Action,
    Card,
    Element,
    Ref,
    address_line,
    aside,
    box,
    case_line,
    facts,
    line,
    link,
    more_line,
    plain,
    run,
    sign,
    small,
    user,
)
from cards.handover import offered_row
from cards.names import CONTACT_ROLES, LINKS, PLANS, SENTIMENTS, STAGES, WAITING
from cards.timeline import ahead_lines, cut_short, newest_first, rows_of, taken_back, timeline
from cards.told import Names, Words, name_of
from playbook.countries import country_name
from playbook.model import Case, Contact, Entry, FollowUp, FollowUpKind, Linked, Sentiment, Severity
from playbook.place import town_of, zone_of_customer

CONTACTS = 4  # on show


# Buttons: title and step. Of an open case the first one leads on, where nothing at the top does.
OPEN = (("LQR", "lqr"), ("Note", "note"), ("Record", "record"), ("Edit", "edit"), ("Swarm", "swarm"))
NOBODYS = (("Take it", "take"), ("Note", "note"), ("Record", "record"), ("Edit", "edit"))
CLOSED = (
    ("Answered", "answered"),
    ("Reopen", "reopen"),
    ("By mistake", "mistake"),
    ("For ticket", "ticket"),
    ("Correct", "correct"),
    ("Note", "note"),
)


def case_card(
    case: Case,
    entries: Sequence[Entry],
    ref: Ref,
    *,
    people: Names,
    words: Words,
    earlier: bool = False,
    top: Sequence[Element] = (),
    over: Collection[str] = (),
    clock: Element | None = None,
    follow_up: FollowUp | None = None,
    portal: str = "",
    guide: str = "",
    offered: str = "",
    promises: Sequence[Element] = (),
    to_tell: str = "",
    attempts: str = "",
    about: Sequence[tuple[str, str]] = (),
) -> Card:
    """The case. `entries` are its last ones in any order; `earlier`: there are more than were given.

    `people` maps ids to names, `words` writes a moment in the reader's zone. `top`: what is next, whose button is the
    primary one then; `over`: ids of entries whose next step was done, superseded or stands at the top; `clock`: the
    line of a running clock; `follow_up`: the next one that is waiting. `portal`: where a system that is down is
    handled, for severity A (TALK-05); `guide`: the id of the guide's page that helps now (TALK-04). `offered`: to whom
    it is offered, and since when, while nobody took it; `promises`: the line of the open ones. `to_tell`: a sentence
    for the customer, of the closing mail that will come (LQR-11). `attempts`: where those to reach a silent customer
    stand; `about`: rows on the matter itself, such as
    the issue and where a solution stands (SOLVE-01).
    """
    body: list[Element] = [
        case_line(case.number, case.title, size="large", spacing=""),
        _state(case, words),
        *top,
        *([clock] if clock else []),
        *([line(link("System-down portal", portal), spacing="small")] if _down(case) and portal else []),
        *(offered_row(ref, offered) if offered else []),
        *facts([*about, *_facts(case, entries, people, words, follow_up, over, ref, offered)]),
        *promises,
        *(attempts_row(case.number, attempts) if attempts else []),
    ]
    if to_tell:
        body += ahead_lines(to_tell)
    rows = timeline(entries, people=people, words=words)
    if rows:
        all_of_it = say("All entries", f"/case {case.number} all")
        more = [buttons(*all_of_it, spacing="small")] if all_of_it else []
        last = [
            plain("Last entries", subtle=True),
            *rows,
            *(more if earlier or len(rows_of(entries)) > len(rows) or cut_short(entries) else []),
        ]
        body.append(box(last, separator=True))
    ways = (OPEN if case.owner else NOBODYS) if case.open else CLOSED
    leads = 0 if case.open and not top else None
    clicks = [click(title, ref, step, primary=at == leads) for at, (title, step) in enumerate(ways)]
    clicks += say("Guide", f"/guide {guide}") if guide and case.open else []
    clicks += say("More", f"/case {case.number} more")
    return card([*body, *button_rows(clicks)], summary=f"Case {case.number}: {STAGES[case.stage]}")


def _down(case: Case) -> bool:
    return case.open and case.severity is Severity.A


def _state(case: Case, words: Words) -> Element:
    """The stage; since when closed, or on whom it waits and when it closes; then severity, plan and product."""
    if case.open:
        stage = [run(STAGES[case.stage], bold=True, color="accent"), run(f" · waiting on {WAITING[case.waiting_on]}")]
        stage += [run(f" · closes {words(case.closes_at)}", bold=True)] if case.closes_at else []
    else:
        stage = [sign(OK), run(STAGES[case.stage], bold=True)]
        stage += [run(f"  {words(case.closed_at)}")] if case.closed_at else []
    severity = f"Severity {case.severity}" if case.severity else "Severity not known"
    plan = PLANS[case.plan] if case.plan else "plan not known"
    about = " · ".join(part for part in (severity, plan, case.product) if part)
    return box([line(*stage), user(about, limit=200, subtle=True, squeeze=True, spacing="none")], spacing="small")


def _facts(
    case: Case,
    entries: Sequence[Entry],
    people: Names,
    words: Words,
    follow_up: FollowUp | None,
    over: Collection[str],
    ref: Ref,
    offered: str,
) -> list[tuple[str, str | Sequence[Element]]]:
    zone = zone_of_customer(case)
    clock = f"{town_of(zone)} time" if town_of(zone) else zone
    place = " · ".join(part for part in (country_name(case.country), clock) if part)
    mood = "" if case.sentiment is Sentiment.UNKNOWN else SENTIMENTS[case.sentiment]
    owner = [run(name_of(case.owner, people) if case.owner else "Nobody yet", limit=80, squeeze=True)]
    if case.transfers:
        owner.append(aside(f"{case.transfers} transfer{'s' if case.transfers > 1 else ''}"))
    contacts = [click("Contacts", ref, "contacts")] if case.open else []
    hands_over = case.open and case.owner and not offered  # one that is offered says Take back
    hand_over = [click("Hand over", ref, "handover")] if hands_over else []
    return [
        ("Next step", _next_step(case, entries, words, over)),
        ("Reminder", _follow_up(follow_up, people, words) if follow_up else ()),
        ("Owner", [_with(line(*owner), hand_over)]),
        ("Customer", _contacts(case.contacts, contacts)),
        ("Place", place),
        ("Mood", mood),
        ("Our title", case.internal_title if case.internal_title != case.title else ""),
        ("Linked", _linked(entries)),
        ("Opened", words(case.created_at)),
    ]


def _with(words: Element, way: Sequence[Action]) -> Element:
    return beside([words], way) if way else words


def _linked(entries: Sequence[Entry]) -> list[Element]:
    """The duplicate's, the surviving or the new contract's case, the newest link first; each once."""
    gone = taken_back(entries)
    links = [one.fact for one in newest_first(entries) if isinstance(one.fact, Linked) and one.id not in gone]
    return [user(f"{LINKS[one.how]} {one.number}", limit=120, squeeze=True) for one in dict.fromkeys(links)]


def _contacts(contacts: Sequence[Contact], way: Sequence[Action]) -> list[Element]:
    """Each with address and phone below; what beside the main contact somebody is. `way`: to change them."""
    if not contacts:
        return [_with(plain("Nobody is known yet", subtle=True), way)] if way else []
    shown: list[Element] = []
    for one in contacts[:CONTACTS]:
        name = [run(one.name or "No name", limit=80, squeeze=True)]
        if one.address_as and one.address_as != one.name:
            name.append(run(f"  {one.address_as}", limit=80, subtle=True, size="small", squeeze=False))
        if shown:
            name.append(aside(CONTACT_ROLES[one.role]))
        shown.append(line(*name, spacing="small") if shown else _with(line(*name), way))
        if one.email or one.phone:
            shown.append(address_line(one.email, one.phone))
    return [*shown, *more_line(len(contacts) - CONTACTS)]


def _next_step(case: Case, entries: Sequence[Entry], words: Words, over: Collection[str]) -> list[Element]:
    """The next step that was named last, and by when. Those from before a closing are over."""
    gone = taken_back(entries) | frozenset(over)
    for one in newest_first(entries):
        if case.closed_at and not case.open and one.happened_at < case.closed_at:
            return []
        if one.next_step and one.id not in gone:
            when = [run(f", by {words(one.next_step_at)}", subtle=True)] if one.next_step_at else []
            return [line(run(one.next_step, limit=240, squeeze=True), *when)]
    return []


def _follow_up(follow_up: FollowUp, people: Names, words: Words) -> list[Element]:
    """When somebody will be pinged, and who; of what, unless it is the next step that stands above."""
    when = [run(words(follow_up.due_at)), run(f", for {name_of(follow_up.person, people)}", limit=80, subtle=True)]
    if follow_up.kind is FollowUpKind.NEXT_STEP:
        return [line(*when)]
    return [line(*when), small(follow_up.text, limit=160)]
