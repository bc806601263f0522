"""What can be recorded of how a case nears its end: what opens or holds its closing (playbook §8)."""

from collections.abc import Mapping, Sequence

from cards.names import SENTIMENTS
from dialogs.record_kind import Record, choice, text
from dialogs.turn import Choice, Field, Turn
from playbook.model import (
    AccountManagerTold,
    AskedToClose,
    Case,
    Discussed,
    Entry,
    Fact,
    MoodNoted,
    PromiseEnded,
    Recovery,
    Sentiment,
)
from playbook.standing import open_promises, standing
from playbook.team import Team
from playbook.words import instant_words

SENIOR = frozenset({"senior", "sme", "manager"})  # LQR-03: whom a dissatisfied customer is talked over with
SAID = 100  # characters of a promise in the list of the open ones


def _mood(turn: Turn, case: Case, values: Mapping[str, str]) -> Fact:
    return MoodNoted(sentiment=Sentiment(values["sentiment"]), text=values["text"])


def _discussed(turn: Turn, case: Case, values: Mapping[str, str]) -> Fact:
    return Discussed(with_person=_senior(turn, values["with_person"]), text=values["text"])


def _senior(turn: Turn, typed: str) -> str:
    """The name of whom it was discussed with. Somebody of the team must be senior to it; a stranger may be anybody.

    Raises ValueError("with_person: <sentence>").
    """
    wanted = typed.casefold()
    people = [one for one in turn.team.people.values() if wanted in (one.id.casefold(), one.name.casefold())]
    if wanted == turn.actor.name.casefold() or turn.actor.id in (one.id for one in people):
        raise ValueError("with_person: That is you. It wants a second head: a senior engineer or technical advisor.")
    if len(people) != 1:
        return typed
    seniors = _seniors(turn.team, but=turn.actor.id)
    if not people[0].roles & SENIOR and seniors:
        raise ValueError(f"with_person: {people[0].name} is not senior by the team file. There are: {seniors}.")
    return people[0].name


def _seniors(team: Team, but: str) -> str:
    names = sorted(one.name for one in team.people.values() if one.roles & SENIOR and one.id != but)
    return ", ".join(names[:6])


def _told(turn: Turn, case: Case, values: Mapping[str, str]) -> Fact:
    return AccountManagerTold(name=values["account_manager_name"], text=values["text"])


def _recovery(turn: Turn, case: Case, values: Mapping[str, str]) -> Fact:
    return Recovery(complete=values["recovery"] == "complete", text=values["text"])


def _asked(turn: Turn, case: Case, values: Mapping[str, str]) -> Fact:
    return AskedToClose(text=values["text"])


def _kept(turn: Turn, case: Case, values: Mapping[str, str]) -> Fact:
    return PromiseEnded(entry_id=values["promise"], kept=values["kept"] == "yes", text=values["text"])


def _which_promise(entries: Sequence[Entry], zone: str) -> tuple[Field, ...]:
    """The open promises to pick from; no field where there is none."""
    still = open_promises(standing(entries))
    if not still:
        return ()
    choices = tuple(
        Choice(one.id, f"{_short(fact.text)} (for {instant_words(fact.due_at, zone)})") for one, fact in still
    )
    return (Field("promise", "Which promise", "choice", required=True, choices=choices),)


def _short(said: str) -> str:
    line = " ".join(said.split())
    return line if len(line) <= SAID else line[:SAID].rstrip() + "…"


_MOODS = (Sentiment.UNHAPPY, Sentiment.NEUTRAL, Sentiment.CONTENT)

CLOSING_RECORDS: tuple[Record, ...] = (
    Record(
        "mood",
        "The customer's mood",
        (choice("sentiment", "They are", *((one, SENTIMENTS[one]) for one in _MOODS)), text("What shows it")),
        _mood,
    ),
    Record(
        "discussed",
        "Discussed with somebody senior",
        (
            Field("with_person", "With whom", required=True, limit=120, help="A senior engineer or technical advisor"),
            text("What came of it"),
        ),
        _discussed,
    ),
    Record(
        "told",
        "Account manager told",
        (Field("account_manager_name", "Who was told", required=True, limit=120), text("What was said")),
        _told,
    ),
    Record(
        "recovery",
        "Manager recovery",
        (
            choice("recovery", "It", ("begun", "Is under way"), ("complete", "Is complete")),
            text("What is done, and who leads it"),
        ),
        _recovery,
    ),
    Record("asked", "Customer asked to close", (text("In their words", required=True),), _asked),
    Record(
        "kept",
        "Promise kept, or not",
        (choice("kept", "Was it kept", ("yes", "Kept"), ("no", "Not kept")), text("How, or why not")),
        _kept,
        asks=_which_promise,
        none="No promise to the customer is open.",
    ),
)
