"""An incident's text (ICM-04): what its route wants, the title and text made of it, edited, and its number once opened.

Steps of the flow `icm-ask`: draft, keep, opened, undo.
"""

import msgspec

from cards.icm import BODY_LIMIT, NUMBER_LIMIT, TITLE_LIMIT
from dialogs import icms
from dialogs.flow import Loaded, new_id
from dialogs.forms import read_form
from dialogs.icm_number import wrong_number
from dialogs.mail_make import facts_of_mail
from dialogs.mail_people import signers
from dialogs.record import both, both_open, entry_of, touched
from dialogs.steps import again, ended, shows, typed
from dialogs.turn import Choice, Field, Form, Outcome, Turn, UserError
from playbook import icm_fields
from playbook.icm import route_of
from playbook.mails import Mail, Mails
from playbook.model import Case, Icm, Undone
from storage.base import Save, Versioned
from storage.records import Flow, FlowState

DONE = "This was finished already. /icm and the case's number shows it."
ELSEWHERE = ("area", "why")  # fields of the words files that the first form has asked
OTHER = Choice("other", "Another one, or not known")


def details_form(mail: Mail, case: Case) -> Form:
    fields = tuple(
        Field(one.id, one.label, one.kind, one.required, one.limit, (), one.help, one.more)
        for one in mail.fields
        if one.id not in ELSEWHERE
    )
    title = f"{mail.title}, case {case.number}"
    return Form(title, fields, ("Draft", "draft"), intro=mail.when, others=(("Back", "back"),))


def words_of(mails: Mails, route: str) -> Mail:
    id = f"icm/{route_of(route).id}"
    if id not in mails.ids():
        raise UserError(f"The words of “{route_of(route).name}” are not there any more.")
    return mails.get(id)


def open_flow(loaded: Loaded) -> tuple[Versioned[Flow], Versioned[Case]]:
    return both_open(loaded, DONE)


def at_step(flow: Versioned[Flow], step: str) -> Versioned[Flow]:
    return Versioned(msgspec.structs.replace(flow.value, step=step, note=""), flow.version)


# ---- the text ------------------------------------------------------------------------------------


async def draft(turn: Turn, loaded: Loaded) -> Outcome:
    """Checks what the route wants and makes title and text (ICM-04)."""
    flow, case = open_flow(loaded)
    mail = words_of(turn.mails, flow.value.values["route"])
    read = read_form(details_form(mail, case.value), typed(turn))
    values = flow.value.values | read.values
    errors = read.errors | {id: why for id, why in icm_fields.wrong(read.values).items() if id not in read.errors}
    if errors:
        return again(turn, flow, values, errors)
    area = "" if values.get("area") == OTHER.value else values.get("area", "")
    if "regions" in read.values:
        values["regions"] = ", ".join(icm_fields.regions_in(values["regions"]))
    engineer, manager = signers(turn.team, turn.actor.id, turn.actor.name, values)
    facts = facts_of_mail(case.value, turn.team, engineer, manager, values, turn.actor.id, zone=turn.zone)
    made = mail.make(facts | {"severity": case.value.severity or "", "area": area})
    before = await turn.read.get(Icm, values["icm_id"]) if values.get("icm_id") else None
    icm = msgspec.structs.replace(
        before.value
        if before
        else Icm(
            id=new_id(),
            case_id=case.value.id,
            by=turn.actor.id,
            route=values["route"],
            why="",
            opened_at=turn.now,
            touched_at=turn.now,
        ),
        title=made.subject[:TITLE_LIMIT],
        route=values["route"],
        why=values.get("go_reason", ""),
        area=area,
        body=made.text[:BODY_LIMIT],
        touched_at=turn.now,
    )
    values |= {"icm_id": icm.id, "icm_number": ""}
    shown = again(turn, at_step(flow, "body"), values, {})
    return shown._replace(changes=(*shown.changes, Save(icm, before.version if before else 0)))


_TEXT = Form(
    "",
    (
        Field("icm_title", "Title", required=True, limit=TITLE_LIMIT),
        Field("body", "Text", "text", required=True, limit=BODY_LIMIT),
        Field("icm_number", "Its number", limit=NUMBER_LIMIT),
    ),
    ("", ""),
)


async def edited(turn: Turn, flow: Versioned[Flow]) -> tuple[Versioned[Icm], dict[str, str], dict[str, str]]:
    """The incident with the text as it stands on the card, what was typed, and what is wrong with it."""
    found = await turn.read.get(Icm, flow.value.values.get("icm_id", ""))
    if found is None:
        raise UserError("There is no text here yet: click Draft first.")
    inputs = {"icm_title": found.value.title, "body": found.value.body} | dict(typed(turn))
    read = read_form(_TEXT, inputs)
    edited = msgspec.structs.replace(
        found.value, title=read.values["icm_title"][:TITLE_LIMIT], body=read.values["body"][:BODY_LIMIT],
        touched_at=turn.now,
    )  # fmt: skip
    return Versioned(edited, found.version), read.values, dict(read.errors)


async def keep(turn: Turn, loaded: Loaded) -> Outcome:
    """Saves the text as it is on the card."""
    flow, _ = open_flow(loaded)
    icm, values, errors = await edited(turn, flow)
    shown = again(turn, flow, flow.value.values | values, errors)
    return shown if errors else shown._replace(changes=(*shown.changes, Save(icm.value, icm.version)))


async def is_opened(turn: Turn, loaded: Loaded) -> Outcome:
    """It has a number now: recorded, and chased."""
    flow, case = open_flow(loaded)
    icm, values, errors = await edited(turn, flow)
    values = flow.value.values | values
    errors |= await wrong_number(turn, icm.value, values["icm_number"], required=True)
    if errors:
        return again(turn, flow, values, errors)
    it = icms.opens(turn, icm, case, values["icm_number"])
    values |= {"entry_id": it.entry.id, "chase_at": it.followup.due_at.isoformat()}
    done = ended(turn, flow.value, FlowState.DONE, "Opened", values=values)
    return Outcome((Save(done, flow.version), *it.changes), shows(done), current_case=case.value.id)


async def undo(turn: Turn, loaded: Loaded) -> Outcome:
    """The number is taken back: a draft again. Of a no-go that was recorded: the questions again."""
    flow, case = both(loaded)
    values = flow.value.values
    if flow.value.state is FlowState.DONE and values.get("refused_entry"):
        gone = entry_of(turn, case.value, Undone(entry_id=values["refused_entry"]))
        left = {name: value for name, value in values.items() if name != "refused_entry"}
        form = ended(turn, flow.value, FlowState.OPEN, "Taken back", values=left)
        return Outcome((Save(form, flow.version), touched(turn, case), Save(gone)), shows(form))
    icm = await turn.read.get(Icm, values.get("icm_id", ""))
    if flow.value.state is not FlowState.DONE or not values.get("entry_id") or icm is None:
        raise UserError("There is nothing to take back here.")
    if icm.value.number != values["icm_number"]:
        raise UserError("The incident went on meanwhile; its card shows how.")
    changes = await icms.not_opened(turn, icm, case.value, values["entry_id"])
    kept = {name: value for name, value in values.items() if name not in ("entry_id", "chase_at")}
    back = ended(turn, flow.value, FlowState.OPEN, "Taken back", values=kept)
    return Outcome((Save(back, flow.version), touched(turn, case), *changes), shows(back))
