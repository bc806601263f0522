"""FQR-04: the issue, said back so that the customer can confirm or correct it."""

import re
from collections.abc import Iterable
from typing import Final

from playbook.rules import acts as a
from playbook.rules.acts import Act, acts_of
from playbook.rules.base import Facts, Finding
from playbook.rules.caring import FEELS, IMPACT
from playbook.rules.marks import Marked, one_line
from playbook.rules.problem import own_words, shared_words
from playbook.rules.symptom import SYMPTOM

_LABEL: Final = re.compile(
    r"^(?:the |your |our )?(?:\w+ )?(?:issue|problem|symptoms?|summary|scope|understanding|situation|recap|facts"
    r"|what (?:i|we) (?:understood|understand|know|have)|in short|in brief)\b[^:]{0,40}: .{20,}"
)
_EXACT: Final = re.compile(r"\"[^\"]{2,}\"|\b\d{3,}\b|\b\w+\d\w*\b|\b\w+[-_]\w*\d")
_KNOWS: Final = re.compile(
    r"^(?:i|we) (?:can |do |fully |well )*(?:know|see|realise|realize|appreciate|imagine|hear|recognise|recognize)\b"
)
_OF_PLAN: Final = re.compile(
    r"\b(?:plan|order|approach|steps?|way|route|proceed\w*|option|another|prefer|rather|go-?ahead)\b"
)
_TROUBLE: Final = re.compile(
    r"\b(?:can(?:'t|not| not)|won't|(?:does|do|did|is|are|was|were|has|have)(?:n't| not)|no |never|only|error|code"
    r"|without|instead|although|though|but|while|whereas|since|after|until|yet|too|again|wrong\w*|missing|lacks?"
    r"|fewer|less than|longer than|began|takes|\d{3,})\b"
)


def check_restated(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """FQR-04. A sorry for it is no restating, unless it says the matter exactly."""
    acts = acts_of(marked)
    own = own_words(facts)
    likely_first = sorted(range(len(acts)), key=lambda at: not acts[at].does & a.FRAMES)
    if any(_restates(acts, at, own) for at in likely_first):
        return
    line = one_line(facts.known.get("symptom", "") or facts.title).rstrip(".")
    yield Finding(
        "FQR-04",
        "error",
        "The mail doesn't say back what the issue is, so the customer can neither confirm nor correct it.",
        None,
        f"As I understand it, the issue is this: {line}. Please correct me if any part of that is off."
        if len(line) > 14
        else "As I understand it, the issue is as you described it in your request. Please correct me if I have any part of that wrong.",
    )


def _restates(acts: tuple[Act, ...], at: int, own: frozenset[str]) -> bool:
    one = acts[at]
    said = one.said
    if one.under == a.ISSUE and len(said) > 25 and not one.does & a.QUESTION:
        return True
    if _LABEL.match(said):
        return True
    before = acts[at - 1] if at else one
    if not (one.does | before.does) & a.FRAMES and one.does & (a.QUESTION | a.OURS):
        return False
    shared = shared_words(said, own)
    tells = bool(_TROUBLE.search(said)) or bool(SYMPTOM.search(said))
    exact = _EXACT.search(said) is not None
    felt = FEELS.search(said) is not None or _KNOWS.match(said) is not None
    if before.does & a.FRAMES and len(before.said) < 60 and not one.does & (a.OURS | a.ASKS | a.QUESTION) and tells:
        return not felt  # "Let me say it back." and then it is said
    if one.does & a.FRAMES and len(said) > 40 and (tells or shared) and (exact or shared > 1 or not felt):
        return not one.does & a.OURS or tells
    if one.does & (a.QUESTION | a.OURS) or (one.does & a.ASKS and not one.does & a.AGREES):
        return False
    if SYMPTOM.search(said) and shared and (not felt or exact):
        return not (IMPACT.search(said) and shared < 2 and not exact)
    if not felt and shared >= 2 and tells:
        return True
    after = acts[at + 1] if at + 1 < len(acts) else one
    if (
        after is not one
        and after.does & a.AGREES
        and not one.steps
        and not one.does & a.MOVES
        and not _OF_PLAN.search(after.said)
    ):
        return not felt and tells
    return False
