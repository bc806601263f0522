"""LQR-11: while a case nears its end, a sentence that tells the customer of the closing mail to come."""

from collections.abc import Sequence

from dialogs.flow import Sight
from playbook.cadence import cadence
from playbook.model import Case, CustomerConfirmed, Entry, MailSent, Stage
from playbook.standing import standing

MAIL = "flow/closing-ahead"
SAYS_SO = ("lqr", "solution")  # mails that tell it themselves: kinds and scenarios


def to_tell(sight: Sight, case: Case, entries: Sequence[Entry]) -> str:
    """The sentence to say or write next; "" while the end is far, or where a mail has said it already.

    Near is: the solution is sent or confirmed, or the next attempt to reach a silent customer is the last but one.
    """
    if not case.open or case.closes_at is not None or MAIL not in sight.mails.ids():
        return ""
    stand = [one.fact for one in standing(entries)]
    if any(isinstance(fact, MailSent) and {fact.kind, fact.scenario} & {*SAYS_SO} for fact in stand):
        return ""
    works = any(isinstance(fact, CustomerConfirmed) for fact in stand) or case.stage is Stage.RESOLUTION
    seen = cadence(case, entries, sight.team, sight.now)
    silent = bool(seen.attempts) and seen.number == seen.total - 1
    if not (works or silent):
        return ""
    values = {"case_number": case.number, "silent": "" if works else "yes"}
    return " ".join(sight.mails.get(MAIL).make(values).text.split())
