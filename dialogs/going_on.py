"""What a mail that closes nothing leaves in the timeline: the attempt it was, and the day on which it goes on."""

from collections.abc import Mapping

import msgspec

from dialogs.case_fields import instant
from playbook.model import Attempt, AttemptChannel, AttemptOutcome, Case, Entry
from playbook.place import zone_of_customer

ATTEMPT = Attempt(channel=AttemptChannel.MAIL, outcome=AttemptOutcome.SENT)


def with_next_step(entry: Entry, case: Case, values: Mapping[str, str], zone: str) -> Entry:
    """The entry with the step that the mail announced (TALK-01): its day and hour are the customer's.

    `values` are the form's; `zone` counts where the customer's is not known. A day that is over by the time
    the mail is sent makes no step.
    """
    main = case.main_contact
    whom = main.name if main else "the customer"
    steps = (
        ("write_again", f"Write to {whom} again"),
        ("closing", "Close the case, as the mail announced"),
        ("answer_by", f"Call {whom}: no answer to the scope yet"),
        ("next_step", values.get("next_step", "") or "See what came of the mail"),
    )
    for name, step in steps:
        try:
            at = instant(values, name, zone_of_customer(case) or zone)
        except ValueError:
            continue
        if at is not None and at > entry.happened_at:
            return msgspec.structs.replace(entry, next_step=step, next_step_at=at)
    return entry
