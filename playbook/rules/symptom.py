"""What sounds like trouble in a sentence, and what speaks of trouble that might come."""

import re
from typing import Final

MIGHT: Final = re.compile(
    r"^\W*(?:if|should|in case|whenever|were|next time|unless|in the event|on re-?appearance|for the next|for next)\b"
    r"|\b(?:if|should) (?:it|this|that|the|you|they|any|something|anything|a|an|your)\b"
)
SYMPTOM: Final = re.compile(
    r"\b(?:fail(?:s|ed|ing)?|crash(?:es|ed|ing)?|dropp?(?:s|ed|ing)?|stop(?:s|ped|ping)|hang(?:s|ing)?|hung"
    r"|(?:got|was|were|is|are|been|stay(?:s|ed)|sat|remain(?:s|ed)) (?:\w+ )?(?:"
    r"stuck|offline|unreachable|unavailable|down|slow|empty|blank|missing|locked|frozen|broken|blocked|wrong"
    r"|black|late|out of sync|unresponsive|rejected|refused|denied|evicted|throttled|delayed|interrupted|lost"
    r"|duplicated|disconnected|duplicates?|bounced|ignored|gone|signed out|logged out|shown as|displayed as"
    r"|returned|charged|counted|inaccessible|unusable|invisible|unreadable|garbled|exhausted|prevented|kept out)"
    r"|tim(?:es|ed|ing)[- ]out|time-?outs?|reject(?:s|ed)|refus(?:es|ed)|vanish(?:es|ed)|disappear(?:s|ed)|lost"
    r"|los(?:es|ing)|froze|freez(?:es|ing)|flapp(?:ed|ing)|reboot(?:s|ed|ing)"
    r"|restart(?:s|ed|ing) (?:by|on|each|every|without|at|twice|during|in)"
    r"|(?:came|come|comes|coming) back with"
    r"|return(?:s|ed|ing) (?:an? )?(?:\d{3}|errors?|no|nothing|empty|wrong|http|the error)"
    r"|never|no longer|kept (?:\w+ing|on)|keeps \w+ing"
    r"|took (?:\w+ ){0,3}(?:minutes?|seconds?|hours?|times?|longer|ages|too)"
    r"|bounced|error (?:\d|\w*\d)|stall(?:s|ed)|degraded|outage|unresponsive|spik(?:es|ed)|leak(?:s|ed)"
    r"|slow(?:ly|er|ness)?"
    r"|s(?:aw|ees?|een) (?:only |just |an? )*(?:blank|empty|white|black|wrong|old|\w* ?errors?)\b"
    r"|(?:broke|breaks|breaking|broken|break) (?:off|down|up|away)"
    r"|(?:gave|gives|giving) up|came up (?:empty|blank)"
    r"|(?:fell|falls|went|goes|gone) (?:"
    r"silent|quiet|missing|dark|dead|astray|blank|down|wrong|offline|over|off|unanswered)"
    r"|di(?:es|ed)|stutter\w*|jump(?:s|ed)|lag(?:s|ged|ging)|mix(?:es|ed) up|scrambl\w+|truncat\w+|skipp(?:s|ed)"
    r"|misrout\w+|misplac\w+|unusually|unplanned|unexpected(?:ly)?|endless\w*|in a loop|loop(?:s|ed|ing)"
    r"|instead of|in place of|warn(?:s|ed)|complain(?:s|ed)|expired|doubled|tripled|unwanted|unsolicited"
    r"|overloaded|out of order|only (?:half|part|some|one)|half of"
    r"|too (?:many|few|late|early|slow|long|much|large|small)"
    r"|sluggish\w*|wrong(?:ly)?|twice|nothing|nobody)\b"
    r"|\b(?:an?|with|http|status|code|error|returned?) [45]\d\d\b"
    r"|\b[45]\d\d(?:s\b| (?:errors?|responses?|now|from)\b)"
)
NOT_ABLE: Final = re.compile(
    r"\b(?:could(?: not|n't)|can(?:not|'t| not)|was(?: not|n't)|were(?: not|n't)|did(?: not|n't)|does(?: not|n't)"
    r"|do(?: not|n't)|unable to|not able to|not possible(?: to)?|impossible(?: to)?|is(?: not|n't)|are(?: not|n't)"
    r"|has(?: not|n't)|no way to) (?!"
    r"reach|find|repro|tell|name|give|explain|prove|determine|say|promise|know|offer|help|hear"
    r"|be (?:named|determined|reproduced|proved|proven|found|reached|reopened|explained|collected|recovered|named)"
    r"|recommend|worry|hesitate|need|have|find|any|only|yet|pin|identify|resolve|solve|close|want|forget|mind"
    r"|see (?:a|any)|get (?:an|a|hold|to)|speak|connect with|manage|collected|kept|an? |the |speak|like|what|as "
    r"|my |your |our |so |just|quite|going"
    r"|able to (?:reach|find|give|tell|determine|reproduce|identify))"
)
