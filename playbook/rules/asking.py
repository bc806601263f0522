"""FQR-01.effort, FQR-09: how much is asked of the customer, and how."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from playbook.rules import acts as a
from playbook.rules.acts import Act, acts_of
from playbook.rules.base import Facts, Finding
from playbook.rules.marks import Marked, place_of
from playbook.rules.questions import closed_question

MOST: Final = 5  # things asked of the customer in one mail
_WH: Final = (
    r"(?:"
    r"what|which|when|where|who|whom|whose|how|why|since when|by when|by what|for how|to what|in what|in which"
    r"|on which|at what|at which|from which|from where|with which)"
)
_OPEN: Final = re.compile(rf"^(?:\W|and |or |also |but |so |then |first |second |third |finally )*{_WH}\b")
_LATE_OPEN: Final = re.compile(rf"[:,] (?:and )?{_WH}\b")
_ASKED: Final = re.compile(rf"(?:^|[,:;] (?:and |or )?| and ){_WH}\b")


def check_questions(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """FQR-09: information asked for with a yes/no question. Agreement, permission, offers and times are not meant."""
    for one in acts_of(marked):
        if not one.does & a.QUESTION:
            continue
        question = closed_question(one.said)
        if question:
            yield Finding(
                "FQR-09",
                "warning",
                f"“{question[:80]}” can be answered with a bare yes or no: an open question brings more.",
                place_of(one.sentence),
                _opened(question),
            )
            return


def _opened(question: str) -> str:
    """An open rewording: what was asked, asked with what or which."""
    low = question.lower()
    if re.match(r"(?:did|have|has) (?:you|anyone|anybody|your|anything|something|there)\b", low):
        return "What has changed on your side since it last worked, and when?"
    if re.match(r"(?:is|are|do|does|was|were)\b", low):
        return "What do you see, on which machines, and for whom?"
    return "What can you tell me about that?"


def check_effort(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """FQR-01.effort: more than a handful of asks, or one that the case has answered already."""
    acts = acts_of(marked)
    asked = list(_asked(acts))
    total = sum(number for _, number in asked)
    if total > MOST:
        yield Finding(
            "FQR-01.effort",
            "warning",
            f"The mail asks for {total} things: ask for the {MOST} or fewer that move it on now, and get the rest yourself.",
            place_of(asked[0][0].sentence),
            "",
        )
        return
    for act, _ in asked:
        known = _known(act.said, facts)
        if known:
            yield Finding(
                "FQR-01.effort",
                "warning",
                f"The case has this already: {known[0].replace('_', ' ')} is “{known[1][:60]}”. Don't ask for it again.",
                place_of(act.sentence),
                "",
            )
            return


def _asked(acts: tuple[Act, ...]) -> Iterator[tuple[Act, int]]:
    """Each act that asks for something, and for how many things."""
    listing = False
    for at, one in enumerate(acts):
        item = bool(one.does & a.ITEM)
        if not item:
            listing = one.said.endswith(":") and (bool(one.does & a.ASKS) or one.under == a.NEEDS)
        if item and (listing or one.under == a.NEEDS):
            if len(one.said) > 1:
                yield one, 1
            continue
        if one.does & a.AGREES and not one.does & a.ASKS:
            continue
        if one.said.endswith(":") and at + 1 < len(acts) and acts[at + 1].does & a.ITEM:
            continue
        if one.does & a.QUESTION and not one.does & a.ASKS:
            if not one.does & a.OFFERS and _wants_facts(one.said):
                yield one, max(1, len(_ASKED.findall(one.said)))
        elif one.does & a.ASKS and not (one.does & a.AGREES and not one.does & a.QUESTION):
            yield one, _things(one.said)


def _wants_facts(said: str) -> bool:
    return _OPEN.match(said) is not None or bool(closed_question(said)) or _LATE_OPEN.search(said) is not None


def _things(said: str) -> int:
    """How many things an asking sentence names: "send A, B, C and D"."""
    ask = re.search(r"\b(?:send|share|provide|attach|upload|tell|give|collect|list|need|include|forward)\b(.*)", said)
    if not ask:
        return 1
    rest = re.split(r"[.?!;]| so that | because | then ", ask[1])[0]
    pieces = [piece for piece in re.split(r", (?:and )?| and | as well as |, plus ", rest) if len(piece) > 2]
    return max(1, len(pieces)) if len(pieces) >= 4 else 1


_SYNONYMS: Final = {
    "error": r"\b(?:(?:which|what) error\b(?! log| rate)|(?:exact |precise |full )?error (?:message|code|text|number)(?: do| did| is| that| you|[?.,]|$))",
    "since": r"(?:since when|since (?:which|what) (?:date|day|time)|when (?:did|does|has|was) (?:it|this|the \w+|that)(?: \w+){0,3} (?:start|begin|first|begun|started|occur|appear|happen)\w*|how long (?:has|have|this|it)|start(?:ing)? (?:date|time)|date (?:it|of the first)|when it (?:started|began|first))",
    "site": r"(?:site|location|office|branch)",
    "region": r"(?:azure )?(?:region|data ?cent(?:re|er)|location)",
    "subscription": r"subscription(?: id| name)?",
    "vm": r"(?:name of the )?(?:vm|virtual machine|machine)(?: name)?",
    "vm_size": r"(?:vm size|size of the (?:vm|vms|virtual machines?|machines?)|sku)",
    "app_version": r"(?:app(?:lication)? version|version of (?:the|your) app(?:lication)?)",
    "product": r"(?:product|service)",
    "version": r"version",
    "client": r"client(?: version)?",
    "severity": r"severity",
    "users": r"(?:number of users|how many users)",
    "devices": r"(?:number of devices|how many devices)",
    "servers": r"(?:number of servers|how many servers)",
}
_NUMBER: Final = re.compile(r"^\d+$")
_HEAD: Final = (
    r"(?:^"
    r"|(?:"
    r"send|give|tell|share|provide|state|name|confirm|need|know|forward|include|say|specify|indicate|me|us|,"
    r"|[:;]) )(?:me |us |also |for me |to know |what |which |again )*(?:is |are |was )?(?:"
    r"the |your |us the |me the |an? |exact |full |affected |name of (?:the |your )?|id of (?:the |your )?"
    r"|number of (?:the |your )?)*"
)
_AFTER: Final = (
    r"(?:'s)?(?: (?:name|id|number|code|message|address(?: of the \w+(?: office)?)?))?(?="
    r"$|[,.?;:)]| \(| and | is | are | do | does | did | was | were | you | it | this | that "
    r"| the (?:\w+ )?(?:is|runs?|lives?)\b"
    r"| in question| concerned| affected| again| so | where | for (?:me|us|this)| on which| please)"
)


_SHAPES: Final = {key: re.compile(shape) for key, shape in _SYNONYMS.items()}


def _speaks_of(said: str, key: str) -> bool:
    """Whether a sentence holds a fact's name, or what people call it."""
    known = _SHAPES.get(key)
    return known.search(said) is not None if known else key.replace("_", " ").lower() in said


def _known(said: str, facts: Facts) -> tuple[str, str] | None:
    """The fact of the case that a sentence asks for."""
    product = "|".join(re.escape(word) for word in facts.known.get("product", "").lower().split()) or "azure"
    for key, value in facts.known.items():
        if not value or (value.lower() in said and len(value) > 2):
            continue  # who names it doesn't ask for it
        if not _speaks_of(said, key):
            continue  # what names the product is a pattern of this case's own, and has to be compiled
        shape = _SYNONYMS.get(key) or re.escape(key.replace("_", " ").lower())
        if _NUMBER.match(value) and key.endswith("s") and key not in _SYNONYMS:
            shape = rf"(?:number of {shape}|how many {shape})"
        named = rf"(?:which|what) (?:(?:{product}) )*{shape}(?! (?:of|for|version|size|names?)\b)(?= |\?)"
        if re.search(named, said) or re.search(
            rf"{_HEAD}(?:(?:{product}) )*{shape}{_AFTER}"
            if key not in ("error", "since", "users", "devices", "servers")
            else shape,
            said,
        ):
            return key, value
    return None
