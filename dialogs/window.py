"""LQR-02 on a draft's card: when to send, a reminder for then, "they asked", and one word at *I sent it*.

It restrains what we start, and blocks nothing: a mail that has gone has gone.
"""

from datetime import datetime

from cards.chase import WORDS_LIMIT, shut_block
from cards.elements import Ref
from dialogs import chases, followups, record
from dialogs.flow import Loaded, Sight
from dialogs.mail_draft import made_of, rewritten
from dialogs.mail_steps import draft_of, shown_again
from dialogs.mail_way import Advice, MailWay
from dialogs.steps import typed
from dialogs.turn import Outcome, Turn, UserError
from playbook.mails import Mail
from playbook.model import AskedToClose, Case, Draft, FollowUp
from playbook.rules import mask
from playbook.window import Window, when_words, window
from playbook.words import instant_words, zone_info
from storage.base import Save, Versioned
from storage.records import Flow

SAID = "window"  # the error's name under which the one word stands
AGAIN = "If it has gone out all the same, click I sent it again; Other time marks it scheduled."
NIGHT = (*range(7), 22, 23)  # hours
GONE = "The case of this mail is not there any more."


async def advise(sight: Sight, flow: Versioned[Flow], case: Case, draft: Draft) -> Advice:
    """When to send it; out of the window with the ways on."""
    seen = await _seen(sight, case, sight.now)
    words = when_words(seen, sight.zone, sight.now)
    if not seen.shut:
        return Advice(send_when=words)
    now = flow.value
    mail = made_of(sight.mails, draft)
    closes = mail is not None and mail.closes
    mine = await _reminder(sight, case, draft)
    reminder = _reminder_words(mine.value.due_at, sight) if mine and mine.value.due_at > sight.now else ""
    return Advice(
        above=[
            shut_block(
                words, Ref(now.name, now.id, flow.version), now.values, now.errors, closes=closes, reminder=reminder
            )
        ]
    )


async def stops(turn: Turn, loaded: Loaded, mail: Mail | None, draft: Draft, at: datetime) -> dict[str, str]:
    """Out of the window the advice is given once; a second click marks it. What was sent before now is past advice."""
    if loaded.case is None or loaded.flow is None or at < turn.now or SAID in loaded.flow.value.errors:
        return {}
    seen = await _seen(turn, loaded.case.value, at)
    return {SAID: f"{when_words(seen, turn.zone, at)} {AGAIN}"} if seen.shut else {}


async def remind_then(way: MailWay, turn: Turn, loaded: Loaded) -> Outcome:
    """*Remind then*: a ping at the next good moment, with the finished draft a click away. A second click moves it."""
    flow, draft, case = await _all(way, turn, loaded)
    seen = await _seen(turn, case.value, turn.now)
    changes = rewritten(turn, draft, typed(turn).get("text", draft.value.text))
    if not seen.shut or seen.at is None:
        return shown_again(turn, flow, changes)
    mine = await _reminder(turn, case.value, draft.value)
    if mine is not None:
        changes += followups.moved(turn, mine, seen.at)
    else:
        text = f"Send the mail that is ready: {draft.value.subject}"
        _, made = followups.set_up(turn, text, seen.at, case=case.value, draft_id=draft.value.id)
        changes += made
    return shown_again(turn, flow, changes)


async def asked(way: MailWay, turn: Turn, loaded: Loaded) -> Outcome:
    """*They asked*: the customer wants it closed now; their words are kept, and nothing is held."""
    flow, draft, case = await _all(way, turn, loaded)
    changes = rewritten(turn, draft, typed(turn).get("text", draft.value.text))
    words = mask(typed(turn).get("asked_words", "").strip())
    if not words or len(words) > WORDS_LIMIT:
        sentence = "Please write what they said." if not words else f"At most {WORDS_LIMIT} characters, please."
        return shown_again(turn, flow, changes, {"asked_words": words}, {"asked_words": sentence})
    entry = record.entry_of(turn, case.value, AskedToClose(text=words))
    after = record.after(case.value, entry, turn)
    followed = await chases.after_entry(turn, after, entry)
    changes += [Save(entry), Save(after, case.version), *followed.changes]
    changes += record.told_owner(turn, after, "customer asked to close")
    note = "Noted: the customer asked to close it now."
    return shown_again(turn, flow, changes, {"asked_words": ""}, note=note)


async def _reminder(about: Sight | Turn, case: Case, draft: Draft) -> Versioned[FollowUp] | None:
    waiting = await followups.waiting_of(about.read, case.id)
    return next((one for one in waiting if one.value.draft_id == draft.id), None)


def _reminder_words(at: datetime, sight: Sight) -> str:
    """That it is set; and that the customer's good moment is night for whoever is reminded."""
    here = at.astimezone(zone_info(sight.zone))
    night = f" That is {here:%H:%M} for you." if here.hour in NIGHT else ""
    return f"I'll remind you {instant_words(at, sight.zone, sight.now)}; the mail waits here.{night}"


async def _seen(about: Sight | Turn, case: Case, at: datetime) -> Window:
    return window(case, about.team, at, await chases.entries_of(about.read, case.id))


async def _all(way: MailWay, turn: Turn, loaded: Loaded) -> tuple[Versioned[Flow], Versioned[Draft], Versioned[Case]]:
    flow, draft = await draft_of(way, turn, loaded)
    if loaded.case is None:
        raise UserError(GONE)
    return flow, draft, loaded.case
