"""FQR-01, FQR-07: we act, there is a plan, and the customer is asked to agree."""

from collections.abc import Iterable
from typing import Final

from playbook.rules import acts as a
from playbook.rules.acts import Act, acts_of
from playbook.rules.base import Facts, Finding
from playbook.rules.marks import Marked, one_line
from playbook.rules.planning import steps_of

ENOUGH: Final = 2  # steps that make a plan


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
    """Whether two steps are named, ahead or under way, by whomever."""
    begins = min(1, acts[-1].part // 3) if acts else 0  # a mail of four paragraphs opens with none
    return _listed(acts) or sum(_steps(one) for one in acts if one.part >= begins) >= ENOUGH


def _steps(one: Act) -> int:
    """The steps of a sentence; one that says the issue back or asks for a yes counts only where it is more than that."""
    if one.under in (a.ISSUE, a.IMPACT, a.NEEDS) and not one.moves:
        return 0
    if one.does & (a.FRAMES | a.AGREES | a.QUESTION):
        bare = steps_of(one.said, 0)
        return bare if bare >= ENOUGH else 0
    return steps_of(one.said, one.moves)


def _listed(acts: tuple[Act, ...]) -> bool:
    """Whether a list is of steps: under such a heading, numbered, or of lines that say what will be done."""
    items = [one for one in acts if one.does & a.ITEM and one.under not in (a.NEEDS, a.ISSUE, a.DONE, a.IMPACT)]
    steps = [one for one in items if one.under == a.PLAN or one.does & a.NUMBERED or steps_of(one.said, one.moves)]
    return len([one for one in steps if not one.does & a.QUESTION]) >= ENOUGH


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
