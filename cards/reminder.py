"""Follow-ups as people see them: the one that is set, the ping, what is left of it, the list, the catch-up."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cards.elements import (
    OK,
    Card,
    Element,
    Ref,
    box,
    button_rows,
    buttons,
    card,
    error_line,
    facts,
    heading,
    last_line,
    line,
    plain,
    run,
    submit,
    toggle,
    user,
)
from cards.inputs import date_input, text_input, time_input
from cards.names import WAITING
from cards.rows import row, say, words_of
from cards.timeline import Names, Words, name_of
from playbook.model import Case, FollowUp, FollowUpKind, FollowUpState, PersonId

OPENABLE = 5  # rows of a list that have buttons
ROWS = 15
TEXT_LIMIT = 1_500  # characters of a reminder's text on show
WHEN_LIMIT = 100  # characters of "tomorrow 9:00"
PICKED = ("due_on", "due_time", "when")  # the inputs of *Pick a time*

PINGS: Mapping[FollowUpKind, str] = {
    FollowUpKind.REMINDER: "Reminder",
    FollowUpKind.NEXT_STEP: "A next step is due",
    FollowUpKind.CHASE: "Time to ask the customer again",
    FollowUpKind.PROMISE: "A promise is due",
    FollowUpKind.ESCALATION: "Time to ask the vendor for news",
    FollowUpKind.INCIDENT: "Time to ask for news on the incident",
}
KINDS: Mapping[FollowUpKind, str] = {
    FollowUpKind.REMINDER: "Reminder",
    FollowUpKind.NEXT_STEP: "Next step",
    FollowUpKind.CHASE: "Chase",
    FollowUpKind.PROMISE: "Promise",
    FollowUpKind.ESCALATION: "Escalation",
    FollowUpKind.INCIDENT: "Incident",
}


class Item(NamedTuple):
    """A follow-up of a list, the case it is about, and what its own buttons are about."""

    followup: FollowUp
    case: Case | None = None
    ref: Ref | None = None


def reminder_card(
    followup: FollowUp,
    case: Case | None,
    ref: Ref,
    *,
    words: Words,
    people: Names,
    pinged: bool,
    late: str = "",
    reader: PersonId = "",
    values: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    undo: bool = True,
    says: Sequence[tuple[str, str]] = (),
    note: str = "",
) -> Card:
    """A follow-up by its state: set, due (`pinged`), done or cancelled.

    `words` writes a moment in full with its zone. `late` says in words how late the ping is, where it is.
    `reader` is whose chat it stands in: whom it is for, or before the ping who set it, unless told. `values` and
    `errors` speak of the inputs `PICKED` ("" is the line above them). `says`: buttons before the ping's own, each a
    title and the line that it says. Steps of the buttons: done, hour, morning,
    pick (with the inputs); edit and cancel before it is due; undo after.
    """
    ahead = followup.state is FollowUpState.WAITING and not pinged
    reader = reader or (followup.by if ahead else followup.person)
    about = _about(followup, case, words, people, reader, ahead, late)
    if followup.state is not FollowUpState.WAITING:
        done = followup.state is FollowUpState.DONE
        title = f"{KINDS[followup.kind]} {'done' if done else 'cancelled'}"
        body = [_over(title, done), user(followup.text, limit=TEXT_LIMIT), *about]
        body += [buttons(submit("Undo", ref, "undo", with_inputs=False))] if undo else []
    elif pinged:
        title = PINGS[followup.kind]
        body = [heading(title), user(followup.text, limit=TEXT_LIMIT, bold=True), *about]
        body += _ways(case, ref, values or {}, errors or {}, says)
    else:
        title = f"Set for {words(followup.due_at)}"
        body = [_promise(followup, words, people, reader), user(followup.text, limit=TEXT_LIMIT), *about]
        edit, cancel = (submit(name, ref, name.lower(), with_inputs=False) for name in ("Edit", "Cancel"))
        body.append(buttons(edit, cancel))
    if note or (followup.note and followup.state is not FollowUpState.WAITING):
        body.append(last_line(note or followup.note))
    return card(body, summary=f"{title}: {followup.text}")


def _over(title: str, done: bool) -> Element:
    if not done:
        return heading(title)
    sign = run(f"{OK} ", bold=True, color="good", size="large")
    return line(sign, run(title, bold=True, size="large"))


def _promise(followup: FollowUp, words: Words, people: Names, reader: PersonId) -> Element:
    """ "I'll remind you: Mon 23 Nov, 09:00 CET", or whom else by name."""
    if followup.place_id:
        return heading(f"I'll remind the channel: {words(followup.due_at)}")
    if reader == followup.person:
        return heading(f"I'll remind you: {words(followup.due_at)}")
    name = run(name_of(followup.person, people), limit=80, bold=True, size="large", squeeze=True)
    before, after = (run(part, bold=True, size="large") for part in ("I'll remind ", f": {words(followup.due_at)}"))
    return line(before, name, after)


def _about(
    followup: FollowUp, case: Case | None, words: Words, people: Names, reader: PersonId, ahead: bool, late: str
) -> list[Element]:
    """The case and its customer; when and for whom, where no title says it (`ahead`); who set it, if another did."""
    due = [user(words(followup.due_at))]
    if late:
        due.append(user(late, limit=120, subtle=True, size="small", squeeze=True, spacing="none"))
    return facts(
        [
            ("Case", _case(case) if case else ()),
            ("Due", () if ahead else due),
            ("For", name_of(followup.person, people) if followup.person != reader and not ahead else ""),
            ("Set by", name_of(followup.by, people) if _by_another(followup, reader) else ""),
        ]
    )


def _by_another(followup: FollowUp, reader: PersonId) -> bool:
    """Whether the reader wouldn't know who set it: neither they nor whom it is for."""
    return followup.by not in (reader, followup.person)


def _case(case: Case) -> list[Element]:
    customer = case.main_contact.name if case.main_contact else ""
    where = f"waiting on {WAITING[case.waiting_on]}" if case.open else "closed"
    return [
        user(f"[{case.number}] {case.title}", limit=240, squeeze=True),
        user(" · ".join(filter(None, (customer, where))), subtle=True, size="small", squeeze=True, spacing="none"),
    ]


def _ways(
    case: Case | None,
    ref: Ref,
    values: Mapping[str, str],
    errors: Mapping[str, str],
    says: Sequence[tuple[str, str]],
) -> list[Element]:
    """The ping's buttons, and the inputs that *Pick a time* shows."""
    ways = [
        *(action for title, said in says for action in say(title, said)),
        submit("Done", ref, "done", primary=True, with_inputs=False),
        submit("+1 h", ref, "hour", with_inputs=False),
        submit("Next morning", ref, "morning", with_inputs=False),
        toggle("Pick a time", "pick_time"),
        *(say("Open case", f"/case {case.number}") if case else []),
    ]
    wrong = [text for id, text in errors.items() if text and id not in PICKED]
    inside: list[Element] = [error_line(" ".join(wrong))] if wrong else []
    for element in (
        date_input("due_on", "Day", values.get("due_on", "")),
        time_input("due_time", "Time", values.get("due_time", "")),
        text_input("when", "or in words", values.get("when", ""), limit=WHEN_LIMIT, help="tomorrow 9:00"),
    ):
        inside.append(element)
        if errors.get(element["id"]):
            inside.append(error_line(errors[element["id"]], spacing="small"))
    inside.append(buttons(submit("Snooze", ref, "pick")))
    return [*button_rows(ways), box(inside, id="pick_time", visible=any(errors.values()), emphasis=True)]


# ---- several of them -----------------------------------------------------------------------------


def merged_card(items: Sequence[Item], *, words: Words, people: Names, reader: PersonId = "", note: str = "") -> Card:
    """What came due for one person (`reader`) while the bot was down, at one go; the first five can be opened."""
    many = len(items)
    title = f"While I was away, {f'{many} things' if many != 1 else 'one thing'} came due"
    body: list[Element] = [heading(title)]
    for at, item in enumerate(items[:ROWS]):
        opens = f"/remind show {item.followup.id}" if at < OPENABLE else ""
        body.append(row(item.followup.text, _under(item, words, people, reader), opens))
    return card([*body, *_rest(many), *([last_line(note)] if note else [])], summary=title)


def reminders_card(
    items: Sequence[Item],
    *,
    words: Words,
    people: Names,
    reader: PersonId = "",
    title: str = "Your reminders",
    empty: str = "Nothing is set. Try: /remind me tomorrow 9:00 call back",
    more: str = "",
) -> Card:
    """What `reader` will be reminded of. The first five that have a `ref` can be edited and cancelled here.

    `more` says how to see what was not given. Steps of the buttons: edit, cancel.
    """
    body: list[Element] = [heading(title)]
    if not items:
        body.append(user(empty))
    for at, item in enumerate(items[:ROWS]):
        one = words_of(item.followup.text, _under(item, words, people, reader))
        if item.ref is not None and at < OPENABLE:
            edit, cancel = (submit(name, item.ref, name.lower(), with_inputs=False) for name in ("Edit", "Cancel"))
            one.append(buttons(edit, cancel, spacing="small"))
        body.append(box(one, spacing="medium" if at else "small", separator=0 < at <= OPENABLE))
    return card([*body, *_rest(len(items)), *([last_line(more)] if more else [])], summary=title)


def _rest(many: int) -> list[Element]:
    return [plain(f"and {many - ROWS} more: /my", subtle=True, spacing="small")] if many > ROWS else []


def _under(item: Item, words: Words, people: Names, reader: PersonId) -> str:
    """When, of which case, for whom and by whom, in one line."""
    followup, case = item.followup, item.case
    reader = reader or followup.person
    customer = case.main_contact.name if case and case.main_contact else ""
    parts = (
        words(followup.due_at),
        f"[{case.number[:60]}]" if case else "",
        customer[:80],
        f"for {name_of(followup.person, people)[:80]}" if followup.person != reader else "",
        f"set by {name_of(followup.by, people)[:80]}" if _by_another(followup, reader) else "",
    )
    return " · ".join(filter(None, parts))
