"""A case's scope as it is kept: the revisions, the latest one, and the next."""

from collections.abc import Mapping

import msgspec

from dialogs.turn import Turn
from playbook.model import Case, Scope, ScopeKind
from playbook.scope import ONLY, PARTS
from storage.base import Reader, Versioned, Where

MOST = 20  # revisions read


async def revisions(read: Reader, case_id: str) -> list[Versioned[Scope]]:
    """All that are kept, the newest first."""
    page = await read.find(Scope, [Where("case_id", "=", case_id)], order="-revision", limit=MOST)
    return page.items


async def latest(read: Reader, case_id: str) -> Versioned[Scope] | None:
    page = await read.find(Scope, [Where("case_id", "=", case_id)], order="-revision", limit=1)
    return page.items[0] if page.items else None


async def in_force(read: Reader, case_id: str) -> Scope | None:
    """What the case is about: the newest revision that was agreed (SCOPE-01), else the newest one."""
    every = [one.value for one in await revisions(read, case_id)]
    return next((one for one in every if one.agreed_by), every[0] if every else None)


def values_of(scope: Scope) -> dict[str, str]:
    """What the form shows of a revision."""
    return {id: getattr(scope, id) for id in PARTS} | {"kind": scope.kind}


def made_of(values: Mapping[str, str], turn: Turn, case: Case, before: Scope | None) -> Scope:
    """The next revision, from the form. What belongs to the other kind of case is left out (SCOPE-03)."""
    kind = ScopeKind(values.get("kind") or ScopeKind.REACTIVE)
    other = {id for of, ids in ONLY.items() if of is not kind for id in ids}
    revision = (before.revision if before else 0) + 1
    scope = Scope(
        id=f"{case.id}:{revision}", case_id=case.id, revision=revision, kind=kind, made_at=turn.now, by=turn.actor.id
    )
    parts = {id: "" if id in other else values.get(id, "") for id in PARTS}
    return msgspec.structs.replace(scope, **parts)


def with_line(scope: Scope, part: str, line: str) -> dict[str, str]:
    """The revision's values with one more line in `in_scope` or `out_of_scope`."""
    values = values_of(scope)
    return values | {part: "\n".join(filter(None, (values[part], " ".join(line.split()))))}
