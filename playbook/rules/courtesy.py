"""LQR-01.thanks, .survey and .reopen: what a closing mail says to the customer beside the matter."""

import re
from collections.abc import Iterable
from typing import Final

from playbook.rules import words as w
from playbook.rules.base import Facts, Finding
from playbook.rules.marks import Marked, Sentence

# Scenarios in which the customer is asked to leave this survey and to answer the other case's.
OTHER_SURVEY: Final = frozenset({"duplicate", "end-of-contract"})

# ---- thanks ----------------------------------------------------------------------------------------

_THANKS: Final = re.compile(
    r"\b(?:thank(?:s|ing)?\b(?: you)?|grateful|gratitude|thankful|appreciat\w+|obliged|indebted|merci|danke|gracias|grazie"
    r"|obrigad[oa]|kudos|cheers for)"
    r"|\b(?:pleasure|delight|enjoyed|enjoy|good|glad|great|nice|lovely|treat|happy|joy|fun|honou?r|privilege|pleasant)\b.{0,25}"
    r"\b(?:work|working|worked|solve|solving|cooperat\w+|collaborat\w+)\b"
)
_SURVEYED: Final = (
    r"(?:feedback|survey|questionnaire|rating|opinion|views?|answers?|comments?|inputs?|thoughts|remarks?|reply|response"
    r"|replies|suggestions?|assessment|judge?ment|filling|completing|minutes?)"
)
_NO_THANKS: Final = re.compile(
    rf"(?:thanks?|thank you)(?: \w+)? in advance|in advance|^thanks?(?: you)?,? (?:and|&) "
    r"|thanks to (?!you\b|your\b|all\b|both\b|everyone)(?!.{0,60}\bfor\b)"
    r"|thanks? (?:goes|go) to (?!you\b)(?!.*\byou)|thank (?:the|them|him|her|our|my) (?!.*\byou)"
    rf"|(?:would|'d|should|will|'ll)(?: \w+){{0,3}} (?:grateful|thankful|obliged|appreciate|appreciated)\b"
    r"|\bno (?:need to )?thank|(?:grateful|thankful|obliged|appreciate it|appreciated) if\b"
    rf"|(?:thanks?(?: you)?|grateful|appreciate|thankful)(?: \w+){{0,2}} (?:for|of)? ?(?:\w+ ){{0,3}}{_SURVEYED}\b"
    rf"|appreciate (?:\w+ ){{0,3}}{_SURVEYED}|{_SURVEYED}(?: \w+){{0,6}} (?:is|are|be)(?: \w+)? (?:\w+ )?appreciated"
)
_BARE_THANKS: Final = re.compile(
    r"^\W*(?:(?:many|with|best|kind|warm|my) )*(?:thanks?|thank you)(?: (?:again|very much|so much|a lot|a million"
    r"|and (?:kind |best |warm )?regards|& regards|you|indeed))*\W*$"
)
_TAIL: Final = re.compile(r", (?:many )?thanks\W*$")


def check_thanks(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """LQR-01.thanks: for using the product or for working with us. Thanks in advance are none."""
    for sentence in _having(marked.sentences, w.THANKS):
        if sentence.start >= marked.signature and len(sentence.low) < 25:
            continue
        if _gives_thanks(sentence.low):
            return
    product = _plain(facts.known.get("product", ""))
    using = f"using {product}" if product else "using our products"
    yield Finding(
        "LQR-01.thanks",
        "error",
        "The mail thanks the customer neither for using the product nor for working with us.",
        None,
        f"Thank you for {using} and for working on this with us.",
    )


def _gives_thanks(low: str) -> bool:
    if _BARE_THANKS.match(low):
        return False
    spoiled = [found.span() for found in _NO_THANKS.finditer(low)]
    tail = _TAIL.search(low)
    for found in _THANKS.finditer(low):
        if tail and found.start() >= tail.start():
            continue
        if found[0].startswith("appreciated") and not _APPRECIATED.search(low):
            continue
        if not any(start <= found.start() < end for start, end in spoiled):
            return True
    return False


_APPRECIATED: Final = re.compile(
    r"(?:i|we)(?:'ve| have| really| very much| truly| also| greatly)* appreciated|(?:help|patience|time|work|support|effort"
    r"|efforts|cooperation|co-operation|collaboration|trust|business|partnership|care|notes|tests|understanding)"
    r"(?: \w+){0,6} (?:is|are|was|were|been)(?: \w+){0,2} appreciated"
)

# ---- survey ----------------------------------------------------------------------------------------

_SURVEY: Final = re.compile(
    r"\b(?:survey(?:s|ed)?|questionnaires?|csat|poll)\b"
    r"|\bfeedback (?:form|request|e-?mail|mail|link|questions?|invitation|card|sheet)\b"
    r"|\b(?:ask(?:ed|s|ing)?|invite[sd]?|invitation|requests?|want|like|mail|e-?mail|message)\b.{0,50}"
    r"\b(?:to rate|to score|how (?:satisfied|happy|content|well|we|i)\b|rate (?:us|our|my|this|the)|your opinion of|"
    r"evaluate|your experience|(?:few|two|three|four|five|short|quick) (?:\w+ )?questions)"
    r"|\b(?:few|two|three|four|five|short|quick) (?:\w+ )?questions (?:about|on) (?:how|my|our|this case|the (?:case|support))"
    r"|\b(?:rate|score) (?:us|our (?:work|service|support)|my (?:work|service|support)|this case|the support|how (?:we|i))"
    r"|\bsatisfaction (?:form|mail|e-?mail|request|questions|study|check)|\bevaluation (?:form|mail|link|request)"
)
_NO_SURVEY: Final = re.compile(
    r"\b(?:no|without (?:a|any)|neither) (?:\w+ )?(?:survey|questionnaire)\b(?! (?:link )?(?:yet|so far))"
    r"|(?:\bnot|n't|never|no longer) (?:be |get |getting |receive |receiving |expect |send |sent |sending |see |have |trigger |"
    r"going to |asked |any |a |you |to |fill |answer |with |the |another )*(?:survey|questionnaire)"
    r"|(?:survey|questionnaire)s? (?:is|are|was|were|has|have|will|does|do|for this case is|won't|isn't)(?: been| be)? ?"
    r"(?:not\b|n't|never|switched off|turned off|disabled|suppressed|cancell?ed|skipped|left out)"
    r"|(?:ignore|disregard|skip|delete|discard) (?:\w+ ){0,3}(?:survey|questionnaire)"
)
_DELIVERY: Final = re.compile(
    r"\b(?:may|might|will|shall|perhaps|possibly|probably|likely|possible|chance|going to|soon|expect|receive|invit\w+|"
    r"sent to you|send you|your (?:mail|in)box|follows?|arrives?|lands?|on its way|on the way|please|attached|fill|"
    r"complete|take|triggers?|comes?|there's|there is)\b|'ll\b|\b(?:could|would)\b(?!n't)"
)
_PRODUCT_SURVEYS: Final = ("survey", "forms", "questionnaire", "poll", "feedback")


def check_survey(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """LQR-01.survey: may come, and feedback is valued; for a duplicate or an ended contract, leave it."""
    if facts.scenario in OTHER_SURVEY:
        yield from _check_other_survey(marked, facts)
        return
    about = f"{facts.title} {' '.join(facts.known.values())}".lower()
    surveys_are_the_case = any(word in about for word in _PRODUCT_SURVEYS)
    denial: Sentence | None = None
    for sentence in _having(marked.body, w.SURVEY):
        if not _SURVEY.search(sentence.low):
            continue
        if _NO_SURVEY.search(sentence.low):
            denial = sentence
        elif not surveys_are_the_case or (_DELIVERY.search(sentence.low) and not _THEIR_SURVEY.search(sentence.low)):
            return
    why = "It says that no survey comes" if denial else "Nothing says that a survey may come"
    yield Finding(
        "LQR-01.survey",
        "error",
        f"{why} and that the customer's feedback is valued; a feedback forum is about the product, not about us.",
        _span(marked, denial) if denial else None,
        "You may receive a short survey about this case; your feedback is valued, and every answer is read.",
    )


_THEIR_SURVEY: Final = re.compile(
    r"\byour (?:\w+ ){0,2}(?:survey|questionnaire|poll|form)|(?:survey|poll|form) (?:\w+ )?can\b"
)
_LEAVE: Final = re.compile(
    r"\b(?:ignor\w+|disregard\w*|skip\w*|discard\w*|delet\w+|bin it|refrain|overlook\w*|unanswered|set (?:it|that|this|the) \w*"
    r"\s?aside|put (?:it|that|this) aside|pay no (?:attention|heed)|throw (?:it|that) away|pass (?:it|that)? ?over|dismiss)\b"
    r"|\bleave\w* (?:\w+ ){0,8}(?:blank|aside|out|alone|be\b|empty|untouched|unfilled|where)|\bleave (?:it|that one|this one)\b"
    r"|(?:\bnot|n't|no need|needn't|no reason|unnecessary|without|nothing)(?: \w+){0,4} "
    r"(?:answer\w*|fill\w*|complet\w+|respon\w+|repl\w+|tak\w+|react\w*|rat\w+|do\b|bother|spend|use|worry)"
    r"|\bneeds? no (?:answer|reply|response|action)|\b(?:only|solely|just) (?:\w+ ){0,4}(?:survey|the one|that of|for)\b"
    r"|\brather than|\binstead of|\bdoes(?: not|n't) (?:count|matter)|\bno (?:answer|reply|response|action) (?:is )?(?:needed|"
    r"required|necessary|expected)|\b(?:answer|fill|complete|take) (?:\w+ ){0,3}only\b|\bonly (?:answer|fill|complete|take)"
)
_ANSWER: Final = re.compile(
    r"\b(?:answer(?:ing|ed)?|fill(?:ing|ed)?|complet(?:e|ing|ed)|respond(?:ing)?|tak(?:e|ing)|rate|do (?:the|that|answer|fill|take)"
    r"|counts?|matters?|(?:save|keep|give|share|leave|put|tell|hold|reserve|send|use|write|provide|have) (?:\w+ ){0,3}"
    r"(?:feedback|answers?|comments?|opinion|thoughts|views?|words|inputs?|judge?ment|verdict|ratings?|minutes?|us|me|remarks?)"
    r"|wait for|participat\w+|part in|(?:feedback|opinion|answer|reply|response|views?|comments?|input) (?:there|in that|in the|on"
    r"|for the|about the|for \d|is (?:welcome|valued|wanted))|welcome|look forward to|interested in|the one (?:that|i'd|we'd|i|to)"
    r"|goes|belongs?|value|valued|appreciate|glad|happy|pleased|grateful|thankful|reply|attention|time)\b"
)
_NEGATION: Final = re.compile(
    r"(?:\bnot|n't|no need|needn't|no reason|unnecessary|without|\bno|nothing|\bnever|refrain from|instead of|rather than|"
    r"ignore|disregard|skip)(?: \w+){0,5} ?$"
)
_ELSEWHERE: Final = re.compile(
    r"\b(?:other|second|next|new|later|latter|former|first|remaining|surviving|main|one|when|once|after|at the end|instead|"
    r"there|only|follows?|that (?:case|survey))\b|\d{4}"
)


def _check_other_survey(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """Leave the survey of the case that is closed, and do answer the one of the case that goes on."""
    said: list[Sentence] = []
    before = -2
    for place, sentence in enumerate(marked.body):
        about = sentence.marks & w.SURVEY and (_SURVEY.search(sentence.low) or "feedback" in sentence.low)
        if about or (place == before + 1 and not _OTHER_MATTER.search(sentence.low)):
            said.append(sentence)
        if about:
            before = place
    low = " ".join(one.low for one in said)
    leaves = _LEAVE.search(low) is not None
    answers = any(
        not _NEGATION.search(low[max(0, found.start() - 45) : found.start()]) for found in _ANSWER.finditer(low)
    ) and _ELSEWHERE.search(low)
    if leaves and answers:
        return
    lacks = (
        "The customer isn't asked to answer the survey of the case that goes on"
        if leaves
        else "The customer isn't asked to leave the survey of the case that is closed"
    )
    wrong = (
        None if leaves else next((one for one in said if _ANSWER.search(one.low) and _SURVEYS.search(one.low)), None)
    )
    closed = _plain(facts.known.get("duplicate_case", "")) or "this case"
    goes_on = (
        _plain(facts.known.get("surviving_case", "") or facts.known.get("new_case", "")) or "the case that goes on"
    )
    yield Finding(
        "LQR-01.survey",
        "error",
        f"{lacks}, so the feedback may end up at the wrong one.",
        _span(marked, wrong) if wrong else None,
        f"Please leave the survey for {closed} unanswered, and answer the one for {goes_on}: that feedback is valued.",
    )


_SURVEYS: Final = re.compile(r"\b(?:survey|questionnaire)")
_OTHER_MATTER: Final = re.compile(
    r"\b(?:thanks?|thank you|grateful for the|my manager|reach me|call me|my number|reopen)\b"
)

# ---- reopening -------------------------------------------------------------------------------------

_THING: Final = (
    r"(?:it|this|that|things|(?:this|the|your|our)(?: \w+)? (?:case|ticket|request|matter|issue|thread|one))"
)
_REOPEN: Final = re.compile(
    r"\bre-?open\w*|\bre-?activat\w+|\bun-?archiv\w+|\breviv\w+|\bre-?start (?:the|this|your) (?:case|ticket|request)"
    rf"|\bopen(?:s|ed|ing)?\b(?: {_THING})?(?: \w+){{0,3}} (?:again|back|anew|afresh|once more)\b"
    rf"|\bopen(?:s|ed|ing)? (?:again|back|anew)|\bopen {_THING} up|\bopen for (?:you|another)|\bstays? open|\b(?:case|ticket) is open\b"
    rf"|\b(?:pick|picks|picked|take|taken|taking|picking) {_THING}?(?: (?:right|straight|all))? ?(?:back )?up\b|\bback up\b"
    rf"|\b(?:continue|carry on|carries on|go on|going on|goes on|resume|start again|start|begin|proceed)\b(?: \w+){{0,3}} "
    r"(?:where|from (?:the|these|there|here|where|our|what|that))\b|\bleft off\b|\bresum(?:e|ed|ing|ption)\b"
    rf"|\b(?:bring|brings|get|gets|have|wake|waking|call|put) {_THING} (?:straight |right |all )?(?:back|up again|alive)"
    r"|\b(?:in|into|on|onto|to) (?:my|our) (?:queue|desk|list|plate|hands|table)|\b(?:continue|carry on|go on|proceed)(?: \w+){0,2} in (?:it|this|the same)\b|\bcomes? (?:straight |right )?back to (?:me|us)"
    r"|\bback to life|\b(?:look|looking|go|dig|get) (?:in|into|at|through|back to) (?:it|this|that|the case) (?:once )?again"
    r"|\b(?:another|a second|a fresh|a new|a further) look|\b(?:unlock|reinstat|re-?awaken)\w*"
)
_BACK_AGAIN: Final = re.compile(
    r"\b(?:if|should|in case|whenever|when|were|were to|in the event|unless|as soon as|once|any time)\b.{0,120}"
    r"\b(?:again|back|returns?|recurs?|re-?appears?|re-?occurs?|resurfaces?|persists?|worse|come up|comes up|show up|shows up"
    r"|repeats?|not (?:hold|last)|doesn't (?:hold|last)|further (?:trouble|problems|issues with (?:it|this))|recurrence)\b"
)
_CALLS_BACK: Final = re.compile(
    r"\b(?:reply|respond|hit reply|get in touch|reach out|revert|get back to|come back to|let (?:me|us) know|tell (?:me|us)|shout"
    r"|(?:write|contact|call|ring|ping|e-?mail|mail|drop|give) (?:to )?(?:me|us)|answer (?:this|me|here|by|my)|(?:simply|just) (?:write|answer)"
    r"|(?:a|one|two) (?:short |quick |single )?(?:lines?|words?|note|message|e-?mail|mail|reply|call) (?:to|from|is|will|suffices))\b"
)
_CANT: Final = re.compile(
    r"(?:can't|cannot|can not|couldn't|won't|will not|may not|not able to|unable to|not possible to|impossible to|no way to"
    r"|no longer|is not to|never|not be|isn't possible to|n't be|not allowed to|don't|do not|not going to|neither)"
    r"(?! hesitate)(?: be)?(?: (?!hesitate|think|worry|raise|create|need|have|let|be shy|fear)\w+){0,2} ?$"
)
_NOT_AFTER: Final = re.compile(
    r"^(?:\w*)(?: (?:it|this|the case|a (?:closed )?case|of (?:the|this|a) (?:closed )?case))?(?: \w+){0,2} ?"
    r"(?:is not|isn't|is no longer|is impossible|won't be|will not be|not possible|cannot|can't)"
)
_HISTORY: Final = re.compile(r"(?:\b(?:was|were|had|has been|have been|had been|i|we|you|after)(?: \w+ly)?) $")
_CASE_OPENED: Final = re.compile(r"\b(?:be|it|case|ticket|request|this|being|one|have|get) (?:\w+ly )?$")
_NEW_CASE: Final = re.compile(
    r"\b(?:new|another|fresh|separate|further) (?:\w+ ){0,2}(?:case|ticket|request|one|sr|call|incident)\b"
)


def check_reopen(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """LQR-01.reopen: the customer may have this case again. "Raise a new case" is no such invitation."""
    denial: Sentence | None = None
    for sentence in _having(marked.body, w.REOPEN | w.MAYBE):
        low = sentence.low
        for found in _REOPEN.finditer(low):
            ahead = low[max(0, found.start() - 60) : found.start()]
            if _CANT.search(ahead) or ("open" in found[0] and _NOT_AFTER.match(low[found.end() : found.end() + 60])):
                denial = sentence
            elif found[0].startswith("opened") and not _CASE_OPENED.search(ahead):
                continue
            elif not (found[0].endswith("opened") and _HISTORY.search(ahead)):
                return
        again = _BACK_AGAIN.search(low)
        if again and not _NEW_CASE.search(low) and denial is not sentence and _CALLS_BACK.search(low, again.start()):
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
        _span(marked, denial) if denial else None,
        "If you need us on this again, answer this mail and I'll reopen the case.",
    )


# ---- shared ----------------------------------------------------------------------------------------


def _having(sentences: list[Sentence], mark: int) -> list[Sentence]:
    return [one for one in sentences if one.marks & mark]


def _span(marked: Marked, sentence: Sentence) -> tuple[int, int]:
    """The sentence's place without the blanks around it and without its bullet."""
    start = sentence.start + len(sentence.low) - len(sentence.low.lstrip(" \t-*•"))
    return start, sentence.start + len(sentence.low.rstrip())


def _plain(value: str) -> str:
    """A case's value as part of a line of ours: one line, not too long."""
    return " ".join(value.split())[:80]
