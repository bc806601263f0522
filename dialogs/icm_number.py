"""An incident's number, held against those that are recorded: each belongs to one incident."""

from dialogs import icms
from dialogs.turn import Turn
from playbook import icm_fields
from playbook.model import Case, Icm


async def wrong_number(turn: Turn, icm: Icm, number: str, *, required: bool) -> dict[str, str]:
    """By field id, what is wrong with an incident's number: none, not one, another incident's."""
    if not number:
        return {"icm_number": "Please write the number that the incident got."} if required else {}
    if why := icm_fields.number(number):
        return {"icm_number": why}
    other = await icms.by_number(turn.read, number)
    if other is not None and other.id != icm.id:
        of = await turn.read.get(Case, other.case_id)
        whose = f", for case {of.value.number}" if of else ""
        return {"icm_number": f"Incident {number} is recorded already{whose}."}
    return {}
