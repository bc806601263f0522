"""Whether what a customer wrote reads unhappy (LQR-03): a suggestion to look again, never a verdict.

Silence beats a false alarm: a phrase counts only where it speaks of us or of the writer's own patience, and not
where it is denied, conditional, an apology, long over, or about a machine ("the node is not happy").
"""

import re
from collections.abc import Iterator
from typing import Final

from playbook.rules import read_as_english

LONGEST: Final = 20_000  # characters that are read of a message
SENTENCE: Final = 600  # characters that are read of a sentence
SHOWN: Final = 80  # characters of the phrase that is shown

# What the phrases below name in <>: choices, separated by "|".
_WORDS: Final = {
    "WE": r"""i | we | my (?:\w+ )?<BOSS> | our (?:\w+ )?<BOSS> | (?:the )?(?:management|ceo|cio|cto|director)""",
    "BOSS": """manager | management | boss | director | team | company | ceo | cio | cto | leads? | leadership""",
    "AM": """ am | are | is | was | were | feel | feels | remain | remains | have been | has been | am getting
        | are getting | is getting | 'm | 're | 's""",
    "VERY": """at all | very | really | too | so | entirely | particularly | fully | completely | exactly | quite | truly
        | extremely | increasingly | deeply | rather | pretty | still | just | simply | absolutely | totally | utterly
        | frankly | even | now | getting | becoming | growing | again | also | already | most | more and more""",
    "PLEASED": "happy | satisfied | pleased | impressed | amused | thrilled",
    "CROSS": """unhappy | dissatisfied | displeased | unsatisfied | unimpressed | disappointed | frustrated | annoyed
        | angry | furious | upset | irritated | fed up | exasperated | outraged | appalled""",
    "WRONG": """unacceptable | frustrating | disappointing | ridiculous | unprofessional | outrageous | disgraceful
        | scandalous | shameful | appalling | pathetic | infuriating | insulting | a joke | a farce | a disgrace""",
    "BAD": """terrible | horrible | awful | lousy | abysmal | dreadful | appalling | shocking | miserable | poor | bad
        | worst | disappointing | unacceptable | unprofessional | ridiculous | pathetic | useless""",
    "ITS": """this | that | it | which | (?:this|the|your) (?:whole |long )?<OURS>""",
    "OURS": """situation | delay | wait | silence | process | behaviou?r | handling | communication | support | service
        | response | responses | answer | answers | reply | replies | treatment | engineer""",
    "NTH": "third | 3rd | fourth | 4th | fifth | 5th | sixth | 6th | tenth | umpteenth | nth | hundredth",
    "ASKED": r"""ask\w* | explain\w* | sen[dt]\w* | report\w* | request\w* | t(?:ell|old) | writ\w+ | wrote
        | repeat\w* | call\w* | contact\w* | provid\w* | chas\w+""",
    "CHIEF": r"(?:\w+ )?(?:manager | management | supervisor | boss | director | leadership | superiors?)",
}

# A phrase a line, in lower case. "^" is the sentence's beginning, where the writer speaks of themselves.
_PHRASES: Final = r"""
# not happy, by the writer's own word
\b<WE> ?<AM> (?:<VERY> )*not (?:<VERY> )*<PLEASED>\b(?! to\b)
\b<WE> (?:isn't|aren't|wasn't|weren't) (?:<VERY> )*<PLEASED>\b(?! to\b)
\b<WE> (?:can't|cannot|can not) be (?:<VERY> )*<PLEASED>\b
^\W*(?:<VERY> )*not (?:<VERY> )*<PLEASED>\b(?! to\b)
\b<WE> ?<AM> (?:<VERY> )*<CROSS>\b
^\W*(?:<VERY> )*<CROSS>\b
\b<WE> (?:\w+ )?(?:find|found|consider) (?:this|that|it|your \w+) (?:<VERY> )*<WRONG>\b
\b(?:my|our|great|growing|increasing|deep) (?:\w+ )?(?:dissatisfaction|frustration|disappointment|displeasure)\b
# what is wrong with us
\b<ITS>(?: is|'s| was| has been| are| were) (?:<VERY> )*<WRONG>\b
^\W*(?:<VERY> )*<WRONG>$
\b<ITS>(?: is|'s| was| has been| are| were) (?:<VERY> )*not (?:<VERY> )*(?:acceptable|good enough|professional)\b
    (?! to (?:the|an?)\b)
\b<ITS> (?:isn't|wasn't|aren't) (?:<VERY> )*(?:acceptable|good enough|professional)\b(?! to (?:the|an?)\b)
\b<BAD> (?:customer |technical )?(?:support|customer service|service|communication|handling|treatment|follow-?up)$
\b(?:what an?|such|the|very|really|extremely) <BAD> (?:customer |technical )?(?:support|service|communication
    |handling)\b(?! \w*(?:latency|level|quality|account|principal|bus|endpoint|name|health|state|mesh))
\b(?:your|this|the last)(?: \w+)? (?:support|service|answer|reply|response|mail|email|help)(?: is| was
    | has been) (?:<VERY> )*(?:<BAD>|not (?:<VERY> )*helpful|no help|unhelpful)\b
\byour (?:\w+ )?(?:engineer|colleague|support|team|staff) (?:is|was|were|are|has been) (?:<VERY> )*(?:rude|<WRONG>
    |incompetent)\b
\b(?:engineer|colleague|person) (?:on|at) the phone (?:is|was) (?:<VERY> )*(?:rude|<WRONG>)\b
\bincompetence\b
# time lost, patience gone
\b(?:complete |total |big |huge |utter |such )?a? ?waste of (?:my |our |everyone's |everybody's )?(?:time|effort)\b
\bwast(?:e|ed|es|ing) (?:so much of |too much of )?(?:my|our|everyone's) (?:\w+ )?time\b
\b(?:los(?:e|ing|t)|run(?:ning)? out of|out of) (?:all |any |my |our |the )*patience\b
\bpatience (?:is|has) (?:<VERY> )*(?:running|run|wearing|worn|coming|come) (?:<VERY> )*(?:out|thin|to an end)\b
\b(?:i|we)(?:'ve| have) (?:<VERY> )*had enough$
\b(?:i|we)(?:'ve| have) (?:<VERY> )*had enough of (?:this|your?|waiting|being)\b
\b(?:sick and )?tired of (?:wait|ask|explain|repeat|chas|hear)ing\b
\b(?:los(?:e|ing|t)|no(?: more)?|little) (?:all |any |my |our )*(?:trust|confidence|faith) (?:left )?in (?:you|your
    |the support|support)\b
\bhow many (?:more )?times (?:do|must|should|will|have) (?:i|we) (?:have to |need to )?(?:<ASKED>)\b
\bhow much longer (?:do|must|should|will) (?:i|we) (?:have to |need to )?wait\b
\b(?:this|that|it|now)(?: is|'s) (?:now |already )*(?:the|my|our) <NTH> (?:time|e?mail|message|reminder|request
    |engineer)(?: \w+){0,4}?,? (?:that |which |in which )?(?:i|we|you|who|i've|we've|you've|i'm|we're)\b
\b(?:i|we|i'm|we're|i've|we've)\b.{0,40} (?:<ASKED>)\b.{0,60} for the <NTH> time\b
^\W*for the <NTH> time,? (?:please|can you|could you|what is|why|when will)\b
\b(?:i|we)(?: have|'ve) (?:already |now )?(?:asked|explained|told|written|said)\b.{0,60} (?:three|four|five|six
    |several|multiple|many|countless|[3-9]|\d\d) times\b
\b(?:this|the|my|our) (?:case|ticket) (?:has|have) (?:<VERY> )*(?:taken|dragged on|been (?:open|going on
    |dragging on)) (?:for )?(?:far |way |much )?too long\b
\b(?:you|support|your \w+) (?:<VERY> )*(?:take|takes|took|are taking|is taking
    |have taken) (?:far |way |much )?too long\b
\bthis (?:is taking|takes|has taken) (?:forever|ages)$
# nobody there
\bclosed (?:my|our|the|this) (?:case|ticket) without (?:asking|telling|my|our|any)\b
\b(?:nobody|no one|no-one)(?: has| have)? (?:answered|called|contacted|helped) (?:me|us)\b
\b(?:nobody|no one|no-one)(?: has| have)? (?:replied|responded|reacted|g[eo]ts? back|gotten back) to (?:me|us|my
    |our)\b
\b(?:nobody|no one|no-one) (?:cares|seems to care)\b
\b(?:you|support|your \w+) (?:keep |keeps |are |is |have |has |just |simply )*ignor(?:e|es|ed|ing) (?:me|us|my|our)\b
\b(?:i|we) (?:feel|felt|am being|are being|have been) (?:<VERY> )*(?:ignored|abandoned|let down|misled|fobbed off)\b
\byou (?:have |really |badly )*(?:let (?:us|me) down|misled (?:us|me)|failed (?:us|me))\b
\bstill (?:have |have had |had )?(?:no|not (?:had|got|received) an?y?) (?:reply|answer|response|feedback) from (?:you|your|support
    |anyone)\b
\bexpected (?:\w+ )?(?:more|better) (?:from|of) (?:you|your|support|a company)\b
# what comes next
\bescalat\w+ (?:this |it |that |(?:this|the|my|our) (?:case|matter|issue|ticket) )?(?:further )?to (?:your|higher
    |upper|senior) <CHIEF>\b
\bescalat\w+ (?:this |it |that |(?:this|the|my|our) (?:case|matter|issue|ticket) )?(?:further )?to (?:a
    |the) (?:manager|supervisor|director)\b
\b(?:speak|talk|complain)(?:ing)? (?:to|with) your <CHIEF>\b
\b(?:speak|talk|complain)(?:ing)? (?:to|with) an? (?:manager|supervisor|director)\b
\b(?:i|we)\b.{0,30} (?:file|raise|lodge|make|submit) (?:a|an) (?:formal |official )?complaint\b
\b(?:formal|official) complaint\b
\b(?:i|we) (?:want|have|need|would like|wish) to complain\b
\b(?:take|taking|consider|considering) (?:\w+ )?legal action\b
\b(?:move|moving|switch|switching|looking|look) (?:to|for) (?:another|a different) (?:provider|vendor|supplier
    |cloud provider)\b
\btak(?:e|ing) our business elsewhere\b
"""

# A sentence with one of these says nothing of the writer's mood with us, or says the contrary.
_CONTRARY: Final = r"""
^\W*(?:if|unless|in case|should|whenever|suppose|are you|were you|do you|i hope|we hope)\b
\b(?:sorry|apologi[sz]e|apologies|forgive|excuse)\b
\bnot (?:<VERY> )*(?:un|dis|<CROSS>|<WRONG>|rude|a waste|an? \w+ complaint)
\b(?:no longer|never|not been|\w+n't(?: been)?|cannot|without|hardly|neither|nothing|no need
    |no reason) (?:\w+ ){0,3}?(?:<CROSS>|<WRONG>|<BAD>|rude|complain|complaint|escalat\w+|wast\w+|speak|talk|let down
    |ignored|legal action|a waste|los\w+|mak\w+|file|raise)\b
\bno (?:\w+ )?(?:frustration|disappointment|dissatisfaction|complaints?)\b
\b(?:at first|initially|in the beginning|used to be|used to)\b
\b(?:but|and) (?:now|you|your)\b.{0,60}\b(?:happy|great|thank\w*|works?|solved|excellent|good|better)\b
\bfor (?:\w+ )?(?:approval|sign-?off)\b
"""


def _table(lines: str) -> tuple[re.Pattern[str], ...]:
    """A pattern of each line; four blanks go on with the line before, "#" is a comment."""
    whole = lines.replace("\n    ", "").splitlines()
    return tuple(re.compile(_filled(line)) for line in whole if line and not line.startswith("#"))


def _filled(line: str) -> str:
    """The line with its <WORDS> put in; those may name further ones."""
    for name, words in (*_WORDS.items(), *_WORDS.items()):
        choices = "|".join(" ".join(part.split()) for part in words.split("|"))
        line = line.replace(f"<{name}>", f"(?:{choices})")
    return line


_UNHAPPY: Final = _table(_PHRASES)
_NOT_MEANT: Final = _table(_CONTRARY)
_QUOTED_FROM: Final = re.compile(
    r"\s*(?:-{2,}\s*original message|_{10,}|from: .{3,}|on .{6,120} wrote:|begin forwarded message)", re.IGNORECASE
)
_SENTENCE_ENDS: Final = re.compile(r"[.!?…;\n]+")
_WRAPPED: Final = re.compile(r"[ \t]*\n[ \t]*(?=[a-z])")  # a line that goes on in lower case


def unhappy(text: str) -> str:
    """The phrase by which a customer's message reads unhappy, as they wrote it; empty where none is sure.

    Only English is read, and nothing of what the message quotes of earlier ones.
    """
    own = _own_words(text[:LONGEST])
    if not read_as_english(own):
        return ""
    for sentence in _sentences(own):
        low = sentence.lower()
        found = next((match for one in _UNHAPPY if (match := one.search(low))), None)
        if found and len(low) == len(sentence) and not any(one.search(low) for one in _NOT_MEANT):
            return _shown(sentence[found.start() : found.end()])
    return ""


def _own_words(text: str) -> str:
    """What the customer wrote now: without quoted lines, and up to the mail that is quoted below."""
    lines: list[str] = []
    for line in text.replace("’", "'").replace("‘", "'").splitlines():
        if _QUOTED_FROM.match(line):
            break
        if not line.lstrip().startswith((">", "|")):
            lines.append(line)
    return "\n".join(lines)


def _sentences(text: str) -> Iterator[str]:
    for piece in _SENTENCE_ENDS.split(_WRAPPED.sub(" ", text)):
        if sentence := " ".join(piece.split()):
            yield sentence[:SENTENCE]


def _shown(phrase: str) -> str:
    phrase = phrase.strip(" ,:-")
    return phrase if len(phrase) <= SHOWN else phrase[:SHOWN].rstrip() + "…"
