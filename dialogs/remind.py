"""`/remind`: for oneself, a colleague or the channel; and the card of a reminder, with all that can be done on it."""

from dialogs import followups, reminder_steps
from dialogs.find_case import named
from dialogs.flow import FlowDef, StepDef
from dialogs.people import head_of
from dialogs.remind_form import edit, open_form, set_up, time_said
from dialogs.remind_list import listed, show
from dialogs.turn import Outcome, Turn
from playbook.model import FollowUp
from playbook.when import read_when


async def start(turn: Turn, args: str) -> Outcome:
    """`/remind me|@who|channel [case] <when> <what>`, `/remind list`, `/remind show ID`; bare, the form."""
    word, _, rest = args.partition(" ")
    if word.casefold() == "list" and not rest:
        return await listed(turn)
    if word.casefold() == "show" and rest:
        return await show(turn, rest.strip())
    if not args:
        return open_form(turn, {})
    whom, rest = _split_target(turn, args)
    found = await named(turn.read, rest)
    case, line = found or (None, rest)
    when = read_when(line, turn.now, turn.zone, followups.calendar_of(turn.team, turn.actor.id, turn.zone))
    text = when.rest.strip()
    if case is None and (found := await named(turn.read, text)):  # the case may also stand behind the time
        case, text = found
    values = {
        "to_person": whom,
        "case_number": case.value.number if case else "",
        "when": time_said(line, when.rest),
        "text": text,
    }
    return await set_up(turn, values, when)


def _split_target(turn: Turn, args: str) -> tuple[str, str]:
    """The words that say whom: `me`, `channel`, or `@` and a name of the team, written out or begun."""
    word, _, rest = args.partition(" ")
    if word.casefold() in ("me", "channel"):
        return word.casefold(), rest.strip()
    return head_of(turn.team, args) if args.startswith("@") else ("me", args)


FLOW = FlowDef(
    "followup",
    {
        "done": StepDef(reminder_steps.done, "followup.step"),
        "hour": StepDef(reminder_steps.hour, "followup.step"),
        "morning": StepDef(reminder_steps.morning, "followup.step"),
        "pick": StepDef(reminder_steps.pick, "followup.step"),
        "edit": StepDef(edit, "followup.step"),
        "cancel": StepDef(reminder_steps.cancel, "followup.step"),
        "undo": StepDef(reminder_steps.undo, "followup.step"),
    },
    keeps=FollowUp,
    view=reminder_steps.view,
)
