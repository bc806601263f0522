"""What a mail that is sent promises the customer: what its form said, unless the text was edited to say otherwise (TALK-01).

The text decides. Where it names one other time, that one is kept; where it names several or none that can be read, the
draft's card asks, and *I sent it* waits for the answer.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple

import msgspec

from cards.elements import Element
from cards.promised import PROMISED, promised_block
from dialogs.case_fields import instant
from dialogs.flow import Sight
from dialogs.turn import Turn
from playbook.mails import Mail
from playbook.model import Case, Draft, Promise
from playbook.place import calendar_of_customer, zone_of_customer
from playbook.promised import Clock, Time, is_theirs, said, times_in
from playbook.standing import same_promise
from playbook.words import instant_words, listed
from storage.records import Flow

FORM, ALL, NONE = "form", "all", "none"  # values of the choice, beside an instant's
TEXT_LIMIT = 1000  # characters of a promise
SHOWN = 4  # times of a text that are offered
ONCE_MORE = "Or click I sent it once more"  # after which a warning counts as read
WRITE_IT = "Or write day and hour into the text, like Friday 27 November, 17:00, and click Check."


class Question(NamedTuple):
    """Which promises may be meant, by the choice's value. `usual` counts unless somebody chooses; "": must be chosen.

    `gone`: the form's that the text doesn't say any more; `new`: what it says instead, or beside the form's.
    """

    options: Mapping[str, tuple[Promise, ...]]
    usual: str
    gone: tuple[Promise, ...]
    new: tuple[Promise, ...]


class Promises(NamedTuple):
    """What a mail promises, by what is known now. `question`: where text and form differ, `open` while it waits for an
    answer. `settled`: that takes the place of the step that the form names."""

    made: tuple[Promise, ...] = ()
    question: Question | None = None
    open: bool = False
    settled: bool = False


def promises_of(
    about: Sight | Turn, mail: Mail | None, case: Case, draft: Draft, values: Mapping[str, str], at: datetime
) -> Promises:
    """What the draft promises if it is sent at `at` (UTC). `values`: its flow's, with what was chosen.

    A step of the customer's own is no promise of ours, and a mail to one of us promises the customer nothing.
    """
    if mail is None or mail.to == "named":
        return Promises()
    zone = zone_of_customer(case) or about.zone
    of_form = _of_form(mail, case, values, zone)
    declared = bool(mail.promises)
    if draft.text == draft.made_text:
        return Promises(of_form, settled=declared and bool(of_form))
    clock = Clock(min(at, draft.touched_at), zone, calendar_of_customer(about.team, case))
    times = [one for one in times_in(draft.text, clock) if not is_theirs(one.words, case)]
    of_form = tuple(_worded(one, times, draft.text, mail) for one in of_form)
    asks = _question(of_form, times, {one.at for one in times_in(draft.made_text, clock)}, mail, draft.text)
    if asks is None:
        return Promises(of_form, settled=declared and bool(of_form))
    chosen = values.get(PROMISED, "")
    chosen = chosen if chosen in asks.options else asks.usual
    return Promises(asks.options.get(chosen, ()), asks, not chosen, declared)


def block(sight: Sight, mail: Mail, case: Case, draft: Draft, values: Mapping[str, str], error: str) -> list[Element]:
    """For the draft's card: how text and form differ, and which of them is to count; nothing where they agree."""
    asks = promises_of(sight, mail, case, draft, values, _sent_at(values, sight.zone, sight.now)).question
    if asks is None:
        return []
    words = partial(instant_words, zone=zone_of_customer(case) or sight.zone, now=sight.now)
    choices = [(id, _title(id, asks, words)) for id in asks.options]
    value = values.get(PROMISED, "")
    value = value if value in asks.options else asks.usual
    return [promised_block(_differ(asks, words), choices, value, error, hint="" if asks.usual else WRITE_IT)]


def stops(turn: Turn, flow: Flow, case: Case, promises: Promises, at: datetime) -> dict[str, str]:
    """What keeps a mail from being marked: nobody said what it promises, or that is over when it goes, by field id.

    One that went, and whose promise is over by then, is marked with the second click: the ledger has it as overdue.
    """
    if promises.open:
        return {PROMISED: "Please choose what you promise: the text and the form differ."}
    over = next((one for one in promises.made if one.due_at <= at), None)
    if over is None:
        return {}
    when = instant_words(over.due_at, zone_of_customer(case) or turn.zone, turn.now)
    said = f"The mail promises “{over.text[:120]}” by {when}, which is over by then."
    if at > turn.now:
        return {"sent_on": f"{said} Take an earlier time, or another day in the text."}
    said = f"{said} If it went out before, say when. {ONCE_MORE}, and the promise counts as overdue."
    return {} if flow.errors.get("sent_on") == said else {"sent_on": said}


def _sent_at(values: Mapping[str, str], zone: str, now: datetime) -> datetime:
    """When the mail goes, as far as *Other time* says it."""
    try:
        return instant(values, "sent", zone) or now
    except ValueError:
        return now


# ---- the form's, and the text's ------------------------------------------------------------------


def _of_form(mail: Mail, case: Case, values: Mapping[str, str], zone: str) -> tuple[Promise, ...]:
    """Each once. Their day is the customer's."""
    made: dict[object, Promise] = {}
    for one in mail.promises:
        about = values.get(one.about, "") if one.about else ""
        try:
            due = instant(values, one.on.removesuffix("_on"), zone)
        except ValueError:
            continue
        if due is not None and not is_theirs(about, case):
            promise = Promise(text=": ".join(filter(None, (one.text, about)))[:TEXT_LIMIT], due_at=due)
            made.setdefault(same_promise(promise), promise)
    return tuple(made.values())


def _worded(promise: Promise, times: Sequence[Time], text: str, mail: Mail) -> Promise:
    """With the text's words at its time, where the form's stand there no more."""
    there = next((one for one in times if one.at == promise.due_at), None)
    if there is None or _fixed(promise, mail) or not there.words or said(text, promise.text):
        return promise
    return msgspec.structs.replace(promise, text=there.words[:TEXT_LIMIT])


def _question(
    of_form: Sequence[Promise], times: Sequence[Time], before: set[datetime], mail: Mail, text: str
) -> Question | None:
    """None where the text says the form's time and promises nothing beside it.

    `before`: the instants that the mail named as it was made, which nobody wrote into it as another promise.
    """
    named, dues = {one.at for one in times}, {one.due_at for one in of_form}
    new = [one for one in times if one.at not in before | dues][:SHOWN]
    stay = tuple(one for one in of_form if one.due_at in named)
    gone = [one for one in of_form if one.due_at not in named]
    if not gone:
        new = [one for one in new if one.firm and one.hour]
        if not new:
            return None
    made = [_made(one, gone, text, mail, alone=len(new) == 1) for one in new]
    options = {one.due_at.isoformat(): (*stay, one) for one in made} if gone else {}
    options |= {ALL: (*stay, *made)} if len(made) > 1 or not gone else {}
    options |= {FORM: tuple(of_form)} if of_form else {}
    firm = [one.at.isoformat() for one in new if one.firm]
    usual = firm[0] if gone and len(firm) == 1 else ALL if not gone else ""
    return Question(options | {NONE: stay if gone else ()}, usual, tuple(gone), tuple(made))


def _made(time: Time, gone: Sequence[Promise], text: str, mail: Mail, *, alone: bool) -> Promise:
    """The promise at a time of the text, in the form's words where those still stand, else in the text's."""
    words = time.words
    if gone and (not words or (alone and (_fixed(gone[0], mail) or said(text, gone[0].text)))):
        words = gone[0].text
    return Promise(text=words[:TEXT_LIMIT], due_at=time.at)


def _fixed(promise: Promise, mail: Mail) -> bool:
    """Whether its words are the mail's own, and not what the form asked for."""
    return any(one.text and promise.text.startswith(one.text) for one in mail.promises)


# ---- in words ------------------------------------------------------------------------------------


def _differ(asks: Question, words: Callable[[datetime], str]) -> str:
    """How text and form differ, in a sentence."""
    new = listed([words(one.due_at) for one in asks.new])
    if not asks.gone:
        return f"The text promises more than the form: {new}."
    old = listed([words(one.due_at) for one in asks.gone])
    if not asks.new:
        return f"The form says {old}, and the text does not say it any more."
    return f"The form says {old}, the text {new}. {'The text counts.' if asks.usual else 'What do you promise?'}"


def _title(id: str, asks: Question, words: Callable[[datetime], str]) -> str:
    made = asks.options[id]
    match id:
        case "none":
            return "No promise"
        case "all" if len(made) > 1:
            return f"{'Both' if len(made) == 2 else 'All'}: {listed([words(one.due_at) for one in made])}"
        case "form":
            return f"{listed([words(one.due_at) for one in made])}, as in the form"
    return f"{words(made[-1].due_at)}: {made[-1].text}"


def note(promises: Sequence[Promise], zone: str, now: datetime) -> str:
    """`Promised: Fri 27 Nov, 17:00 WET: I will write to you.`; nothing where nothing is."""
    said = [f"{instant_words(one.due_at, zone, now)}: {one.text}" for one in promises]
    return f"Promised: {'; '.join(said)}".rstrip(".") + "." if said else ""
