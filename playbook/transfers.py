"""Transfers before the customer heard from us (FQR-05): which one it would be, and when that is said."""

from playbook.model import Case

_ORDINALS = {2: "second", 3: "third", 4: "fourth", 5: "fifth"}
WARNS_FROM = 2  # the first is counted, from the second on it is said


def before_contact(case: Case) -> int:
    """Which transfer before first contact another one would be, from 1; 0 where it would be none."""
    early = case.open and bool(case.owner) and case.fqr_sent_at is None
    return case.transfers + 1 if early else 0


def warning(case: Case) -> str:
    """FQR-05, as a sentence; empty for the first transfer, and once the customer has heard from us."""
    number = before_contact(case)
    if number < WARNS_FROM:
        return ""
    which = _ORDINALS.get(number, f"{number}th")
    return f"This would be the {which} transfer before the customer heard from us (FQR-05)."
