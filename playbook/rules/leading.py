"""FQR-01, FQR-07: we act, there is a plan, and the customer is asked to agree."""

import re
from collections.abc import Iterable
from typing import Final

from playbook.rules import acts as a
from playbook.rules.acts import Act, acts_of
from playbook.rules.base import Facts, Finding
from playbook.rules.marks import Marked, one_line

_PIECES: Final = re.compile(r", (?:and )?|; | and ")


def check_action(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """FQR-01: something that we do, did or are doing; owning the case is none."""
    acts = acts_of(marked)
    if any(one.does & a.OURS for one in acts):
        return
    if any(
        one.under == a.DONE and len(one.said) > 25 and not one.does & (a.QUESTION | a.FRAMES | a.ASKS) for one in acts
    ):
        return
    about = one_line(facts.known.get("product", ""))
    yield Finding(
        "FQR-01",
        "error",
        "The mail names nothing that we do ourselves to move the issue on: all work is left to the customer.",
        None,
        f"I'm going through the logs of {about} on our side now."
        if about
        else "I'm going through the logs on our side now.",
    )


def check_plan(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """FQR-07.plan: what happens, in which order; one action and one ask are no plan."""
    if _planned(acts_of(marked)):
        return
    yield Finding(
        "FQR-07.plan",
        "error",
        "The mail has no plan: it doesn't say what happens in which order.",
        None,
        "My plan: first I'll go through what we have, then I'll test the likeliest cause, "
        "and after that I'll send you the change to make.",
    )


def _planned(acts: tuple[Act, ...]) -> bool:
    ahead = [one for one in acts if one.steps and not (one.does & a.QUESTION and not one.does & a.MOVES)]
    total = sum(one.steps for one in ahead)
    ordered = any(one.does & a.MOVES and not one.does & a.FRAMES and one.under != a.ISSUE for one in acts)
    if total >= 3 or (total >= 2 and ordered) or any(one.steps >= 1.5 and one.does & a.MOVES for one in ahead):
        return True
    if any(one.moves >= 2 and (one.steps or one.under == a.PLAN) and not one.does & a.FRAMES for one in acts):
        return True
    plan = [one for one in acts if one.under == a.PLAN]
    if sum(bool(one.does & a.ITEM) for one in plan) >= 2 or any(len(_PIECES.split(one.said)) >= 4 for one in plan):
        return True
    items = [one for one in acts if one.does & a.ITEM and one.under not in (a.NEEDS, a.ISSUE, a.DONE, a.IMPACT)]
    numbered = sum(bool(one.does & a.NUMBERED and not one.does & a.QUESTION) for one in items)
    if numbered >= 2 or (len(items) >= 2 and sum(one.steps > 0 for one in items) * 2 >= len(items)):
        return True
    asked = [one for one in acts if one.does & a.MOVES and one.does & a.ASKS and not one.does & a.AGREES]
    return len(asked) >= 2 or (bool(asked) and total >= 1)


def check_agreement(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """FQR-07.agreement: the customer is asked to agree, or to put us right."""
    if any(one.does & a.AGREES for one in acts_of(marked)):
        return
    yield Finding(
        "FQR-07.agreement",
        "error",
        "The customer is asked neither to agree with what comes next nor to correct it.",
        None,
        "Are you happy for us to go on like this? If you'd rather take another way, tell me and I'll change the plan.",
    )
