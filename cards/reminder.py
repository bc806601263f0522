"""A follow-up as people see it: the one that is set, the ping, what is left of it."""

from collections.abc import Mapping, Sequence

from cards.buttons import button_rows, buttons, click, say, say_each, submit, toggle
from cards.card import card
from cards.elements import OK, Card, Element, Ref, box, facts, heading, line, run, sign, small, user
from cards.inputs import date_input, text_input, time_input
from cards.names import WAITING
from cards.told import Names, Words, name_of
from playbook.model import Case, FollowUp, FollowUpKind, FollowUpState, PersonId

TEXT_LIMIT = 1_500  # characters of a reminder's text on show
WHEN_LIMIT = 100  # characters of "tomorrow 9:00"

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


def reminder_card(
    followup: FollowUp,
    case: Case | None,
    ref: Ref,
    *,
    words: Words,
    people: Names,
    pinged: bool,
    reader: PersonId = "",
    says: Sequence[tuple[str, str]] = (),
    note: str = "",
) -> Card:
    """A follow-up by its state: set, due (`pinged`), done or cancelled.

    `words` writes a moment in full with its zone. `reader` is whose chat it stands in: whom it is for, or before the
    ping who set it, unless told. `says`: buttons before the ping's own, each a title and the line that it says. Steps
    of the buttons: done, hour, morning, pick (with the inputs); edit and cancel before it is due; undo after.
    """
    ahead = followup.state is FollowUpState.WAITING and not pinged
    reader = reader or (followup.by if ahead else followup.person)
    about = _about(followup, case, words, people, reader, ahead)
    if followup.state is not FollowUpState.WAITING:
        done = followup.state is FollowUpState.DONE
        title = f"{KINDS[followup.kind]} {'done' if done else 'cancelled'}"
        body = [_over(title, done), user(followup.text, limit=TEXT_LIMIT), *about, buttons(click("Undo", ref, "undo"))]
    elif pinged:
        title = PINGS[followup.kind]
        body = [heading(title), user(followup.text, limit=TEXT_LIMIT, bold=True), *about]
        body += _ways(case, ref, says)
    else:
        title = f"Set for {words(followup.due_at)}"
        body = [_promise(followup, words, people, reader), user(followup.text, limit=TEXT_LIMIT), *about]
        edit, cancel = (click(name, ref, name.lower()) for name in ("Edit", "Cancel"))
        body.append(buttons(edit, cancel))
    over = followup.state is not FollowUpState.WAITING
    return card(body, summary=f"{title}: {followup.text}", note=note or (followup.note if over else ""))


def _over(title: str, done: bool) -> Element:
    if not done:
        return heading(title)
    return line(sign(OK, size="large"), run(title, bold=True, size="large"))


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
    followup: FollowUp, case: Case | None, words: Words, people: Names, reader: PersonId, ahead: bool
) -> list[Element]:
    """The case and its customer; when and for whom, where no title says it (`ahead`); who set it, if another did."""
    return facts(
        [
            ("Case", _case(case) if case else ()),
            ("Due", "" if ahead else words(followup.due_at)),
            ("For", name_of(followup.person, people) if followup.person != reader and not ahead else ""),
            ("Set by", name_of(followup.by, people) if by_another(followup, reader) else ""),
        ]
    )


def by_another(followup: FollowUp, reader: PersonId) -> bool:
    """Whether the reader wouldn't know who set it: neither they nor whom it is for."""
    return followup.by not in (reader, followup.person)


def _case(case: Case) -> list[Element]:
    customer = case.main_contact.name if case.main_contact else ""
    where = f"waiting on {WAITING[case.waiting_on]}" if case.open else "closed"
    return [
        user(f"[{case.number}] {case.title}", limit=240, squeeze=True),
        small(" · ".join(filter(None, (customer, where)))),
    ]


def _ways(case: Case | None, ref: Ref, says: Sequence[tuple[str, str]]) -> list[Element]:
    """The ping's buttons, and the inputs that *Pick a time* shows."""
    ways = [
        *say_each(says),
        click("Done", ref, "done", primary=True),
        click("+1 h", ref, "hour"),
        click("Next morning", ref, "morning"),
        toggle("Pick a time", "pick_time"),
        *(say("Open case", f"/case {case.number}") if case else []),
    ]
    inside = [
        date_input("due_on", "Day"),
        time_input("due_time", "Time"),
        text_input("when", "or in words", limit=WHEN_LIMIT, help="tomorrow 9:00"),
        buttons(submit("Snooze", ref, "pick")),
    ]
    return [*button_rows(ways), box(inside, id="pick_time", visible=False, emphasis=True)]
