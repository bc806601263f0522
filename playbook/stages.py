"""The ticket's way (playbook §2): which stage leads to which, as one table."""

from datetime import datetime
from typing import NamedTuple

import msgspec

from playbook.model import Case, Stage

OPEN = tuple(stage for stage in Stage if stage is not Stage.CLOSED)


class Move(NamedTuple):
    from_stage: Stage
    to_stage: Stage
    rule: str  # the playbook's rule that lets it happen
    when: str  # the condition, in words


MOVES: tuple[Move, ...] = (
    Move(Stage.VALIDATION, Stage.INVESTIGATION, "FLOW-01", "requester entitled, information complete"),
    Move(Stage.VALIDATION, Stage.CLOSED, "FLOW-02", "a layer failed and the requester was told why"),
    Move(Stage.INVESTIGATION, Stage.ESCALATION, "FLOW-04", "too complex for us: with the vendor"),
    Move(Stage.INVESTIGATION, Stage.RESOLUTION, "SOLVE-01", "a solution was sent"),
    Move(Stage.INVESTIGATION, Stage.CLOSED, "LQR-01", "a closing mail was sent"),
    Move(Stage.ESCALATION, Stage.INVESTIGATION, "FLOW-05", "the vendor handed it back"),
    Move(Stage.ESCALATION, Stage.RESOLUTION, "SOLVE-01", "a solution was sent"),
    Move(Stage.ESCALATION, Stage.CLOSED, "FLOW-06", "no entitlement, or a closing mail was sent"),
    Move(Stage.RESOLUTION, Stage.INVESTIGATION, "FLOW-07", "the customer could not confirm it"),
    Move(Stage.RESOLUTION, Stage.ESCALATION, "FLOW-04", "the solution needs the vendor"),
    Move(Stage.RESOLUTION, Stage.CLOSED, "FLOW-07", "confirmed, and the closing mail was sent"),
    Move(Stage.CLOSED, Stage.REOPENED, "LQR-01", "the customer came back with the same issue"),
    Move(Stage.REOPENED, Stage.INVESTIGATION, "FLOW-03", "the work goes on"),
    Move(Stage.REOPENED, Stage.ESCALATION, "FLOW-04", "too complex for us: with the vendor"),
    Move(Stage.REOPENED, Stage.RESOLUTION, "SOLVE-01", "a solution was sent"),
    Move(Stage.REOPENED, Stage.CLOSED, "LQR-01", "a closing mail was sent"),
)


class IllegalMove(ValueError):
    """A case can't go there from where it is. The text is a sentence for people."""


def moves_from(stage: Stage) -> tuple[Stage, ...]:
    return tuple(move.to_stage for move in MOVES if move.from_stage is stage)


def move(case: Case, to: Stage, at: datetime) -> Case:
    """The case in its new stage. `at` (UTC) is when it happened. Raises `IllegalMove`."""
    if case.stage is to:
        raise IllegalMove(f"Case {case.number} is already {_in(to)}.")
    ways = moves_from(case.stage)
    if to not in ways:
        there = " or ".join(str(stage) for stage in ways)
        raise IllegalMove(f"Case {case.number} is {_in(case.stage)}; from there it goes to {there}, not to {to}.")
    return _set(case, to, at)


def take_back_closing(case: Case, to: Stage, at: datetime) -> Case:
    """Closed by mistake: back to the stage it was closed from, which counts as no reopening."""
    if case.stage is not Stage.CLOSED:
        raise IllegalMove(f"Case {case.number} is not closed.")
    if Stage.CLOSED not in moves_from(to):
        raise IllegalMove(f"Case {case.number} can't have been closed from {to}.")
    return _set(case, to, at)


def reopen(case: Case, at: datetime) -> Case:
    """The customer came back with the same issue: one reopening more. Raises `IllegalMove`."""
    if case.open:
        raise IllegalMove(f"Case {case.number} is open already.")
    return msgspec.structs.replace(move(case, Stage.REOPENED, at), reopened=case.reopened + 1)


def _set(case: Case, to: Stage, at: datetime) -> Case:
    closed_at = at if to is Stage.CLOSED else None
    return msgspec.structs.replace(
        case, stage=to, closed_at=closed_at, closes_at=None, touched_at=max(case.touched_at, at)
    )


def _in(stage: Stage) -> str:
    return str(stage) if stage in (Stage.CLOSED, Stage.REOPENED) else f"in {stage}"
