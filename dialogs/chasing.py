"""Mails to a silent customer: what is said of the cadence on their form, the reason for sooner, the evidence."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from cards.chase import REASON, REASON_LIMIT, evidence_card, sooner_block
from cards.elements import Element
from dialogs import chases, followups
from dialogs.flow import Card, FlowDef, Loaded, Sight
from dialogs.mail_draft import made_of
from dialogs.mail_way import Sending, Then
from dialogs.record import entry_of
from dialogs.steps import opened, sends, typed
from dialogs.turn import Field, Form, Outcome, Turn, UserError
from playbook.attempts_told import evidence as told
from playbook.cadence import MAILS, Cadence, cadence
from playbook.mails import Mail
from playbook.model import Case, Draft, Entry, FollowUpState, Overridden, Undone, WaitingOn
from playbook.place import zone_of_customer
from playbook.team import Team
from playbook.words import instant_words, listed, relative_words
from storage.base import Change, Reader, Save, Versioned
from storage.records import Flow, FlowState

RULE = "the interval of attempts"  # what `Overridden` names: "Went on despite the interval of attempts"
EVIDENCE = ("Evidence", "evidence")
GONE = "The case of this card is not there any more."


async def with_cadence(sight: Sight, form: Form, mail: Mail, case: Case | None) -> Form:
    """The form of an attempt's mail, with where the attempts stand, and the reason where it comes sooner or skips one.

    The reason isn't demanded here: writing is never blocked. *I sent it* waits for it.
    """
    if case is None or not mail.attempt:
        return form
    seen = await _seen(sight.read, case, sight.team, sight.now)
    said = " ".join(filter(None, (form.intro, _standing(seen, mail.scenario, case, sight))))
    fields = form.fields
    if seen.wants_reason(mail.scenario):
        help = "Kept in the case's timeline; I sent it asks for it"
        fields = (Field(REASON, _asks(seen), limit=REASON_LIMIT, help=help), *fields)
    others = (*form.others, EVIDENCE) if seen.attempts else form.others
    return form._replace(fields=fields, intro=said, others=others)


async def prefilled(turn: Turn, case: Case | None, mail: Mail) -> dict[str, str]:
    """Cc of manager and account manager: offered on the first attempt, set from the second (playbook §8)."""
    if case is None or not mail.attempt:
        return {}
    seen = await _seen(turn.read, case, turn.team, turn.now)
    return {f"cc_{one.who}": "yes" for one in seen.copied if not one.offered}


async def on_draft(sight: Sight, flow: Flow, case: Case, draft: Draft) -> list[Element]:
    """The reason's input on the draft's card, while none is given."""
    mail = made_of(sight.mails, draft)
    if mail is None or not mail.attempt:
        return []
    seen = await _seen(sight.read, case, sight.team, sight.now)
    error = flow.errors.get(REASON, "")
    if not seen.wants_reason(draft.scenario) or (flow.values.get(REASON) and not error):
        return []
    why = _why(seen, draft.scenario, case, sight.zone, sight.now)
    return [sooner_block(_asks(seen), why, flow.values.get(REASON, ""), error)]


async def stops(turn: Turn, loaded: Loaded, mail: Mail | None, draft: Draft, at: datetime) -> dict[str, str]:
    """Sooner, or with one skipped, it is not marked sent without a reason."""
    if mail is None or loaded.case is None or loaded.flow is None or not mail.attempt:
        return {}
    reason = typed(turn).get(REASON) or loaded.flow.value.values.get(REASON, "")
    if len(reason) > REASON_LIMIT:
        return {REASON: f"At most {REASON_LIMIT} characters, please."}
    if reason.strip():
        return {}
    seen = await _seen(turn.read, loaded.case.value, turn.team, at)
    asks = "Please say why. Or give the time at which it goes: Other time."
    return {REASON: asks} if seen.wants_reason(mail.scenario) else {}


async def sent(turn: Turn, sending: Sending) -> Then:
    """The reason goes into the timeline; whoever waited to be reminded of this mail needn't be."""
    changes: list[Change] = []
    values: dict[str, str] = {"sooner_entry": "", "reminders": ""}
    mail, reason = sending.mail, sending.flow.values.get(REASON, "")
    if mail is not None and mail.attempt and reason:
        seen = await _seen(turn.read, sending.before, turn.team, sending.at)
        if seen.wants_reason(mail.scenario):
            entry = entry_of(turn, sending.before, Overridden(rule=RULE, reason=reason))
            changes.append(Save(entry))
            values["sooner_entry"] = entry.id
    over: list[str] = []
    for one in await followups.waiting_of(turn.read, sending.before.id):
        if one.value.draft_id and one.value.draft_id == sending.draft.id:
            changes.append(followups.ended(turn, one, FollowUpState.CANCELLED, "The mail was marked sent"))
            over.append(one.value.id)
    values["reminders"] = " ".join(over)
    return Then(sending.case, tuple(changes), values)


async def undone(turn: Turn, sending: Sending) -> Then:
    """*Undo*: the reason is taken back with the mail, and the reminder waits again."""
    values = sending.flow.values
    changes = await followups.set_again(turn, values.get("reminders", "").split(), "Taken back")
    if values.get("sooner_entry"):
        changes.append(Save(entry_of(turn, sending.before, Undone(entry_id=values["sooner_entry"]))))
    return Then(sending.case, tuple(changes))


# ---- the evidence ----------------------------------------------------------------------------------


async def evidence(turn: Turn, case: Case) -> Outcome:
    """`/lqr N evidence`: the paragraph of all attempts, to copy; it has a card of its own."""
    flow = msgspec.structs.replace(opened(turn, EVIDENCE[1], "shown", case_id=case.id), state=FlowState.DONE)
    return sends(flow, public=f"I've sent you the evidence for case {case.number}.")


async def evidence_of(turn: Turn, loaded: Loaded) -> Outcome:
    """*Evidence* on a mail's card."""
    if loaded.case is None:
        raise UserError(GONE)
    return await evidence(turn, loaded.case.value)


async def evidence_view(sight: Sight, flow: Versioned[Flow]) -> Card:
    found = await sight.read.get(Case, flow.value.case_id)
    if found is None:
        raise UserError(GONE)
    case = found.value
    text = told(case, await chases.entries_of(sight.read, case.id), sight.team, sight.now)
    return evidence_card(case.number, text, case.title)


EVIDENCE_FLOW = FlowDef(EVIDENCE[1], {}, view=evidence_view)


# ---- in words --------------------------------------------------------------------------------------


async def next_mail(sight: Sight, case: Case) -> tuple[str, str]:
    """The button that opens the mail of the next attempt: its title, and the line it says."""
    seen = await _seen(sight.read, case, sight.team, sight.now)
    return "Next mail", f"/lqr {case.number} {seen.mail}"


async def so_far(sight: Sight, case: Case, entries: Sequence[Entry] | None = None) -> str:
    """`2 of 3 made, next from Wed 25 Nov, 09:00 GMT`, for the case's card; empty where nothing was tried.

    `entries`: all of the case's, where they were read already.
    """
    if not case.open or case.waiting_on is WaitingOn.VENDOR:
        return ""
    known = entries if entries is not None else await chases.entries_of(sight.read, case.id)
    seen = cadence(case, known, sight.team, sight.now)
    if not seen.attempts:
        return ""
    ahead = (
        "on hold" if seen.held else f"next from {relative_words(seen.due, sight.zone, sight.now)}" if seen.due else ""
    )
    return ", ".join(filter(None, (f"{len(seen.attempts)} of {seen.total} made", ahead)))


async def _seen(read: Reader, case: Case, team: Team, at: datetime) -> Cadence:
    return cadence(case, await chases.entries_of(read, case.id), team, at)


def _standing(seen: Cadence, scenario: str, case: Case, sight: Sight) -> str:
    """Where the attempts stand, in a sentence or two."""
    number = f"It is attempt {seen.number} of {seen.total}."
    if scenario in MAILS and scenario != seen.mail:
        number = f"Attempt {seen.number} of {seen.total} is next, whose mail is {seen.mail}."
    why = _why(seen, scenario, case, sight.zone, sight.now) if seen.wants_reason(scenario) else ""
    thanks = "They said thanks: if that was the answer, record it as one first." if seen.thanks else ""
    return " ".join(filter(None, (number, why, thanks)))


def _why(seen: Cadence, scenario: str, case: Case, zone: str, now: datetime) -> str:
    """What speaks for waiting, or for the attempt that would be skipped."""
    there = zone_of_customer(case) or zone
    when = instant_words(seen.due, there, now) if seen.due else ""
    if seen.held is not None:
        return f"The attempts are on hold{f' until {when}' if when else ''}: {_short(seen.held.reason)}."
    if seen.too_soon and seen.why == "later":
        return f"They asked to be contacted on {when}."
    if seen.too_soon and seen.why == "absence":
        names = listed([one.name for one in chases.other_contacts(case)[:3]], " or ")
        other = f" Meanwhile you could ask {names}." if names else ""
        return f"They are away; with a day for themselves, it is due on {when}.{other}"
    if seen.too_soon:
        return f"It is due on {when}, after the interval of their business days."
    if seen.skips(scenario):
        return f"Attempt {seen.number} of {seen.total} was not made yet."
    return ""


def _asks(seen: Cadence) -> str:
    return "Why it goes sooner" if seen.too_soon else "Why an attempt is skipped"


def _short(reason: str) -> str:
    line = " ".join(reason.split())
    return (line if len(line) <= 120 else f"{line[:119]}…").rstrip(".")


def evidence_way(values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """*Evidence* on the card of an attempt that was sent."""
    return (EVIDENCE,) if values.get("scenario") in MAILS else ()
