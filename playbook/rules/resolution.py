"""LQR-01.resolution: what solved it, or who has it now."""

import re
from collections.abc import Iterable
from typing import Final

from playbook.rules.base import Facts, Finding
from playbook.rules.fixing import tells_fix
from playbook.rules.marks import Marked
from playbook.rules.problem import is_of_the_matter
from playbook.rules.symptom import MIGHT

_FIX_LABEL: Final = re.compile(
    r"^[\W\d]*(?:the |our |your |final |agreed )?(?:resolution|solution|fix(?:ed by)?|workaround|remedy"
    r"|what (?:"
    r"solved|fixed|helped|we did|worked|resolved|cured|was done|we changed|you did|put it right|did the trick"
    r"|mended)"
    r"|how (?:it was|we|you|this was)"
    r"|solved by|resolved by|actions?(?: taken)?|measures?(?: taken)?|outcome|result|steps(?: taken)?"
    r"|corrective action|cure|mended by|done|change(?: made)?|answer)\b[^:\n]{0,24}(?::|\s[–-]\s)\s*\W?\w.{8,}"
)
# "Resolution: it works now." is a label without what belongs to it.
_ONLY_WORKS: Final = re.compile(
    r"^[^:\n]{0,60}?(?::|\s[–-]\s)\s*(?:[\w' ]{0,40}\b)?(?:"
    r"works?|working|fine|ok|okay|normal|solved|resolved|gone|fixed|closed|confirmed|well|stable|restored|back|good"
    r"|running|clear)\b[\w ,']{0,30}[.!]?\s*$"
)
_ENOUGH: Final = 3  # sentences about the matter: the problem and its cause take two, so one of them may tell the fix


def check_resolution(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """LQR-01.resolution: what solved it, or who has it now. That it works again is not what solved it."""
    if any(_FIX_LABEL.match(one.low) and not _ONLY_WORKS.match(one.low) for one in marked.body):
        return
    greeted = marked.greeting[1] + 2 if marked.greeting else -1
    told = 0
    for sentence in marked.body:
        told += sentence.end > greeted and is_of_the_matter(sentence.low)
        if told >= _ENOUGH:
            return
        if not MIGHT.search(sentence.low) and tells_fix(sentence.low):
            return
    known = " ".join(facts.known.get("resolution", "").split())[:300]
    yield Finding(
        "LQR-01.resolution",
        "error",
        "The mail doesn't say what solved it, which is what the customer will look for next time.",
        None,
        f"Resolution: {known}"
        if len(known) > 8
        else "Resolution: the steps that we took together solved it; they are noted in the case.",
    )
