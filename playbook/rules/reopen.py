"""LQR-01.reopen: the customer may have this case again, and is told so."""

import re
from collections.abc import Iterable
from typing import Final

from playbook.rules.base import Facts, Finding
from playbook.rules.marks import Marked, Sentence, place_of

_THING: Final = (
    r"(?:it|this|that|things|(?:this|the|your|our)(?: \w+)? (?:case|ticket|request|matter|issue|thread|one))"
)
_REOPEN: Final = re.compile(
    r"\bre-?open\w*|\bre-?activat\w+|\bun-?archiv\w+|\breviv\w+"
    r"|\bre-?start (?:the|this|your) (?:case|ticket|request)"
    rf"|\bopen(?:s|ed|ing)?\b(?: {_THING})?(?: \w+){{0,3}} (?:again|back|anew|afresh|once more)\b"
    r"|\bopen(?:s|ed|ing)? (?:again|back|anew)"
    rf"|\bopen {_THING} up|\bopen for (?:you|another)|\bstays? open|\b(?:case|ticket) is open\b"
    rf"|\b(?:pick|picks|picked|take|taken|taking|picking) {_THING}?(?: (?:right|straight|all))? ?(?:back )?up\b"
    r"|\bback up\b"
    r"|\b(?:continue|carry on|carries on|go on|going on|goes on|resume|start again|start|begin|proceed)\b"
    r"(?: \w+){0,3} (?:where|from (?:the|these|there|here|where|our|what|that))\b"
    r"|\bleft off\b|\bresum(?:e|ed|ing|ption)\b"
    r"|\b(?:bring|brings|get|gets|have|wake|waking|call|put)"
    rf" {_THING} (?:straight |right |all )?(?:back|up again|alive)"
    r"|\b(?:in|into|on|onto|to) (?:my|our) (?:queue|desk|list|plate|hands|table)"
    r"|\b(?:continue|carry on|go on|proceed)(?: \w+){0,2} in (?:it|this|the same)\b"
    r"|\bcomes? (?:straight |right )?back to (?:me|us)"
    r"|\bback to life"
    r"|\b(?:look|looking|go|dig|get) (?:in|into|at|through|back to) (?:it|this|that|the case) (?:once )?again"
    r"|\b(?:another|a second|a fresh|a new|a further) look"
    r"|\b(?:unlock|reinstat|re-?awaken|woken|resurrect|rous(?:e|ed|es)\b|undo(?:es|ne)?\b)\w*"
    r"|\bwak(?:e|es|en|ens|ing)\b"
    r"|\b(?:case|ticket|file|matter) (?:\w+ )?(?:"
    r"opens|runs|lives|goes on|continues|carries on|springs|comes back|returns|is (?:back|active|alive|live))\b"
)
_SAME_CASE: Final = re.compile(  # literally this case again; the other ways of saying it may also fit a new one
    r"\bre-?open|\bre-?activat|\bun-?archiv|\breviv|\bre-?start"
    r"|\bopen\w*\b.*\b(?:again|anew|afresh|once more)"
    r"|\bunlock|\breinstat"
)
_IS_OPEN: Final = re.compile(
    r"\b(?:it|case|ticket|this)(?:'s| is| will be|'ll be) (?:\w+ )?open\b(?! (?:until|till|for|since|at)\b)"
)
_NO_NEW: Final = re.compile(
    r"\b(?:without|no need|don't need|do not need|needn't|instead of|rather than|not|no)\b[^.]{0,30}\b(?:new|another)\b"
)
# However it is put, an invitation speaks of another time and of a way to say so, and of no other matter.
_ANOTHER_TIME: Final = re.compile(
    r"\b(?:if|should|whenever|when|in case|were (?:it|this|you|the)|again|back|needs?|wants?|wish|like|once more"
    r"|another|recur\w*|after(?:wards)?|always|any ?time|also|continu\w+|go(?:es)? on|open|alive|live|undo\w*"
    r"|wak\w+|reviv\w+|further|away|without)\b"
    r"|\?"
)
_SAYS_SO: Final = re.compile(
    r"\b(?:repl(?:y|ies|ying)|respond\w*|revert|portal|shout|holler|ping|knock|i'm (?:here|there|back)"
    r"|say (?:so|stop|the word|when|it)"
    r"|(?:tell|call|ring|drop|contact|mail|e-?mail|write|ask|phone) (?:to )?(?:me|us|back|here)"
    r"|writ(?:e|ing)(?: (?:on|in|again|once|and)\b|[.,;:!?]|$)"
    r"|(?<!the )answer(?:ing)?(?! (?:is|for|to the|would|that))"
    r"|let (?:me|us) know|get in touch|hear from you"
    r"|(?:an?|(?<!in )one|any|your|by|this|simple|short|single|quick|from) (?:\w+ )?(?:"
    r"reply|answer|mail|e-?mail|message|letter|line|word|note|click|call|sign|signal|hello)"
    r"(?! (?:to|that|which|with|about|of)\b)\b)"
)
_OTHER_MATTER: Final = re.compile(
    r"@|\d[\d ()-]{6,}\d"
    r"|\b(?:free to contact|survey|questionnaire|feedback|manager|boss|forum|questions?|else|other|concerns?|how"
    r"|thank\w*|premature|unsatisfied|satisfied|unhappy|too (?:early|soon)|i'll (?:write|call|ring|try)"
    r"|clos(?:e|ing) (?:it|the|this)|promised|export|capture|download|collect|trace|diagnostic\w*|manuals?|curious"
    r"|interested)\b"
)
_CANT: Final = re.compile(
    r"(?:can't|cannot|can not|couldn't|won't|will not|may not|not able to|unable to|not possible to|impossible to"
    r"|no way to|no longer|is not to|rather than|instead of|never|not be|isn't possible to|n't be|not allowed to"
    r"|don't|do not|not going to|neither)"
    r"(?! hesitate)(?: be)?(?: (?!hesitate|think|worry|raise|create|need|have|let|be shy|fear)\w+){0,2} ?$"
)
_NOT_AFTER: Final = re.compile(
    r"^(?:\w*)(?: (?:it|this|the case|a (?:closed )?case|of (?:the|this|a) (?:closed )?case))?(?: \w+){0,2} ?(?:"
    r"is not|isn't|is no longer|is impossible|won't be|will not be|not possible|cannot|can't)"
)
_HISTORY: Final = re.compile(r"(?:\b(?:was|were|had|has been|have been|had been|i|we|you|after)(?: \w+ly)?) $")
_CASE_OPENED: Final = re.compile(r"\b(?:is|are|gets|got|be|it|case|ticket|request|this|being|one|have|get) (?:\w+ )?$")
_NEW_CASE: Final = re.compile(
    r"\b(?:log|raise|file|submit|register|create) (?:it|a|an|one|this|that)\b"
    r"|\b(?:new|another|other|different) (?:trouble|problems?|issues?)\b"
    r"|\b(?:new|another|fresh|separate|further) (?:\w+ ){0,2}(?:case|ticket|request|one|sr|call|incident)\b"
)


def check_reopen(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """LQR-01.reopen: the customer may have this case again. "Raise a new case" is no such invitation."""
    denial: Sentence | None = None
    for sentence in reversed(marked.body):  # such an invitation stands near the end
        low = sentence.low
        anew = _NEW_CASE.search(low) is not None and not _NO_NEW.search(low)
        for found in _REOPEN.finditer(low):
            ahead = low[max(0, found.start() - 60) : found.start()]
            if _CANT.search(ahead) or ("open" in found[0] and _NOT_AFTER.match(low[found.end() : found.end() + 60])):
                denial = sentence
            elif not (
                (anew and not _SAME_CASE.match(found[0]))
                or (found[0].startswith("opened") and not _CASE_OPENED.search(ahead))
                or (found[0].endswith("opened") and _HISTORY.search(ahead))
            ):
                return
        if anew or denial is sentence:
            continue
        if _IS_OPEN.search(low):
            return
        if _SAYS_SO.search(low) and _ANOTHER_TIME.search(low) and not _OTHER_MATTER.search(low):
            return
    why = (
        "It says that the case can't be reopened"
        if denial
        else "Nothing invites the customer to have this case reopened"
    )
    yield Finding(
        "LQR-01.reopen",
        "error",
        f"{why}; a new case would make the customer start over.",
        place_of(denial) if denial else None,
        "If you need us on this again, answer this mail and I'll reopen the case.",
    )
