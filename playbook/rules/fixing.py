"""What tells a fix: somebody did something about it, or something is in place since. Looking and talking are none.

The test is open: any deed counts that isn't known to mend nothing. A deed that mends nothing and that we don't know
makes the rule silent, which costs less than a false alarm.
"""

import re
from typing import Final

from playbook.rules.symptom import NOT_ABLE, SYMPTOM
from playbook.rules.words import word_set

# Where a clause of a sentence begins. What follows `why` tells a cause or a moment, and not what was done.
_CLAUSE: Final = re.compile(
    r"[;()–—]|, |: | - "
    r"|(?<=\w) (?=(?:and|but|so|then|or)\b)"
    r"|(?:^|(?<=\s))(?=(?:"
    r"because|which|that(?!'s)|who|whose|where|when|while|until|before|although|though|due to|if|whenever|how|why"
    r"|whether|what"
    r"|as(?= (?:we|i|you|the|it|they|soon|that|an?|long)\b)"
    r"|since(?! (?:then|the \d|\d|mon|tue|wed|thu|fri|sat|sun|yes|last))"
    r"|after|once)\b)"
)
_WHY: Final = re.compile(
    r"\W*(?:and |but |so |or |just |only |ever |even )*(?:"
    r"because|which|that(?!'s)|who|whose|where|when|while|until|before|although|though|due to|if|whenever|how|why"
    r"|whether|as|since|after|once)\b"
)
_GOES_ON: Final = re.compile(r"\W*(?:and|or)\b(?!.{0,24}\b(?:so|then|we|i|you|they|he|she|now|since)\b)")
_CAUSE_LABEL: Final = re.compile(
    r"^[\W\d]*(?:the |your |our |root |likely |probable )*(?:"
    r"causes?|reasons?|why|because|culprit|origin|symptoms?|problems?|issues?|subject|description|background"
    r"|diagnosis|findings?|analysis|rca"
    r"|what (?:happened|went wrong|was wrong|you saw|broke))\b[^:\n]{0,30}(?::|\s[–-]\s)[^;.:]*"
)
_DEED: Final = re.compile(
    r"\b(?<!\bthe )(?<!\ba )(?<!\ban )(?<!\byour )(?<!\bour )(?<!\bno )(?P<verb>"
    r"(?:had|got|asked|let|helped) you(?:r \w+)?(?: \w+)? (?:to )?(?!find|see|wait|try|test|under|look)\w+"
    r"|[a-z-]{2,}ed|put|set|cut|brought|wrote (?=the|a|it|an|new)|rewrote|built|rebuilt|reset|split|shut|bound"
    r"|threw|laid|bought|drew|undid|done|undone|written|rewritten|given|withdrawn|withdrew|swung|chose|chosen|taken"
    r"|did(?! not)"
    r"|took(?=.{0,60}\b(?:off|out|away|over|back|down|from|offline)\b)"
    r"|gave (?=it|them|the|your|each|him|her)"
    r"|made (?=it|them|the|your|a|an|sure)"
    r"|re-?ran|ran (?=the|a|an|it|them)"
    r"|got (?=rid|back|more|a|its|their)"
    r"|sent (?=a|us|you|the))\b"
)
# Verbs that people do to things and things do by themselves: only the former is a deed.
_BY_PEOPLE: Final = re.compile(
    r"\b(?:we|i|you|they|team|engineers?|admins?|colleagues?)(?: have|'ve| then| also| both| \w+ly)* (?:"
    r"blocked|limited|locked|used|stopped|dropped|doubled|tripled|halved|restarted|rebooted|scheduled|shared"
    r"|skipped|posted|disconnected|interrupted|cut off|took|gave|made|sent|left|kept"
    r"|(?:had|got)(?= (?:\w+ ){1,4}\w+ed\b))"
    r" (?:the|its|it|them|your|their|all|both|each|every|a|an|another|one|two|that|those|this)\b"
    r"(?!.{0,20}\b(?:for (?:a )?\w+$|look|time|error))"
)
# "Linking it to the hub as well did it"
_DOING: Final = re.compile(
    r"^\W*(?!"
    r"looking|finding|reading|working|seeing|hearing|closing|hoping|knowing|checking|testing|using|having|being"
    r"|sending|following|during|including|concerning|regarding|judging|considering|wishing)"
    r"[a-z-]{2,}ing (?:it|them|the|that|this|your|its|all|both|an?|one|two|our|those|these|each)\b"
)
_UNREAL: Final = re.compile(
    r"\b(?:had|not|never|could|would|might|may|should|shall|will|to|cannot|hardly|being)\b|n't\b|'ll\b|'d\b"
)
_STATE: Final = re.compile(r"\b(?:is|are|be|remains?|stays?|looks?)(?: \w+ly)? $")
_NOW: Final = re.compile(
    r"\b(?:now|since then|since (?=mon|tue|wed|thu|fri|sat|sun|\d|the \d|yes|last)|meanwhile|from now on|today)\b"
)
# What people do about a case that mends nothing: looking, talking, feeling, closing. And what things do by themselves.
_MENDS_NOT: Final = word_set(
    """
    accepted acknowledged affected agreed aligned analysed analyzed announced answered appeared appreciated arrived completed functioned improved loaded recovered responded
    approached archived asked assessed assisted assumed attempted attended based behaved believed belonged
    blamed blocked called captured caused checked chose claimed closed collected combed compared complained
    concerned concluded confirmed confused considered contacted cooperated corrupted counted covered debugged
    decided delayed delighted depended described detected determined diagnosed discovered discussed documented
    dropped encountered ended engaged enjoyed escalated established examined exceed expected experienced
    explained explored faced failed feared feed filed finished fixed followed found gathered generated guessed
    handled happened heard held helped hoped hundred identified imagined impacted indeed indicated
    informed inspected intended interested interrupted investigated invited joined kept knew landed lasted lead
    learned learnt led liked limited listed listened located locked logged looked lost loved mailed managed
    measured mentioned messaged misconfigured misread missed monitored named narrowed need needed noted noticed
    observed occupied occurred outdated overlapped overloaded overlooked passed phoned planned pleased posted
    prepared presented printed probed proceed promised promptly proposed proved queried queued reached read
    realised realized received recognised recognized recorded referred regretted related relieved remained
    reported reproduced requested required researched resolved resulted retried returned reviewed ruled said
    satisfied saturated saw searched seemed sensed settled shared showed solved sorted speed spent spotted
    started stated stayed stopped struggled studied submitted succeed succeeded suffered suggested supposed
    surprised suspected talked tested thanked thought timed told traced tracked treated tried troubled
    understood unexpected used validated verified visited waited valued walked wanted watched welcomed went wished
    witnessed wondered worked
    """
)
_NOT_OF_IT: Final = re.compile(  # what is done to the case, and what is gathered or told to know more of it
    r"\b(?:case|ticket|notes?|(?<!our )(?<!your )request|tracing|survey|questionnaire|re-?open\w*|manager|thank\w*"
    r"|confirm\w*|feedback|by mistake|accident\w*|inadvertently)\b"
    r"|\b(?:took|taken|gave|provided|uploaded|enabled|switched|turned|attached|sent|delivered|created|imported|put)\b"
    r".{0,30}\b(?:logs?(?! (?:in|on|out|off)\b)|traces?|captures?|dumps?|diagnostics|screenshots?|photos?|samples?)\b"
    r"|\b(?:took|taken|put|gave|given|made|brought)\b.{0,25}\b(?:"
    r"time|part|look|call|attention|effort|work|interest|together|notes?)\b"
)
_SOLVES: Final = re.compile(
    r"\b(?:solution|fix|remedy|workaround|cure|answer|trick|hotfix|patch)\b(?: \w+){0,4} (?:"
    r"was|is|were|are|turned out|came|proved|consist\w*|lay|has been|gets|restores)\b(?! (?:no|not|known)\b)"
    r"|\b(?:solved|fixed|cured|mended|sorted|resolved|settled|cleared|repaired|remedied|rectified)"
    r"(?: out)? (?:it|this|that|the|things|everything|by|with|through|after|via|when|once|using|thanks)\b"
    r"|\b(?:made the difference|put (?:it|this|things) right"
    r"|(?:what|that|this|it|which) (?:has )?helped"
    r"|helped(?: us)?\.?$|works? around|takes? care of"
    r"|(?:a|the|this|our|your) workaround)\b"
    r"|\bas a (?:remedy|fix|workaround|solution|result)\b"
    r"|\bgets? you (?:through|by)\b"
)
# Nobody has solved it yet, and the mail says who has it now.
_THEIRS: Final = re.compile(
    r"\bnot (?:yet )?(?:fully )?resolved\b"
    r"|\bpending with\b|\bpermanent fix\b"
    r"|\b(?:still|is|are) (?:"
    r"working on|analy[sz]ing|preparing|developing|building|continuing|investigating|looking into)\b"
)
_NO_FIX: Final = re.compile(
    r"\b(?:no|without (?:a|any)) (?:\w+ )?(?:workaround|fix|solution|resolution)\b|\bwould have\b"
)
_HARMLESS: Final = re.compile(
    r"\b(?:instead of|twice as|twice the|no longer|took (?:us|me|you)(?: \w+){1,3} (?:minutes?|hours?|seconds?))\b"
)
_WELL: Final = re.compile(
    r"\b(?:"
    r"works?|worked|working|fine|gone|through|ever since|stable|stays?|normal|ok|going (?:out|through|to)|smooth\w*"
    r"|goes|go|flow(?:s|ed)?|succe\w+|again|once more|complete[sd]?|finishe[sd]|passed|solved|resolved|back|stopped"
    r"|disappeared|arrived?s?|ran|runs?|running|reached|prints?|printed|right|correct\w*|clean|well|clear|loads?"
    r"|loaded|opens?"
    r"|no (?:more|further|longer|new|\w+ (?:was|were|has|have))"
    r"|not (?:a|one) single|without|at once|immediately|within (?:a|one) \w+|quiet|holds?)\b"
)
# "by trimming the log", "after switching it on", "with the new driver": a deed when it is well with it.
_BY: Final = re.compile(
    r"\b(?:by|after|since|through|thanks to|with|once|following)(?!(?<!with) \d"
    r"| (?:"
    r"that|then|last|yesterday|the \d|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
    r"|this|us|me|you|best|kind|many|warm|looking|reading|talking|reply|answer|writing|checking|testing|waiting"
    r"|agreement|again|more|a week|two|three|no|all)\w*) \w+[^,;:]{3,}"
)
_DOING_SO: Final = re.compile(
    r"(?:by|after|through) (?:\w+ly )?\w+ing (?!in\b|on\b|at\b|of\b|for\b|with\b|to\b|from\b)"
)
_WITH_NEW: Final = re.compile(
    r"\b(?:with|by|in|through|thanks to) (?:[\w'.-]+ ){0,4}(?:"
    r"update|upgrade|release|version|hotfix|patch|firmware|policy|rule|setting|change)\b"
)


def tells_fix(low: str) -> bool:
    """Whether a sentence, in lower case, says what was done."""
    low = _CAUSE_LABEL.sub("", low)
    if (_SOLVES.search(low) or _THEIRS.search(low)) and not _NO_FIX.search(low):
        return True
    if _by_doing(low):
        return True
    why = False
    for clause in _clauses(low):
        why = _WHY.match(clause) is not None or (why and _GOES_ON.match(clause) is not None)
        if not why and not _NOT_OF_IT.search(clause) and (_has_deed(clause) or _has_new_state(clause)):
            return True
    return False


def _clauses(low: str) -> list[str]:
    return [clause for clause in _CLAUSE.split(low) if clause.strip()]


def _has_deed(clause: str) -> bool:
    people = _BY_PEOPLE.search(clause)
    if people and not _UNREAL.search(clause, 0, people.start()):
        return True
    if _DOING.match(clause) and not _sounds_bad(clause):
        return True
    for found in _DEED.finditer(clause):
        at = found.start()
        if found["verb"] in _MENDS_NOT or SYMPTOM.match(clause, at) or _UNREAL.search(clause, 0, at):
            continue
        if _STATE.search(clause[:at]) and not _NOW.search(clause):
            continue
        if clause[:at].endswith("been ") or not (SYMPTOM.search(clause, 0, at) or NOT_ABLE.search(clause)):
            return True
    return False


def _has_new_state(clause: str) -> bool:
    """Whether something is otherwise than it was, and not merely well: "the job now takes the other queue"."""
    if _WITH_NEW.match(clause.lstrip()) and not _sounds_bad(clause):
        return True
    return bool(_NOW.search(clause)) and not _WELL.search(clause) and not _sounds_bad(clause) and len(clause) > 16


def _sounds_bad(low: str) -> bool:
    return SYMPTOM.search(_HARMLESS.sub("", low)) is not None


def _by_doing(low: str) -> bool:
    found = _BY.search(low)
    if found is None or _NOT_OF_IT.search(found[0]) or _sounds_bad(low):
        return False
    return bool(_DOING_SO.match(found[0]) or _WELL.search(low, 0, found.start()) or _WELL.search(low, found.end()))
