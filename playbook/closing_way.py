"""The way to the right closing: a few questions, and the table that their answers lead through (playbook §8).

`QUESTIONS` are asked in their order, each only where the table still needs it after the answers so far. A row of
`TABLE` holds when every answer in it was given; the rows exclude each other, so that at most one holds. To change
the way, change these two: nothing else knows what is asked.
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

Answers = Mapping[str, str]  # by question id, the value of the answer


class Answer(NamedTuple):
    """`that` is the answer as a clause: "you said that it works again"."""

    value: str
    title: str
    that: str


class Question(NamedTuple):
    id: str
    text: str
    answers: tuple[Answer, ...]  # three at most, so that they stand on one screen

    def answer(self, value: str) -> Answer | None:
        return next((one for one in self.answers if one.value == value), None)


class Row(NamedTuple):
    """`reason` says in one plain sentence what was answered."""

    scenario: str
    answers: Answers
    reason: str


class Known(NamedTuple):
    """An answer that the case gives, and the fact behind it: "Kenji Tanaka confirmed it on Friday 20 November"."""

    answer: str
    because: str


class Found(NamedTuple):
    """The scenario that the answers lead to, and the sentence that says why."""

    scenario: str
    reason: str


QUESTIONS: Final[tuple[Question, ...]] = (
    Question(
        "way_ends",
        "How does the case end?",
        (
            Answer("works", "It works again", "it works again"),
            Answer("open", "It does not work yet, or they do not say", "it is still open"),
            Answer("elsewhere", "It goes on in another case", "it goes on in another case"),
        ),
    ),
    Question(
        "way_solved_by",
        "What made it work?",
        (
            Answer("us", "We did, alone or together with the customer", "we solved it"),
            Answer("customer", "The customer, without us", "the customer solved it without us"),
            Answer("neither", "Neither, or nobody knows what did", "neither we nor the customer solved it"),
        ),
    ),
    Question(
        "way_cause",
        "What is known of the cause?",
        (
            Answer("gone", "It went away by itself, and that is enough for them", "it went away by itself"),
            Answer(
                "asked", "They want the root cause, and it can't be found", "the root cause they want can't be found"
            ),
            Answer("partner", "It was in a partner's product", "it was in a partner's product"),
        ),
    ),
    Question(
        "way_answers",
        "Does the customer answer?",
        (
            Answer("yes", "Yes", "the customer answers"),
            Answer("no", "No", "the customer does not answer"),
        ),
    ),
    Question(
        "way_attempt",
        "Which attempt to reach them is this?",
        (
            Answer("first", "The first since their last answer", "this is the first attempt to reach them"),
            Answer("next_to_last", "The next to last", "this is the next to last attempt to reach them"),
            Answer("last", "The last one, which closes the case", "this is the last attempt to reach them"),
        ),
    ),
    Question(
        "way_unsolved",
        "Why does it stay unsolved?",
        (
            Answer("design", "The product is made to work that way", "the product is made to work that way"),
            Answer("third_party", "It is in a partner's product", "a partner's product is part of it"),
            Answer(
                "used_up",
                "All our ways are used up, and they agree to close",
                "all our ways are used up, and the customer agrees to close",
            ),
        ),
    ),
    Question(
        "way_other_case",
        "Why is there another case?",
        (
            Answer("same", "Both are about the same issue", "both cases are about the same issue"),
            Answer(
                "contract",
                "The contract changed, and the account manager asked for a new one",
                "the contract changed, and the account manager asked for a new case",
            ),
        ),
    ),
)

TABLE: Final[tuple[Row, ...]] = (
    Row(
        "standard-closure",
        {"way_ends": "works", "way_solved_by": "us"},
        "It works again, and we solved it.",
    ),
    Row(
        "resolved-by-customer",
        {"way_ends": "works", "way_solved_by": "customer"},
        "It works again, and the customer solved it without us.",
    ),
    Row(
        "transient-issue",
        {"way_ends": "works", "way_solved_by": "neither", "way_cause": "gone"},
        "It works again, and it went away by itself.",
    ),
    Row(
        "rca-unavailable",
        {"way_ends": "works", "way_solved_by": "neither", "way_cause": "asked"},
        "It works again, and the root cause that they want can't be found.",
    ),
    Row(
        "third-party",
        {"way_ends": "works", "way_solved_by": "neither", "way_cause": "partner"},
        "It works again, and it was in a partner's product.",
    ),
    Row(
        "unresponsive-first",
        {"way_ends": "open", "way_answers": "no", "way_attempt": "first"},
        "It is still open and the customer does not answer; this is the first attempt to reach them.",
    ),
    Row(
        "unresponsive-second",
        {"way_ends": "open", "way_answers": "no", "way_attempt": "next_to_last"},
        "It is still open and the customer does not answer; this is the next to last attempt to reach them.",
    ),
    Row(
        "unresponsive-final",
        {"way_ends": "open", "way_answers": "no", "way_attempt": "last"},
        "It is still open and the customer does not answer; this is the last attempt to reach them.",
    ),
    Row(
        "by-design",
        {"way_ends": "open", "way_answers": "yes", "way_unsolved": "design"},
        "It is still open, and the product is made to work that way.",
    ),
    Row(
        "third-party",
        {"way_ends": "open", "way_answers": "yes", "way_unsolved": "third_party"},
        "It is still open, and a partner's product is part of it.",
    ),
    Row(
        "no-resolution",
        {"way_ends": "open", "way_answers": "yes", "way_unsolved": "used_up"},
        "It is still open, all our ways are used up, and the customer agrees to close.",
    ),
    Row(
        "duplicate",
        {"way_ends": "elsewhere", "way_other_case": "same"},
        "It goes on in another case, and both are about the same issue.",
    ),
    Row(
        "end-of-contract",
        {"way_ends": "elsewhere", "way_other_case": "contract"},
        "It goes on in another case, because the contract changed.",
    ),
)

BY_ID: Final[Mapping[str, Question]] = MappingProxyType({one.id: one for one in QUESTIONS})
SCENARIOS: Final = tuple(dict.fromkeys(row.scenario for row in TABLE))


def next_question(answers: Answers) -> Question | None:
    """The first question that the rows still possible turn on; None when the way is at its end."""
    rows = _rows(answers)
    return next(
        (one for one in QUESTIONS if one.id not in answers and any(one.id in row.answers for row in rows)), None
    )


def answered(answers: Answers) -> dict[str, str]:
    """The answers that lie on the way, in its order: what is unknown, or belongs to another way, is left out."""
    kept: dict[str, str] = {}
    while (question := next_question(kept)) is not None:
        value = answers.get(question.id, "")
        if question.answer(value) is None:
            break
        kept[question.id] = value
    return kept


def found(answers: Answers) -> Found | None:
    """The scenario that these answers lead to; None while a question is open."""
    given = answered(answers)
    row = next((one for one in TABLE if one.answers == given), None)
    return Found(row.scenario, row.reason) if row else None


def possible(answers: Answers) -> tuple[str, ...]:
    """The scenarios to which these answers may still lead."""
    return tuple(dict.fromkeys(row.scenario for row in _rows(answered(answers))))


def why_not(answers: Answers) -> dict[str, str]:
    """For each scenario that the answers don't lead to, the sentence that says what stands against it."""
    given = answered(answers)
    right = found(given)
    others = [name for name in SCENARIOS if right is None or name != right.scenario]
    return {name: _why_not(name, given) for name in others}


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
    return f"It may still be the one, if {_and(left)}."


def _agrees(row: Row, given: Answers) -> int:
    count = 0
    for id, value in row.answers.items():
        if given.get(id) != value:
            break
        count += 1
    return count


def _rows(answers: Answers) -> list[Row]:
    """The rows that no answer speaks against: by another one to a question of theirs, or one that they never ask."""
    return [row for row in TABLE if all(row.answers.get(id) == value for id, value in answers.items())]


def _that(id: str, value: str) -> str:
    answer = BY_ID[id].answer(value)
    return answer.that if answer else value


def _sentence(clauses: list[str]) -> str:
    said = _and(clauses)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _and(clauses: list[str]) -> str:
    return ", and ".join(filter(None, (", ".join(clauses[:-1]), *clauses[-1:])))
