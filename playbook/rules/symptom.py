"""What sounds like trouble in a sentence, and what speaks of trouble that might come."""

import re
from typing import Final

MIGHT: Final = re.compile(
    r"^\W*(?:if|should|in case|whenever|were|next time|unless|in the event|on re-?appearance|for the next|for next)\b"
    r"|\b(?:if|should) (?:it|this|that|the|you|they|any|something|anything|a|an|your)\b"
)
SYMPTOM: Final = re.compile(
    r"\b(?:fail(?:s|ed|ing)?|crash(?:es|ed|ing)?|dropp?(?:s|ed|ing)?|stop(?:s|ped|ping)|hang(?:s|ing)?|hung|(?:got"
    r"|was|were|is|are|been|stay(?:s|ed)|"
    r"sat|remain(?:s|ed)) (?:\w+ )?(?:stuck|offline|unreachable|unavailable|down|slow|empty|blank|missing|locked"
    r"|frozen|broken|blocked|"
    r"wrong|black|late|out of sync|unresponsive|rejected|refused|denied|evicted|throttled|delayed|interrupted|lost"
    r"|duplicated"
    r"|disconnected|duplicates?|bounced|ignored|gone|signed out|logged out|shown as|displayed as|returned|charged"
    r"|counted"
    r"|inaccessible|unusable|invisible|unreadable|garbled|exhausted|prevented|kept out)|tim(?:es|ed|ing)[- ]out"
    r"|time-?outs?|reject(?:s|ed)|refus(?:es|ed)|"
    r"vanish(?:es|ed)|disappear(?:s|ed)|lost|los(?:es|ing)|froze|freez(?:es|ing)|flapp(?:ed|ing)|reboot(?:s|ed|ing)"
    r"|restart(?:s|ed|ing)"
    r" (?:by|on|each|every|without|at|twice|during|in)|(?:came|come|comes|coming) back with|return(?:s|ed"
    r"|ing) (?:an? )?(?:\d{3}|errors?|no|nothing"
    r"|empty|wrong|http|the error)|never|no longer|kept (?:\w+ing|on)|keeps \w+ing|took (?:\w+ ){0,3}(?:minutes?"
    r"|seconds?|hours?|times?|"
    r"longer|ages|too)|bounced|error (?:\d|\w*\d)|stall(?:s|ed)|degraded|outage|unresponsive|spik(?:es|ed)|leak(?:s"
    r"|ed)|slow(?:ly|er|ness)?"
    r"|s(?:aw|ees?|een) (?:only |just |an? )*(?:blank|empty|white|black|wrong|old|\w* ?errors?)\b"
    r"|(?:broke|breaks|breaking|broken|break) (?:off|down|up|away)|(?:gave|gives|giving) up|came up (?:empty|blank)|(?:fell|falls|went"
    r"|goes|gone) (?:silent|quiet|missing|dark|dead|astray|blank|down|wrong|offline|over|off|unanswered)|di(?:es|ed)|stutter\w*|jump(?:s|ed)"
    r"|lag(?:s|ged|ging)|mix(?:es|ed) up|scrambl\w+|truncat\w+|skipp(?:s|ed)|misrout\w+|misplac\w+|unusually|unplanned|unexpected(?:ly)?|endless\w*|in a loop"
    r"|loop(?:s|ed|ing)|instead of|in place of|warn(?:s|ed)|complain(?:s|ed)|expired|doubled|tripled|unwanted|unsolicited|overloaded|out of order|only (?:half|part|some|one)|half of|too (?:many|few|late|early|slow|long|much|large|small)"
    r"|sluggish\w*|wrong(?:ly)?|twice|nothing|nobody)\b"
    r"|\b(?:an?|with|http|status|code|error|returned?) [45]\d\d\b|\b[45]\d\d(?:s\b| (?:errors?|responses?|now|from)\b)"
)
NOT_ABLE: Final = re.compile(
    r"\b(?:could(?: not|n't)|can(?:not|'t| not)|was(?: not|n't)|were(?: not|n't)|did(?: not|n't)|does(?: not|n't)"
    r"|do(?: not|n't)|unable to|"
    r"not able to|not possible(?: to)?|impossible(?: to)?|is(?: not|n't)|are(?: not|n't)|has(?: not|n't)|no way to) "
    r"(?!reach|find|repro|tell|name|give|explain|prove|determine|say|promise|know|offer|help|hear|be (?:named"
    r"|determined|reproduced|"
    r"proved|proven|found|reached|reopened|explained|collected|recovered|named)|recommend|worry|hesitate|need|have"
    r"|find|any|only|yet|pin|identify"
    r"|resolve|solve|close|want|forget|mind|see (?:a|any)|get (?:an|a|hold|to)|speak|connect with|manage|collected"
    r"|kept|an? |the |speak|like"
    r"|what|as |my |your |our |so |just|quite|going|able to (?:reach|find|give|tell|determine|reproduce|identify))"
)
