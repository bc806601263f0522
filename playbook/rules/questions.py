"""What a question is for: to learn something, with yes or no or openly; to be sent something; to get a nod."""

import re
from typing import Final, Literal

from playbook.rules.words import word_set

Kind = Literal["open", "closed", "request", "nod", ""]

# What comes before the question itself: "Two questions in the meantime:", "And also".
_LEAD: Final = re.compile(
    r"(?:[^:?]{0,80}: "
    r"|(?:"
    r"and|also|but|so|or|then|meanwhile|in the meantime|further|finally|first|second|third|lastly|one more thing"
    r"|by the way|please|just|\W)[ ,]+)*"
)
_OPEN: Final = re.compile(
    r"(?:(?:by|since|until|for|to|from|in|on|at|with|of) )?(?:what|which|when|where|who|whom|whose|how|why)\b"
)
# Open by form, but they ask what the customer makes of it.
_OPINION: Final = re.compile(
    r"how(?:'s| is| does| would) (?:that|this|it|the \w+)(?:"
    r"\?|.{0,20}\b(?:sound|sit|suit|look|feel|strike|seem|you)\b)"
    r"|how about"
    r"|(?:what|how) (?:do|would|should|have|did) (?:you|i|we) (?:\w+ )?(?:"
    r"think|say|feel|prefer|change|correct|add|see (?:it|that|this)|left|misunderst\w+|missed|got|go|proceed"
    r"|make of|like to)"
    r"|(?:what|which).{0,40}\b(?:"
    r"you (?:prefer|rather)|would you (?:choose|take|like)|your (?:view|opinion|take|thoughts|preference|verdict))"
    r"|what(?:'s| is| have i| am i) .{0,12}(?:wrong|off|missing|missed|left)"
)
_CLOSED: Final = re.compile(r"(?P<verb>did|do|does|is|are|was|were|has|have|had)(?:n't)? (?P<who>[\w'\"-]+)")
_ANY_NEWS: Final = re.compile(
    r"any (?:\w+ ){0,2}(?:changes?|updates?|upgrades?|firewalls?|proxy|proxies|vpn|antivirus)\b"
)
_ASKED_OF_YOU: Final = re.compile(r"(?:could|can|would|will|might) (?:you|your|somebody|someone|anybody)\b")
_ASKED_FOR: Final = re.compile(
    r"(?:may|might|can|could|shall) (?:i|we) (?:\w+ )?(?:ask|have|trouble|get|request|borrow)\b"
)
_SAYS: Final = re.compile(
    r"(?:may|might|can|could|shall) (?:i|we) (?:\w+ )?(?:"
    r"suggest|propose|repeat|sum|say|recap|restate|introduce|begin)\b"
)
_FOR_YOU: Final = re.compile(r"\b(?:for|with|by|to|from|on) (?:you|us|me|your (?:side|end|part|team))\b")
_CONFIRMS: Final = re.compile(r"\bconfirm(?! (?:for me )?(?:the|your|which|what|how|when|where|an?) )")
_VERDICT: Final = word_set(
    """
    agree agreed agreement ok okay fine happy comfortable content good suit suits suitable sound sounds sense correct
    correctly right accurate acceptable reasonable alright fair prefer preferred preference rather convenient objection
    objections object approve approval accept consent mind permission misunderstood misread missed missing wrong
    mistaken overlooked differently otherwise against go-ahead welcome willing allowed concerns concern plan approach
    proposal procedure sequence summary picture understanding description gist question questions clear unclear
    anything reason thoughts doubts worries live along better free available slot help useful match tally fit opinion shorter
    board agreeable confirm disagree join attend interested
    """
)
_LIKES: Final = word_set("like mind prefer agree accept rather be change go say approve consent object want live do")
_STATES: Final = word_set(
    "using running seeing still getting behind connected connecting working located on-premises hosting"
)
_MINDS: Final = word_set("know see think want wish need mean feel like believe expect have")
# "Does it happen on all machines?": of the matter, and not of what was just said.
_HAPPENS: Final = word_set(
    """
    happen happens happening happened occur occurs occurring fail fails failing affect affects affecting affected appear
    appears only also still ever always all every stop stops start started since everyone everybody new limited
    reproducible recent recently persist persists one both same other
    """
)
_TIMES: Final = re.compile(r"\b(?:\w+day|tomorrow|morning|afternoon|\d{1,2}[:.]\d{2}|\d{1,2} ?[ap]m)\b.*\bor\b")
_ADDRESSED: Final = frozenset({"you", "your", "i", "i've", "me", "anything", "any", "this", "that"})
_BRIEF: Final = 7  # words of a question without a verb of its own: "Fine for you?"


def kind_of_question(said: str) -> Kind:
    """What a sentence with a question mark asks, by how its question begins; "" for none of these."""
    begins = _LEAD.match(said)
    asks = (said[begins.end() :] if begins else said) or said
    words = frozenset(re.findall(r"[a-z][a-z'-]*", asks))
    if _OPEN.match(asks):
        return "nod" if _OPINION.match(asks) else "open"
    nods = not _VERDICT.isdisjoint(words) or _FOR_YOU.search(asks) is not None
    if _ASKED_FOR.match(asks) and "your" not in words:
        return "request"
    if _SAYS.match(asks):
        return ""
    if _ASKED_OF_YOU.match(asks):
        verb = asks.split(" ", 3)[2:3]
        agrees = verb and verb[0].strip("?,") in _LIKES
        return "nod" if agrees or _asks_if_right(asks, words) else "request"
    closed = _CLOSED.match(asks)
    if closed:
        return "closed" if not nods and _wants_facts(closed["verb"], closed["who"], asks, words) else "nod"
    if _ANY_NEWS.match(asks) and not nods:
        return "closed"
    modal = asks.startswith(("may ", "shall ", "could ", "can ", "should ", "would "))
    brief = len(words) <= _BRIEF or (nods and not _ADDRESSED.isdisjoint(words))
    return "nod" if modal or brief else ""


def closed_question(said: str) -> str:
    """The yes/no question of a sentence that asks for facts with one, or nothing."""
    if kind_of_question(said) != "closed":
        return ""
    begins = _LEAD.match(said)
    return said[begins.end() :] if begins else said


def _asks_if_right(asks: str, words: frozenset[str]) -> bool:
    """ "Could you tell me if that's accurate?", "Could you confirm?" """
    checks = not words.isdisjoint(
        ("right", "correct", "accurate", "wrong", "misunderstood", "agree", "acceptable", "adjust")
    )
    return _CONFIRMS.search(asks) is not None or checks


def _wants_facts(verb: str, who: str, asks: str, words: frozenset[str]) -> bool:
    if who in ("i", "we", "there") and not words.isdisjoint(("you'd", "i've", "i'd", "we'd", "i'm", "i", "we")):
        return False
    if who in ("i", "we") or _TIMES.search(asks):
        return False
    if who in ("that", "this", "it", "these", "those", "they"):
        return not _HAPPENS.isdisjoint(words)
    if verb == "are" and who == "you":
        return not _STATES.isdisjoint(words)
    if verb == "do" and who == "you":
        return asks.split(" ", 3)[2].strip("?,") not in _MINDS
    return True
