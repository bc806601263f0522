"""A page of a case's timeline, each entry in full: what, what was said, what is next, when and by whom."""

from collections.abc import Mapping, Sequence

from cards.buttons import button_rows, buttons, click, toggle
from cards.card import card
from cards.elements import Card, Element, Ref, box, case_line, line, plain, run, small, user
from cards.timeline import rows_of
from cards.told import Names, Words, name_of, told
from playbook.model import Case, Entry, MailSent, PersonId

TEXT_LIMIT = 20_000  # characters of one entry


def history_card(
    case: Case,
    entries: Sequence[Entry],
    ref: Ref,
    *,
    people: Names,
    words: Words,
    taken_back: Mapping[str, PersonId],
    older: str = "",
    newest: bool = True,
) -> Card:
    """A page, newest first. `taken_back`: who took an entry back, by its id. `older`: the mark of the next page.

    `newest`: this is the first page. Step of the buttons: page, with `after`.
    """
    body: list[Element] = [
        case_line(case.number, case.title, size="large", spacing=""),
        plain("All that happened, newest first" if newest else "What happened earlier", subtle=True, spacing="none"),
    ]
    rows = rows_of(entries, taken_back)
    for at, entry in enumerate(rows):
        body.append(box(_entry(entry, at, taken_back.get(entry.id, ""), people, words), separator=True))
    if not rows:
        body.append(plain("Nothing has been recorded yet." if newest else "There is nothing older."))
    ways = [click("Older", ref, "page", extra={"after": older})] if older else []
    if not newest:
        ways.append(click("Newest", ref, "page", extra={"after": ""}))
    return card([*body, *button_rows(ways)], summary=f"Timeline of case {case.number}")


def _entry(entry: Entry, at: int, taken_by: PersonId, people: Names, words: Words) -> list[Element]:
    what, said = told(entry, people, words)
    title = [run(what, limit=200, bold=True, squeeze=True)]
    if taken_by:
        title.append(run(f" (taken back by {name_of(taken_by, people)})", limit=160, subtle=True))
    when = f"{words(entry.happened_at)} · {name_of(entry.by, people)}"
    if words(entry.recorded_at) != words(entry.happened_at):
        when += f" · recorded {words(entry.recorded_at)}"
    rows: list[Element] = [line(*title), small(when)]
    if said.strip():
        rows.append(user(said.strip("\n"), limit=TEXT_LIMIT, spacing="small"))
    if isinstance(entry.fact, MailSent) and entry.fact.text.strip():
        mail = f"mail_{at}"
        rows.append(buttons(toggle("Show mail", mail), spacing="small"))
        rows.append(box([user(entry.fact.text.strip("\n"), limit=TEXT_LIMIT)], id=mail, visible=False, emphasis=True))
    if entry.next_step:
        by = [run(f", by {words(entry.next_step_at)}", subtle=True)] if entry.next_step_at else []
        step = run(entry.next_step, limit=1_000, squeeze=True)
        rows.append(line(run("Next step: ", subtle=True), step, *by, spacing="small"))
    return rows
