"""What most mails' ways do alike with their form: check its days, and learn nothing of the case but that it was touched."""

from collections.abc import Mapping

import msgspec

from dialogs.lqr_form import wrong
from dialogs.mail_way import Learned
from dialogs.turn import Turn, UserError
from playbook.mails import Mail
from playbook.model import Case
from storage.base import Versioned
from storage.records import Flow


async def wrong_in_form(turn: Turn, mail: Mail, case: Case | None, values: Mapping[str, str]) -> dict[str, str]:
    """By field id: a day gone by, an hour that the customer's zone leaves out, a case that is its own duplicate."""
    return wrong(mail, values, case, turn.team, turn.now, yours=turn.zone)


async def learn_nothing(
    turn: Turn, mail: Mail, flow: Versioned[Flow], case: Versioned[Case] | None, values: Mapping[str, str]
) -> Learned:
    found = there(case)
    return Learned(msgspec.structs.replace(found.value, touched_at=turn.now), found.version, values)


def there(case: Versioned[Case] | None) -> Versioned[Case]:
    """The mail's case. Raises `UserError` when it is gone."""
    if case is None:
        raise UserError("The case of this mail is not there any more.")
    return case
