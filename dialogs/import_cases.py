"""`/case import`: rows pasted from the ticketing tool, looked at together, then registered in one commit."""

from datetime import datetime

import msgspec

from cards.elements import Ref
from cards.form import form_card
from cards.import_cases import Preview, counted, imported_card, preview_card
from cards.names import PLANS, STAGES
from cards.notice import done_card
from dialogs import case_fields
from dialogs.flow import Card, FlowDef, Loaded, Sight, StepDef, new_id
from dialogs.forms import read_form
from dialogs.fqr_clock import is_ahead, pings_for, places_of
from dialogs.import_rows import MOST, Row, Table, read_rows
from dialogs.steps import again, cancelled, ended, opened, sends, shows, typed
from dialogs.turn import Field, Form, Outcome, Turn, UserError
from playbook.model import Case, Plan, Stage
from playbook.words import relative_words
from storage.base import Change, Delete, Reader, Save, Versioned, Where
from storage.records import Flow, FlowState

LIMIT = 90_000  # characters that are pasted at one time
KEPT = 15_000  # of them that fit into the form once more
FORM = Form(
    "Import cases",
    (
        Field(
            "rows", "Rows from the ticketing tool", "text", required=True, limit=LIMIT, help="Number, Title, Customer …"
        ),
    ),
    ("Preview", "preview"),
    intro=f"Paste them with their first line, which names the columns: apart by tabs (as a spreadsheet copies them), "
    f"commas or semicolons, {MOST} rows at most. Nothing is kept before you have seen what I understood.",
)


async def open_import(turn: Turn) -> Outcome:
    return sends(opened(turn, "case-import", "paste"))


async def preview(turn: Turn, loaded: Loaded) -> Outcome:
    flow = _open(loaded)
    read = read_form(FORM, typed(turn))
    errors = dict(read.errors)
    if not errors and (problem := _table(Sight.of(turn), read.values["rows"]).problem):
        errors["rows"] = problem
    step = "paste" if errors else "preview"
    values = read.values if len(read.values["rows"]) <= LIMIT else {"rows": read.values["rows"][:LIMIT]}
    stepped = msgspec.structs.replace(flow.value, step=step)
    return again(turn, Versioned(stepped, flow.version), values, errors)


async def paste_again(turn: Turn, loaded: Loaded) -> Outcome:
    """Back to the form; rows that are too many for it have to be pasted anew, and are not cut in silence."""
    flow = _open(loaded)
    rows = flow.value.values.get("rows", "")
    back = msgspec.structs.replace(flow.value, step="paste")
    return again(turn, Versioned(back, flow.version), {"rows": rows if len(rows) <= KEPT else ""}, {})


async def import_all(turn: Turn, loaded: Loaded) -> Outcome:
    """Registers what is good, by today's state: a number that was registered meanwhile is skipped, too."""
    flow = _open(loaded)
    table = _table(Sight.of(turn), flow.value.values.get("rows", ""))
    there = await existing(turn.read, table)
    cases = [_case(turn, row) for row in table.rows if row.values["case_number"] not in there]
    if not cases:
        return again(turn, flow, flow.value.values, {})
    changes: list[Change] = [Save(case) for case in cases]
    owed = [case for case in cases if is_ahead(turn.team, case, turn.now)]
    places = await places_of(turn.read, turn.team, taken=all(case.owner for case in owed))
    changes += [Save(ping) for case in owed for ping in pings_for(turn.team, case, turn.now, places)]
    skipped = [f"{len(there)} registered already"] if there else []
    skipped += [f"{len(table.wrong)} that can't be read"] if table.wrong else []
    skipped += [f"{len(table.closed)} closed there"] if table.closed else []
    values = {
        "count": str(len(cases)),
        "skipped": f"Left out: {', '.join(skipped)}." if skipped else "",
        "imported": " ".join(case.id for case in cases),
    }
    done = ended(turn, flow.value, FlowState.DONE, "Imported", values=values)
    return Outcome((Save(done, flow.version), *changes), shows(done))


async def undo(turn: Turn, loaded: Loaded) -> Outcome:
    """Takes away what was imported, where nobody has touched it since."""
    flow = loaded.flow
    if flow is None or flow.value.state is not FlowState.DONE or not flow.value.values.get("imported"):
        raise UserError("There is nothing to take back here.")
    found = [await turn.read.get(Case, id) for id in flow.value.values["imported"].split()]
    fresh = [one for one in found if one is not None and one.version == 1]
    kept = len([one for one in found if one is not None]) - len(fresh)
    note = f" {counted(kept)} stayed: somebody went on with them." if kept else ""
    values = {"count": str(kept), "skipped": f"{counted(len(fresh))} taken back.{note}", "imported": ""}
    done = ended(turn, flow.value, FlowState.DONE, "Taken back", values=values)
    changes: list[Change] = [Delete(Case, one.value.id, one.version) for one in fresh]
    return Outcome((Save(done, flow.version), *changes), shows(done))


async def cancel(turn: Turn, loaded: Loaded) -> Outcome:
    return cancelled(turn, _open(loaded))


async def view(sight: Sight, flow: Versioned[Flow]) -> Card:
    ref, values = Ref("case-import", flow.value.id, flow.version), flow.value.values
    if flow.value.state is FlowState.DONE:
        undoable = bool(values.get("imported"))
        return imported_card(int(values["count"]), values["skipped"], flow.value.note, ref, undo=undoable)
    if flow.value.state is FlowState.CANCELLED:
        return done_card(FORM.title, note=flow.value.note)
    if flow.value.step == "preview":
        table = _table(sight, values.get("rows", ""))
        importer = sight.team.names.get(flow.value.person, "you")
        return preview_card(_preview(sight, table, await existing(sight.read, table), importer), ref)
    return form_card(FORM, values, flow.value.errors, ref, note=flow.value.note)


async def existing(read: Reader, table: Table) -> set[str]:
    """The rows' numbers that are registered already."""
    numbers = [row.values["case_number"] for row in table.rows]
    if not numbers:
        return set()
    page = await read.find(Case, [Where("number", "in", numbers)], limit=len(numbers))
    return {one.value.number for one in page.items}


def _table(sight: Sight, rows: str) -> Table:
    return read_rows(rows, sight.team, sight.zone, sight.now)


def _case(turn: Turn, row: Row) -> Case:
    """The row's case: of whom the row names, nobody's where it names nobody whom the team knows, else the actor's."""
    if row.owner is not None:
        owner = row.owner.id
    else:
        owner = "" if row.has_owner else turn.actor.id
    created = row.created_at or turn.now
    blank = Case(
        id=new_id(),
        number="",
        owner=owner,
        created_at=created,
        recorded_at=turn.now,
        stage=row.stage,
        fqr_sent_at=created if _answered(row) else None,
        touched_at=turn.now,
    )
    return case_fields.apply(blank, row.values)


def _answered(row: Row) -> bool:
    """A case that is past new there was answered there; when, its row doesn't say."""
    return row.stage is not Stage.VALIDATION


def _preview(sight: Sight, table: Table, there: set[str], importer: str) -> Preview:
    new = [row for row in table.rows if row.values["case_number"] not in there]
    notes = [
        (row.line, f"nobody of the team is called “{row.owner_said[:40]}”; the case will be nobody's.")
        for row in new
        if row.owner_said and row.owner is None
    ]
    return Preview(
        rows=[(f"[{row.values['case_number']}] {row.values.get('title', '')}", _under(sight, row)) for row in new],
        total=len(new),
        columns=table.columns,
        unused=table.unused,
        wrong=[(one.line, one.why) for one in table.wrong],
        notes=notes,
        existing=[row.values["case_number"] for row in table.rows if row.values["case_number"] in there],
        closed=len(table.closed),
        answered=sum(_answered(row) for row in new),
        owner="" if "owner" in table.columns else importer,
    )


def _under(sight: Sight, row: Row) -> str:
    values = row.values
    plan = PLANS[Plan(values["plan"])] if values.get("plan") else ""
    severity = f"severity {values['severity']}" if values.get("severity") else ""
    opened_at = f"opened {_words(row.created_at, sight)}" if row.created_at else ""
    owner = row.owner.name if row.owner else ""
    stage = STAGES[row.stage].lower() if row.stage is not Stage.VALIDATION else ""
    return " · ".join(filter(None, (values.get("customer_name", ""), severity, plan, stage, opened_at, owner)))


def _words(at: datetime, sight: Sight) -> str:
    return relative_words(at, sight.zone, sight.now)


def _open(loaded: Loaded) -> Versioned[Flow]:
    if loaded.flow is None or loaded.flow.value.state is not FlowState.OPEN:
        raise UserError("This was ended already. Type /case import for a new one.")
    return loaded.flow


FLOW = FlowDef(
    "case-import",
    {
        "preview": StepDef(preview, "case.import"),
        "again": StepDef(paste_again, "case.import"),
        "import": StepDef(import_all, "case.import"),
        "undo": StepDef(undo, "case.import"),
        "cancel": StepDef(cancel, "case.show"),
    },
    view=view,
)
