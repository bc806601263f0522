"""The way to the right closing: a few questions, each of whose answers leads to the next one or to a scenario (playbook §8).

`WAY` is all of it, to be read from the top. To change the way, change it there: nothing else knows what is asked.
"""

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from playbook.words import listed

Answers = Mapping[str, str]  # by question id, the value of the answer


class Answer(NamedTuple):
    """`that` is the answer as a clause: "you said that it works again". `leads`: to the next question or a scenario."""

    value: str
    title: str
    that: str
    leads: "Question | str"


class Question(NamedTuple):
    id: str
    text: str
    answers: tuple[Answer, ...]  # three at most, so that they stand on one screen

    def answer(self, value: str) -> Answer | None:
        return next((one for one in self.answers if one.value == value), None)


class Row(NamedTuple):
    """One end of the way: a scenario, and the answers that lead to it, in their order."""

    scenario: str
    answers: Answers

    @property
    def reason(self) -> str:
        """What was answered, in one plain sentence."""
        return so_far(self.answers)


class Known(NamedTuple):
    """An answer that the case gives, and the fact behind it: "Kenji Tanaka confirmed it on Friday 20 November"."""

    answer: str
    because: str


class Found(NamedTuple):
    """The scenario that the answers lead to, and the sentence that says why."""

    scenario: str
    reason: str


_CAUSE = Question(
    "way_cause",
    "What is known of the cause?",
    (
        Answer(
            "gone", "It went away by itself, and that is enough for them", "it went away by itself", "transient-issue"
        ),
        Answer(
            "asked",
            "They want the root cause, and it can't be found",
            "the root cause they want can't be found",
            "rca-unavailable",
        ),
        Answer("partner", "It was in a partner's product", "it was in a partner's product", "third-party"),
    ),
)
_SOLVED_BY = Question(
    "way_solved_by",
    "What made it work?",
    (
        Answer("us", "We did, alone or together with the customer", "we solved it", "standard-closure"),
        Answer("customer", "The customer, without us", "the customer solved it without us", "resolved-by-customer"),
        Answer("neither", "Neither, or nobody knows what did", "neither we nor the customer solved it", _CAUSE),
    ),
)
_ATTEMPT = Question(
    "way_attempt",
    "Which attempt to reach them is this?",
    (
        Answer(
            "first",
            "The first since their last answer",
            "this is the first attempt to reach them",
            "unresponsive-first",
        ),
        Answer(
            "next_to_last", "The next to last", "this is the next to last attempt to reach them", "unresponsive-second"
        ),
        Answer(
            "last",
            "The last one, which closes the case",
            "this is the last attempt to reach them",
            "unresponsive-final",
        ),
    ),
)
_UNSOLVED = Question(
    "way_unsolved",
    "Why does it stay unsolved?",
    (
        Answer("design", "The product is made to work that way", "the product is made to work that way", "by-design"),
        Answer("third_party", "It is in a partner's product", "a partner's product is part of it", "third-party"),
        Answer(
            "used_up",
            "All our ways are used up, and they agree to close",
            "they agree to close it as it is",
            "no-resolution",
        ),
    ),
)
_ANSWERS = Question(
    "way_answers",
    "Does the customer answer?",
    (
        Answer("yes", "Yes", "the customer answers", _UNSOLVED),
        Answer("no", "No", "the customer does not answer", _ATTEMPT),
    ),
)
_OTHER_CASE = Question(
    "way_other_case",
    "Why is there another case?",
    (
        Answer("same", "Both are about the same issue", "both cases are about the same issue", "duplicate"),
        Answer(
            "contract",
            "The contract changed, and the account manager asked for a new one",
            "the contract changed",
            "end-of-contract",
        ),
    ),
)
WAY: Final = Question(
    "way_ends",
    "How does the case end?",
    (
        Answer("works", "It works again", "it works again", _SOLVED_BY),
        Answer("open", "It does not work yet, or they do not say", "it is still open", _ANSWERS),
        Answer("elsewhere", "It goes on in another case", "it goes on in another case", _OTHER_CASE),
    ),
)


def _questions(begin: Question) -> Iterator[Question]:
    yield begin
    for one in begin.answers:
        if isinstance(one.leads, Question):
            yield from _questions(one.leads)


def _ends(begin: Question, given: dict[str, str]) -> Iterator[Row]:
    for one in begin.answers:
        answers = {**given, begin.id: one.value}
        if isinstance(one.leads, Question):
            yield from _ends(one.leads, answers)
        else:
            yield Row(one.leads, MappingProxyType(answers))


QUESTIONS: Final = tuple(_questions(WAY))
TABLE: Final = tuple(_ends(WAY, {}))
BY_ID: Final[Mapping[str, Question]] = MappingProxyType({one.id: one for one in QUESTIONS})
SCENARIOS: Final = tuple(dict.fromkeys(row.scenario for row in TABLE))


def next_question(answers: Answers) -> Question | None:
    """The first question on the way that these don't answer; None when the way is at its end."""
    at = _gone(answers)[1]
    return at if isinstance(at, Question) else None


def answered(answers: Answers) -> dict[str, str]:
    """The answers that lie on the way, in its order: what is unknown, or belongs to another way, is left out."""
    return _gone(answers)[0]


def found(answers: Answers) -> Found | None:
    """The scenario that these answers lead to; None while a question is open."""
    given, at = _gone(answers)
    return Found(at, so_far(given)) if isinstance(at, str) else None


def possible(answers: Answers) -> tuple[str, ...]:
    """The scenarios to which these answers may still lead."""
    given = answered(answers).items()
    return tuple(dict.fromkeys(row.scenario for row in TABLE if given <= row.answers.items()))


def why_not(answers: Answers) -> dict[str, str]:
    """For each scenario that the answers don't lead to, the sentence that says what stands against it."""
    given, at = _gone(answers)
    return {name: _why_not(name, given) for name in SCENARIOS if name != at}


def _gone(answers: Answers) -> tuple[dict[str, str], Question | str]:
    """The answers as far as they lead, and where that is: at a question, or at a scenario."""
    kept: dict[str, str] = {}
    at: Question | str = WAY
    while isinstance(at, Question) and (answer := at.answer(answers.get(at.id, ""))) is not None:
        kept[at.id] = answer.value
        at = answer.leads
    return kept, at


def contradictions(answers: Answers, known: Mapping[str, Known]) -> tuple[str, ...]:
    """A sentence for each answer that the case's own facts speak against."""
    said = []
    for id, value in answered(answers).items():
        fact = known.get(id)
        if fact is not None and fact.answer != value:
            said.append(f"You said that {_that(id, value)}; the case says otherwise: {fact.because}.")
    return tuple(said)


def known_way(known: Mapping[str, Known]) -> dict[str, str]:
    """As far as the case's own facts lead."""
    return answered({id: fact.answer for id, fact in known.items()})


def because(answers: Answers, known: Mapping[str, Known]) -> str:
    """The facts of the case behind these answers, in a sentence; empty when there are none."""
    facts = [known[id].because for id, value in answers.items() if id in known and known[id].answer == value]
    return _sentence(list(dict.fromkeys(facts)))


def so_far(answers: Answers) -> str:
    """The answers in a sentence; empty when there are none."""
    return _sentence([_that(id, value) for id, value in answers.items()])


def listed_beside(scenarios: Collection[str]) -> tuple[str, ...]:
    """The scenarios that no answer leads to: a team's own (LQR-13)."""
    return tuple(name for name in scenarios if name not in SCENARIOS)


def _why_not(scenario: str, given: Answers) -> str:
    """By the row that agrees longest with what was answered: where it parts from it first."""
    rows = [row for row in TABLE if row.scenario == scenario]
    row = max(rows, key=lambda one: _agrees(one, given))
    id = next((id for id, value in row.answers.items() if id in given and given[id] != value), "")
    if id:
        return f"It is for when {_that(id, row.answers[id])}; you said that {_that(id, given[id])}."
    left = [_that(id, value) for id, value in row.answers.items() if id not in given]
    return f"It may still be the one, if {listed(left, ', and ')}."


def _agrees(row: Row, given: Answers) -> int:
    count = 0
    for id, value in row.answers.items():
        if given.get(id) != value:
            break
        count += 1
    return count


def _that(id: str, value: str) -> str:
    answer = BY_ID[id].answer(value)
    return answer.that if answer else value


def _sentence(clauses: list[str]) -> str:
    said = listed(clauses, ", and ")
    return f"{said[:1].upper()}{said[1:]}." if said else ""
