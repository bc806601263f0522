"""What can be said behind a case's number, and clicked on its card: one table for both."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from dialogs import (
    amends,
    case_mails,
    close_case,
    closed,
    contacts,
    escalation,
    handover,
    ledger,
    record_form,
    shift_end,
    swarm,
    ticket,
)
from dialogs.flow import Loaded, StepDef
from dialogs.turn import Outcome, Turn, UserError
from playbook.model import Case
from storage.base import Versioned

Way = Callable[[Turn, Versioned[Case], str], Awaitable[Outcome]]


async def _answered(turn: Turn, case: Versioned[Case], rest: str) -> Outcome:
    return record_form.open_form(turn, case, "answered")


async def _ticket(turn: Turn, case: Versioned[Case], rest: str) -> Outcome:
    return ticket.open_ticket(turn, case)


async def _cause_list(turn: Turn, case: Versioned[Case], rest: str) -> Outcome:
    return amends.open_cause_list(turn, case)


async def _correct(turn: Turn, case: Versioned[Case], rest: str) -> Outcome:
    return await amends.open_correction(turn, case)


async def _apology(turn: Turn, case: Versioned[Case], rest: str) -> Outcome:
    return await amends.open_apology(turn, case)


async def _mail(which: str, turn: Turn, case: Versioned[Case], rest: str) -> Outcome:
    return await case_mails.open_mail(turn, case, which)


_TABLE: tuple[tuple[str, Way, str], ...] = (  # the word, what it does, the right that its button asks for
    ("answered", _answered, "case.record"),
    ("reopen", closed.open_reopen, "case.reopen"),
    ("mistake", closed.open_mistake, "case.reopen"),
    ("ticket", _ticket, "case.record"),
    ("correct", _correct, "draft.write"),
    ("apology", _apology, "draft.write"),
    ("cause-list", _cause_list, "draft.write"),
    ("promises", ledger.open_ledger, "case.record"),
    ("contacts", contacts.open_contacts, "case.show"),
    ("handover", handover.open_handover, "case.handover"),
    ("stay", shift_end.stay, "case.record"),
    ("withdraw", handover.withdraw, "case.handover"),
    ("assign", handover.open_assign, "case.assign"),
    ("close", close_case.open_close, "case.close"),
    ("escalate", escalation.open_form, "case.record"),
    ("swarm", swarm.open_of, "swarm.ask"),
    ("handed-back", escalation.open_end, "case.record"),
    *((one.word, partial(_mail, one.word), "draft.write") for one in case_mails.MAILS),
)
WAYS: Mapping[str, Way] = {word: way for word, way, _ in _TABLE}


async def _clicked(way: Way, turn: Turn, loaded: Loaded) -> Outcome:
    if loaded.case is None:
        raise UserError("This case is not there any more.")
    return await way(turn, loaded.case, "")


STEPS: Mapping[str, StepDef] = {word: StepDef(partial(_clicked, way), right) for word, way, right in _TABLE}
