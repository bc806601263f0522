"""What the closing form tells: the case with what was learned, and the confirmation."""

from collections.abc import Mapping

import msgspec

from dialogs import case_fields
from dialogs.case_form import new_case
from dialogs.closing_code import cause_told
from dialogs.find_case import by_number
from dialogs.record import entry_of
from dialogs.turn import Turn
from playbook.mails import Mail
from playbook.model import Case, CustomerConfirmed, Stage
from playbook.words import zone_info
from storage.base import Change, Save, Versioned
from storage.records import Flow

_TITLE_CUT = 80  # characters of a title that is made of the symptom
CASE_FIELDS = ("symptom", "cause", "resolution", "more_information")  # LQR-08: into the case too


async def found_by_number(turn: Turn, values: dict[str, str]) -> Versioned[Case] | None:
    """The registered case with the number that was typed. Raises ValueError("<field>: <sentence>")."""
    found = await by_number(turn.read, case_fields.clean_number(values["case_number"]))
    if found is None:
        return None
    number, main = found.value.number, found.value.main_contact
    if not found.value.open:
        raise ValueError(f"case_number: Case {number} is registered here and closed already.")
    if main is not None and main.name.casefold() != values.get("customer_name", "").casefold():
        raise ValueError(
            f"customer_name: Case {number} is registered here for {main.name}. Write that name, "
            f"or change it first with /case {number} edit."
        )
    return found


def with_facts(turn: Turn, mail: Mail, case: Case | None, values: dict[str, str]) -> Case:
    """The case with what the form tells of it; a new one where there is none yet."""
    if case is None:  # what is registered by the closing mail of a solved issue has a solution already
        stage = Stage.RESOLUTION if mail.group == "resolved" else Stage.INVESTIGATION
        case = msgspec.structs.replace(new_case(turn, values), stage=stage)
    facts = {name: values[name] for name in CASE_FIELDS if mail.field(name) and name in values}
    facts |= cause_told(mail, values)
    if not case.title:
        facts["title"] = _title_from(values)
    main = case.main_contact  # what is known of it already isn't asked, and may be newer than what the form began with
    if main is None:
        facts["customer_name"] = values.get("customer_name", "")
    if main is None or not main.email:
        facts["customer_email"] = values.get("customer_email", "")
    return msgspec.structs.replace(case_fields.apply(case, facts), touched_at=turn.now)


def confirmation(turn: Turn, case: Case, flow: Flow, values: dict[str, str]) -> list[Change]:
    """FLOW-07: who confirmed the solution, and when, goes into the timeline; once for each answer.

    Raises ValueError("confirmed_on: <sentence>").
    """
    answer = (values.get("confirmed_by", ""), values.get("confirmed_on", ""))
    if not answer[0] or answer == (flow.values.get("recorded_by", ""), flow.values.get("recorded_on", "")):
        return []
    today = f"{turn.now.astimezone(zone_info(turn.zone)):%Y-%m-%d}"
    when = {"happened_on": answer[1]} if answer[1] not in ("", today) else {}  # today means just now, not at nine
    try:
        entry = entry_of(turn, case, CustomerConfirmed(by=answer[0]), when)
    except ValueError as problem:
        raise ValueError(f"confirmed_on: {str(problem).partition(': ')[2]}") from None
    values["recorded_by"], values["recorded_on"] = answer
    return [Save(entry)]


def _title_from(values: Mapping[str, str]) -> str:
    """The title typed, else the first line of the symptom, cut at a word."""
    if values.get("title"):
        return values["title"]
    line = values.get("symptom", "").split("\n", 1)[0].strip().rstrip(".")
    if len(line) <= _TITLE_CUT:
        return line
    return line[:_TITLE_CUT].rpartition(" ")[0] or line[:_TITLE_CUT]
