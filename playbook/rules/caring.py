"""FQR-02: the mail sees the customer's situation, and sounds like a person."""

import re
from collections.abc import Iterable
from itertools import takewhile
from typing import Final

from playbook.rules import acts as a
from playbook.rules import words as w
from playbook.rules.acts import Act, acts_of
from playbook.rules.base import Facts, Finding
from playbook.rules.feeling import feels
from playbook.rules.marks import Marked, place_of
from playbook.rules.names import check_name
from playbook.rules.problem import own_words, shared_words
from playbook.rules.symptom import SYMPTOM

_INTRODUCES: Final = re.compile(
    r"\b(?:your engineer|with me from|is with me|name ist|mi chiamo|je m'appelle|me llamo|my name is"
    r"|i'm \w+(?:,| and| from))"
    r"|^(?:my name|this is"
    r"|i(?:'m| am) (?!sorry|afraid|aware|conscious)"
    r"|i (?:have |'ve )?(?:take|took|taken|received|picked|work|own|will be|joined)"
    r"|i'(?:ve|ll) (?:taken|received|picked|be|look|take)"
    r"|we (?:have )?received"
    r"|your (?:case|ticket|request)\b"
    r"|case \d|thank|many thanks|thanks"
    r"|(?:i|we) (?:really |very much )?appreciate"
    r"|regarding|re:|about your|with reference"
    r"|as (?:discussed|agreed|promised)"
    r"|following|further to|here is|here's|welcome|good to|nice to|pleased to|hope|i hope|i trust|it was good)"
)
_DID: Final = re.compile(r"(?:\W|today |already )*(?:i|we)(?:'ve| have| \w+ed|'m \w+ing)\b")
_ROBOTIC: Final = re.compile(
    r"\bapologi[sz]e (?:sincerely |deeply )?for (?:any|the|all|this) (?:\w+ )?(?:inconvenience|trouble|delay)"
    r"(?: \w+)?(?: (?:this|it|that|which|caused|the issue))*"
    r"(?: (?:may|might|has|have|could))?(?: have)?(?: caused)?(?: (?:to )?you)?\s*(?:[.!,]|$|and )"
    r"|\b(?:sorry|regret|apologies) for (?:any|the|all) (?:\w+ )?inconveniences?(?:"
    r" (?:this|it|that|which|caused|the issue))*"
    r"(?: (?:may|might|has|have|could))?(?: have)?(?: been)?(?: caused)?(?: (?:to )?you)?\s*(?:[.!,]|$|and )"
    r"|\b(?:inconvenience|trouble) (?:is|was) (?:\w+ )?regretted"
    r"|\bdo the needful"
    r"|\b(?:kindly|please) (?:revert|do the same|note that we)"
    r"|\brevert back"
    r"|\brevert (?:at|to us|to me|asap|with)"
    r"|\bthank(?:s| you) for (?:"
    r"contacting|choosing|reaching out to|getting in touch with|your (?:contact|interest in)"
    r"|being a (?:valued|loyal)|writing to|calling) (?:the |our )?(?:\w+ ){0,2}(?:"
    r"support|customer|team|service|microsoft|azure|us\b|technical|help ?desk|premier)"
    r"|\bthank(?:s| you) for (?:contacting|reaching out to|choosing) (?:us|microsoft|azure|our)"
    r"|\bthank you for your (?:valued|continued) (?:"
    r"custom|business|patronage|support|patience and (?:understanding|cooperation))"
    r"|\bcustomer satisfaction is|\byour satisfaction is"
    r"|\b(?:top|highest|utmost|number one|first) priority(?: is|\W*$)"
    r"|\b(?:is|are) (?:of (?:the )?utmost importance|our (?:top|number one|highest|utmost|first) priority)"
    r"|\b(?:do not|don't|never) hesitate to\b"
    r"|\bfeel free to (?:reach out|contact|get in touch|revert|write|call)(?: \w+){0,4} (?:"
    r"at any (?:time|point)|should you|if you (?:have|need)|with any|in case|for any|any ?time|further)"
    r"|\bshould you have (?:any|further)\b"
    r"|\b(?:any|further) (?:queries|clarifications?|concerns or questions|questions or concerns|further assistance)\b"
    r"|\b(?:hope|trust) (?:that )?(?:this|my|the|our) (?:e-?mail|mail|message|note|letter) finds you"
    r"|\bhope you(?:'re| are) (?:doing )?(?:well|fine|great|good)\b(?= and safe| today|\W*$| and)"
    r"|\bvalued? (?:customer|client|partner)"
    r"|\bwe (?:\w+ )?value (?:your|you)"
    r"|\byour (?:business|patience|cooperation|understanding|feedback|call|case|time)"
    r" is (?:\w+ )?(?:important|appreciated|valued|valuable)"
    r"|\b(?:rest|be|please be|please rest) assured\b"
    r"|\bassur(?:e|ing) you (?:of )?(?:our"
    r"|that (?:we|i)(?:'ll| will| are|'re)? (?:do|doing|be doing|put|make|give|provide|leave|try|work|spare|take))"
    r"|\bbest (?:of (?:our|my) )?(?:services?|abilit\w+) (?:at|always|possible)"
    r"|\bat all times\b.{0,20}best"
    r"|\b(?:this is to inform"
    r"|please be (?:informed|advised|noted)"
    r"|kindly (?:be informed|note)|we would like to inform|i would like to inform|it has come to our"
    r"|we wish to inform"
    r"|please note that your (?:case|ticket|request) (?:has|is)"
    r"|be advised that"
    r"|as per (?:the |our )?(?:trailing|below|trail|process|policy)"
    r"|with reference to the (?:above|subject|captioned)"
    r"|in regards to the (?:above|captioned))\b"
    r"|\b(?:committed|dedicated|strive|striv\w+|endeavou?r) to (?:"
    r"provid\w*|deliver\w*|giv\w*|offer\w*|ensur\w*|resolv\w+|serv\w*|help\w*)"
    r" (?:you |our customers )?(?:with )?(?:the |an? )?(?:\w+ )?(?:"
    r"best|highest|excellent|exceptional|quality|outstanding|superior|possible|world)"
    r"|\b(?:pleasure|privilege|honou?r) (?:to (?:assist|serve|support|help)|serving|assisting|supporting)"
    r" (?:you|our)"
    r"|\b(?:it will be|it'll be|it is|is|be) my (?:pleasure|privilege)\b"
    r"|\b(?:more than|always) happy to (?:assist|help) you(?: \w+){0,3}\W*$"
    r"|\bwe (?:highly |greatly |truly |really |sincerely )?appreciate your (?:"
    r"patience|business|cooperation|understanding|continued|kind)\b"
    r"|\bthank(?:s| you) (?:in advance )?for your (?:kind )?(?:understanding|cooperation|patience)"
    r"(?: and \w+)?(?: in this (?:matter|regard))?\s*(?:[.!]|$)"
    r"|\b(?:look(?:ing)? forward to (?:assisting|serving|a positive|your kind|your favou?rable|continuing to serve)"
    r"|have a (?:great|nice|wonderful|good|lovely|blessed|pleasant) day(?: ahead)?\W*$"
    r"|your (?:kind|esteemed|valuable|valued) (?:"
    r"cooperation|support|response|reply|attention|organi[sz]ation|feedback|patience|input))\b"
    r"|\byour (?:case|ticket|request|query|concern|inquiry|enquiry)"
    r" (?:has been|was|is) (?:successfully )?(?:received|logged|registered|assigned|acknowledged)"
    r"(?: \w+){0,5} (?:and|by|to) (?:is|will|our|one of|the|an?|being)\b.{0,60}(?:"
    r"in the order|accordingly|representative|shortly|agent|processed|attended)"
    r"|\b(?:one of our|our) (?:\w+ )?(?:representatives?|agents?|experts?|specialists?) will (?:\w+ )?(?:"
    r"get back|contact|be in touch|reach out|attend|assist)"
    r"|\bwe(?:'re| are) (?:here|always here|available) (?:to (?:help|assist|serve)|for you)(?:"
    r" (?:24|round|at any|every|always)|\W*$)"
    r"|\b(?:utmost|topmost) (?:importance|priority|urgency|care|attention)"
    r"|\bhighest (?:importance|standard|level of (?:service|support|satisfaction))"
)


def _stock_phrase(said: str, marks: int) -> re.Match[str] | None:
    """The first phrase in a sentence that would fit any mail; `marks` are the sentence's."""
    return _ROBOTIC.search(said) if marks & w.STOCK else None


def check_customer_name(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """FQR-02.name: as LQR-01.name reads it."""
    for one in check_name(marked, facts):
        yield Finding("FQR-02.name", one.severity, one.message, one.span, one.fix)


def check_empathy(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """FQR-02.empathy: something sees what the customer is going through, or what it costs them.

    How people say that has no end. So what opens the mail counts too, where it neither introduces anybody
    nor says the issue back: what else would it be about.
    """
    acts = [one for one in acts_of(marked) if not _stock_phrase(one.said, one.sentence.marks)]
    told = (one for one in acts if not one.does & a.QUESTION and (one.part == 0 or not one.does & (a.AGREES | a.ASKS)))
    if any(feels(one) for one in told) or _opens_warmly(acts, own_words(facts)):
        return
    yield Finding(
        "FQR-02.empathy",
        "warning",
        "Nothing in the mail sees what this means for the customer: name the impact, in their own words if you can.",
        None,
        "I can see how much this holds up your work, and I'm sorry that it does.",
    )


def _opens_warmly(acts: list[Act], own: frozenset[str]) -> bool:
    """Whether the mail opens with something that is no business, before it says the issue back."""
    opening = [
        one for one in acts if len(one.said) >= 25 and not _INTRODUCES.search(one.said) and not _DID.match(one.said)
    ]
    said_back = [at for at, one in enumerate(acts) if _says_back(acts, at)]
    if said_back:
        first, parts = acts[said_back[0]], {acts[at].part for at in said_back}
        before = [one for one in opening if one.sentence.start < first.sentence.start]
        return bool(before) or (len(parts) > 1 and opening[:1] == [first])
    facts = list(takewhile(lambda one: not one.does & (a.OURS | a.ASKS | a.QUESTION) and not one.under, opening))
    if len({one.part for one in facts}) > 1:
        return True  # the first paragraph must be of something else than the second
    one = opening[0] if opening else None
    return one is not None and not (
        one.does & (a.FRAMES | a.OURS | a.ITEM | a.QUESTION | a.ASKS | a.AGREES)
        or SYMPTOM.search(one.said)
        or shared_words(one.said, own) > 1
        or " since " in one.said
    )


def _says_back(acts: list[Act], at: int) -> bool:
    """Whether a sentence says the issue back: by its words, by its heading, or as it asks to be corrected after it."""
    one = acts[at]
    if one.does & a.FRAMES or one.under == a.ISSUE:
        return True
    corrects = at + 1 < len(acts) and acts[at + 1].part == one.part and acts[at + 1].does & a.AGREES
    return bool(corrects) and not one.does & (a.OURS | a.AGREES)


def check_boilerplate(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """FQR-02.robotic: the first stock phrase; one is enough to make a letter a form."""
    for sentence in marked.sentences if marked.marks & w.STOCK else ():
        said = " ".join(sentence.low.split())
        found = _stock_phrase(said, sentence.marks)
        if found:
            yield Finding(
                "FQR-02.robotic",
                "warning",
                f"“{found[0].strip(' .,!')}” would fit any case, and reads like a form letter: say it of this one, or leave it out.",
                place_of(sentence),
                _plainly(found, said),
            )
            return


# What a stock phrase may have meant, in plain words.
_PLAIN: Final = (
    (re.compile("hesitat|quer|clarif|feel free|should you have"), "If anything is unclear, just answer this mail."),
    (re.compile("inconvenience|apolog"), "I'm sorry for the time that this costs you."),
    (re.compile("needful|revert"), "Please answer this mail with what you find."),
    (re.compile("contacting|reaching out|choosing"), "Thank you for the details you sent."),
)


def _plainly(found: re.Match[str], said: str) -> str:
    """A plain line for a stock phrase that is the whole sentence; nothing where the sentence says more."""
    if len(said) > 90 or ", and " in said or ", but " in said:
        return ""
    return next((line for shape, line in _PLAIN if shape.search(found[0])), "")
