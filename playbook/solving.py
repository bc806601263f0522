"""The four steps after a solution was found, in their order (SOLVE-01): sent, status, validated, documented."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from playbook.model import Case, CustomerConfirmed, Entry, MailSent, Note, Stage, StageMoved
from playbook.standing import of_kind, since_reopened

SOLUTION = "flow/solution"


class Step(NamedTuple):
    """`done_at` (UTC): None while it is to come. `word`: what is said behind the case's number to do it."""

    name: str
    done_at: datetime | None
    word: str


def steps(case: Case, entries: Sequence[Entry]) -> tuple[Step, ...]:
    """Where a solution stands; empty for a case that has none yet. Each step counts once those before it are done.

    What was done before the customer came back with the issue is done no more.
    """
    stands = since_reopened(entries)
    sent = [one for one, mail in of_kind(stands, MailSent) if f"{mail.kind}/{mail.scenario}" == SOLUTION]
    if not sent and case.stage is not Stage.RESOLUTION:
        return ()
    first = min((one.happened_at for one in sent), default=None)
    moved = [one.happened_at for one, fact in of_kind(stands, StageMoved) if fact.to_stage is Stage.RESOLUTION]
    status = max(moved, default=None) if case.stage in (Stage.RESOLUTION, Stage.CLOSED) else None
    said = [
        one.happened_at for one, _ in of_kind(stands, CustomerConfirmed) if first is None or one.happened_at >= first
    ]
    confirmed = max(said, default=None)
    notes = [
        one.happened_at for one, _ in of_kind(stands, Note) if confirmed is not None and one.happened_at >= confirmed
    ]
    documented = case.closed_at or (max(notes, default=None) if case.resolution else None)
    return (
        Step("solution sent", first, "solution"),
        Step("status updated", status, "edit"),
        Step("confirmed by the customer", confirmed, "confirmed"),
        Step("documented", documented, "note"),
    )


def to_do(found: Sequence[Step]) -> Step | None:
    """The first step that is still to come: they go in this order."""
    return next((one for one in found if one.done_at is None), None)
