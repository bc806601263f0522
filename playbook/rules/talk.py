"""TALK-01: a mail ends with a next step, and the step has its time."""

import re
from collections.abc import Iterable
from typing import Final

from playbook.rules import words as w
from playbook.rules.base import Facts, Finding
from playbook.rules.marks import LONGEST, Marked, Sentence

_PROMISED: Final = (
    r"(?:reaches|calls|finds|should reach) you"
    r"|you (?:will )?hear from (?:me|us)"
    r"|(?:follows?|comes?|arrives?|goes out|is due|are due)(?="
    r" (?:on|by|at|to(?:day|morrow|night)|within|in|before|this|next))"
    r"|(?:is|are|be|comes) with you(?= (?:on|by|at|to(?:day|morrow|night)|within|in|before|this|next|again))"
    r"|you (?:get|receive|(?:should |can |may )?(?:have|expect)) (?:my|the|an?|it|our|both|them|all)"
    r"|expect (?:the|it|my|an?|our|both|that|them|news|word)"
    r"|take over"
    r"|(?:update|findings|results?) (?:by|follows?)"
)
# What is announced, or said of the future by its form alone.
_ANNOUNCED: Final = (
    r"^\W*(?:coming|next|then|to do|plan|after that|tomorrow|today|later|from here"
    r"|(?:my |the |next )*(?:updates?|news|results?|report|status|mail|answer|call))\b[^:]{0,24}:"
    r"|'ll\b"
    r"|\b(?:i|we|you)'d (?!be|hate|love|drive|say|think)\w"
)
_STEP: Final = re.compile(
    rf"{_ANNOUNCED}|\b(?:will(?! not| never)|shall|going to|please|(?:^|[,;:] |and |then |or |to )kindly"
    r"|could (?:you|we|i)|(?:we|i) could|can you|(?:we|i) can|can we|may i|would you|shall (?:i|we)"
    r"|let me know|let us know|tell (?:me|us)"
    r"|send (?:me|us|it|them|over|the)"
    r"|drop (?:me|us)|give (?:me|us)"
    r"|next (?:step|call|mail|update|message|attempt|try)"
    r"|i(?:'d| would) (?:like|love|be happy|be glad|suggest|propose|still like|gladly)"
    r"|i (?:suggest|propose|plan|intend|can)"
    r"|planned|scheduled"
    r"|i'm (?:free|available|happy to|calling|ringing|around|also free)"
    r"|i am (?:free|available|happy to|calling)"
    r"|look(?:ing)? forward|how about|what about|works? for (?:you|me)|suits?|pick one|choose"
    r"|(?<!no )(?<!your )(?<!any )(?<!without )reply"
    r"|answer (?:this|me|by)|follow-?up"
    r"|i (?:start|write|call|ring|try|check|send) (?:again|you|it|the|once|back)"
    r"|reach out|let's|(?:option|slot|proposal) \d|confirm|stands|need from you|takes place|have time"
    rf"|{_PROMISED})\b"
)
_ONLY_CHECKS: Final = re.compile(
    r"^should (?:that|this|it|any\w*)\b.{0,40}(?:let me|tell|say|write)"
    r"|\b(?:tell me if|correct me|put me right|put me straight"
    r"|set (?:me|us|it) (?:right|straight)"
    r"|please correct|let me know if|say so if|shout if|have i got"
    r"|\bif (?:that|this|anything|something|any of this|i)\b.{0,40}\b(?:"
    r"wrong|incorrect|off|not|doesn't|isn't|differ\w*|mis\w+|amiss|fit)\b"
    r".{0,12}\b(?:please|tell|say|shout|correct|let|write)"
    r"|is that (?:right|correct)|did i (?:get|understand)|change anything|add or strike"
    r"|please (?:tell me what differs|confirm this))\b"
    r".{0,60}(?:wrong|right|correct|mistaken|misread|misunderstood|off\b|differ|accurate|summary|missed|mis-?\w+|$)"
)
_CHECKS_FACTS: Final = re.compile(
    r"^did i (?:catch|get|read)\b"
    r"|^(?:and |so |but )?(?:is|does|do|have|did|am|are|was|anything|correct|right|wrong|true)\b.{0,60}\b(?:"
    r"right|correct\w*|accurate\w*|fair|picture|summary|understanding|describes?|wrong|misread|misunderst\w+"
    r"|missed|missing|forgot\w*|match\w*|understood|reflects?|covers?)\b"
    r"|^(?:correct|right|wrong|true|agreed)\?"
)
_VAGUE: Final = re.compile(
    r"\b(?:as soon as (?:possible|i can|we can|i know|practicable)"
    r"|asap|soon(?:ish)?|shortly|in due (?:course|time)|at your earliest convenience|in the near future|in a while"
    r"|(?:in|over|during) the (?:coming|next|following) (?:few )?(?:days|weeks|hours)"
    r"|(?:in|within) (?:a few|some|a couple of) (?:days|weeks|hours)"
    r"|one of these days|at some point|sometime|some day|before long"
    r"|when i (?:can|get a moment|have time)"
    r"|later on|presently|promptly|in the next days|timely)\b"
)
_DAY: Final = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mon|tue|tues|wed|thu|thur|thurs|fri|sat(?= \d)|sun(?= \d)"
_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_COUNT: Final = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|ten|twelve|fourteen|half an|a day or two|the)"
_TIME: Final = re.compile(
    rf"\b(?:{_DAY})\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\.?(?: of)? {_MONTH}\b"
    rf"|\b{_MONTH}\.? \d{{1,2}}(?!\d)|\b20\d\d-\d\d-\d\d\b"
    r"|\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b"
    r"|\b\d{1,2}\.\d{1,2}\."
    r"|\bthe \d{1,2}(?:st|nd|rd|th)\b"
    r"|\b\d{1,2}:\d\d\b"
    r"|\b\d{1,2}\.\d\d (?:uhr|cet|cest|gmt|bst|ist|hrs|h|am|pm)"
    r"|\b\d{1,2} ?(?:am|pm|a\.m|p\.m|h|hrs|uhr|o'clock)\b"
    r"|\bnoon\b|\bmidnight\b|\bmidday\b"
    r"|\b(?:today|tonight|tomorrow"
    r"|this (?:morning|afternoon|evening|week)"
    r"|next (?:week|month|business day|working day)"
    r"|same day)\b"
    r"|\bend of (?:the |this |my |your |next |business |working )*(?:day|week|business|month|shift)\b"
    r"|\b(?:eod|cob|eow|close of business)\b"
    r"|\b(?:in|within|for|every|another|next|under|inside|after|at least|at most|takes?|about)"
    r" (?:the next |about |around |at most |less than |another |only |next )?"
    rf"{_COUNT}(?:[ -]?(?:to|or|-) ?\w+)?[ -]?(?:full |more |business |working |calendar )?(?:"
    r"minutes?|mins?|hours?|hrs?|h|days?|weeks?|fortnight|months?)\b"
    r"|\bfortnight\b"
    r"|\b\d{1,3} ?(?:h|hrs|hours|minutes|min|(?:business |working )?days) from (?:now|today)"
    r"|\b(?:one|two|three|\d{1,2}) (?:business |working )?days\b(?! ago| later| before| without| in a row| of)"
)
_DIGIT: Final = re.compile(r"\d")
_AHEAD: Final = re.compile(
    rf"{_ANNOUNCED}|\b(?:will|shall|going to|please|(?:^|[,;:] |and |then |or |to )kindly|could|can|may i|would"
    r"|let me|let us|let's|tell me|send|next|i'd|suggest|propose|plan|planned|scheduled|free|available"
    r"|look(?:ing)? forward|how about|what about|works?|suits?|by|until|before|pick|choose"
    r"|(?<!no )(?<!your )(?<!any )(?<!without )reply"
    r"|call is|i'm calling|option|or|no later than|at the latest|deadline|due|expect|write again|start|follow"
    r"|have time|around"
    r"|i (?:call|ring|write|try|check)"
    rf"|{_PROMISED})\b"
)
_BEHIND: Final = re.compile(
    r"\b(?<!\bthe )(?<!\ba )(?<!\ban )(?<!\byour )(?<!\bmy )(?<!\bbe )(?<!\bget )(?!"
    r"(?:need|speed|feed|indeed|exceed|proceed|succeed|scheduled|planned|proposed|agreed|hundred|shared|embed"
    r"|unneeded|based|red|bed|med|wed)\b)\w{2,}ed\b"
    r"|\b(?<!\bbe )(?:"
    r"sent|wrote|left|had|was|were|been|did|got|gave|spoke|met|came|went|took|made|said|told|heard|found|rang|saw"
    r"|kept|haven't|hasn't|have not|has not|since|last|ago|yesterday|fell|began|neither)\b"
    r"|\b(?:of|from|dated|between) (?="
    r"(?:the )?\d|(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"
)


def check_next(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """TALK-01.next: something that we or the customer will do."""
    if not any(_is_step(one) for one in reversed(_body(marked))):
        yield Finding(
            "TALK-01.next",
            "error",
            "The mail names no next step, neither ours nor the customer's, so nobody knows whose turn it is.",
            None,
            "Please tell me whether you still need help with this, and I'll take the next step with you."
            if facts.kind == "lqr"
            else "Next, I'll go through what we have and send you the result.",
        )


def check_when(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """TALK-01.when: a day, date, hour or span for a next step; "soon" is none."""
    body = _body(marked)
    steps: set[int] = set()  # where the steps begin
    timed = False
    for one in reversed(body):  # what is next, and when, stands near the end
        step = _is_step(one)
        steps |= {one.start} if step else set()
        timed = timed or _timed(one, step)
        if steps and timed:
            return
    vague: tuple[int, int] | None = None
    for sentence in body:
        soon = _VAGUE.search(sentence.low) if sentence.start in steps else None
        if soon:
            vague = sentence.start + soon.start(), sentence.start + soon.end()
    word = marked.text[slice(*vague)] if vague else ""
    yield Finding(
        "TALK-01.when",
        "error",
        f"“{word}” is no time that anybody can hold us to: name a day, an hour or a span."
        if vague
        else "No next step has a time: name a day, an hour or a span.",
        vague,
        "within two business days" if vague else "You'll hear from me again within two business days.",
    )


def _body(marked: Marked) -> list[Sentence]:
    skip = marked.greeting[1] if marked.greeting else -1
    return [one for one in marked.body if one.end > skip + 2]


def _is_step(sentence: Sentence) -> bool:
    """Whether a sentence asks, offers or says what will be done; a check of the facts only is none."""
    if sentence.marks & w.QUESTION:
        return not _ONLY_CHECKS.search(sentence.low) and not _CHECKS_FACTS.match(sentence.low)
    if not sentence.marks & (w.NEXT | w.TIME) and not _DIGIT.search(sentence.low):
        return False
    check = _ONLY_CHECKS.search(sentence.low)
    if check is None:
        return _STEP.search(sentence.low) is not None
    steps = (one for one in _STEP.finditer(sentence.low) if one[0] != "please")
    return any(not check.start() <= one.start() < check.end() for one in steps)


def _timed(sentence: Sentence, step: bool) -> bool:
    """Whether a time in the sentence belongs to what is ahead: the nearest verb before it decides."""
    low = sentence.low
    if not sentence.marks & w.TIME and not _DIGIT.search(low):
        return False
    if not step and (len(low) > 90 or _BEHIND.search(low)):
        return False
    times = [one.start() for one in _TIME.finditer(low)]
    if not times or not _BEHIND.search(low):
        return bool(times)  # nothing in it lies behind
    ahead = [one.start() for one in _AHEAD.finditer(low)]
    behind = [one.start() for one in _BEHIND.finditer(low)]
    for at in times:
        future, past = _last(ahead, at), _last(behind, at)
        if max(future, past) < 0:  # the time comes first: what follows decides
            future, past = -_first(ahead, at), -_first(behind, at)
        if future > past or future == past == -LONGEST:
            return True
    return False


def _last(places: list[int], at: int) -> int:
    return max((place for place in places if place < at), default=-1)


def _first(places: list[int], at: int) -> int:
    return min((place for place in places if place > at), default=LONGEST)
