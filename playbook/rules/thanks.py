"""LQR-01.thanks: for using the product, or for working with us."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from playbook.rules import words as w
from playbook.rules.base import Facts, Finding
from playbook.rules.marks import Marked, one_line

_THANKS: Final = re.compile(
    r"\b(?:"
    r"thank(?:s|ing)?\b(?: you)?|grateful|gratitude|thankful|appreciat\w+|obliged|indebted|merci|danke|bedankt"
    r"|tack|takk|gracias|grazie|obrigad[oa]|kudos|cheers for|ta for|ta to)"
    r"|\bit(?:'s| has|'s been| was| is)(?: been)? (?:a|an|my|our|such a|quite a)(?: \w+){0,2} (?:"
    r"pleasure|privilege|joy|delight|treat|honou?r)\b(?!"
    r" to (?:hear|see|read|learn|tell|inform|know|find|report|say))"
    r"|\b(?:thx|tnx|thanx|tks|hats off|chapeau to|in your debt|owe you"
    r"|proud to (?:have|serve|support|count)"
    r"|lucky to have"
    r"|valued? your (?:custom|business|trust|loyalty|patience|help)"
    r"|without (?:you|your (?:help|patience|notes|tests|support|work)),? )\b"
    r"|\b(?:you|your team|you all|you both)(?:'ve| have| were| are)(?: been)? (?:"
    r"so |very |most |really |a |an |wonderful|great|exemplary)*(?:"
    r"patient|helpful|kind|awesome|wonderful|star|stars|brilliant|generous|great|cooperative|supportive|pleasure)\b"
    r"|\b(?:"
    r"pleasure|delight|enjoyed|enjoy|good|glad|great|nice|lovely|treat|happy|joy|fun|honou?r|privilege|pleasant)\b"
    r".{0,25}\b(?:work|working|worked|solve|solving|cooperat\w+|collaborat\w+)\b"
)
_KIND: Final = (
    r"(?:"
    r"pleasure|delight\w*|enjoyed|enjoy|good|glad|great|nice|lovely|treat|happy|joy|fun|honou?r\w*|privilege"
    r"|pleasant|kind|fine|wonderful|smooth|excellent|valued?|treasured?|splendid|exemplary|outstanding|touched"
    r"|impressed|admire\w*|generous)"
)
_TOGETHER: Final = (
    r"(?:work|working|worked|exchanges?|talks?|conversations?|calls|contact|time|collaborat\w+|cooperat\w+"
    r"|co-operat\w+|teamwork|partnership|patience|help|humou?r|business|custom|trust|loyalty|company|support"
    r"|efforts?|care|diligence|persever\w+|persistence|calm|kindness|notes|tests|weeks|months|hours|evenings"
    r"|days|correspondence|discussions?|journey|dialogue|chats?|sessions?|meetings?|workshops?|nights?|visits?)"
)
# "I've enjoyed the exchange with you", "your patience was wonderful", "kind of you to wait"
_WARM: Final = re.compile(
    rf"\b(?:work\w*|cooperat\w+|collaborat\w+|deal\w*|talk\w*) with you\b.{{0,40}}\b{_KIND}\b"
    rf"|\b{_KIND}\b.{{0,40}}\b{_TOGETHER}\b.{{0,30}}\b(?:you|your)\b"
    rf"|\b{_KIND}\b.{{0,30}}\byour\b.{{0,30}}\b{_TOGETHER}\b"
    rf"|\b(?:enjoyed|miss|liked|loved|valued?|treasured?) our\b.{{0,30}}\b{_TOGETHER}\b"
    rf"|\byour (?:\w+ ){{0,3}}{_TOGETHER}\b.{{0,40}}\b{_KIND}\b"
    r"|\b(?:kind|good|nice|generous|patient|decent|considerate|sporting|great) of you (?:both |all )?to\b"
)
_ELSE: Final = re.compile(r"\b(?:he|she|they|him|them|colleagues?|deserves?|his|her)\b")
_YOU: Final = re.compile(r"\b(?:you|your|yours|both|all|everyone|everybody)\b")
_SURVEYED: Final = (
    r"(?:feedback|survey|questionnaire|rating|opinion|views?|answers?|comments?|inputs?|thoughts|remarks?"
    r"|assessment|judge?ment|filling|completing"
    r"|answering (?:it|that|the survey)"
    r"|taking part|participating|minutes?)"
)
_ASKED: Final = re.compile(
    rf"^\W*(?:if|should)\b|\b(?:survey|feedback|please|would|hear|call me|reach|{_SURVEYED[3:-1]})\b"
)
_NO_THANKS: Final = re.compile(
    r"(?:thanks?|thank you)(?: \w+)? in advance"
    r"|in advance"
    r"|^thanks?(?: you)?,? (?:and|&) (?!you|\w+, for\b|to you)(?!.*\bfor (?:the|your|all|being|using)\b)"
    r"|thank (?:god|goodness|heavens?)"
    r"|thanks to (?!you\b|your\b|all\b|both\b|everyone)(?!.{0,60}\bfor\b)"
    r"|thanks? (?:goes|go) to (?!you\b)(?!.*\byou)"
    r"|thank (?:the|them|him|her|our|my) (?!.*\byou)"
    r"|(?:would|'d|should|will|'ll)(?: \w+){0,3} (?:grateful|thankful|obliged|appreciate|appreciated)\b"
    r"|\bno (?:need to )?thank"
    r"|(?:grateful|thankful|obliged|appreciate it|appreciated) if\b"
    rf"|(?:thanks?(?: you)?|grateful|appreciate|thankful)(?: \w+){{0,2}} (?:for|of)? ?(?:\w+ ){{0,3}}{_SURVEYED}\b"
    rf"|appreciate (?:\w+ ){{0,3}}{_SURVEYED}"
    rf"|{_SURVEYED}(?: \w+){{0,6}} (?:is|are|be)(?: \w+)? (?:\w+ )?appreciated"
)
_REQUESTS: Final = re.compile(r"\b(?:please|kindly|could|can|would|if|should|survey|feedback)\b|\?")
_BARE_THANKS: Final = re.compile(
    r"^\W*(?:(?:many|with|best|kind|warm|my) )*(?:thanks?|thank you)(?:"
    r" (?:again|very much|so much|a lot|a million|and (?:kind |best |warm )?regards|& regards|you|indeed))*\W*$"
)
_TAIL: Final = re.compile(r", (?:many )?thanks\W*$")
_APPRECIATED: Final = re.compile(
    r"(?:i|we)(?:'ve| have| really| very much| truly| also| greatly)* appreciated"
    r"|(?:help|patience|time|work|support|effort|efforts|cooperation|co-operation|collaboration|trust|business"
    r"|partnership|care|notes|tests|understanding)(?: \w+){0,6} (?:is|are|was|were|been)(?: \w+){0,2} appreciated"
)


def check_thanks(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """LQR-01.thanks: for using the product or for working with us. Thanks in advance are none."""
    for before, sentence in pairwise((None, *marked.sentences)):
        if sentence is None or not sentence.marks & w.THANKS:
            continue
        if sentence.start >= marked.signature and len(sentence.low) < 25:
            continue
        if _gives_thanks(sentence.low):
            return
        within = before is not None and before.line == sentence.line and sentence.start < marked.signature
        if within and before and _BARE_THANKS.match(sentence.low) and not _REQUESTS.search(before.low):
            return
    product = one_line(facts.known.get("product", ""))
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
    if _ELSE.search(low) and not _YOU.search(low):
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
    return _WARM.search(low) is not None and not _ASKED.search(low)
