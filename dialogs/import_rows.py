"""Rows pasted from a ticketing tool, read: which columns they have, what each row says, and what is wrong with it."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from dialogs import case_fields
from dialogs.forms import Read, read_form
from dialogs.turn import Form
from playbook.dates import read_dates
from playbook.model import Stage
from playbook.synonyms import plan_of, severity_of, stage_of
from playbook.team import Person, Team

MOST = 500  # rows at one time
DELIMITERS = "\t;,|"

COLUMNS: Mapping[str, tuple[str, ...]] = {  # a field, and what its column may be called, in small letters
    "case_number": (
        "case number", "number", "case", "case id", "case no", "sr", "sr number", "sr id", "ticket", "ticket number",
        "ticket id", "support request", "request", "request id", "incident", "incident number", "id", "key",
    ),
    "title": ("title", "case title", "subject", "summary", "short description", "issue"),
    "customer_name": ("customer", "customer name", "contact", "contact name", "requester", "caller", "name", "reporter"),
    "customer_email": ("email", "e mail", "mail", "customer email", "contact email", "email address", "customer e mail"),
    "customer_phone": ("phone", "telephone", "customer phone", "contact phone"),
    "severity": ("severity", "sev", "priority", "prio", "urgency"),
    "plan": ("plan", "support plan", "contract", "service level", "offering", "support type"),
    "product": ("product", "service", "product name", "component", "category", "technology"),
    "country": ("country", "customer country"),
    "zone": ("time zone", "timezone", "zone"),
    "created": ("created", "opened", "created on", "created at", "created date", "opened on", "opened at", "open date",
                "date", "created time", "date opened", "date created", "creation date"),
    "status": ("status", "state", "stage", "case status"),
    "owner": ("owner", "assigned to", "assignee", "engineer", "agent", "assigned", "case owner"),
}  # fmt: skip
NAMES: Mapping[str, str] = {  # as the preview says them
    "case_number": "number", "title": "title", "customer_name": "customer", "customer_email": "e-mail",
    "customer_phone": "phone", "severity": "severity", "plan": "plan", "product": "product", "country": "country",
    "zone": "time zone", "created": "opened", "status": "status", "owner": "owner",
}  # fmt: skip
_BY_NAME = {name: field for field, names in COLUMNS.items() for name in names}
_FIELDS = tuple(one._replace(required=one.id == "case_number") for one in case_fields.NEW_FIELDS)
_FORM = Form("Import", _FIELDS, ("", ""))
_SHORTENED = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE)


class Row(NamedTuple):
    """One row that can be used: `values` as the form of a case has them. `owner` None: the team knows no such person."""

    line: int
    values: dict[str, str]
    created_at: datetime | None
    stage: Stage
    owner: Person | None
    owner_said: str  # as it stands in the row
    has_owner: bool  # whether there is a column that says it


class Wrong(NamedTuple):
    line: int  # as the person counts them, the header being 1
    why: str


class Table(NamedTuple):
    """What was understood. `problem`: why nothing can be made of it, as a sentence."""

    rows: tuple[Row, ...] = ()
    wrong: tuple[Wrong, ...] = ()
    closed: tuple[int, ...] = ()  # lines of cases that are closed there
    columns: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    problem: str = ""


def read_rows(text: str, team: Team, zone: str, now: datetime) -> Table:
    """Reads the text, its first line being the names of the columns. Dates are of the person's `zone`."""
    delimiter, header, width = _header(text)
    if "case_number" not in header:
        return Table(
            problem="I can't find a column with the cases' numbers. The first line names the columns, such as "
            "Number, Title, Customer, Severity, Opened."
        )
    cells: list[tuple[int, list[str]]] = []
    try:
        reader = csv.reader(io.StringIO(text.strip("\r\n")), delimiter=delimiter, strict=False)
        for row in reader:
            if any(cell.strip() for cell in row):
                cells.append((reader.line_num, row))
    except csv.Error as problem:
        return Table(problem=f"This can't be read as rows ({problem}). Copy them from the tool once more, please.")
    if len(cells) - 1 > MOST:
        return Table(problem=f"These are {len(cells) - 1:,} rows; {MOST} are the most at one time.")
    if len(cells) < 2:
        return Table(problem="There are no rows below the names of the columns.")
    names = cells[0][1]
    unused = tuple(names[at].strip() for at in range(width) if at not in header.values() and names[at].strip())
    columns = tuple(NAMES[field] for field in header)
    found = _read(cells[1:], header, team, zone, now)
    return found._replace(columns=columns, unused=unused)


def _header(text: str) -> tuple[str, dict[str, int], int]:
    """The delimiter under which the first line names most columns, which column holds what, and how many there are."""
    first = text.strip("\r\n").partition("\n")[0]
    best: tuple[str, dict[str, int], int] = (DELIMITERS[0], {}, 0)
    for delimiter in DELIMITERS:
        names = next(csv.reader([first], delimiter=delimiter), [])
        found: dict[str, int] = {}
        for at, name in enumerate(names):
            field = _BY_NAME.get(" ".join(re.sub(r"[^\w]+", " ", name.casefold().replace("_", " ")).split()))
            if field and field not in found:
                found[field] = at
        if len(found) > len(best[1]):
            best = (delimiter, found, len(names))
    return best


def _read(
    cells: Sequence[tuple[int, Sequence[str]]], header: Mapping[str, int], team: Team, zone: str, now: datetime
) -> Table:
    def said(row: Sequence[str], field: str) -> str:
        at = header.get(field, len(row))
        return row[at].strip() if at < len(row) else ""

    opened = read_dates([said(row, "created") for _, row in cells], zone)
    rows: list[Row] = []
    wrong: list[Wrong] = []
    closed: list[int] = []
    seen: dict[str, int] = {}
    for (line, row), created in zip(cells, opened, strict=True):
        values = {field: said(row, field) for field in header}
        values["case_number"] = case_fields.clean_number(values["case_number"])
        read = _facts(values, team)
        why = _why_not(values, read, created, seen, team, zone, now)
        stage = stage_of(values.get("status", "")) or Stage.VALIDATION
        seen.setdefault(values["case_number"], line)
        if why:
            wrong.append(Wrong(line, why))
        elif stage is Stage.CLOSED:
            closed.append(line)
        else:
            owner = values.get("owner", "")
            facts = {name: value for name, value in read.values.items() if value}
            at = created if isinstance(created, datetime) else None
            rows.append(Row(line, facts, at, stage, _person(team, owner), owner, "owner" in header))
    return Table(tuple(rows), tuple(wrong), tuple(closed))


def _facts(values: Mapping[str, str], team: Team) -> Read:
    """The row as the form of a case would have it."""
    severity, plan = severity_of(values.get("severity", ""), team.severities), plan_of(values.get("plan", ""))
    typed = dict(values) | {"severity": severity or "", "plan": plan or ""}
    return read_form(_FORM, typed)


def _why_not(
    values: Mapping[str, str],
    read: Read,
    created: datetime | str | None,
    seen: Mapping[str, int],
    team: Team,
    zone: str,
    now: datetime,
) -> str:
    """All that is wrong with a row, a sentence each; "" for nothing."""
    number, wrong = values["case_number"], []
    if not number:
        wrong.append("there is no case number.")
    elif _SHORTENED.fullmatch(number):
        wrong.append("the spreadsheet has shortened the number; format that column as text and copy it once more.")
    elif number in seen:
        wrong.append(f"the number stands in line {seen[number]} already.")
    told = "case_number" if wrong else ""
    if isinstance(created, str):
        wrong.append(f"opened: {created}.")
    elif created is not None and created > now:
        wrong.append("opened: this lies in the future.")
    known = {
        "severity": severity_of(values.get("severity", ""), team.severities),
        "plan": plan_of(values.get("plan", "")),
        "status": stage_of(values.get("status", "")),
    }
    for field, meant in known.items():
        if (said := values.get(field, "")) and meant is None:
            wrong.append(f"{field}: “{said[:40]}” is none that I know.")
    errors = read.errors | case_fields.check(read.values, zone, now)
    labels = {one.id: one.label for one in _FIELDS}
    wrong += [f"{labels.get(id, id).lower()}: {text}" for id, text in errors.items() if id != told]
    return " ".join(wrong)


def _person(team: Team, said: str) -> Person | None:
    """Whom of the team a cell means: by name, mail address or id."""
    wanted = " ".join(said.casefold().split())
    if not wanted:
        return None
    people = [
        one for one in team.people.values() if wanted in (one.name.casefold(), one.email.casefold(), one.id.casefold())
    ]
    return people[0] if len(people) == 1 else None
