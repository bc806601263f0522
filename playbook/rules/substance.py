"""LQR-01.problem and .resolution, LQR-05: what the mail says of the matter itself."""

import re
from collections.abc import Iterable
from typing import Final

from playbook.rules import words as w
from playbook.rules.base import Facts, Finding
from playbook.rules.marks import Marked, Sentence
from playbook.rules.names import fold
from playbook.rules.words import word_set

_WORD: Final = re.compile(r"[^\W_]{2,}")
_COMMON: Final = word_set(
    """
    the a an of to in on at for from with without by and or not no is are was were be been has have had does do
    did can cannot could doesn't don't isn't won't it its this that these those my our your their his her as
    than then after before since during when while every all some any only into over under between two three one
    new old how why what which who where again still very too also about case issue problem request question
    help please support azure microsoft office error errors fails failed failing fail working work works user
    users use using get got gets set cause customer
    """
)
_MIGHT: Final = re.compile(
    r"^\W*(?:if|should|in case|whenever|were|next time|unless|in the event|on re-?appearance|for the next|for next)\b"
    r"|\b(?:if|should) (?:it|this|that|the|you|they|any|something|anything|a|an|your)\b"
)
_EVIDENCE: Final = re.compile(
    r"\b(?:logs?|dumps?|traces?|evidence|captures?|diagnostics?|telemetry|workaround|root cause|reproduc\w+|survey|manager|closing"
    r"|reach(?:ed)? you|explanation|rca|collected|wrapped|causes?|possib\w+|likel\w+|conceivable|plausible|suspect\w*|(?:may|might|could) have been)\b"
)

# ---- the problem -----------------------------------------------------------------------------------

_PROBLEM_LABEL: Final = re.compile(
    r"^[\W\d]*(?:the |your |our |short |brief )?(?:symptoms?|problems?|issues?|troubles?|what (?:happened|you saw|went wrong|was wrong"
    r"|we saw|was reported|you reported|broke|we looked at)|description|issue (?:description|definition|summary|reported)|"
    r"problem (?:description|statement|definition)|question|background|initial situation|request|reported|complaint|in (?:one|a) line"
    r"|in (?:a )?(?:nutshell|brief|short)|recap|fault|incident|observed|observation|case|scope|to (?:recap|sum up|summari[sz]e))"
    r"\b[^:\n]{0,24}(?::|\s[–-]\s)\s*\W?\w.{14,}"
    r"|^\W*(?:in brief|in short|to (?:recap|sum up|summari[sz]e|resume)|for (?:the|your) records?|in a nutshell|in one line|the short version)[,:] .{24,}"
)
_SYMPTOM: Final = re.compile(
    r"\b(?:fail(?:s|ed|ing)?|crash(?:es|ed|ing)?|dropp?(?:s|ed|ing)?|stop(?:s|ped|ping)|hang(?:s|ing)?|hung|(?:got|was|were|is|are|been|stay(?:s|ed)|"
    r"sat|remain(?:s|ed)) (?:\w+ )?(?:stuck|offline|unreachable|unavailable|down|slow|empty|blank|missing|locked|frozen|broken|blocked|"
    r"wrong|black|late|out of sync|unresponsive|rejected|refused|denied|evicted|throttled|delayed|interrupted|lost|duplicated"
    r"|disconnected|duplicates?|bounced|ignored|gone|signed out|logged out|shown as|displayed as|returned|charged|counted"
    r"|inaccessible|unusable|invisible|unreadable|garbled|exhausted|prevented|kept out)|tim(?:es|ed|ing)[- ]out|time-?outs?|reject(?:s|ed)|refus(?:es|ed)|"
    r"vanish(?:es|ed)|disappear(?:s|ed)|lost|los(?:es|ing)|froze|freez(?:es|ing)|flapp(?:ed|ing)|reboot(?:s|ed|ing)|restart(?:s|ed|ing)"
    r" (?:by|on|each|every|without|at|twice|during|in)|(?:came|come|comes|coming) back with|return(?:s|ed|ing) (?:an? )?(?:\d{3}|errors?|no|nothing"
    r"|empty|wrong|http|the error)|never|no longer|kept (?:\w+ing|on)|keeps \w+ing|took (?:\w+ ){0,3}(?:minutes?|seconds?|hours?|times?|"
    r"longer|ages|too)|bounced|error (?:\d|\w*\d)|stall(?:s|ed)|degraded|outage|unresponsive|spik(?:es|ed)|leak(?:s|ed)|slow(?:ly|er|ness)?"
    r"|s(?:aw|ees?|een) (?:only |just |an? )*(?:blank|empty|white|black|wrong|old|\w* ?errors?)\b"
    r"|sluggish\w*|wrong(?:ly)?|twice|nothing|nobody)\b"
    r"|\b(?:an?|with|http|status|code|error|returned?) [45]\d\d\b|\b[45]\d\d(?:s\b| (?:errors?|responses?|now|from)\b)"
)
_NOT_ABLE: Final = re.compile(
    r"\b(?:could(?: not|n't)|can(?:not|'t| not)|was(?: not|n't)|were(?: not|n't)|did(?: not|n't)|does(?: not|n't)|do(?: not|n't)|unable to|"
    r"not able to|not possible(?: to)?|impossible(?: to)?|is(?: not|n't)|are(?: not|n't)|has(?: not|n't)|no way to) "
    r"(?!reach|find|repro|tell|name|give|explain|prove|determine|say|promise|know|offer|help|hear|be (?:named|determined|reproduced|"
    r"proved|proven|found|reached|reopened|explained|collected|recovered|named)|recommend|worry|hesitate|need|have|find|any|only|yet|pin|identify"
    r"|resolve|solve|close|want|forget|mind|see (?:a|any)|get (?:an|a|hold|to)|speak|connect with|manage|collected|kept|an? |the |speak|like"
    r"|what|as |my |your |our |so |just|quite|going|able to (?:reach|find|give|tell|determine|reproduce|identify))"
)
_WISHED: Final = re.compile(
    r"\byou(?:'d| had| have)? (?:asked|wanted|wished|needed|hoped|requested|were looking|need|want|wish|would like|'d like|were trying|tried|were after)\b"
    r"(?! (?:me |us )?to clos| for (?:the )?clos)|\byou(?:'ve| had| have)? (?:reported|described|noticed|observed|saw|experienced|raised|came to us)\b"
    r"|\b(?:your|the) (?:question|request|wish|issue|problem|ask|point|matter|trouble|topic) (?:was|is|were|concern\w*|about)\b|\byou'd like (?:to|a|an|the|your)\b|\bwas about\b|\bcase (?:concerned|was about|dealt)"
    r"|\bwe (?:worked on|looked at|looked into|investigated|dealt with|were dealing) (?:the|your|why|how|a)\b|\bthe (?:issue|problem) (?:was|concern)"
)


_CAUSE_OF: Final = re.compile(
    r"\b(?:cause|reason|source|explanation|origin) (?:of|for|behind) (?:the|your|these|this|those|all the) "
    r"(?!issues?\b|problems?\b|case|incidents?\b|matter|fault|errors?\b|event|occurrence|behaviou?r|this|it|board|records?|delay in)\w{4,}"
)


def check_problem(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """LQR-01.problem: the matter in a line, so that the customer can tell what is closed."""
    topic, product = _topic(facts)
    for sentence in marked.body:
        low = sentence.low
        if _PROBLEM_LABEL.match(low):
            return
        stems = {_stem(word) for word in _WORD.findall(low)} if topic else set()
        shared = len(topic & stems)
        if _MIGHT.search(low) or (marked.greeting and sentence.end <= marked.greeting[1] + 2):
            continue
        if shared >= 2 and (shared * 2 >= len(topic) or sentence.marks & w.TROUBLE):
            return
        if not sentence.marks & w.TROUBLE:
            continue
        if _CAUSE_OF.search(low):
            return
        if shared and not _EVIDENCE.search(low) and not _OURS.search(low) and not _UNDONE.search(low):
            return
        symptom = _SYMPTOM.search(low) or _NOT_ABLE.search(low) or _WISHED.search(low)
        if not symptom:
            continue
        if shared or (
            not _EVIDENCE.search(low) and not _UNDONE.search(low, 0, symptom.end()) and not _OURS.search(low)
        ):
            return
        if _WISHED.search(low) and product & stems:
            return
    known = facts.known.get("symptom", "") or facts.title
    line = " ".join(known.split())[:160].rstrip(".")
    yield Finding(
        "LQR-01.problem",
        "error",
        "The mail doesn't say what the problem was, so nobody can tell from it what is being closed.",
        None,
        f"Problem: {line}."
        if len(line) > 14
        else f"Problem: {line or 'as you reported it'}, as described in your case.",
    )


_UNDONE: Final = re.compile(
    r"\b(?:no|not|n't|never|without|nothing|free of|any)(?: \w+){0,3} (?:fail\w*|error\w*|crash\w*|drop\w*|loss|lost|single|stop\w*|more|restart\w*)"
)
_OURS: Final = re.compile(
    r"\b(?:(?:i|we) (?:can't|cannot|could not|couldn't|can not|wasn't|weren't|don't|didn't|haven't|have not|never|won't)\b"
    r"|no longer (?:be )?(?:prov|trac|possible|known|reconstruct|determin|exist|available|kept)|never an? |nobody knows"
    r"|nothing (?:is |has been )?(?:lost|else|left|more|changes)|wrong (?:name|number)|too (?:early|soon)|case (?:is|was) (?:closed|kept)"
    r"|possible cause|questions? (?:about|on)\b|(?:sorry|by design|reach|mail|write|call|manager|survey|hear)\b|thank)"
)


def _stem(word: str) -> str:
    """Enough of a word to know it again: "days" and "day", "refreshed" and "refresh"."""
    bare = fold(word)
    return bare[:-1][:5] if bare.endswith("s") and len(bare) > 3 else bare[:5]


def _topic(facts: Facts) -> tuple[frozenset[str], frozenset[str]]:
    """Stems of the title's own words, and of the product's and other names' words."""
    product: set[str] = set()
    for key, value in facts.known.items():
        if key not in ("symptom", "error", "issue", "problem"):
            product.update(_stem(word) for word in _WORD.findall(value.lower()))
    title = {_stem(word) for word in _WORD.findall(facts.title.lower()) if word not in _COMMON}
    title = {stem for stem in title if len(stem) > 2 or stem.isdigit()}
    return frozenset(title - product), frozenset(product)


# ---- the resolution --------------------------------------------------------------------------------

_FIX_LABEL: Final = re.compile(
    r"^[\W\d]*(?:the |our |your |final |agreed )?(?:resolution|solution|fix(?:ed by)?|workaround|remedy|what (?:solved|fixed|helped|we did|worked"
    r"|resolved|cured|was done|we changed|you did|put it right|did the trick|mended)|how (?:it was|we|you|this was)|solved by|resolved by"
    r"|actions?(?: taken)?|measures?(?: taken)?|outcome|result|steps(?: taken)?|corrective action|cure|mended by|done|change(?: made)?|answer)"
    r"\b[^:\n]{0,24}(?::|\s[–-]\s)\s*\W?\w.{8,}"
)
_FIX_NOUN: Final = re.compile(
    r"\b(?:solution|fix|remedy|workaround|cure|answer|resolution)(?: \w+){0,4} (?:was|is|were|turned out|came|proved|consist\w*|lay|has been|gets|restores)\b"
    r"|\b(?:solved|fixed|cured|mended|sorted|resolved|settled|healed|cleared|repaired|rectified) (?:it|this|that|the (?:issue|problem|matter|fault|error"
    r"|trouble)|things|everything)\b|\b(?:did the trick|made the difference|put (?:it|this|things) right|got (?:it|things) (?:going|working|running)"
    r"|brought (?:it|them|the \w+) back)\b|\b(?:solved|fixed|resolved|cured|mended|sorted|put right|remedied|rectified) (?:by|with|through|after|via|when|once|using)\b"
    r"|\bas a (?:remedy|fix|workaround|solution|result)\b|\bthe (?:answer|trick|cure) was\b|\bgets? you (?:through|by)\b|\bhelped\b|\bworkaround\b|\bworks? around\b"
    r"|\bnot (?:yet )?(?:fully )?resolved(?: yet)?\b|\bpending with\b|\bpermanent fix\b|\b(?:still|is|are) (?:working on|analy[sz]ing|preparing|developing|building|continuing|investigating|looking into)\b"
)
_DONE: Final = (
    r"(?:removed|added|changed|set|moved|replaced|renewed|re-?set|restarted|rebooted|re-?built|re-?created|re-?installed|installed|uninstalled|"
    r"updated|upgraded|downgraded|rolled|reverted|restored|raised|lowered|increased|decreased|reduced|extended|enabled|disabled|de-?activated|"
    r"re-?activated|activated|switched|turned|re-?configured|adjusted|corrected|repaired|fixed|patched|cleared|cleaned|purged|deleted|"
    r"re-?published|published|re-?registered|registered|re-?granted|granted|re-?assigned|assigned|re-?applied|applied|re-?imported|imported|migrated|merged|"
    r"excluded|included|whitelisted|allowed|unblocked|opened|released|swapped|exchanged|re-?linked|unlinked|linked|detached|attached|"
    r"re-?bound|bound|rotated|regenerated|re-?issued|issued|rewrote|rewritten|modified|tuned|scaled|resized|expanded|pinned|re-?routed|routed|re-?connected|"
    r"connected|re-?synced|re-?added|shortened|widened|relaxed|tightened|introduced|re-?deployed|deployed|put|mapped|remapped|renamed|shipped|"
    r"delivered|provided|supplied|took|taken|freed|shifted|split|converted|re-?enabled|re-?ran|upped|bumped|redid|redone|upsized|cut|recycled|created|"
    r"exempted|lifted|flushed|bypassed|re-?joined|re-?established|trimmed|selected|pointed|re-?pointed|signed|re-?signed|unticked|ticked|rectified|brought|gave|re-?seated)"
)
_WE_DID: Final = re.compile(
    rf"\b(?:we|i|you|they|he|she|team|colleagues?|engineers?|technician|partner|vendor|support|group|admins?|supplier|provider|department|who)"
    rf"(?: have| had| has|'ve)?(?: \w+ly| then| also| both| finally| first| just| simply| now| together| re-?imported and)? {_DONE}\b"
    r"|\b(?:had|asked|helped|let|got) you(?:r \w+)? (?:to )?(?:\w+)\b|\b(?:installing|upgrading|reverting|restarting|replacing|removing|adding|"
    r"changing|moving|raising|renewing|resetting|recreating|rebuilding|re-?installing|clearing|disabling|enabling|updating|deleting|switching|turning|"
    r"reducing|increasing|lowering|applying|granting|swapping|rebooting|restoring|rolling|extending|splitting|resizing|re-?registering) (?:the|it|a|an|that|"
    r"this|your|its|both|all|them|to|back|off|on)\b(?!.{0,60}\b(?:caus|led|trigger))"
)
_PATCH: Final = r"(?:hotfix|patch|fix|firmware|version|release|build|update|driver|note)"
_SETTING: Final = r"(?:fix|settings?|policy|rule|driver|limit|certificate|plug-in|default|timeout|firmware|hotfix|patch|key|role|permissions?|address)"
_WAS_DONE: Final = re.compile(
    rf"\b(?:(?:was|were|has been|have been|got|is now|are now|been|now)(?: \w+ly| then| therefore| also| now| since)? {_DONE}\b"
    rf"|{_PATCH}\b.{{0,40}}\b(?:installed|shipped|delivered|released|applied|rolled)\b"
    rf"|(?:installed|shipped|delivered|released|applied|provided|supplied|issued|gave|sent)\b.{{0,40}}\b{_PATCH}\b"
    rf"|(?<=[a-z] ){_DONE} (?:the|its|an?|their) (?:\w+ ){{0,3}}{_SETTING}\b)"
    rf"|^\W*{_DONE} (?:the|a|an|both|all|your|its|and|to|from)\b|[,;:] (?:\w+ )?{_DONE} (?:the|a|an|both|all|your|its)\b"
)
_WHY: Final = re.compile(
    r"\b(?:because|due to|owing to|by mistake|accident\w*|inadvertently|unintentionally|the (?:root )?cause|reason|why|culprit|had been|hadn't|turned out that|"
    r"traced|which (?:had|was|were|is)|that (?:had|was|were)|led to|triggered by|caused)\b|^\W*cause\b"
)
_WHEN: Final = re.compile(
    r"\b(?:when|after|since|as soon as|once|until|before|while|as|ever since|every time|from the moment)\b[^,;:]*$"
)
_WORKS: Final = re.compile(
    r"\b(?:works?|worked|working|fine|gone|through|since then|ever since|stable|normal|ok|succe\w+|again|completed?|passed|solved|resolved|back|stopped"
    r"|disappeared|right|correct\w*|clean|no (?:more|further)|at once|immediately|within (?:a|one) minute)\b"
)
_SO: Final = re.compile(r"\b(?:so|therefore|hence|thus|consequently|and|then)\b|[;:–]")
_NOT_A_FIX: Final = re.compile(
    r"^.{0,30}\b(?:case|ticket|notes?|request|logging|logs?|traces?|tracing|survey|diagnostics?|capture|dump|files you)\b"
)
_NOW_HAS: Final = re.compile(
    r"\bsince (?:then|yesterday|last|the \d|\d|mon|tue|wed|thu|fri|sat|sun)[\w ]{0,14},? (?:it|they|the \w+|your \w+|all \w+)"
    r" (?:has|have|runs?|uses?|is set|are set|points?) "
)
_PHRASE: Final = re.compile(
    r"\b(?:put|took|taken|gave|brought|set up|moved on|cut) (?:\w+ ){0,3}(?:time|hours|work|effort|part|look|call|session|"
    r"interest|attention|place|notes?|together|to be)\b|\bturned out\b|\bby (?:mistake|accident)|\binadvertently\b"
)


def check_resolution(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """LQR-01.resolution: what solved it, or who has it now. That it works again is not what solved it."""
    for sentence in marked.body:
        if _FIX_LABEL.match(sentence.low):
            return
        if sentence.marks & w.FIX and not _MIGHT.search(sentence.low) and _tells_fix(sentence):
            return
    known = " ".join(facts.known.get("resolution", "").split())[:300]
    yield Finding(
        "LQR-01.resolution",
        "error",
        "The mail doesn't say what solved it, which is what the customer will look for next time.",
        None,
        f"Resolution: {known}"
        if len(known) > 8
        else "Resolution: the steps that we took together solved it; they are noted in the case.",
    )


def _tells_fix(sentence: Sentence) -> bool:
    low = sentence.low
    if _NOW_HAS.search(low) and not _SYMPTOM.search(low):
        return True
    if _FIX_NOUN.search(low) and not _NO_FIX.search(low):
        return True
    why = _WHY.search(low)
    for pattern, active in (_WE_DID, True), (_WAS_DONE, False):
        for found in pattern.finditer(low):
            if _NOT_A_FIX.match(low[found.end() : found.end() + 32]) or _PHRASE.search(
                low[found.start() : found.end() + 28]
            ):
                continue
            if why and why.start() < found.end() and not _SO.search(low, why.end(), found.start() + 1):
                continue
            when = _WHEN.search(low, 0, found.start())
            if when and not (_WORKS.search(low, found.end()) or (active and found[0].startswith(("we ", "i ")))):
                continue
            if when and _SYMPTOM.search(low, 0, when.start()):
                continue
            return True
    return False


_NO_FIX: Final = re.compile(
    r"\b(?:no|without (?:a|any)) (?:\w+ )?(?:workaround|fix|solution|resolution)\b|\bhelped (?:us|me) (?:to )?(?:find|see|understand)|\bwould have helped"
)

# ---- the date of a change of design ----------------------------------------------------------------

_ETA: Final = re.compile(
    r"\beta\b|\btentative(?:ly)?\b|\b(?:no|not|any|a|firm|release|target|tentative|expected|provisional|concrete|committed|confirmed|exact|rough|"
    r"delivery|possible|fixed) (?:\w+ ){0,2}(?:dates?|timeline|timeframe|time frame|schedule|estimate)\b|\bestimat\w+|\btime ?frame\b|\btimeline\b"
)
_NO_WORD: Final = re.compile(r"\b(?:tbd|tbc|tba|xx+|\[.*\]|to be (?:defined|determined|announced|filled))\b|\[[^\]]*\]")
_COARSE: Final = (
    r"(?:q[1-4]|(?:first|second|third|fourth|last|next|1st|2nd|3rd|4th|this) (?:quarter|half|semester|year|month|release|wave)|quarter|half[- ]year|spring|summer|autumn|"
    r"(?:the )?fall|winter|(?:end|start|beginning|middle|course|turn|close) of (?:the |next |this |\w+ )?(?:\w+)|mid-?\w+|20[2-9]\d|january|february|march|april|"
    r"may(?= 20| next|,|\.|$)|june|july|august|september|october|november|december|(?:\d+|two|three|four|five|six|nine|twelve|eighteen|few) (?:to \w+ )?(?:weeks?|months?)"
    r"|next year|this year|early next|late next|version \d|wave \d|new year|(?:christmas|easter))"
)
_PLANS: Final = re.compile(
    rf"\b(?:plan\w*|expect\w*|target\w*|aim\w*|schedul\w*|roadmap|releas\w*|ship\w*|roll\w* out|rollout|arriv\w*|deliver\w*|due|land\w*|available|preview|ga|slated|"
    rf"hop\w+|intend\w*|foresee\w*|foreseen|pencil\w+|earmark\w*|come|comes|coming|change|feature|fix|support|lift\w*|estimat\w+|committed|promise\w*|think\w*|reckon\w*|work\w*|"
    rf"introduc\w*|add\w*|rais\w*)\b.{{0,90}}\b{_COARSE}|\b{_COARSE}.{{0,50}}\b(?:plan\w*|expect\w*|target\w*|schedul\w*|releas\w*|roadmap|preview|ship\w*|available|deliver\w*|estimat\w+)\b"
)
_ITS_MAKER: Final = re.compile(
    r"\b(?:product (?:group|team)|pg|engineering|developers?|development|designers?|the team|they|it|this|that|feature|change|fix|limit|support for|release|update|preview|version|roadmap|"
    r"option|setting|capability|improvement|date)\b"
)
_PAST_TIME: Final = re.compile(
    r"\b(?:over|for|during|in) the (?:past|last)\b|\bsince\b|\bago\b|\blast (?:week|month|year|spring|summer|autumn)\b"
)
_NEXT_WORD: Final = re.compile(
    r"\b(?:i'll|i will|i shall|we'll|we will)\b.{0,80}\b(?:ask|write|check|tell|let you know|update|inform|come back|get back|report|mail|call)\b.{0,80}\b(?:on|by|in|at|when|within|again|"
    r"early|mid|before|until|every|with)\b"
)


def check_eta(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """LQR-05: when the product may change, tentative if need be, or a plain "none yet, I'll write on …"."""
    for sentence in marked.body:
        if not sentence.marks & w.ETA:
            continue
        low = sentence.low
        if _ETA.search(low) and not _NO_WORD.search(low) and not _OTHER_DATE.search(low):
            return
        plan = _PLANS.search(low)
        if plan and _ITS_MAKER.search(low) and not _PAST_TIME.search(low) and not _OTHER_PLAN.search(low):
            return
    yield Finding(
        "LQR-05",
        "error",
        "There is no ETA for the product, not even a tentative one or a plain “none yet” with the day you'll write again.",
        None,
        "There is no ETA from the product group yet; I'll ask again and write to you within four weeks with what I'm told.",
    )


_OTHER_DATE: Final = re.compile(
    r"\b(?:closing|birth|up to|out of|to|call) date|\bdate (?:column|field|format|picker|filter)|\bdates? (?:in|of) (?:the|your)"
)
_OTHER_PLAN: Final = re.compile(
    r"\b(?:survey|clos(?:e|ing)|reopen\w*|call me|reach me|contract|you (?:asked|wanted|reported|came))\b|^\W*(?:if|should)\b"
)
