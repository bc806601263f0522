"""LQR-01.survey: one may come, and feedback is valued; or this one is left and the other is answered."""

import re
from collections.abc import Iterable
from typing import Final

from playbook.rules import words as w
from playbook.rules.base import Facts, Finding
from playbook.rules.marks import Marked, Sentence, one_line, place_of

# Scenarios in which the customer is asked to leave this survey and to answer the other case's.
OTHER_SURVEY: Final = frozenset({"duplicate", "end-of-contract"})
_SURVEY: Final = re.compile(
    r"\b(?:survey(?:s|ed)?|questionnaires?|csat|poll|umfrage|sondage|encuesta|enquête)\b"
    r"|\bquality (?:team|people|department|colleagues|desk)\b.{0,40}\b(?:ask|write|call|contact|mail|hear)"
    r"|\bfeedback (?:form|request|e-?mail|mail|link|questions?|invitation|card|sheet)\b"
    r"|\b(?:ask(?:ed|s|ing)?|invite[sd]?|invitation|requests?|want|like|mail|e-?mail|message)\b.{0,50}\b(?:"
    r"to rate|to score"
    r"|how (?:satisfied|happy|content|well|we|i)\b"
    r"|rate (?:us|our|my|this|the)|your opinion of|evaluate|your experience"
    r"|(?:few|two|three|four|five|short|quick) (?:\w+ )?questions)"
    r"|\b(?:few|two|three|four|five|short|quick) (?:\w+ )?questions (?:about|on) (?:"
    r"how|my|our|this case|the (?:case|support))"
    r"|\b(?:rate|score) (?:"
    r"us|our (?:work|service|support)|my (?:work|service|support)|this case|the support|how (?:we|i))"
    r"|\b(?:ask|asks|asked|invite[sd]?|invitation|mail|e-?mail|form|link|request|want|wants)\b"
    r".{0,60}\b(?:how|what) (?:well |you )?(?:we|i|our|my|you (?:were|found|liked|rate)|it (?:went|was))\b"
    r"|\b\binquiry of satisfaction"
    r"|satisfaction (?:form|mail|e-?mail|request|questions|study|check)"
    r"|\bevaluation (?:form|mail|link|request)"
)
_NO_SURVEY: Final = re.compile(
    r"\b(?:no|without (?:a|any)|neither) (?:\w+ )?(?:survey|questionnaire)\b(?! (?:link )?(?:yet|so far))"
    r"|(?:\bnot|n't|never|no longer) (?:"
    r"be |get |getting |receive |receiving |expect |send |sent |sending |see |have |trigger |going to |asked |any "
    r"|a |you |to |fill |answer |with |the |another )*(?:survey|questionnaire)"
    r"|(?:survey|questionnaire)s? (?:is|are|was|were|has|have|will|does|do|for this case is|won't|isn't)"
    r"(?: been| be)? ?(?:not\b|n't|never|switched off|turned off|disabled|suppressed|cancell?ed|skipped|left out)"
    r"|(?:ignore|disregard|skip|delete|discard) (?:\w+ ){0,3}(?:survey|questionnaire)"
)
_DELIVERY: Final = re.compile(
    r"\b(?:"
    r"may|might|will|shall|perhaps|possibly|probably|likely|possible|chance|going to|soon|expect|receive|invit\w+"
    r"|sent to you|send you|your (?:mail|in)box|follows?|arrives?|lands?|on its way|on the way|please|attached"
    r"|fill|complete|take|triggers?|comes?|there's|there is)\b"
    r"|'ll\b|\b(?:could|would)\b(?!n't)"
)
_PRODUCT_SURVEYS: Final = ("survey", "forms", "questionnaire", "poll", "feedback")
_THEIR_SURVEY: Final = re.compile(
    r"\byour (?:\w+ ){0,2}(?:survey|questionnaire|poll|form)|(?:survey|poll|form) (?:\w+ )?can\b"
)
_LEAVE: Final = re.compile(
    r"\b(?:throw|toss|bin|put|cast|send|push|lay|set|brush)\b.{0,30}\b(?:away|aside|bin|trash)\b"
    r"|\bhold (?:back |off |on )?"
    r"|\blet .{0,30}\b(?:pass|be|lie|go|rest|slip|sleep|stay)\b"
    r"|\blet (?:it|that|this)(?: one)? \w+"
    r"|\bleft (?:\w+ ){0,3}(?:alone|aside|unanswered|blank|out|be|empty)\b"
    r"|\b(?:toss|bin|trash|dump|junk|ditch|drop|scrap|bypass|forget|neglect|avoid|omit)"
    r" (?:about )?(?:it|its|the|that|this|any)\b"
    r"|\bno survey,? please"
    r"|\bpass on (?:it|that|this|the)\b"
    r"|\bsave yourself\b|\bspare yourself\b"
    r"|\blet (?:it|that|this)(?: one)? (?:pass|be|lie|go)\b"
    r"|\b(?:ignor\w+|disregard\w*|skip\w*|discard\w*|delet\w+|bin it|refrain|overlook\w*|unanswered|binned"
    r"|set (?:it|that|this|the) \w*\s?aside"
    r"|put (?:it|that|this) aside|pay no (?:attention|heed)|throw (?:it|that) away|pass (?:it|that)? ?over|dismiss)\b"
    r"|\bleave\w* (?:\w+ ){0,8}(?:blank|aside|out|alone|be\b|empty|untouched|unfilled|where)"
    r"|\bleav(?:e|ing) (?:it|that|this|that one|this one)\b"
    r"|(?:\bnot|n't|no need|needn't|no reason|unnecessary|without|nothing)(?: \w+){0,4} (?:"
    r"answer\w*|fill\w*|complet\w+|respon\w+|repl\w+|tak\w+|react\w*|rat\w+|do\b|bother|spend|use|worry|let|mind"
    r"|trouble|pay|open|click|feel|touch|return|submit|participat\w+|look|consider|give|heed)"
    r"|\bneeds? no (?:answer|reply|response|action)"
    r"|\b(?:only|solely|just) (?:\w+ ){0,4}(?:survey|the one|that of|for)\b"
    r"|\brather than|\binstead of"
    r"|\bdoes(?: not|n't) (?:count|matter)"
    r"|\bno (?:answer|reply|response|action) (?:is )?(?:needed|required|necessary|expected)"
    r"|\b(?:answer|fill|complete|take) (?:\w+ ){0,3}only\b"
    r"|\bonly (?:answer|fill|complete|take)"
)
_ANSWER: Final = re.compile(
    r"\b(?:answer(?:ing|ed)?|fill(?:ing|ed)?|complet(?:e|ing|ed)|respond(?:ing)?|tak(?:e|ing)|rate"
    r"|do (?:the|that|answer|fill|take)"
    r"|counts?|matters?"
    r"|(?:save|keep|give|share|leave|put|tell|hold|reserve|send|use|write|provide|have) (?:\w+ ){0,3}(?:"
    r"feedback|answers?|comments?|opinion|thoughts|views?|words|inputs?|judge?ment|verdict|ratings?|minutes?|us|me"
    r"|remarks?)"
    r"|wait for|participat\w+|part in"
    r"|(?:feedback|opinion|answer|reply|response|views?|comments?|input) (?:"
    r"there|in that|in the|on|for the|about the|for \d|is (?:welcome|valued|wanted))"
    r"|welcome|look forward to|interested in"
    r"|the one (?:that|i'd|we'd|i|to)"
    r"|goes|belongs?|hear from you|hear (?:your|what)|verdict|opinion|do (?:the )?most|love to|count on|keen|value"
    r"|valued|appreciate|glad|happy|pleased|grateful|thankful|reply|attention|time)\b"
)
# The other survey, in words that need no further sign that it is the one to answer.
_THE_OTHER: Final = re.compile(
    r"\bthe one (?:for|of|on|at|in|from|about|that|which|after|to|you'll|we'll|i'd)\b"
    r"(?!.{0,30}\b(?:away|aside|blank|alone|unanswered|be\b|pass|lie))"
    r"|\bthe other(?:'s| one| survey)?\b"
    r"|\bthat (?:of|for) (?:the|\d)|\binstead\b|\bthe latter\b|\banother\b"
    r"|\b(?:it|that|this|there)(?:'s| is)? where\b"
    r"|\buntil\b"
    r"|\bsaved? (?:it|your|that|them)\b"
)
_NOT_THAT: Final = re.compile(
    r"\b(?:not|never|no|without|ignore|skip|only|rather|instead|aside|away|alone|left|leave|unanswered|irrelevant"
    r"|better|wait|pity|waste|needn't|nothing)\b"
    r"|n't\b"
)
_NEGATION: Final = re.compile(
    r"(?:\bnot|n't|no need|needn't|no reason|unnecessary|without|\bno|nothing|\bnever|refrain from|instead of"
    r"|rather than|ignore|disregard|skip)(?: \w+){0,5} ?$"
)
_ELSEWHERE: Final = re.compile(
    r"\b(?:other|second|next|new|later|latter|former|first|remaining|surviving|main|one|when|once|after|at the end"
    r"|instead|there|only|follows?|that (?:case|survey))\b"
    r"|\d{4}"
)
_SURVEYS: Final = re.compile(r"\b(?:survey|questionnaire)")
_OTHER_MATTER: Final = re.compile(
    r"\b(?:thanks?|thank you|grateful for the|my manager|reach me|call me|my number|reopen)\b"
)


def check_survey(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """LQR-01.survey: may come, and feedback is valued; for a duplicate or an ended contract, leave it."""
    if facts.scenario in OTHER_SURVEY:
        yield from _check_other_survey(marked, facts)
        return
    about = f"{facts.title} {' '.join(facts.known.values())}".lower()
    surveys_are_the_case = any(word in about for word in _PRODUCT_SURVEYS)
    denial: Sentence | None = None
    for sentence in marked.having(w.SURVEY):
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
        place_of(denial) if denial else None,
        "You may receive a short survey about this case; your feedback is valued, and every answer is read.",
    )


def _check_other_survey(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """Leave the survey of the case that is closed, and do answer the one of the case that goes on."""
    said: list[Sentence] = []
    before = -9
    for place, sentence in enumerate(marked.body):
        about = sentence.marks & w.SURVEY and (_SURVEY.search(sentence.low) or "feedback" in sentence.low)
        if about or (place <= before + 3 and not _OTHER_MATTER.search(sentence.low)):
            said.append(sentence)
        if about:
            before = place
    low = " ".join(one.low for one in said)
    others = [one.lower() for key, one in facts.known.items() if key in ("surviving_case", "new_case", "case") and one]
    leaves = _LEAVE.search(low) is not None
    answers = any(
        not _NEGATION.search(low[max(0, found.start() - 45) : found.start()]) for found in _ANSWER.finditer(low)
    ) and (_ELSEWHERE.search(low) is not None or any(one in low for one in others))
    answers = answers or (leaves and _THE_OTHER.search(low) is not None)
    leaves = leaves or (answers and _THE_OTHER.search(low) is not None and _NOT_THAT.search(low) is not None)
    if any(one in low for one in others) and (leaves or _NOT_THAT.search(low)):
        return  # both cases' surveys, told apart
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
    closed = one_line(facts.known.get("duplicate_case", "")) or "this case"
    goes_on = (
        one_line(facts.known.get("surviving_case", "") or facts.known.get("new_case", "")) or "the case that goes on"
    )
    yield Finding(
        "LQR-01.survey",
        "error",
        f"{lacks}, so the feedback may end up at the wrong one.",
        place_of(wrong) if wrong else None,
        f"Please leave the survey for {closed} unanswered, and answer the one for {goes_on}: that feedback is valued.",
    )
