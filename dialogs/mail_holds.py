"""What holds a closing, in the flow of every mail that closes: listed first, asked again at *I sent it*, overridden.

Steps: override; hold_again, its way back.
"""

from collections.abc import Callable, Mapping, Sequence

from cards.elements import Element, Ref
from dialogs import holds
from dialogs.flow import Loaded, Sight
from dialogs.holds import Holding, Override
from dialogs.mail_draft import mail_of, rewritten
from dialogs.mail_steps import draft_of, open_flow, shown_again, with_typed
from dialogs.mail_way import MailWay, closes
from dialogs.steps import by_whom, typed
from dialogs.turn import Outcome, Turn, UserError
from playbook.mails import Mail
from playbook.model import Case, Draft
from storage.base import Change, Versioned
from storage.records import Flow


async def block(sight: Sight, flow: Versioned[Flow], mail: Mail, case: Case | None) -> Sequence[Element]:
    """For the top of the form, before anything is typed, and of the draft's card."""
    now = flow.value
    seen = await holds.holding(sight, case, mail, now.values)
    if now.step != "draft" and now.values.get("confirmed_by"):  # what *Draft* is about to record holds no more
        seen = seen._replace(held=tuple(one for one in seen.held if "confirmed" not in one.records))
    return holds.block(sight, seen, case, Ref(now.name, now.id, flow.version), now.values, now.errors)


async def stops(turn: Turn, case: Case, mail: Mail | None, draft: Draft, values: Mapping[str, str]) -> dict[str, str]:
    """A held closing is not marked, and its case not closed; the card lists what opens it."""
    if not closes(mail, draft):
        return {}
    seen = await holds.holding(turn, case, mail, values)
    if not seen.held:
        return {}
    return {"": holds.refusal(seen, values, "the mail is not marked and the case stays open")}


async def override(way: MailWay, turn: Turn, loaded: Loaded) -> Outcome:
    """Goes on despite all that holds it now, with the reason; what was typed on the card stays."""
    return await _decided(way, turn, loaded, holds.override)


async def hold_again(way: MailWay, turn: Turn, loaded: Loaded) -> Outcome:
    return await _decided(way, turn, loaded, holds.hold_again)


async def _decided(
    way: MailWay, turn: Turn, loaded: Loaded, decide: Callable[[Turn, Versioned[Case], Holding], Override]
) -> Outcome:
    flow, case = open_flow(way, loaded), loaded.case
    if case is None:
        raise UserError("There is no case yet to write the reason to: click Draft first.")
    values, changes = await _typed_on(way, turn, loaded, flow)
    mail = mail_of(turn.mails, way.folder, flow.value)
    seen = await holds.holding(turn, case.value, mail, flow.value.values | values)
    done = decide(turn, case, seen)
    note = f"{by_whom(turn, done.note)}. The timeline keeps it." if done.changes else done.note
    return shown_again(turn, flow, [*changes, *done.changes], values | done.values, done.errors, note)


async def _typed_on(
    way: MailWay, turn: Turn, loaded: Loaded, flow: Versioned[Flow]
) -> tuple[dict[str, str], list[Change]]:
    """What stands on its form now; of a draft, the changes that keep an edited text."""
    if flow.value.step != "draft":
        return await with_typed(way, turn, loaded, flow), []
    _, draft = await draft_of(way, turn, loaded)
    return {}, rewritten(turn, draft, typed(turn).get("text", draft.value.text))
