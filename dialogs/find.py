"""`/find words`: the team's cases, mails and notes that hold them; for the asker's eyes alone."""

from collections.abc import Sequence

from cards.buttons import click
from cards.elements import Action, Ref
from cards.excerpt import excerpt
from cards.find import Group, Hit, found_card, nothing_card
from cards.form import form_card
from cards.told import name_of, told
from dialogs import reuse
from dialogs.flow import FlowDef, Loaded, StepDef
from dialogs.forms import read_form
from dialogs.steps import typed
from dialogs.turn import Field, Form, Outcome, Reply, Turn
from dialogs.whole import taken_back_of
from playbook.model import Case, Draft, Entry, MailSent
from playbook.words import relative_words

REF = Ref("find", "", 0)
LIMIT = 200  # characters of what is looked for
FIRST = 3  # of each kind on the first card
PAGE = 6  # of one kind on a page of its own
MOST = 48  # of one kind that are paged through; whoever wants more needs a further word
KINDS = {"cases": "Cases", "mails": "Mails", "notes": "Notes"}
FORM = Form(
    "Find",
    (Field("words", "Words", required=True, limit=LIMIT, help="As they stand in a case, a mail or a note"),),
    ("Find", "look"),
    intro="Looks through the team's cases, notes, drafts and sent mails.",
    cancel="",
)


async def start(turn: Turn, args: str) -> Outcome:
    """`/find [words]`: what was found; without words, the form."""
    read = read_form(FORM, {"words": " ".join(args.split())}, masked=False)
    if read.errors:
        errors = read.errors if args else {}
        return Outcome(reply=Reply(card=form_card(FORM, read.values, errors, REF), private=True))
    return await _first(turn, read.values["words"])


async def look(turn: Turn, loaded: Loaded) -> Outcome:
    read = read_form(FORM, typed(turn), masked=False)
    if read.errors:
        return Outcome(reply=Reply(card=form_card(FORM, read.values, read.errors, REF), private=True))
    return await _first(turn, " ".join(read.values["words"].split()))


async def page(turn: Turn, loaded: Loaded) -> Outcome:
    """*More* of one kind, the next page of it, or all kinds again."""
    values = typed(turn)
    words, kind = values.get("words", "")[:LIMIT], values.get("kind", "")
    if kind not in KINDS:
        return await _first(turn, words)
    begin = int(values.get("begin", "")) if values.get("begin", "").isdecimal() and len(values["begin"]) < 4 else 0
    found = await _found(turn, kind, words, begin + PAGE + 1)
    shown = [await _hit(turn, one, words) for one in found[begin : begin + PAGE]]
    more = len(found) > begin + PAGE
    ways = [_page("More", words, kind, begin + PAGE)] if more and begin + PAGE < MOST else []
    group = Group(KINDS[kind], shown, [*ways, _page("All kinds", words)])
    card = found_card(words, [group], many=more and not ways) if shown else nothing_card(words)
    return Outcome(reply=Reply(card=card, private=True))


async def _first(turn: Turn, words: str) -> Outcome:
    groups = []
    for kind, name in KINDS.items():
        found = await _found(turn, kind, words, FIRST + 1)
        ways = [_page(f"More {kind}", words, kind)] if len(found) > FIRST else []
        groups.append(Group(name, [await _hit(turn, one, words) for one in found[:FIRST]], ways))
    card = found_card(words, groups) if any(group.hits for group in groups) else nothing_card(words)
    return Outcome(reply=Reply(card=card, private=True, public="I've sent you what I found."))


def _page(title: str, words: str, kind: str = "", begin: int = 0) -> Action:
    extra = {"words": words, "kind": kind, "begin": str(begin)}
    return click(title, REF, "page", extra=extra)


# ---- the kinds -----------------------------------------------------------------------------------


async def _found(turn: Turn, kind: str, words: str, limit: int) -> Sequence[Case | Draft | Entry]:
    """At most so many of a kind. Mails are drafts and sent ones, then those written elsewhere, which only the timeline
    has; notes are all other entries."""
    if kind == "cases":
        return [one.value for one in await turn.read.search(Case, words, limit=limit)]
    entries = [one.value for one in await turn.read.search(Entry, words, limit=2 * limit)]
    if kind == "mails":
        drafts = [one.value for one in await turn.read.search(Draft, words, limit=limit)]
        elsewhere = [one for one in entries if isinstance(one.fact, MailSent) and not one.fact.draft_id]
        mails: list[Draft | Entry] = [*drafts, *elsewhere]
        return mails[:limit]
    return [one for one in entries if not isinstance(one.fact, MailSent)][:limit]


async def _hit(turn: Turn, thing: Case | Draft | Entry, words: str) -> Hit:
    if isinstance(thing, Case):
        return _case(turn, thing, words)
    if isinstance(thing, Draft):
        return await _mail(turn, thing, words)
    if isinstance(thing.fact, MailSent):
        return await _mail(turn, reuse.as_draft(thing, thing.fact), words, f"entry/{thing.id}")
    return await _note(turn, thing, words)


def _case(turn: Turn, case: Case, words: str) -> Hit:
    people = [text for one in case.contacts for text in (f"{one.name} {one.email}",)]
    texts = [
        case.symptom,
        case.cause,
        case.resolution,
        case.more_information,
        case.internal_title,
        case.company,
        *people,
    ]
    under = " · ".join([case.stage.value.capitalize(), _by(turn, case.owner), _when(turn, case)])
    return Hit(_named(case), excerpt(texts, words), under, f"/case {case.number}")


async def _mail(turn: Turn, draft: Draft, words: str, id: str = "") -> Hit:
    case = await turn.read.get(Case, draft.case_id)
    sent = draft.sent_at
    at = relative_words(sent or draft.touched_at, turn.zone, turn.now)
    state = "Draft," if sent is None else "Sent" if sent <= turn.now else "Scheduled for"
    again = [click("Use again", Ref("use", id or f"draft/{draft.id}", 0), "again")]
    number = f"/case {case.value.number}" if case else ""
    under = f"{state} {at} · {_by(turn, draft.by)}"
    if case and case.value.number not in draft.subject:
        under += f" · {case.value.number}"
    return Hit(draft.subject or "No subject yet", excerpt([draft.text], words), under, number, again if case else ())


async def _note(turn: Turn, entry: Entry, words: str) -> Hit:
    case = await turn.read.get(Case, entry.case_id)
    what, said = told(entry, turn.team.names, lambda at: relative_words(at, turn.zone, turn.now))
    back = " · taken back" if await taken_back_of(turn.read, [entry]) else ""
    under = f"{_by(turn, entry.by)} · {relative_words(entry.happened_at, turn.zone, turn.now)}{back}"
    about = f": {_named(case.value)}" if case else ""
    opens = f"/case {case.value.number} all" if case else ""
    return Hit(f"{what}{about}", excerpt([said, entry.next_step], words), under, opens)


def _named(case: Case) -> str:
    return f"[{case.number}] {case.title or 'No title yet'}"


def _by(turn: Turn, person: str) -> str:
    return name_of(person, turn.team.names)


def _when(turn: Turn, case: Case) -> str:
    return relative_words(case.touched_at, turn.zone, turn.now)


FLOW = FlowDef("find", {"look": StepDef(look, "find"), "page": StepDef(page, "find")}, keeps=None)
