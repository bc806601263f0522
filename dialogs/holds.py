"""What holds the closing of a case now, for a card and for a step: listed, overridden with a reason, and held again.

The holds themselves are `playbook.rules.closing`; each time they are asked of the stored case, whoever changed it.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from cards.elements import Element, Ref
from cards.holds import REASON, REASON_LIMIT, holds_block, overridden_block
from dialogs.flow import Sight
from dialogs.forms import read_form
from dialogs.notices import told
from dialogs.record import entry_of, touched
from dialogs.steps import typed
from dialogs.turn import Field, Form, Turn, UserError
from dialogs.whole import timeline_of
from playbook.mails import Mail
from playbook.model import Case, Entry, Overridden, Undone
from playbook.rules import mask
from playbook.rules.closing import HOLDS, Held, holds
from playbook.standing import of_kind, standing
from playbook.words import instant_words, listed
from storage.base import Change, Save, Versioned

_ASKED = Form(
    "Override", (Field(REASON, "Why you go on all the same", "text", required=True, limit=REASON_LIMIT),), ("", "")
)
_RULES = frozenset(one.id for one in HOLDS)


class Holding(NamedTuple):
    """`held`: what holds now; `opened`: the overrides without which more would, in the order of recording."""

    held: tuple[Held, ...] = ()
    opened: tuple[Entry, ...] = ()

    @property
    def words(self) -> str:
        """`LQR-03 and FLOW-07 hold`: for a sentence."""
        return f"{listed([one.rule for one in self.held])} {'hold' if len(self.held) > 1 else 'holds'}"


async def holding(
    about: Sight | Turn, case: Case | None, mail: Mail | None, values: Mapping[str, str], *, solved: bool = False
) -> Holding:
    """Of a closing by this mail, or of the case alone, `solved` or not; `values`: the form's. None of another mail."""
    if mail is not None and not mail.closes:
        return Holding()
    entries = await timeline_of(about.read, case.id if case else "")
    words = partial(instant_words, zone=about.zone, now=about.now)
    held = holds(case, entries, mail, values, words, solved=solved)
    overridden = [one for one, fact in of_kind(standing(entries), Overridden) if fact.rule in _RULES]
    if not overridden:
        return Holding(held)
    ids = {one.id for one in overridden}
    without = holds(case, [one for one in entries if one.id not in ids], mail, values, words, solved=solved)
    opened = {one.rule for one in without} - {one.rule for one in held}
    return Holding(held, tuple(one for one in overridden if _rule(one) in opened))


def refusal(seen: Holding, values: Mapping[str, str], stays: str) -> str:
    """Why nothing was closed, and what to do next: once a reason is typed, that is the button below it."""
    way = "What opens it stands above."
    if values.get(REASON):
        way = "Your reason is kept: Override, right below it, goes on with the closing."
    return f"{seen.words} the closing: {stays}. {way}"


def typed_reason(turn: Turn) -> dict[str, str]:
    """The reason to go on that stands on the card, by its input's id; secrets in it are blotted out."""
    reason = typed(turn).get(REASON, "")
    return {REASON: mask(reason)} if reason else {}


def block(
    about: Sight, seen: Holding, case: Case | None, ref: Ref, values: Mapping[str, str], errors: Mapping[str, str]
) -> list[Element]:
    """For the top of a card: what holds, and what was overridden, with the way back. Steps: override, hold_again."""
    said = [(_rule(one), _reason(one), about.team.names.get(one.by, "")) for one in seen.opened]
    number = case.number if case else ""
    return [
        *holds_block(seen.held, number, ref, values, errors, registered=case is not None),
        *overridden_block(said, ref),
    ]


class Override(NamedTuple):
    """What the click on *Override* came to: its input by id, errors beside it, the changes, a word for the card."""

    values: dict[str, str]
    errors: dict[str, str]
    changes: list[Change]
    note: str = ""


def override(turn: Turn, case: Versioned[Case], seen: Holding) -> Override:
    """Goes on despite all that holds it now, each by its name, with the reason that was typed."""
    if not seen.held:
        return Override({REASON: ""}, {}, [], "Nothing holds the closing any more.")
    read = read_form(_ASKED, typed(turn))
    if read.errors:
        return Override(read.values, read.errors, [])
    rules = [one.rule for one in seen.held]
    facts = [Overridden(rule=rule, reason=read.values[REASON]) for rule in rules]
    text = f"{turn.actor.name} goes on with the closing of your case {case.value.number} despite {listed(rules)}."
    changes = _written(turn, case, facts, text)
    return Override({REASON: ""}, {}, changes, f"{listed(rules)} overridden")


def hold_again(turn: Turn, case: Versioned[Case], seen: Holding) -> Override:
    """The overrides are taken back: what they opened holds again. Raises UserError where there is none."""
    if not seen.opened:
        raise UserError("There is no override to take back any more.")
    rules = list(dict.fromkeys(_rule(one) for one in seen.opened))
    text = f"{turn.actor.name} took back going on with the closing of your case {case.value.number} despite {listed(rules)}."
    changes = _written(turn, case, [Undone(entry_id=one.id) for one in seen.opened], text)
    return Override({}, {}, changes, f"Override of {listed(rules)} taken back")


def _written(
    turn: Turn, case: Versioned[Case], facts: Sequence[Overridden] | Sequence[Undone], text: str
) -> list[Change]:
    """Into the timeline, and the owner is told."""
    entries = [entry_of(turn, case.value, fact) for fact in facts]
    return [
        *(Save(one) for one in entries), touched(turn, case), *told(turn, case.value.owner, case.value, text)
    ]  # fmt: skip


def _rule(entry: Entry) -> str:
    return entry.fact.rule if isinstance(entry.fact, Overridden) else ""


def _reason(entry: Entry) -> str:
    return entry.fact.reason if isinstance(entry.fact, Overridden) else ""
