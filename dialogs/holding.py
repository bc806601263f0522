"""What holds a closing, in the flow of its mail: listed first, asked again at *I sent it*, opened with a reason.

The holds themselves are `playbook.rules.closing`; each time they are asked of the stored case, whoever changed it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

import msgspec

from cards.elements import Element, Ref
from cards.holds import REASON, REASON_LIMIT, holds_block, unsure_line
from dialogs import lqr_way
from dialogs.flow import Loaded, Sight
from dialogs.forms import read_form
from dialogs.mail_draft import HAS_EARLIER, mail_of, replaces, rewritten
from dialogs.mail_flow import draft_of, open_flow
from dialogs.mail_way import MailWay
from dialogs.notices import told
from dialogs.record import after, entry_of
from dialogs.steps import by_whom, shows, typed
from dialogs.turn import Choice, Field, Form, Outcome, Turn, UserError
from dialogs.whole import timeline_of
from playbook.mails import Mail
from playbook.model import Case, Draft, MoodNoted, Overridden, Sentiment
from playbook.rules.closing import SOLVED, Held, holds
from playbook.words import instant_words
from storage.base import Change, Save, Versioned
from storage.records import Flow

MOOD = "dissatisfied"  # the field's id: the engineer's word on LQR-03
_NOTED = "mood_noted"  # what the flow remembers once that word stands in the timeline
_FIELD = Field(
    MOOD,
    "May the customer be dissatisfied?",
    "choice",
    choices=(Choice("no", "No"), Choice("yes", "Yes, for whatever reason"), Choice("unsure", "I am not sure")),
)
_CONFIRMED = (
    Field("confirmed_by", "Who confirmed that it works", limit=120),
    Field("confirmed_on", "When they did", "date"),
)
_ASKED = Form(
    "Override", (Field(REASON, "Why you go on all the same", "text", required=True, limit=REASON_LIMIT),), ("", "")
)


async def held_of(
    about: Sight | Turn, mail: Mail | None, case: Case | None, values: Mapping[str, str]
) -> tuple[Held, ...]:
    """What holds this mail's closing now."""
    if mail is not None and not mail.closes:
        return ()
    entries = await timeline_of(about.read, case.id if case else "")
    return holds(case, entries, mail, values, partial(instant_words, zone=about.zone, now=about.now))


async def on_form(sight: Sight, flow: Versioned[Flow], mail: Mail, case: Case | None) -> Sequence[Element]:
    """At the top of the form, before anything is typed. What *Draft* is about to record holds no more."""
    now = flow.value
    held = await held_of(sight, mail, case, now.values)
    if now.values.get("confirmed_by"):
        held = tuple(one for one in held if "confirmed" not in one.records)
    ref = Ref(now.name, now.id, flow.version)
    return holds_block(held, case.number if case else "", ref, now.values, now.errors, registered=case is not None)


async def on_draft(sight: Sight, flow: Flow, case: Case, draft: Draft) -> Sequence[Element]:
    """At the top of the draft's card."""
    held = await held_of(sight, mail_of(sight.mails, "lqr", flow), case, flow.values)
    stored = await sight.read.get(Flow, flow.id)
    ref = Ref(flow.name, flow.id, stored.version if stored else 0)
    unsure = flow.values.get(MOOD) == "unsure" and case.sentiment is Sentiment.UNKNOWN
    return [
        *holds_block(held, case.number, ref, flow.values, flow.errors),
        *(unsure_line(case.number) if unsure else []),
    ]


async def stops(turn: Turn, loaded: Loaded, mail: Mail | None, draft: Draft, at: datetime) -> dict[str, str]:
    """A held closing is not marked, and its case not closed; the card lists what opens it."""
    if loaded.case is None or loaded.flow is None:
        return {}
    held = await held_of(turn, mail, loaded.case.value, loaded.flow.value.values)
    if not held:
        return {}
    rules = _and([one.rule for one in held])
    are = "hold" if len(held) > 1 else "holds"
    return {
        "": f"{rules} {are} the closing: the mail is not marked and the case stays open. What opens it stands above."
    }


# ---- the engineer's word ---------------------------------------------------------------------------


def with_questions(form: Form, mail: Mail, case: Case | None) -> Form:
    """The form with what the holds want to know: the confirmation, where a solved issue's mail has no field for it
    (FLOW-07); and whether the customer may be dissatisfied, where that isn't known to be so (LQR-03)."""
    if not mail.closes:
        return form
    fields = form.fields
    if mail.group == SOLVED and mail.field("confirmed_by") is None:
        at = next((at for at, one in enumerate(fields) if one.id == "personal_line"), len(fields))
        fields = (*fields[:at], *_CONFIRMED, *fields[at:])
    if case is None or case.sentiment is not Sentiment.UNHAPPY:
        fields = (*fields, _FIELD)
    return form._replace(fields=fields)


def noted_mood(turn: Turn, case: Case, values: dict[str, str]) -> tuple[Case, list[Change]]:
    """A *yes* goes into the timeline with the draft, once; `values` remember that it did."""
    if values.get(MOOD) != "yes" or values.get(_NOTED) or case.sentiment is Sentiment.UNHAPPY:
        return case, []
    values[_NOTED] = "yes"
    entry = entry_of(turn, case, MoodNoted(sentiment=Sentiment.UNHAPPY, text="Said in the closing form"))
    return after(case, entry, turn), [Save(entry)]


# ---- the override ----------------------------------------------------------------------------------


async def override(way: MailWay, turn: Turn, loaded: Loaded) -> Outcome:
    """Goes on despite all that holds it now, each by its name, with the reason; what was typed on the card stays."""
    flow, case = open_flow(way, loaded), loaded.case
    if case is None:
        raise UserError("There is no case yet to write the reason to: click Draft first.")
    values, changes = await _typed_on(way, turn, loaded, flow)
    held = await held_of(turn, mail_of(turn.mails, way.folder, flow.value), case.value, values)
    if not held:
        return _shown(turn, flow, values | {REASON: ""}, changes, note="Nothing holds the closing any more.")
    read = read_form(_ASKED, typed(turn))
    values |= read.values
    if read.errors:
        return _shown(turn, flow, values, changes, errors=read.errors)
    rules = [one.rule for one in held]
    reason = read.values[REASON]
    entries = [entry_of(turn, case.value, Overridden(rule=rule, reason=reason)) for rule in rules]
    touched = msgspec.structs.replace(case.value, touched_at=max(turn.now, case.value.touched_at))
    changes += [*(Save(one) for one in entries), Save(touched, case.version)]
    text = f"{turn.actor.name} goes on with the closing of your case {touched.number} despite {_and(rules)}."
    changes += told(turn, touched.owner, touched, text)
    note = by_whom(turn, f"{_and(rules)} overridden")
    return _shown(turn, flow, values | {REASON: ""}, changes, note=f"{note}. The reason stands in the timeline.")


async def _typed_on(
    way: MailWay, turn: Turn, loaded: Loaded, flow: Versioned[Flow]
) -> tuple[dict[str, str], list[Change]]:
    """The flow's values with what stands on its card now, and the changes that keep an edited text."""
    if flow.value.step != "draft":
        return await lqr_way.with_typed(way, turn, loaded, flow), []
    _, draft = await draft_of(way, turn, loaded)
    changes = rewritten(turn, draft, typed(turn).get("text", draft.value.text))
    return flow.value.values | (HAS_EARLIER if replaces(changes) else {}), changes


def _shown(
    turn: Turn,
    flow: Versioned[Flow],
    values: Mapping[str, str],
    changes: list[Change],
    *,
    errors: Mapping[str, str] | None = None,
    note: str = "",
) -> Outcome:
    """The same card once more."""
    same = msgspec.structs.replace(
        flow.value, values=dict(values), errors=dict(errors or {}), note=note, touched_at=turn.now
    )
    return Outcome((Save(same, flow.version), *changes), shows(same))


def _and(rules: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(rules[:-1]), rules[-1])))
