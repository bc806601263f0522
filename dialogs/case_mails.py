"""The mails of a case's way besides scope, first response and closing: `/case N solution`, `remote`, `update`, …

One line of `MAILS` each: the word behind the case's number, the mail, what its form begins with, and what marking
it sent does besides keeping what it promised.
"""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from dialogs import case_mail_facts, mail_moves
from dialogs.flow import Sight
from dialogs.mail_flow import mail_flow
from dialogs.mail_form import facts_form, suggested
from dialogs.mail_way import After, MailWay, Sending, Then, nothing_more
from dialogs.steps import opened, sends
from dialogs.turn import Form, Outcome, Turn, UserError
from playbook.mails import Mail
from playbook.model import Case, Stage
from storage.base import Versioned
from storage.records import Flow

TOLD = ("cause", "resolution")  # what the solution's mail tells of the case

Begin = Callable[[Turn, Case], Awaitable[Mapping[str, str]]]


class CaseMail(NamedTuple):
    word: str
    scenario: str  # of the folder flow/
    help: str
    begin: Begin = case_mail_facts.nothing
    sent: After = nothing_more
    undone: After = nothing_more
    of_closed: bool = False  # may be written for a closed case, too


async def _solution_sent(turn: Turn, sending: Sending) -> Then:
    """SOLVE-01: the first of the four steps; the case is in resolution from now on, knows what the mail tells, and
    nobody owes a first response."""
    case = sending.case
    told = {name: sending.flow.values.get(name, "") or getattr(case, name) for name in TOLD}
    kept = {f"{name}_before": getattr(case, name) for name in TOLD} | {f"{name}_after": told[name] for name in TOLD}
    then = mail_moves.moved(turn, sending, msgspec.structs.replace(case, **told), Stage.RESOLUTION, "Solution sent")
    return await mail_moves.clock_stopped(turn, sending, then._replace(values={**then.values, **kept}))


async def _solution_undone(turn: Turn, sending: Sending) -> Then:
    """What nobody has changed since is as it was."""
    then, values = await mail_moves.first_response_undone(turn, sending), sending.flow.values
    ours = [name for name in TOLD if values.get(f"{name}_after") == getattr(then.case, name)]
    back = {name: values[f"{name}_before"] for name in ours}
    return then._replace(case=msgspec.structs.replace(then.case, **back))


MAILS: tuple[CaseMail, ...] = (
    CaseMail("incomplete", "incomplete", "ask once for what is missing"),
    CaseMail("still-incomplete", "still-incomplete", "say why it can't go on"),
    CaseMail("not-entitled", "not-entitled", "say why support can't be given"),
    CaseMail("on-premises", "on-premises", "say why the on-premises side isn't covered"),
    CaseMail("remote", "remote-session", "offer two times for a session", case_mail_facts.session),
    CaseMail("progress", "progress", "where it stands, with news or without"),
    CaseMail("update", "escalation-update", "where it stands with the vendor", case_mail_facts.update),
    CaseMail(
        "solution",
        "solution",
        "the solution to try",
        case_mail_facts.solution,
        _solution_sent,
        _solution_undone,
    ),
    CaseMail("intro", "new-engineer", "you have it now", case_mail_facts.intro),
    CaseMail(
        "monitoring", "monitoring", "ask whoever decides on watching it", case_mail_facts.monitoring, of_closed=True
    ),
    CaseMail("refund", "refund-note", "tell the CSAM the reason for a refund", case_mail_facts.refund, of_closed=True),
)
BY_WORD = MappingProxyType({one.word: one for one in MAILS})
_BY_SCENARIO = MappingProxyType({one.scenario: one for one in MAILS})


async def open_mail(
    turn: Turn, case: Versioned[Case], word: str, known: Mapping[str, str] = MappingProxyType({})
) -> Outcome:
    """Opens the form of one of `MAILS`; `known` goes before what its own facts suggest."""
    which = BY_WORD[word]
    if not case.value.open and not which.of_closed:
        raise UserError(f"Case {case.value.number} is closed. /case {case.value.number} reopen opens it again.")
    if f"flow/{which.scenario}" not in turn.mails.ids():
        raise UserError(f"The mail “{which.scenario}” is not there any more.")
    mail = turn.mails.get(f"flow/{which.scenario}")
    values = suggested(mail, case.value, turn.team, turn.now) | dict(await which.begin(turn, case.value)) | dict(known)
    flow = opened(turn, WAY.name, "facts", case_id=case.value.id, values=values | {"scenario": which.scenario})
    return sends(flow, case.value.number)


# ---- what it says of its mails -------------------------------------------------------------------


async def _form(sight: Sight, mail: Mail, case: Case | None, flow: Flow) -> Form:
    form = facts_form(mail, case, sight.team, flow.person)
    said = case_mail_facts.who_decides(case) if case and mail.scenario == "monitoring" else ""
    return form._replace(intro=f"{form.intro} {said}".strip())


async def _own_sent(turn: Turn, sending: Sending) -> Then:
    which = _BY_SCENARIO.get(sending.draft.scenario)
    return await which.sent(turn, sending) if which else Then(sending.case)


async def _own_undone(turn: Turn, sending: Sending) -> Then:
    which = _BY_SCENARIO.get(sending.draft.scenario)
    return await which.undone(turn, sending) if which else Then(sending.case)


WAY = MailWay(
    "case-mail",
    "flow",
    _form,
    command="case",
    sent=_own_sent,
    undone=_own_undone,
)
FLOW = mail_flow(WAY)
