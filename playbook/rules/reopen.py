"""LQR-01.reopen: the customer may have this case again, and is told so."""

import re
from collections.abc import Iterable
from typing import Final

from playbook.rules import words as w
from playbook.rules.base import Facts, Finding
from playbook.rules.marks import Marked, Sentence, place_of

_THING: Final = (
    r"(?:it|this|that|things|(?:this|the|your|our)(?: \w+)? (?:case|ticket|request|matter|issue|thread|one))"
)
_REOPEN: Final = re.compile(
    r"\bre-?open\w*|\bre-?activat\w+|\bun-?archiv\w+|\breviv\w+|\bre-?start (?:the|this|your) (?:case|ticket|request)"
    rf"|\bopen(?:s|ed|ing)?\b(?: {_THING})?(?: \w+){{0,3}} (?:again|back|anew|afresh|once more)\b"
    rf"|\bopen(?:s|ed|ing)? (?:again|back|anew)|\bopen {_THING} up|\bopen for (?:you|another)|\bstays? open"
    rf"|\b(?:case|ticket) is open\b"
    rf"|\b(?:pick|picks|picked|take|taken|taking|picking) {_THING}?(?: (?:right|straight|all))? ?(?:back )?up\b"
    rf"|\bback up\b"
    rf"|\b(?:continue|carry on|carries on|go on|going on|goes on|resume|start again|start|begin"
    rf"|proceed)\b(?: \w+){{0,3}} "
    r"(?:where|from (?:the|these|there|here|where|our|what|that))\b|\bleft off\b|\bresum(?:e|ed|ing|ption)\b"
    rf"|\b(?:bring|brings|get|gets|have|wake|waking|call|put) {_THING} (?:straight |right |all )?(?:back|up again"
    rf"|alive)"
    r"|\b(?:in|into|on|onto|to) (?:my|our) (?:queue|desk|list|plate|hands|table)|\b(?:continue|carry on|go on"
    r"|proceed)(?: \w+){0,2} in (?:it|this|the same)\b|\bcomes? (?:straight |right )?back to (?:me|us)"
    r"|\bback to life|\b(?:look|looking|go|dig|get) (?:in|into|at|through|back to) (?:it|this|that"
    r"|the case) (?:once )?again"
    r"|\b(?:another|a second|a fresh|a new|a further) look|\b(?:unlock|reinstat|re-?awaken|woken)\w*"
)
_SAME_CASE: Final = re.compile(  # literally this case again; the other ways of saying it may also fit a new one
    r"\bre-?open|\bre-?activat|\bun-?archiv|\breviv|\bre-?start|\bopen\w*\b.*\b(?:again|anew|afresh|once more)|\bunlock"
    r"|\breinstat"
)
_AWAKENS: Final = re.compile(
    r"\b(?:wak(?:e|es|en|ens|ing)|resurrect\w*|rous(?:e|es|ing)|awakens?|re-?viv\w+|breath\w* new life)\b"
    r"|\b(?:without|no need (?:for|to (?:open|raise|create|log))|don't need|needn't|instead of|rather than|no)"
    r" (?:\w+ ){0,4}(?:new|another|second) (?:case|ticket|request|number|one)\b"
)
_DOOR: Final = re.compile(
    r"\b(?:answer|reply|mail|line|word|message|call)\b.{0,20}\bundo(?:es)?\b|\bundone\b.{0,20}\b(?:answer|reply|mail|line|word|message)\b|"
    r"\b(?:a|one|just a|only a)(?: \w+)? (?:reply|answer|mail|e-?mail|line|word|call|click|message) away\b|\bdoor (?:is|stays|remains)"
    r"(?: \w+)? open\b|\b(?:out of|from) the (?:archive|drawer)\b|\bdust\w* (?:it|this|the case) off\b"
    r"|\b(?:i'm|i am|we're|we are|i'll be|we'll be) (?:right |straight )?back (?:on|at) (?:it|this|the case)\b|\bso am i\b"
    r"|\byou (?:need only|only need to|only have to|have only to|just have to|just need to|can always|can simply|can just"
    r"|may always) (?:write|answer|reply|call|mail|ring|say)\b.{0,60}\b(?:case|goes on|continues?|carry|back|again|it)\b"
)
_ON_A_WORD: Final = re.compile(  # what the customer does to have it back: "a reply", "write to me", "the portal"
    r"\b(?:a|your|one|any|by) (?:\w+ ){0,2}(?:reply|answer|mail|e-?mail|line|word|message|note|call|click|sentence|sign)\b|\breply(?:ing)?\b"
    r"|\bportal\b|\b(?:write|answer|mail|call|ring|ping|tell|contact|drop) (?:to )?(?:me|us|this|here)\b|\b(?:by|to) (?:writ|answer)ing\b"
    r"|\b(?:say|give) (?:so|the word|a shout)\b|\bon your (?:word|request|signal)\b"
)
_HAVE_IT_BACK: Final = re.compile(
    r"\b(?:case|ticket|request|matter|it|this|everything|file)\b.{0,90}\b(?:again|back|once more|alive|live|anew|afresh|awake|further"
    r"|continues?|goes on|carries on|restored?|reviv\w+|resum\w+|re-\w+ed|active|in motion|up and running)\b"
    r"|\b(?:brings?|brought|calls?|called|fetch\w*|takes?|taken|pull\w*|puts?|gets?|have|has|restor\w+|return\w*|resum\w+|continue|turns?)\b"
    r".{0,30}\b(?:case|ticket|request|matter|it|this|file)\b.{0,30}\b(?:back|again|up|out|on|live|alive|open)\b"
)
_OTHER_MATTER: Final = re.compile(
    r"\b(?:survey|questionnaire|manager|feedback|thank|thanks|curious|how you|how did|next step|i(?:'ll| will| can| shall)"
    r" (?:\w+ )?(?:write|call|ring|send|get back|come back|be back|let you))\b"
)
_IS_OPEN: Final = re.compile(
    r"\b(?:it|case|ticket|this)(?:'s| is| will be|'ll be) (?:\w+ )?open\b(?! (?:until|till|for|since|at)\b)"
)
_WE_GO_ON: Final = re.compile(
    r"\b(?:carry on|carries on|continu(?:e|es|ing)|go(?:es)? on|going on|resum(?:e|es|ing)|(?:take|takes|taking|pick"
    r"|picks) (?:it|this|that|things|matters|over|up)|further|back (?:on|to|at) (?:it|this|work)|on (?:it|the case)"
    r" again|once more|another (?:round|go))\b"
)
_NO_NEW: Final = re.compile(
    r"\b(?:without|no need|don't need|do not need|needn't|instead of|rather than|not|no)\b[^.]{0,30}\b(?:new|another)\b"
)
_BACK_AGAIN: Final = re.compile(
    r"\b(?:if|should|in case|whenever|when|were|were to|in the event|unless|as soon as|once|any time)\b.{0,120}"
    r"\b(?:again|back|returns?|recurs?|re-?appears?|re-?occurs?|resurfaces?|persists?|worse|come up|comes up|show up"
    r"|shows up"
    r"|repeats?|not (?:hold|last)|doesn't (?:hold|last)|further (?:trouble|problems|issues with (?:it|this))"
    r"|recurrence)\b"
)
_CALLS_BACK: Final = re.compile(
    r"\b(?:reply|respond|hit reply|get in touch|revert(?! (?:back )?to you)|get back to (?:me|us)|come back to (?:me|us)|reach out to (?:me|us)|let (?:me|us) know"
    r"|tell (?:me|us)|shout"
    r"|(?:write|contact|call|ring|ping|e-?mail|mail|drop|give) (?:to )?(?:me|us)|answer (?:this|me|here|by|my)"
    r"|(?:send|give|drop|leave) (?:me |us )?(?:a|an|any|the) (?:\w+ )?(?:sign|line|word|note|shout|message|mail|signal|hint|ring)"
    r"|raise your hand|knock|(?:simply|just) (?:write|answer)"
    r"|(?:a|one|two) (?:short |quick |single )?(?:lines?|words?|note|message|e-?mail|mail|reply|call) (?:to|from|is"
    r"|will|suffices))\b"
)
_CANT: Final = re.compile(
    r"(?:can't|cannot|can not|couldn't|won't|will not|may not|not able to|unable to|not possible to|impossible to"
    r"|no way to"
    r"|no longer|is not to|rather than|instead of|never|not be|isn't possible to|n't be|not allowed to|don't|do not|not going to|neither)"
    r"(?! hesitate)(?: be)?(?: (?!hesitate|think|worry|raise|create|need|have|let|be shy|fear)\w+){0,2} ?$"
)
_NOT_AFTER: Final = re.compile(
    r"^(?:\w*)(?: (?:it|this|the case|a (?:closed )?case|of (?:the|this|a) (?:closed )?case))?(?: \w+){0,2} ?"
    r"(?:is not|isn't|is no longer|is impossible|won't be|will not be|not possible|cannot|can't)"
)
_HISTORY: Final = re.compile(r"(?:\b(?:was|were|had|has been|have been|had been|i|we|you|after)(?: \w+ly)?) $")
_CASE_OPENED: Final = re.compile(
    r"\b(?:is|are|gets|got|be|it|case|ticket|request|this|being|one|have|get) (?:\w+ly )?$"
)
_NEW_CASE: Final = re.compile(
    r"\b(?:log|raise|file|submit|register|create) (?:it|a|an|one|this|that)\b|\b(?:new|another|other|different) (?:trouble|problems?|issues?)\b|"
    r"\b(?:new|another|fresh|separate|further) (?:\w+ ){0,2}(?:case|ticket|request|one|sr|call|incident)\b"
)


def check_reopen(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """LQR-01.reopen: the customer may have this case again. "Raise a new case" is no such invitation."""
    denial: Sentence | None = None
    for sentence in marked.having(w.REOPEN | w.MAYBE):
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
        again = _BACK_AGAIN.search(low)
        if (
            _AWAKENS.search(low)
            or _DOOR.search(low)
            or _IS_OPEN.search(low)
            or (again and _CALLS_BACK.search(low, again.start()))
        ):
            return
        if _WE_GO_ON.search(low) and _CALLS_BACK.search(low):
            return
        if _HAVE_IT_BACK.search(low) and _ON_A_WORD.search(low) and not _OTHER_MATTER.search(low):
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
