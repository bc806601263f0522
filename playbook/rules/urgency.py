"""FQR-03: the mail is as quick as the case is urgent, and asks where that isn't known."""

import re
from collections.abc import Iterable
from typing import Final

from playbook.rules import acts as a
from playbook.rules.acts import acts_of
from playbook.rules.base import Facts, Finding
from playbook.rules.marks import Marked

_HIGHEST: Final = frozenset({"a", "1", "sev a", "sev1", "sev 1", "critical"})
_ASKS_URGENCY: Final = re.compile(
    r"\b(?:urgen\w+|priorit\w+|severity|deadlines?|impact\w*|pressing|critical|time.?frame|time limit"
    r"|how (?:soon|quickly|fast|bad\w*|much (?:time|of your)|long can"
    r"|many (?:people|users|colleagues|customers|of your)"
    r"|far|serious\w*|important|hard|heavily|widely"
    r"|does (?:this|it|that) (?:affect|hit|touch|hurt|hold))"
    r"|(?:by|until|before) (?:when|what (?:date|day|time)|which (?:date|day|time))"
    r"|when (?:do|does|must|would|should|will|at the latest) (?:you|it|this|your \w+)(?: \w+){0,4} (?:"
    r"need|be (?:back|working|fixed|solved|right|ready|done)|working|run|have|at the latest)"
    r"|what (?:stops|happens|breaks|is at stake|would happen|suffers|depends"
    r"|does (?:this|it) (?:mean|cost|stop|hold|block)"
    r"|is (?:held up|blocked|the (?:effect|consequence|cost))"
    r"|can't|work|else|hangs)"
    r"|who (?:is|else is) (?:affected|waiting|hit|blocked|held)"
    r"|affect(?:s|ed|ing)? (?:your|you|the)"
    r"|consequences?|at stake|can (?:it|this|you) wait"
    r"|(?:hold|held|holding) (?:you )?up"
    r"|(?:need|want) (?:it|this|them|the \w+|an answer|a solution|a fix) (?:by|back|working|solved|fixed|before)"
    r"|effect on|mean for (?:your|you)|cost(?:s|ing)? you|depends? on (?:it|this)|business)\b"
)
_TOLD: Final = re.compile(
    r"\byou(?:'ve| have)? (?:told|wrote|write|said|say|mention\w*|need|ask\w*|marked|set|call\w*|rated?)"
    r" .{0,60}\b(?:urgent"
    r"|by (?:mon|tues|wednes|thurs|fri|the|end|next|tomorrow|today|\d)"
    r"|before|no (?:rush|hurry)|severity|deadline|not urgent|can wait|priority|critical)\b"
)
_TODAY: Final = re.compile(
    r"\b(?:today|tonight"
    r"|this (?:morning|afternoon|evening|hour|night)"
    r"|(?:call|calling|ring|ringing|phoning|dialling) you (?:right )?(?:now|back now|at once|immediately)"
    r"|(?:stay|staying|remain) (?:on the (?:bridge|line|call|case until)|with you (?:until|till|on)|at it until)"
    r"|same day|on the hour|half past"
    r"|end of (?:the |my |your |this )?(?:day|shift|business)"
    r"|eod|cob|close of business|midnight|noon|midday"
    r"|(?:"
    r"in|within|every|after|for|next|under|inside|about|around|per|half an?|each|of|another|than|the|least|most|or"
    r"|to|first|last|over|once an?|twice an?|-) ?(?:"
    r"the next |about |less than |at most |half an? |a |an |one |two |three |four |five |six |eight |ten |twelve "
    r"|fifteen |twenty |thirty |forty-?five |sixty |ninety |\d{1,3} |quarter of an |a quarter of an |couple of "
    r"|few )?-?(?:full )?(?:minutes?|mins?|hours?|hrs?|h|hourly|half-?hour|quarter)"
    r"|hourly"
    r"|\d{1,3}[ -]?(?:minutes?|mins?|min|hours?|hrs?|h)\b(?! ago)"
    r"|(?:twenty|thirty|forty|fifteen|ninety|sixty|ten|five)(?:-five)? minutes"
    r"|\d{1,2}[:.h]\d{2}"
    r"|\d{1,2} ?(?:am|pm|a\.m|p\.m|h|hrs|o'clock|utc|gmt|cet|cest))\b"
)
_OTHER_DAY: Final = re.compile(
    r"\b(?:tomorrow"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|next (?:week|business|working|day|month)"
    r"|\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)\w*"
    r"|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)\w* \d{1,2}(?:st|nd|rd|th)?\b"
    r"|(?:\d+|two|three|four|five|a few|few) (?:business |working )?days"
    r"|(?:2[5-9]|[3-9]\d|1\d\d) (?:hours|hrs|h)"
    r"|days|week|the \d{1,2}(?:st|nd|rd|th)"
    r"|(?:end|close) of (?:the |this )?week"
    r"|20\d\d-\d\d-\d\d"
    r"|\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?(?!\d))\b"
)
# A date with its hour may well be today's: which day it is stands nowhere in a mail.
_TO_THE_MINUTE: Final = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,? \d{1,2} (?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)"
    r"\w*,? (?:at )?\d{1,2}:\d{2}"
)
_PAST: Final = re.compile(
    r"\bevery (?:minute|hour) (?:of|counts|matters|costs|that|is|without)\b"
    r"|\b(?:since|around|from) (?:about )?\d{1,2}[:.]\d{2}\b"
)
_FUTURE: Final = re.compile(
    r"'ll\b"
    r"|\b(?:"
    r"will|shall|going to|update|hear|expect|by|within|next|until|call|calling|write|stay|staying|send|sending"
    r"|follows?|get|receive|reach|now|immediately|report|hourly|on the bridge|ring|meet|join|start|starting|i'm"
    r"|we're|is with you|due)\b"
)


def check_urgency(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """FQR-03: severity A with nothing inside the day; or a severity that nobody knows and nobody asks."""
    severity = facts.severity.strip().lower()
    if severity in _HIGHEST:
        if not _inside_the_day(marked):
            yield Finding(
                "FQR-03",
                "error",
                "The case is severity A, and the mail commits to nothing within the day.",
                None,
                "You'll hear from me within the hour, and every hour after that, even without news.",
            )
    elif not severity and not _asked(marked):
        yield Finding(
            "FQR-03",
            "error",
            "Nobody knows yet how urgent this is, and the mail doesn't ask.",
            None,
            "How urgent is this for you: by when do you need it working, and what stops until then?",
        )


def _asked(marked: Marked) -> bool:
    for one in acts_of(marked):
        asks = (
            one.does & a.QUESTION
            or (one.does & a.ASKS and not one.does & a.FRAMES)
            or (one.does & a.ITEM and one.under == a.NEEDS)
        )
        if (asks and _ASKS_URGENCY.search(one.said)) or _TOLD.search(one.said):
            return True
    return False


def _inside_the_day(marked: Marked) -> bool:
    """Whether something ahead has a time of today: a span of hours, an hour with no other day beside it."""
    for one in acts_of(marked):
        if one.does & a.FRAMES or one.under == a.ISSUE:
            continue
        said = _PAST.sub(" ", one.said)
        for clause in re.split(r"[;.]|, (?:and|but|then) | and then ", said):
            today = _TODAY.search(clause) and not _OTHER_DAY.search(clause)
            if (today or _TO_THE_MINUTE.search(clause)) and (_FUTURE.search(clause) or len(clause) < 40):
                return True
    return False
