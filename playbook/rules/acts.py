"""What each sentence of a first response does: we act, a step is planned, something is asked, agreed, felt.

One pass over the body (playbook section 10); the FQR rules read the acts and no text of their own where
they can help it. A sentence may do several things at once. Headings and labels ("Plan:", "What I need")
say what the lines below them are for.
"""

import re
from collections import Counter
from collections.abc import Callable
from typing import Final, NamedTuple

from playbook.rules.acting import ours
from playbook.rules.inviting import invites
from playbook.rules.marks import Marked, Sentence

ASKS: Final = 1  # the customer is asked to tell, send or do something
AGREES: Final = 2  # asks for a yes, or to be corrected
OURS: Final = 4  # something we do, did or will do to move the matter on
FRAMES: Final = 8  # says back what was understood: "as I understand it …"
ITEM: Final = 16  # a line of a list
NUMBERED: Final = 32  # and one with a number
QUESTION: Final = 64
OFFERS: Final = 128
MOVES: Final = 256  # the order of things: "first", "then", "once …"

ISSUE, PLAN, NEEDS, DONE, IMPACT, OTHER = "issue", "plan", "needs", "done", "impact", ""

_BULLET: Final = re.compile(r"\s*(?:[-*•–·]\s+|\(?(?P<n>\d{1,2}|[a-h])[.)]\s*|step \d\b[:.]?\s*)")
_HEADS: Final = (
    (
        NEEDS,
        re.compile(
            r"\b(?:need (?:from you|to know)|i need|we need|questions?|please (?:send|provide|share)"
            r"|your (?:help|input|part|side|turn)"
            r"|from you|asks?|requests?|still missing|missing|information|to send|could you|can you|help me|would help"
            r"|send me|tell me)\b"
        ),
    ),
    (
        DONE,
        re.compile(
            r"^(?!.*\b(?:will|next|facts|story|understand\w*|understood|picture|know)\b).*\b(?:"
            r"done|so far|already|checked|looked at|doing|in hand|under way|underway|findings|found|progress|working on"
            r"|right now|current action|at work|tried)\b"
        ),
    ),
    (
        PLAN,
        re.compile(
            r"\b(?:plan|next|steps?|proceed|order|way forward|approach|propos\w+|suggest\w*"
            r"|(?:how|way|what) (?:i|we|i'd|we'd|i'll|we'll)(?: would| will)? (?:"
            r"go|do|proceed|suggest|propose|want|see it going)"
            r"|^(?:then|afterwards|after that|to do|later|finally)"
            r"|where (?:i|we) go|like to do|in mind|coming|to come|from here|going to"
            r"|will (?:be done|happen|follow)"
            r"|what (?:happens|follows|i will|we will|i'll|we'll|comes)"
            r"|actions?|agenda|roadmap|sequence|we go|goes)\b"
        ),
    ),
    (
        IMPACT,
        re.compile(r"\b(?:impact|business|urgency|affected|consequence|severity)\b"),
    ),
    (
        ISSUE,
        re.compile(
            r"\b(?:"
            r"issue|problem|(?:i|we) (?:know|have so far)|understood|understanding|understand|summary|scope|symptoms?"
            r"|situation|recap|picture|description|facts|case|reported|goal|solved when|expect\w*|you told|in short"
            r"|happens)\b"
        ),
    ),
)
_MINDS: Final = re.compile(
    r"i (?:do |can |well )?(?:know|see|understand|hear|imagine)\b(?! from)"
)  # "I know this one hurts: …"
_FRAME: Final = re.compile(
    r"^\W*(?:so,? )?if i(?:'m|'ve| am| have| got| under\w+| read| follow\w*| heard) (?!to\b)[^,]{0,40}, .{30}"
    r"|^\W*(?:please |kindly )?(?:check|confirm|verify) (?:my (?:facts|notes)|the facts|whether i have|that i have)\b"
    r"|\b(?:if i'm (?:right|not mistaken|not wrong)"
    r"|the way (?:it|you)\b.{0,10}(?:put|explained|described|see|tell)"
    r"|state it back|you(?:'re| are) saying"
    r"|(?:if|when) i (?:\w+ )?(?:summari[sz]e|sum)"
    r"|i(?:'ve| have)? got it (?:that|as))\b"
    r"|\b(?:as|the way|if|from what|what|how|so far as|as far as)"
    r" (?:far as )?(?:i|we)(?:'ve| have|'d)? (?:can |now |currently )?(?:"
    r"understand|understood|see it|read|get|got|gather\w*|grasp\w*|hear|heard|noted|picture|know|follow|followed"
    r"|take|took|have)\b"
    r"|\b(?:my|our|state of my) (?:current |present |own )?(?:"
    r"understanding|reading|picture|summary|recap|notes|knowledge|words)\b"
    r"|\b(?:i|we)(?:'ve| have)?(?: now| first| do)? (?:"
    r"understood?|gather(?:ed)?|take it|took|take away|noted?|learned|believe|conclude|summari[sz]e|see|read)"
    r" (?:from|in|that|it|this|as follows|the (?:issue|problem|matter|case|situation)|we're looking)"
    r"|\byou(?:'ve| have|'re| are)?(?: also| kindly| just)? (?:"
    r"told|telling|describe|described|report|reported|write|wrote|written|said|say|mention|mentioned|explain"
    r"|explained|state|stated|raised|noticed|observed|asked|are asking"
    r"|are (?:seeing|getting|facing|experiencing|trying))\b"
    r"|^you(?:'d| would)? (?:like|want|wish|expect|love)\b"
    r"|\byou'd (?:like|want|love) to know"
    r"|\bwhat you (?:see|have|get|report|describe)\b"
    r"|\byour (?:request|ticket|mail|e-?mail|note|message|description|report|screenshots?|form|entry)"
    r" (?:also )?(?:says?|states?|describes?|mentions?|reads?|tells?|shows?|has it)\b"
    r"|\b(?:am i right|is it (?:right|correct|true)|do i understand)(?: \w+){0,3} that\b"
    r"|\b(?:"
    r"what i (?:have|kept|noted|gathered|know)|where (?:things|we|you) stand|story so far|short version|facts as)\b"
    r"|^\W*(?:so,? |now,? )?(?:in|to|let me|allow me to|may i|just to)\b.{0,12}\b(?:"
    r"short|brief|nutshell|one line|words|sum|recap|summari[sz]e|repeat|restate|rephrase|make sure|be sure"
    r"|say (?:it )?back|play (?:it )?back|put it|check that)\b"
    r"|\b(?:from|in|per|according to|as per|based on|reading) (?:the|your|our) (?:"
    r"ticket|mail|e-?mail|note|notes|request|call|description|thread|message|report|chat|conversation|words"
    r"|phone call|form)\b"
    r"|^\W*(?:so,? |and )?(?:the|your|our|this) (?:"
    r"issue|problem|case|question|request|matter|situation|symptoms?|goal|facts|fault|trouble|incident|error"
    r"|description)(?: as| is| are| here| was|:| in|,| reads| concerns)"
)
_ASK: Final = re.compile(
    r"\b(?:(?:please|pls|plz|(?<!you )kindly) (?:also |just |do |then |can you |could you )?(?!"
    r"(?:let|tell) (?:me|us) (?:if|whether|know (?:if|whether))"
    r"|confirm|agree|accept|correct|find|note|see\b|be |bear|rest|don't|do not|feel|allow|forgive|excuse|know"
    r"|approve)\w+"
    r"|(?:could|can|would|will|may) you (?!agree"
    r"|confirm (?:that|this|if|whether|my|it|or)"
    r"|confirm[,?]|like|prefer|rather|accept|approve"
    r"|be (?:ok|okay|fine|happy|comfortable))"
    r"(?:please |kindly |also |perhaps |maybe |possibly |just |be so kind )*\w+"
    r"|(?:i|we)(?:'d| would|'ll| will)?(?: still| only| also| just)* (?:"
    r"need|require|want|ask you|miss|be grateful|appreciate"
    r"|like (?:you|to (?:know|ask|have|see|hear|get|receive|learn)))\b"
    r"|(?:send|give|tell|share|forward|provide|attach|upload|describe|walk|drop|show|collect|gather|mail)"
    r" (?:me|us|over|along|along with|it to|through|here)\b"
    r"|what (?:would|will|could|might) help (?:me|us|most)?"
    r"|help(?:s)? (?:me|us) (?:with|by|if|to)"
    r"|helpful (?:to|if)"
    r"|(?:good to know|it would help)\b"
    r"|not clear to me\b|don't know yet\b|i am missing\b)"
)
# One of these is in every way of asking above: a sentence with none of them need not be searched.
_ASKING: Final = frozenset(
    {
        "please", "pls", "plz", "kindly", "could", "can", "would", "will", "may", "need", "require", "want", "ask",
        "miss", "grateful", "appreciate", "like", "i'd", "we'd", "send", "give", "tell", "share", "forward", "provide",
        "attach", "upload", "describe", "walk", "drop", "show", "collect", "gather", "mail", "what", "help", "helps",
        "helpful", "good", "clear", "know", "missing",
    }
)  # fmt: skip
_OFFER: Final = re.compile(
    r"\b(?:would you like|do you want|shall (?:i|we)|may i|should i|(?:can|could) (?:i|we)"
    r"|would (?:a|an|it|another|you prefer)"
    r"|glad to|happy to|pleased to"
    r"|if you (?:like|wish|want|prefer|need)"
    r"|do you need|care to|need any)\b"
)
_COUNTING: Final = ("first", "second", "third", "fourth")
_ORDINAL: Final = re.compile(
    r"(?:^|[,;:.(–—] |\band |\bthen |\bi |\bwe |\byou |'d |'ll |\bto |\bwould |\bwill )"
    r"(?:first|second|third|fourth)\b(?! (?:time|node|line|place|thing|two|three|run|one of|half|week|day|office))"
)
_ORDER: Final = re.compile(
    r"\b(?:firstly|secondly|thirdly|then"
    r"|next(?! (?:"
    r"update|mail|message|call|note|news|week|month|business|working|day|contact|report|word|to|door|hour|few|two"
    r"|three|\w+day|\d))"
    r"|afterwards?|finally|lastly|last(?= (?:i|we|of)\b|,)|subsequently|thereafter|followed by|from there|later on"
    r"|step (?:\d|one|two)|second step|depending on|whichever"
    r"|in (?:parallel|that order|this order|sequence)"
    r"|at the same time|at the end|in the end"
    r"|(?:starts?|begins?|ends?|starting|finish\w*) (?:with|by)"
    r"|(?:two|three|four|five|[2-5]) (?:steps|moves|stages|parts|rounds|phases)"
    r"|(?:after|once|before|until|while|as soon as|if|when|should|provided|in case)(?!"
    r" (?:possible|not possible|needed|i can\b|we can\b|practicable|you (?:wish|want|prefer|like|agree|have))))\b"
    r"|(?:^|\s)\(?[123][.)](?:\s|$)|\b[abc]\) |->|→|=>"
)


class Does:
    """What a sentence does, as flags: `does & (ASKS | AGREES)`. Each is looked for when a rule asks for it first."""

    __slots__ = ("_known", "_looked", "_said", "_words")

    def __init__(self, said: str, words: frozenset[str], item: int) -> None:
        self._said, self._words = said, words
        self._known = item | (QUESTION if "?" in said else 0)
        self._looked = ITEM | NUMBERED | QUESTION

    def __and__(self, asked: int) -> int:
        missing = asked & ~self._looked
        if missing:
            for flag, found in _LOOKED_FOR:
                if missing & flag and found(self, self._said, self._words):
                    self._known |= flag
            self._looked |= missing
        return self._known & asked


# How each flag is found: (what it does so far, the sentence as said, its words).
_LOOKED_FOR: Final[tuple[tuple[int, Callable[[Does, str, frozenset[str]], bool]], ...]] = (
    (ASKS, lambda does, said, words: not _ASKING.isdisjoint(words) and _ASK.search(said) is not None),
    (AGREES, lambda does, said, words: invites(said, words)),
    (OURS, lambda does, said, words: not does & QUESTION and ours(said, words)),
    (FRAMES, lambda does, said, words: _FRAME.search(said) is not None),
    (OFFERS, lambda does, said, words: _OFFER.search(said) is not None),
    (MOVES, lambda does, said, words: _order(said) > 0),
)


class Act(NamedTuple):
    """A sentence, as said (lower case, one blank between words, no markup), what it does, and under what heading."""

    sentence: Sentence
    said: str
    does: Does
    under: str
    part: int  # the number of its paragraph, from 0

    @property
    def words(self) -> frozenset[str]:
        """The sentence's words."""
        return self.sentence.words

    @property
    def moves(self) -> int:
        """How many words put things in order."""
        return _order(self.said)


def acts_of(marked: Marked) -> tuple[Act, ...]:
    """The acts of the body after the greeting, in order. Read once for a text."""
    if marked.acts is None:
        marked.acts = tuple(_read(marked))
    acts: tuple[Act, ...] = marked.acts
    return acts


def _read(marked: Marked) -> list[Act]:
    skip = marked.greeting[1] + 2 if marked.greeting else -1
    acts: list[Act] = []
    under, label, line, item = OTHER, False, -1, 0
    part = 0
    lines = Counter(one.line for one in marked.body)
    for one in marked.body:
        if one.end <= skip:
            continue
        bullet = _BULLET.match(one.low) if one.line != line else None
        if bullet:
            item = ITEM | (NUMBERED if bullet["n"] or "step" in bullet[0] else 0)
        elif one.line != line:
            item = 0
        line = one.line
        low = one.low[bullet.end() :] if bullet else one.low
        said = " ".join(low.replace("*", " ").replace("#", " ").replace("_", " ").split())
        if not said:
            continue
        apart = bool(acts) and _new_part(marked, acts[-1].sentence, one)
        if not item:
            if label and apart:
                under, label = OTHER, False
            head = _heading(said, alone=lines[one.line] == 1, top=one.low.lstrip().startswith(("#", "**")))
            if head is not None:
                under, label = head
            elif apart and acts[-1].does & ITEM:
                under = OTHER
        part += apart
        acts.append(Act(one, said, Does(said, one.words, item), under, part))
    return acts


def _new_part(marked: Marked, before: Sentence, one: Sentence) -> bool:
    """Whether an empty line lies between two sentences."""
    low = marked.low
    return "\n\n" in low[before.end - 1 : one.start + 1] or low[before.start : one.start].rstrip(" ").endswith("\n\n")


def _heading(said: str, *, alone: bool, top: bool) -> tuple[str, bool] | None:
    """What the lines below a heading are for, and whether it is only a label before more; None: no heading."""
    label = False
    if said.endswith(":"):
        words = said[-90:]
        if _MINDS.match(said):
            return None
    elif (top or (alone and len(said) <= 40)) and said[-1] not in ".!?,;":
        words = said
    else:
        words, colon, _ = said.partition(":")
        label = True
        if not colon or len(words) > 40 or _MINDS.match(said):
            return None
    return next((name for name, shape in _HEADS if shape.search(words)), OTHER), label


def _order(said: str) -> int:
    """How many words put things in an order."""
    ordinals = len(_ORDINAL.findall(said)) if any(word in said for word in _COUNTING) else 0
    return ordinals + len(_ORDER.findall(said))
