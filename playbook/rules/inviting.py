"""How a customer is invited to agree, to choose or to put us right: by a question or by a line of its own."""

import re
from typing import Final

from playbook.rules.questions import kind_of_question
from playbook.rules.words import word_set

_QUOTED: Final = re.compile(r"\"[^\"]*\"|`[^`]*`")
# Words of a yes, a no, a correction or a choice. With one of `_TURNS_TO_YOU` beside it, a sentence invites it.
_VERDICTS: Final = word_set(
    """
    agree agreed agrees agreeable agreement approve approval consent accept acceptable acceptance object objection
    objections protest veto disagree correct corrects corrected correction corrections incorrect inexact inaccurate
    accurate exact wrong wrongly straight mistaken misunderstood misread misheard mistook muddled amiss astray backwards
    otherwise differently different rather prefer preferred preference preferences elsewhere comfortable uneasy content
    ok okay fine suit suits suitable happy alright confirm confirms confirmation yes nod go-ahead green permission
    blessing adjust amend adapt revise contradict holler shout yell veto doubts concerns reservations comments thoughts
    opinion view views convenient missed missing overlooked forgotten decide decision choose alternative alternatives
    off discrepancy differs deviates sound sounds mixed else approved word mend wishes alternative overrule strike
    rectify straighten mistake mistakes suggestions input wording verdict vote feedback reject decline refuse preferring yours changes change
    """
)
_TURNS_TO_YOU: Final = word_set(
    """
    please kindly tell say let if should unless where wherever whatever whether me stop shout holler yell write ring
    just once free call reply answer do feel welcome awaiting await waiting wait enough need your you'd you
    """
)
# Verdicts that an account of the issue uses too ("the order is wrong"): only where somebody is to say so.
_ALSO_OF_ISSUES: Final = word_set(
    """
    wrong wrongly missing different missed off change changes else accept approval green content fine exact accurate
    otherwise sound sounds yes approved mixed comments view views word decide happy rather forgotten choose ok refuse
    reject correct feedback straight
    """
)
_SAY_SO: Final = word_set(
    """
    tell say let shout holler yell write ring stop correct contradict drop speak warn object answer reply unless enough
    """
)
_CONDITION: Final = re.compile(r"\b(?:if|should|unless|whether|in case|wherever|otherwise)\b")
# "Tell me if it happens again", "if you need any help": an offer, and no question of the plan.
_LATER: Final = re.compile(
    r"\b(?:questions?"
    r"|need (?:any|anything|more|further|help|me|us)"
    r"|help|happens?|recurs?|occurs?|appears? again|comes? back|again|still|improves?|assistance|works now|worked"
    r"|persists?|further|error|errors|gets worse)\b"
)
# "I'll confirm which rule does it": ours to do, unless it hangs on their word.
_OURS: Final = re.compile(
    r"(?:[^,.]{0,30},? )?\b(?:i|we)(?:"
    r"'ll|'m going to| will| am going to| are going to| shall|'d| understand| know| can see)\b"
)
_ONCE_YOU: Final = re.compile(
    r"\b(?:if|unless|should|once|when|as soon as|until|with|for|without) (?:you|your)\b"
    r"|[;:–—-] |\b(?:please|tell me|let me)\b"
)
_OTHER_WAY: Final = word_set(
    "other another otherwise different differently instead rather ears better open flexible adapt revise change"
)
_IF_ANY: Final = re.compile(
    r"\W*(?:if|should) (?:something|anything|any|this|that|it|not|you|one|some|there)\b|\W*any(?:thing)?\b"
)
_SET_RIGHT: Final = re.compile(
    r"\byour (?:"
    r"ok|okay|yes|go-?ahead|approval|consent|agreement|green light|nod|blessing|permission|confirmation|verdict)\b"
    r"|\b(?:put|set) (?:me|us|it|this|that) (?:right|straight)\b"
    r"|\b(?:you decide"
    r"|your call(?: on (?:it|that|this)|[.,;?!]|$)"
    r"|up to you"
    r"|(?:welcome|free) to (?:change|correct|add|adapt|adjust|amend|alter|disagree|object|strike))\b"
)
# One of these is in each of them.
_RIGHTING: Final = word_set(
    """
    ok okay yes goahead go-ahead approval consent agreement green nod blessing permission confirmation verdict right
    straight decide call up welcome free
    """
)


def invites(said: str, words: frozenset[str]) -> bool:
    """Whether a sentence asks for a yes, or to be corrected. `words` are its words."""
    if "?" in said and kind_of_question(said) == "nod":
        return True
    if '"' in said or "`" in said:
        said = _QUOTED.sub(" ", said)
        words = frozenset(re.findall(r"[a-z][a-z'-]*", said))
    speaks = not _SAY_SO.isdisjoint(words)
    if speaks and _CONDITION.search(said) and "?" not in said and not _LATER.search(said):
        return True
    if (_OTHER_WAY & words) and _CONDITION.search(said) and not _LATER.search(said):
        return True
    if not _RIGHTING.isdisjoint(words) and _SET_RIGHT.search(said):
        return True
    verdicts = _VERDICTS & words
    if not verdicts or ("?" in said and kind_of_question(said) in ("open", "closed", "request")):
        return False
    if _OURS.match(said) and not _ONCE_YOU.search(said):
        return False
    if verdicts <= _ALSO_OF_ISSUES:
        return (speaks or _IF_ANY.match(said) is not None) and not _LATER.search(said)
    return not _TURNS_TO_YOU.isdisjoint(words)
