"""FQR-04: the issue, said back so that the customer can confirm or correct it."""

import re
from collections.abc import Iterable
from typing import Final

from playbook.rules import acts as a
from playbook.rules.acts import Act, acts_of
from playbook.rules.base import Facts, Finding
from playbook.rules.feeling import feels
from playbook.rules.marks import Marked, one_line
from playbook.rules.planning import steps_of
from playbook.rules.problem import own_words, shared_words
from playbook.rules.symptom import SYMPTOM
from playbook.rules.words import word_set

_EXACT: Final = re.compile(r"\"[^\"]{2,}\"|`[^`]+`|\b\d{2,}\b|\b[a-z]+[-_.]?\d\w*|\bsince\b")
# What an account of an issue has: what does not happen, since when, but where it does.
_TROUBLE: Final = word_set(
    """
    can't cannot won't doesn't don't didn't isn't aren't wasn't weren't hasn't haven't not no never nobody nothing none
    only error errors code without instead although though but while whereas since after until yet too again wrong
    wrongly missing lack lacks fewer longer began takes every each always sometimes unable keeps still slow slower fail
    fails failed failing stops stopped lost lose loses twice several empty blank old older same different nowhere
    """
)
_WE: Final = re.compile(
    r"^(?:\W|and |so |but |here |today |now |already |meanwhile |yesterday |this morning )*(?:i|we)\b(?!'m sorry)"
)
_WE_SAY: Final = re.compile(
    r"^(?:\W|so |now )*(?:i|we)(?:'ve| have| do| can)? (?:"
    r"understand|understood|gather|gathered|read|see|note|noted|believe|hear|take it|talked|spoke|discussed"
    r"|summari[sz]e|recap|repeat)\b"
)
_THEN: Final = re.compile(r"^(?:\W|and )*(?:then|next|after that|afterwards|first)\b|\b(?:i've|i'm|i'll|with me)\b")
_LABEL: Final = re.compile(r"[^:]{2,60}: (?=.{40})")
_OF_PLANS: Final = re.compile(
    r"\b(?:"
    r"plan|next|steps?|propos\w+|suggest\w*|idea|now|today|tomorrow|done|doing|status|then|will|from here|order"
    r"|way|need|send|looked|found|checked|already|started|meanwhile|hear you|know|understand|hurts|running"
    r"|right away|you|please)\b"
    r"|'ll\b"
)
_LEADS_IN: Final = 70  # characters of a line that only announces the issue: "Let me say it back."


def check_restated(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """FQR-04. A sorry for it is no restating, unless it says the matter exactly."""
    acts = acts_of(marked)
    own = own_words(facts)
    if any(_restates(acts, at, own) for at in range(len(acts))):
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
    """Whether a sentence tells what goes wrong, and is not what we do, ask, promise or are sorry for."""
    one = acts[at]
    said = one.said
    if len(said) < 25 or (one.does & (a.QUESTION | a.ASKS) and not one.does & (a.FRAMES | a.AGREES)):
        return False
    if one.under == a.ISSUE:
        return True
    if not (not _TROUBLE.isdisjoint(one.words) or SYMPTOM.search(said) or shared_words(said, own)):
        return False
    if feels(one) and (one.part == 0 or not one.does & a.FRAMES):
        return _EXACT.search(said) is not None and (one.part > 0 or shared_words(said, own) > 1)
    if _is_asked_about(acts, at):
        return not _WE.match(said) or _WE_SAY.match(said) is not None or _labelled(said)
    if one.does & (a.OURS | a.AGREES) or _WE.match(said) or _THEN.search(said) or steps_of(said, 0):
        return False
    return one.part > 0 or _EXACT.search(said) is not None or shared_words(said, own) > 1


def _is_asked_about(acts: tuple[Act, ...], at: int) -> bool:
    """Whether a sentence is announced as the issue, or followed by "Correct me if …"."""
    one = acts[at]
    before, after = acts[max(0, at - 1)], acts[min(len(acts) - 1, at + 1)]
    announced = before.does & a.FRAMES and len(before.said) < _LEADS_IN
    followed = after is not one and after.part == one.part and after.does & a.AGREES and not one.does & a.OURS
    return bool(one.does & a.FRAMES or announced or followed or _labelled(one.said))


def _labelled(said: str) -> bool:
    """Whether a sentence opens with words and a colon that aren't of what will be done: "Briefly: …"."""
    label = _LABEL.match(said)
    return label is not None and _OF_PLANS.search(label[0]) is None
