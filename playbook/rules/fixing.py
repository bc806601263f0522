"""What tells a fix: somebody did something about it, or something is in place since. Looking and talking are none."""

import re
from typing import Final

from playbook.rules.problem import SYMPTOM
from playbook.rules.words import word_set

_FIX_NOUN: Final = re.compile(
    r"\b(?:solution|fix|remedy|workaround|cure|answer|resolution)(?: \w+){0,4} (?:was|is|were|turned out|came|proved"
    r"|consist\w*|lay|has been|gets|restores)\b"
    r"|\b(?:solved|fixed|cured|mended|sorted|resolved|settled|healed|cleared|repaired|rectified) (?:it|this|that"
    r"|the (?:issue|problem|matter|fault|error"
    r"|trouble)|things|everything)\b|\b(?:did the trick|made the difference|put (?:it|this|things) right|got (?:it"
    r"|things) (?:going|working|running)"
    r"|brought (?:it|them|the \w+) back)\b|\b(?:solved|fixed|resolved|cured|mended|sorted|put right|remedied"
    r"|rectified) (?:by|with|through|after|via|when|once|using)\b"
    r"|\bas a (?:remedy|fix|workaround|solution|result)\b|\bthe (?:answer|trick|cure) was\b|\bgets? you (?:through"
    r"|by)\b|\bhelped\b|\bworkaround\b|\bworks? around\b"
    r"|\bnot (?:yet )?(?:fully )?resolved(?: yet)?\b|\bpending with\b|\bpermanent fix\b|\b(?:still|is"
    r"|are) (?:working on|analy[sz]ing|preparing|developing|building|continuing|investigating|looking into)\b"
)
_NO_FIX: Final = re.compile(
    r"\b(?:no|without (?:a|any)) (?:\w+ )?(?:workaround|fix|solution|resolution)\b|\bhelped (?:us"
    r"|me) (?:to )?(?:find|see|understand)|\bwould have helped"
)
_DONE: Final = (
    r"(?:removed|added|changed|set|moved|replaced|renewed|re-?set|restarted|rebooted|re-?built|re-?created"
    r"|re-?installed|installed|uninstalled|"
    r"updated|upgraded|downgraded|rolled|reverted|restored|raised|lowered|increased|decreased|reduced|extended"
    r"|enabled|disabled|de-?activated|"
    r"re-?activated|activated|switched|turned|re-?configured|adjusted|corrected|repaired|fixed|patched|cleared"
    r"|cleaned|purged|deleted|"
    r"re-?published|published|re-?registered|registered|re-?granted|granted|re-?assigned|assigned|re-?applied"
    r"|applied|re-?imported|imported|migrated|merged|"
    r"excluded|included|whitelisted|allowed|unblocked|opened|released|swapped|exchanged|re-?linked|unlinked|linked"
    r"|detached|attached|"
    r"re-?bound|bound|rotated|regenerated|re-?issued|issued|rewrote|rewritten|modified|tuned|scaled|resized|expanded"
    r"|pinned|re-?routed|routed|re-?connected|"
    r"connected|re-?synced|re-?added|shortened|widened|relaxed|tightened|introduced|re-?deployed|deployed|put|mapped"
    r"|remapped|renamed|shipped|"
    r"delivered|provided|supplied|took|taken|freed|shifted|split|converted|re-?enabled|re-?ran|upped|bumped|redid"
    r"|redone|upsized|cut|recycled|created|"
    r"exempted|lifted|flushed|bypassed|re-?joined|re-?established|trimmed|selected|pointed|re-?pointed|signed"
    r"|re-?signed|unticked|ticked|rectified|brought|gave|re-?seated|uploaded|withdrew|withdrawn)"
)
_WE_DID: Final = re.compile(
    rf"\b(?:we|i|you|they|he|she|team|colleagues?|engineers?|technician|partner|vendor|support|group|admins?"
    rf"|supplier|provider|department|who)"
    rf"(?: have| had| has|'ve|'d)?(?: \w+ly| then| also| both| finally| first| just| simply| now| together"
    rf"| re-?imported and)? {_DONE}\b"
    r"|\b(?:had|asked|helped|got) you(?:r \w+)? (?:to )?(?:un\w+|re(?!ply|port|ach|view|call|ad\b)\w+|switch|add"
    r"|change|set|install|update|delete|raise|enable|disable|move|clear|upgrade|roll|put|turn|sign|create|apply|use"
    r"|connect|publish|grant|assign)\b|\b(?:installing|upgrading|reverting|restarting|replacing|removing|adding|"
    r"changing|moving|raising|renewing|resetting|recreating|rebuilding|re-?installing|clearing|disabling|enabling"
    r"|updating|deleting|switching|turning|"
    r"reducing|increasing|lowering|applying|granting|swapping|rebooting|restoring|rolling|extending|splitting"
    r"|resizing|re-?registering) (?:the|it|a|an|that|"
    r"this|your|its|both|all|them|to|back|off|on)\b(?!.{0,60}\b(?:caus|led|trigger))"
    rf"|\band (?:then |also |has )?{_DONE} (?:it|them|the|that|this|both|all|an?|your)\b"
)
# A labelled line that is about the problem or its cause; what was done may still follow in it ("…; we renewed it").
_CAUSE_LABEL: Final = re.compile(
    r"^[\W\d]*(?:the |your |our )?(?:(?:root |likely |probable )?causes?|reasons?|why|because|culprit|symptoms?|problems?"
    r"|issues?|what (?:happened|went wrong|was wrong|you saw|broke)|description|background|diagnosis|finding|findings"
    r"|analysis|rca)\b[^:\n]{0,30}(?::|\s[–-]\s)"
)
_SO_WE: Final = re.compile(
    r"[;.,–-] (?:so|therefore|hence|thus|then|we|i|you|they|now|and (?:we|i|you))\b|\bso (?:we|i|you)\b"
)
# What people do about a case that mends nothing: looking, talking, feeling, closing. And what things do by themselves.
_MENDS_NOT: Final = word_set(
    """
    accepted acknowledged affected agreed aligned analysed analyzed announced answered appeared appreciated
    approached archived asked assessed assisted assumed attempted attended behaved believed blamed called captured
    caused checked chose claimed closed collected combed compared complained concerned concluded confirmed
    considered contacted cooperated copied crashed debugged decided delayed described detected determined diagnosed
    discovered discussed documented dropped encountered engaged enjoyed entered escalated established examined
    exchanged expected experienced explained explored exported failed faced feared filed followed found gathered
    generated guessed handed handled happened helped hoped identified imagined indicated informed inspected intended
    investigated invited isolated joined kept knew learned learnt liked listed listened located logged looked loved
    mailed managed measured mentioned messaged missed monitored narrowed needed noted noticed observed occurred
    opened passed phoned planned pointed posted prepared probed promised promptly proposed proved queried raised
    reached read realised realized received recognised recognized recorded referred regretted reported reproduced
    requested researched responded reviewed ruled said saw searched seemed sensed shared showed spent spotted started
    stated stayed stopped struggled studied submitted suffered suggested suspected talked tested thanked thought timed
    told took traced tracked transferred tried understood used validated verified visited waited walked wanted
    watched went wished witnessed wondered worked wrote proceed exceed need feed indeed speed succeed based succeeded
    excluded supported provided attached opened raised merged noticed included increased issued gave signed
    """
)
_DID_ANY: Final = re.compile(
    r"\b(?:we|i|you|they|he|she|team|colleagues?|engineers?|technicians?|partner|vendor|support|admins?|supplier"
    r"|provider|carrier|department|who|group)(?: have| had| has|'ve|'d)?"
    r"(?: \w+ly| then| also| both| finally| first| just| simply| now| together| therefore)* (?P<verb>[a-z-]{2,}ed"
    r"|built|rebuilt|cut|wrote|rewrote|swapped|put|drew|dug|bought|broke up|shut down|took out|took off|took over"
    r"|brought|threw|laid|drove|spun|ran the|made|split|tied|hid|bound|found a way|got rid)\b"
)
_SOMEBODY_DID: Final = re.compile(  # whoever it was, when it works since: "NetGuard turned off the helper, and calls are stable"
    rf"(?<!be )(?<!en )(?<!is )(?<!was )(?<!ere )(?<!are )(?<!ad )(?<!that )(?<!which )\b{_DONE}"
    r" (?:(?:off|on|up|down|out|back) )?(?:the|its|their|a|an|all|both|your|our|it|them|his|her|this|that|some|two|three|new|to)\b"
)
_HAD_DONE: Final = re.compile(
    r"\b(?:we|i|you|they) (?:had|got) (?:the|your|all|both|it|them|an?|its) .{0,40}?(?P<verb>\w+ed)\b"
)
_BY_DOING: Final = re.compile(  # "by trimming the log", "after switching it on", "once the disk was swapped"
    r"\b(?:by|after|through|since|thanks to) (?:the )?(?P<verb>(?!using|looking|going|reading|checking|testing|working"
    r"|closing|being|having|asking|reaching|coming|speaking|talking|writing|waiting|reply|during|bearing|sticking)"
    r"[a-z-]{3,}ing) (?:the|it|a|an|that|this|your|its|both|all|them|to|back|off|on|our|one|two|up|down|out|of)\b"
    r"|\b(?:since|after|with|thanks to|through|once|following) (?:the |that |this |a |an |our |your |its )?(?:\w+ ){0,2}"
    r"(?:update|upgrade|restart|reboot|change|switch|move|swap|replacement|correction|patch|hotfix|fix|adjustment"
    r"|re-?install\w*|rollback|clean-?up|migration|rebuild|reset|renewal|firmware|exception|new \w+|exemption)\b"
    r"|\b(?:since|after|with|following|through) (?:the |its |your |our |an? )(?:[\w']+ ){0,3}(?!investigation|confirmation|conversation|session"
    r"|discussion|explanation|information|communication|question|mention|agreement|approval)\w{3,}(?:sion|tion|ment|oval|ewal)\b"
    r"|^with (?!your|best|kind|many|my|warm|this|that|thanks|the case)[^,]{3,80}(?=, )|\bby (?!using|looking|reply|answer|writing|checking|sending)"
    r"[a-z-]{3,}ing \w+"
    r"|\bwith .{3,80}\b(?:in place|back on|on again|off|out of the way|removed|added|installed|enabled|disabled|replaced"
    r"|(?:switched|turned|put|set|brought) \w+|reset|restored|raised|lowered|updated|corrected)\b(?=,| and)"
    r"|\bwith (?:the |a |an |version |release |build )?(?:new(?:er)? |latest )?(?:\w+ )?v?\d+(?:\.\d+)+"
)
_IN_PLACE: Final = re.compile(
    r"\b(?:now|since then|meanwhile|today) (?:holds|has|uses|points|runs on|reads|contains|allows|goes (?:to|through"
    r"|over|via)|sits|lives|takes|listens|trusts|accepts|sends|stands at|is (?:set|limited|at|on|in place))\b"
    r"|\b(?:is|are|has been|have been|sits|was|went) (?:now )?(?:in place|live|in production|rolled out|in force"
    r"|on the (?:exception|allow|safe) ?-?list|back to (?:its|the) (?:old|former|previous))\b"
)
_DID_SO: Final = re.compile(
    r"\b(?:we|you|i|they|he|she) (?:then )?(?:did|made|have done|'ve done) (?:it|that|so|this|the same|the changes?|these|those|both)\b"
    r"|^\W*(?!looking|finding|reading|working|seeing|hearing|closing|hoping|knowing|checking|testing)[a-z-]{3,}ing (?:it|them|that|this|the|a|an"
    r"|both|all|its|your)\b.{0,60}\b(?:took|did|put|brought|solved|helped|fixed|made|ended|cured|sufficed|was enough|stopped|worked)\b"
)
_NOW_DOES: Final = re.compile(
    r"\b(?!it|he|she|this|that|there|everything|all|everyone|i|we|which|and|but|is|are|has|right)[a-z]+ now (?!works|runs|arrives|loads|opens"
    r"|shows|appears|looks|functions|boots|prints|carries|behaves|completes|finishes|succeeds|returns|responds|answers|receives|displays"
    r"|seems|is|has|gets|goes|comes|starts|reaches|stays|remains|lets|knows|was|does|fails|closes|us\b|as\b|this\b)[a-z]{2,}s (?:the|its|a|an|your|them|all|to)\b|"
    r"\b(?:twice|larger|bigger|higher|longer|lower|shorter|smaller|double|half|separate|different)\b.{0,30}\bnow\b|\bnow\b.{0,30}"
    r"\b(?:twice|larger|bigger|higher|longer|lower|shorter|smaller|double|half|separately)\b|\bfrom (?:now|then) on\b|\bgoing forward\b"
    r"|\b(?:new|weekly|daily|nightly|hourly|monthly|scheduled|automatic|second|additional|small|separate|dedicated) (?:job|task|script|rule"
    r"|policy|timer|process|filter|queue|volume|server|account|agent|alert|index|route) (?:now )?(?!fails|stops|hangs|is |was |has |times)\w+s\b|"  # "the HR team now scales them down"
    r"\b(?:we|you|they|team|colleagues?|admins?|supplier|provider|partner|vendor|jobs?|script|rule|policy|filter|task|queue|field"
    r"|setting|account|agent|connector|service|timer|schedule) now (?!works?|know|have|has|see|can|is|are|runs? (?:again|fine|well)"
    r"|hope|think|close|consider|seems?|shows?|loads?|want|need|appears?|gets?|function)\w+s?\b"
)
_SINCE_DAY: Final = re.compile(
    r"\b(?:since|from|as of|until|on) (?:last |the |this )?(?:\d\w*|mon|tue|wed|thu|fri|sat|sun|yester|morning|week|night)\w*"
)
_PROCESS: Final = re.compile(  # of the case and the mail, and not of what was wrong
    r"\bre-?open|\bopen(?:ed)? (?:\w+ ){0,2}again|\bsurvey|\bquestionnaire|\b(?:repl|answer)(?:y|ying|ing)\b|\bmanager\b|\bthank"
)
_STARTED: Final = re.compile(r"\b(?:began|begun|started|appeared|came up|arose|emerged|occurred|happened)\b")
_PATCH: Final = r"(?:hotfix|patch|fix|firmware|version|release|build|update|driver|note)"
_SETTING: Final = (
    r"(?:fix|settings?|policy|rule|driver|limit|certificate|plug-in|default|timeout|firmware|hotfix|patch|key|role"
    r"|permissions?|address)"
)
_WAS_DONE: Final = re.compile(
    rf"\b(?:(?:was|were|has been|have been|got|is now|are now|been|now)(?: \w+ly| then| therefore| also| now"
    rf"| since)? {_DONE}\b"
    rf"|{_PATCH}\b.{{0,40}}\b(?:installed|shipped|delivered|released|applied|rolled)\b"
    rf"|(?:installed|shipped|delivered|released|applied|provided|supplied|issued|gave|sent)\b.{{0,40}}\b{_PATCH}\b"
    rf"|(?<=[a-z] ){_DONE} (?:the|its|an?|their) (?:\w+ ){{0,3}}{_SETTING}\b)"
    rf"|^\W*{_DONE} (?:the|a|an|both|all|your|its|and|to|from)\b|[,;:] (?:\w+ )?{_DONE} (?:the|a|an|both|all|your"
    rf"|its)\b"
)
_WHY: Final = re.compile(
    r"\b(?:because|due to|owing to|by mistake|accident\w*|inadvertently|unintentionally|the (?:root )?cause|reason"
    r"|why|culprit|had been|hadn't|turned out that|"
    r"traced|which (?:had|was|were|is)|that (?:had|was|were)|led to|triggered by|caused)\b|^\W*cause\b"
)
_WHEN: Final = re.compile(
    r"\b(?:when|after|since|as soon as|once|until|before|while|as|ever since|every time|from the moment)\b[^,;:]*$"
)
_WORKS: Final = re.compile(
    r"\b(?:works?|worked|working|fine|gone|through|since then|ever since|stable|stays?|normal|ok|going (?:out|through|to)|unnoticed|smooth\w*|goes|flow(?:s|ed)?|succe\w+|again|complete[sd]?|finishe[sd]"
    r"|passed|solved|resolved|back|stopped"
    r"|disappeared|arrived?s?|ran|runs?|reached|prints?|printed|right|correct\w*|clean|no (?:more|further)|at once|immediately|within (?:a|one) minute)\b"
)
_SO: Final = re.compile(r"\b(?:so|therefore|hence|thus|consequently|and|then)\b|[;:–]")
_NOT_A_FIX: Final = re.compile(  # what is done to the case, and what is gathered for it
    r"^.{0,30}\b(?:case|ticket|notes?|request|logging|tracing|survey|diagnostics?|screenshots?|photos?|samples?)\b"
)
_GATHERED: Final = re.compile(
    r"\b(?:took|taken|gave|provided|supplied|uploaded|enabled|switched|turned|added|attached|sent|delivered|created|imported|set|put)\b"
    r".{0,30}\b(?:logs?|traces?|captures?|dumps?)\b"
)
_NOW_HAS: Final = re.compile(
    r"\bsince (?:then|yesterday|last|the \d|\d|mon|tue|wed|thu|fri|sat|sun)[\w ]{0,14},? (?:it|they|the \w+|your \w+"
    r"|all \w+)"
    r" (?:has|have|runs?|uses?|is set|are set|points?) "
)
_PHRASE: Final = re.compile(
    r"\b(?:put|took|taken|gave|brought|set up|moved on|cut) (?:\w+ ){0,3}(?:time|hours|work|effort|part|look|call"
    r"|session|"
    r"interest|attention|place|notes?|together|to be)\b|\bturned out\b|\bby (?:mistake|accident)|\binadvertently\b"
)


def tells_fix(low: str, marked: bool) -> bool:
    """Whether a sentence says what was done. `marked`: a word of it is one of those that tell a fix."""
    return (marked and _tells_fix(low)) or _tells_change(low)


def _tells_change(low: str) -> bool:
    """Whether somebody did something that is no mere looking or talking, or something new is in place."""
    low = _past_the_cause(low)
    why = _WHY.search(low)
    caused = why.start() if why else len(low)  # what stands after it tells why, not what was done
    if _somebody_acted(low, caused, why.end() if why else 0):
        return True
    if _PROCESS.search(low):
        return False
    for found in _BY_DOING.finditer(low):
        rest = low[found.end() :]
        works = _WORKS.search(rest) or (_WORKS.search(low) and not SYMPTOM.search(low, 0, found.start()))
        if works and not SYMPTOM.search(rest) and not _STARTED.search(rest):
            return found.start() <= caused
    had = _HAD_DONE.search(low)
    if had and had["verb"] not in _MENDS_NOT and had.start() <= caused and not SYMPTOM.search(low):
        return True
    return any(pattern.search(low) for pattern in (_DID_SO, _IN_PLACE, _NOW_DOES))


def _somebody_acted(low: str, caused: int, cause_ends: int) -> bool:
    for found in _DID_ANY.finditer(low):
        at = found.start()
        if SYMPTOM.search(low, 0, at) and not _SO_WE.search(low[: at + 4]):
            continue
        if found["verb"] in _MENDS_NOT or _gathers(low, found) or _PHRASE.search(low):
            continue
        if caused < at and not _SO.search(low, cause_ends, at):
            continue
        if not _WHEN.search(low, 0, at) or _SINCE_DAY.search(low, 0, at):
            return True
    return any(
        found.start() <= caused
        and not _WHEN.search(low, 0, found.start())
        and _WORKS.search(low, found.end())
        and not _gathers(low, found)
        for found in _SOMEBODY_DID.finditer(low)
    )


def _gathers(low: str, found: re.Match[str]) -> bool:
    """Whether what was done was done to the case, or to know more of it."""
    ahead = low[found.end() : found.end() + 32]
    return _NOT_A_FIX.match(ahead) is not None or _GATHERED.search(low, found.start(), found.end() + 40) is not None


def _past_the_cause(low: str) -> str:
    """A labelled line about the problem only from where it says what was done; any other line whole."""
    label = _CAUSE_LABEL.match(low)
    if label is None:
        return low
    so = _SO_WE.search(low, label.end())
    return low[so.start() :] if so else ""


def _tells_fix(low: str) -> bool:
    low = _past_the_cause(low)
    if _NOW_HAS.search(low) and not SYMPTOM.search(low):
        return True
    if _FIX_NOUN.search(low) and not _NO_FIX.search(low):
        return True
    why = _WHY.search(low)
    for pattern, active in (_WE_DID, True), (_WAS_DONE, False):
        for found in pattern.finditer(low):
            if _gathers(low, found) or _PHRASE.search(low[found.start() : found.end() + 28]):
                continue
            if why and why.start() < found.end() and not _SO.search(low, why.end(), found.start() + 1):
                continue
            when = _WHEN.search(low, 0, found.start())
            if when and not (_WORKS.search(low, found.end()) or (active and found[0].startswith(("we ", "i ")))):
                continue
            if when and SYMPTOM.search(low, 0, when.start()):
                continue
            return True
    return False
