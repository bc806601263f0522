"""How many steps a sentence names that lie ahead or are under way, whoever takes them (playbook, FQR-07.plan).

Verbs are an open list, so none is looked up: what lies ahead shows by how it is said ("I'll …", "you then run …",
"next: …"), and each further part of such a sentence is a further step. What is listed is what is no step: minds,
being told something, and keeping somebody posted.
"""

import re
from typing import Final

from playbook.rules.words import word_set

_WHO: Final = r"(?:i|we|you|both|let's)"
_BETWEEN: Final = r"(?: (?:then|first|both|also|now|next|just|only|simply|all|\w+ly|myself|yourself))*"
# Present tense of us or of the customer: "I compare", "you then run"; the verb decides below.
_PRESENT: Final = re.compile(
    r"(?:^|[,;:.(–—-] "
    r"|[;:,.] (?:tomorrow|today|tonight|meanwhile|afterwards|later|\w+day) "
    r"|^(?:tomorrow|today|tonight|meanwhile|afterwards|later) "
    r"|\b(?:and|then|once|if|next|only|do|before|after|first|second|third|finally|afterwards) )"
    rf"{_WHO}{_BETWEEN} (?P<verb>[a-z]+)\b"
)
_AHEAD: Final = re.compile(
    r"(?:'ll"
    r"|\b(?:will|shall|let's|would|going to|want to|like to|plan to|intend to|need to|about to|(?:i|we|you)'d"
    r"|(?:could|can|should) (?:i|we|you)"
    r"|(?:i|we|you|they) (?:can|could|should|may|might)"
    r"|propose|suggest|recommend)\b)"
    r"|\b(?:i'm|we're|they're|i am|we are"
    r"|(?:colleague|team|engineer|specialist|expert|engineers|colleagues|i|we)\b[^.,;]{0,30} (?:is|are)"
    r"|(?:is|are) being)(?: (?:now|also|still|currently|just|already|again|\w+ly))*"
    r" (?!waiting|looking forward|hoping)\w+(?:ing|ed)\b"
    r"|^\W*(?:first|firstly|second|secondly|third|thirdly|next|then|finally|lastly|last|after that|thereafter)[, ]"
    r"|^\W*(?:then|next|after that|afterwards|later|plan|steps?|to do|coming|doing|running"
    r"|what (?:comes|happens|follows)"
    r"|from here|today|tomorrow|tonight|now|meanwhile|on our side|right now|me|you|both)\b[^:]{0,30}:"
    r"|\b(?:"
    r"plan|proposal|intention|idea|suggestion|route|sequence|order|approach|procedure|thinking|way|steps?|mind)\b"
    r"[^,;]{0,40}(?::|(?:is|be|was) to )"
    r"|\b(?:intention|plan|idea|aim) to "
    r"|^(?:reading|checking|comparing|testing|running|looking)\b"
    r"|\b(?:starts?|begins?|ends?|goes on|continues?|finish\w*) (?:with|by)\b"
    r"|(?:^|[,;:] |\band |\bthen )(?:please|kindly) (?:then |first |also )?\w+"
)
_NO_STEP: Final = word_set(
    """
    understand know realise realize think believe hope want need like love wish look looks appreciate thank regret hear
    expect own mean feel imagine promise assume guess miss trust have had see saw seem appear are is was were am be been
    say said write wrote report reported tell told describe described mention get got can could will would should may
    might must do does did use used receive notice noticed found came went sent gave took made had run ran put set
    read cannot can't don't didn't doesn't won't agree prefer object wonder suppose gather share reach call lose sit
    still also now only all both work works worked never always even just ask asked suggest propose happen happens
    in on at for with of to from by between hung built drew began kept held rang met drove fell stood brought
    speak stays stay drops fails stopped keep keeps takes comes goes shows gets gives says lands leaves starts stops ends
    """
)
_STEPS_TOO: Final = word_set("run put set read get take make ask send give go look start do")
# To be sent or told something is no step of a plan; to do something is.
_ONLY_SENT: Final = re.compile(
    r"(?:please|kindly|(?:could|can|would|will|may|might) (?:you|i)|send me|give me|tell me)\b.{0,30}?\b(?:"
    r"send|share|tell|give|provide|attach|upload|name|let|forward|have|ask|add|describe|list|confirm|state|write"
    r"|drop|mail|correct|answer|reply|note|find)\b"
)
# Keeping somebody posted is none either.
_POSTED: Final = re.compile(
    r"\b(?:hear"
    r"|(?:write|e-?mail|call|ring|phone|report|update|contact|respond|reply|answer)\b"
    r"(?! (?:an?|the|up|down|out|which)\b)"
    r"|news|(?:next|my) (?:mail|note)|in touch|be back|get back|come back|let you (?:know|have)|keep you|reach you"
    r"|speak|talk|meet|with you|inbox|line from me|in your (?:in|mail)|mail you|message you|follow up|arrives?"
    r"|drop you|hand over|takes over|follows?|available|reachable)\b"
)
_PARTS: Final = re.compile(r"[;:] | (?:–|—|->|→) ")
_PIECES: Final = re.compile(r", (?:and |then |or )*| and (?:then )?")
_SUBJECT: Final = re.compile(r"\b(?<!which )(?:i|we|you|will)\b|'ll\b")
_NO_PIECE: Final = re.compile(
    r"(?:"
    r"on|at|by|in|with|even|without|as|which|who|that|because|since|so|but|whether|from|for|no|where|not|to you|too"
    r"|like|including|such|what|how|why|also|one|two|three|the)\b"
)


def steps_of(said: str, moves: int) -> int:
    """How many steps a sentence names; `moves` is how many of its words put things in an order."""
    if _ONLY_SENT.match(said):
        return 0
    begin = _begins(said)
    if begin < 0:
        return 0
    ahead = said[begin:]
    count = 0
    for part in _PARTS.split(ahead):
        pieces = [one for one in _PIECES.split(part) if one.count(" ") >= 2]
        count += len(pieces) - sum(_says_no_more(one) for one in pieces[1:])
    count = max(1, count)
    if _POSTED.search(ahead):
        count -= 1
    if not count:
        return 0
    return count + moves


def _says_no_more(piece: str) -> bool:
    """Whether a part of a sentence goes on with the step before it: ", on both nodes", ", which takes an hour"."""
    return _NO_PIECE.match(piece) is not None and _SUBJECT.search(piece) is None


def _begins(said: str) -> int:
    """Where what lies ahead begins in a sentence, or -1."""
    found = _AHEAD.search(said)
    at = found.start() if found else len(said)
    for one in _PRESENT.finditer(said):
        verb = one["verb"]
        if one.start() >= at:
            break
        if (verb not in _NO_STEP or verb in _STEPS_TOO) and not verb.endswith(("ed", "ing")):
            return one.start()
    return at if found else -1
