"""What stands in a closing's form at first: from the case, from its timeline, and days ahead (playbook §8)."""

import msgspec

from dialogs import chasing, scopes
from dialogs.chases import entries_of
from dialogs.find_case import by_number
from dialogs.mail_form import suggested
from dialogs.open_drafts import open_draft
from dialogs.turn import Turn
from playbook.closing_facts import from_notes, prefilled
from playbook.mails import Mail
from playbook.model import Case
from storage.base import Versioned
from storage.records import Flow


async def begun(turn: Turn, mail: Mail, case: Case | None) -> dict[str, str]:
    """By field id; beside the fields, what the flow remembers of them."""
    values = {"from_notes": ""} | suggested(mail, case, turn.team, turn.now)
    values |= await chasing.prefilled(turn, case, mail)
    if case is None:
        return values
    entries = await entries_of(turn.read, case.id)
    known = prefilled(mail, case, entries, turn.team, turn.now)
    values |= known | {"from_notes": "yes" if from_notes(known) else ""}
    if mail.field("symptom") and (issue := await _issue(turn, case)):
        values["symptom"] = issue  # in words that both sides have read, before those of the request
    if "confirmed_by" in known:  # it stands in the timeline already
        values |= {"recorded_by": known["confirmed_by"], "recorded_on": known.get("confirmed_on", "")}
    if known.get("surviving_case") and mail.field("surviving_owner"):
        values["surviving_owner"] = await _owner(turn, known["surviving_case"])
    return values


async def with_scenario(
    turn: Turn, mail: Mail, case: Case | None, flow: Versioned[Flow], values: dict[str, str]
) -> tuple[Versioned[Flow], dict[str, str]]:
    """The flow at the form of this mail: what was typed stays, and what is empty is filled in anew."""
    first = await begun(turn, mail, case)
    anew = ("from_notes", "resolution_code")
    kept = values | {name: value for name, value in first.items() if name in anew or not values.get(name)}
    kept |= {"scenario": mail.scenario, "chosen": "yes"}
    return Versioned(msgspec.structs.replace(flow.value, step="facts"), flow.version), kept


async def _issue(turn: Turn, case: Case) -> str:
    """The issue as the scope defines it; the exact error on a line of its own.

    Empty where the case's own words go first: nobody agreed to the scope, or a closing is being written with them.
    """
    scope = await scopes.in_force(turn.read, case.id)
    if scope is None:
        return ""
    if case.symptom and (not scope.agreed_by or await open_draft(turn, "lqr", case)):
        return ""
    return "\n".join(filter(None, (scope.issue_definition, scope.exact_error)))


async def _owner(turn: Turn, number: str) -> str:
    """Whose case that is, where it is registered here and isn't one's own."""
    found = await by_number(turn.read, number)
    if found is None or found.value.owner == turn.actor.id:
        return ""
    return turn.team.names.get(found.value.owner, "")
