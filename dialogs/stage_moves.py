"""A case in another stage with its line in the timeline, and the way back while nobody has moved it since."""

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from dialogs.record import entry_of
from dialogs.turn import Turn, UserError
from playbook.model import Case, Stage, StageMoved, Undone
from playbook.stages import move, moves_from
from storage.base import Change, Save


class Moved(NamedTuple):
    """The case as it is then; `values` are what a flow keeps of it for `taken_back`."""

    case: Case
    changes: tuple[Change, ...]
    values: Mapping[str, str]


def moved(turn: Turn, case: Case, to: Stage, reason: str) -> Moved:
    """The case in the stage `to`, where its own leads there; else as it is."""
    values = {"stage_before": case.stage.value, "stage_after": case.stage.value, "moved_entry": ""}
    if to not in moves_from(case.stage):
        return Moved(case, (), values)
    entry = entry_of(turn, case, StageMoved(from_stage=case.stage, to_stage=to, reason=reason))
    return Moved(move(case, to, turn.now), (Save(entry),), values | {"stage_after": to.value, "moved_entry": entry.id})


def taken_back(turn: Turn, case: Case, values: Mapping[str, str]) -> tuple[Case, tuple[Change, ...]]:
    """The stage from before. Raises `UserError` where the case has gone on meanwhile."""
    if not values.get("moved_entry"):
        return case, ()
    if case.stage.value != values.get("stage_after", case.stage.value):
        raise UserError(f"Case {case.number} has gone on meanwhile; its card shows how.")
    entry = entry_of(turn, case, Undone(entry_id=values["moved_entry"]))
    return msgspec.structs.replace(case, stage=Stage(values["stage_before"])), (Save(entry),)
