"""FQR-02: the mail sees the customer's situation, and sounds like a person."""

import re
from collections.abc import Iterable
from typing import Final

from playbook.rules import acts as a
from playbook.rules.acts import acts_of
from playbook.rules.base import Facts, Finding
from playbook.rules.marks import Marked, place_of
from playbook.rules.names import check_name
from playbook.rules.problem import own_words, shared_words
from playbook.rules.symptom import SYMPTOM

FEELS: Final = re.compile(
    r"\b(?:sorry|apolog\w+|regret\w*|sympath\w+|empath\w+|frustrat\w+|annoy\w+|nuisance|worr(?:y|ying|ied|ies"
    r"|isome)|stress\w*|tir(?:ing|esome)|tedious|unpleasant"
    r"|awkward|painful|pain|difficult|disrupt\w*|disappoint\w*|upset\w*|exhaust(?:ing|ed you)|nag(?:s|ging)"
    r"|uncomfortable|headaches?|alarming|unsettling"
    r"|unnerving|nerve\w*|distress\w*|bother\w*|burden\w*|troublesome|inconvenien\w+|unfortunate|hassle|irritat\w+"
    r"|maddening|infuriat\w+|dreadful|miserable|terrible|horrible|awful|stressful|tough|scary|pressing|pressure"
    r"|patience|strain\w*|misery|agony|anxious|anxiety|unacceptable|embarrass\w+|unfair|rough|nasty|grim|ordeal"
    r"|sting(?:s|ing)|hurts?|hurting|harsh|cumbersome|aggravat\w+|demoralis\w+|demoraliz\w+|unwelcome|nightmare"
    r"|drain\w*|wear(?:s|ing)?|wearing|trying time|stings|grate|grating|discouraging|alarmed|shock\w*)\b"
    r"|\b(?:i|we) (?:can |could |do |fully |well |really |quite |certainly |very much |also |already |absolutely "
    r"|only too well |know |just )*(?:see|imagine|understand|appreciate|picture|tell|realise|realize|know|get"
    r"|recognise|recognize|feel|hear|sense|share) (?:why|how|what (?:this|that|it|a|an|such)|that (?:this"
    r"|it) (?:is|must|has|can|hurts|puts|leaves|matters)|(?:this|it|that) (?:is|must|has|hurts|puts|leaves|matters"
    r"|can)|the (?:pressure|impact|urgency|position|frustration|importance|stress|concern|worry|strain|weight"
    r"|seriousness)|your (?:frustration|concern|worry|situation|position|pressure|disappointment|urgency|team)"
    r"|you(?:'re| are) (?:under|in a|losing|waiting|keen|eager|short|anxious))"
    r"|\b(?:i|we) (?:can |fully |do |well )*(?:understand|realise|realize|know|see|appreciate|recognise|recognize"
    r"|gather) (?:that )?(?:\w+ ){0,8}(?:depends?|count(?:s|ing)? on|relies|rely|waiting|at stake|important"
    r"|critical|matters|need(?:s|ed)?|lost|late|can't wait|cannot wait|on hold|blocked|costs?)\b"
    r"|\b(?:must|can(?:'t|not)|won't|will|is|are|would|isn't|has|can)(?: \w+)? (?:be|been|feel|felt|have been"
    r"|have felt)?(?: \w+){0,2} ?(?:easy|pleasant|fun|hard|serious|costly|comfortable|ideal|the last thing"
    r"|helpful timing|critical|good place|exasperating|welcome|trying|crippling|urgent for)\b"
    r"|\b(?:no|not|nobody|never) (?:\w+ ){0,3}(?:fun|easy|wants|likes|enjoys|pleasant|needs|ideal|joke"
    r"|small (?:thing|matter)|what (?:you|anyone|anybody))|\blast thing (?:you|anyone|anybody|a)\b|\b(?:bad|worst"
    r"|poor|terrible|unlucky|unhappy|cruel|hard|busiest) (?:time|timing|moment|luck|week|month|day)\b"
    r"|\b(?:at stake|time is short|clock is ticking|every (?:minute|hour) (?:counts|matters|costs|of)"
    r"|so i'll keep this (?:short|brief)|will keep this (?:short|brief)|keep it (?:short|brief)|more than (?:long"
    r"|a long)|matters a (?:lot|great)|under (?:time )?pressure|give you(?:r)? .{0,30} back|hard on (?:your|you)"
    r"|weigh(?:s|ing)? on|too long|waste of)\b"
    r"|\b(?:serious|critical|a lot|too much) (?:matter|situation|problem|position|blow|for (?:you|a|an|your|any)"
    r"|at|when|is\b|to (?:ask|bear|carry))|\bis (?:\w+ )?serious\b|\b(?:more than|quite|such|really) (?:a"
    r"|an) (?:nuisance|blow|loss|setback|mess|worry|trouble|inconvenience)\b"
    r"|\b(?:i|we) get (?:that|it|why)\b|\bbugs you\b|\b(?:poor|bad|wrong) (?:first )?(?:impression|look|start"
    r"|picture)\b|\b(?:i|we) (?:can |could )?(?:well |easily |only )?(?:imagine|picture)\b|\b(?:hold|holds|held"
    r"|holding|keep|keeps) (?:[\w-]+ ){1,4}(?:back|up|waiting)\b|\b(?:can relate|i am aware|i'm aware|we are aware"
    r"|(?:i|we)(?: do| fully| really)? (?:appreciate|recogni[sz]e|acknowledge) (?:that|how)|no joy|a shame"
    r"|delicate|defeats? the purpose|locked out on|dropped everything|fed up|angry|furious|complaints|no wonder"
    r"|out of (?:hand|patience)|burns|mortif\w+|confus\w+|not your (?:doing|fault)|of no use|no good to you"
    r"|costs you|counts here|every day counts|hard-pressed|trust is lost|scares? \w+ (?:off|away)|money out)\b"
    r"|\b(?:feel for you|bear with|my sympathies|hang in there|hope (?:your|you) (?:team|staff|people|day"
    r"|colleagues))\b"
)
_PEOPLE: Final = r"(?:staff|colleagues?|people|team|teams|customers?|clients?|patients?|students?|pupils|teachers?|nurses?|doctors?|drivers?|designers?|developers?|engineers|analysts?|accountants?|clerks?|agents?|operators?|users|employees|workers|travellers|travelers|passengers|guests|shoppers|buyers|members|citizens|readers|donors|technicians|managers?|director|board|finance|accounting|payroll|warehouse|sales|support desk|help ?desk|reception|everyone|everybody|nobody|office|branch|branches|plant|factory|shift|shifts|shops?|stores?|tills?|counters?|clinic|hospital|ward|school|lab|crew|crews|auditors?|partners|suppliers|couriers|dispatchers?|business|department|orders?|shipments?|deliveries|invoices?|payments?|bookings?|production|revenue|exams?|classes|launch|release|audit|deadline|go-live|month-?end|pay ?day|quarter)"
_SUFFERS: Final = r"(?:wait(?:s|ing|ed)?|idle|by hand|manually|on paper|sent home|at risk|stand(?:s|ing)? still|standstill|held up|piling|pile up|queu(?:e|ing|es)|stuck|stranded|overtime|complain\w*|angry|shout\w*|cannot work|can't work|unable to work|at a loss|losing|lost|lose|loses|late|delayed|delay|behind|(?:cannot|can't|can not|have to|has to|had to) (?!be\b|sign|connect|log|join|see|open|access|enrol|register|reach|receive|send)\w+|(?:unable to|couldn't|could not|not able to|no longer|without being able to) (?:\w+ )?(?:ship|sell|serve|work|invoice|bill|pay|deliver|trade|teach|plan|treat|book|admit|dispatch|print|order|close|finish|file|test|start|meet|do (?:their|its)|be (?:paid|served|billed|shipped|closed))|home|blocked|on hold|hold up|slowed|empty-handed|in the dark|threat\w*|penalt\w*|fine[sd]?\b|costs?|costing|blind|cancelled|canceled|turned away|improvis\w*|work(?:ing)? around|workarounds?|asks? (?:every|each|daily)|night shift|at night|weekends?|stop(?:s|ped)? (?:work|trading|selling)|down tools|depends?|depend on|counting on|rel(?:y|ies|ying) on|needs? (?:it|the|them|this|figures|answers)|expects?|approaching|three days|in \w+ days|before (?:pay|the (?:audit|launch|release|holidays|exam)))"
IMPACT: Final = re.compile(
    rf"\b(?:your|the|our) (?:[\w-]+ ){{0,3}}{_PEOPLE}\b.{{0,80}}\b{_SUFFERS}\b|\b{_PEOPLE} (?:who "
    rf"|that )?(?:\w+ ){{0,3}}{_SUFFERS}\b"
    rf"|\b(?:keeps?|leaves?|left|leaving|forc\w+|stop(?:s|ping)?|block(?:s|ing)?|hold(?:s|ing)? up|cost(?:s|ing)?"
    rf"|delay(?:s|ing)?|hampers?|cut(?:s|ting)? off|hurts?|threatens?|waiting for"
    rf"|wait for) your (?:\w+ ){{0,3}}{_PEOPLE}\b"
)
_INTRODUCES: Final = re.compile(
    r"\b(?:your engineer|with me from|is with me|name ist|mi chiamo|je m'appelle|me llamo|my name is|i'm \w+(?:,"
    r"| and| from))|^(?:my name|this is|i(?:'m| am) (?!sorry|afraid|aware|conscious)|i (?:have |'ve )?(?:take|took"
    r"|taken|received|picked|work|own|will be|joined)|i'(?:ve|ll) (?:taken|received|picked|be|look|take)"
    r"|we (?:have )?received|your (?:case|ticket|request)\b|case \d|thank|many thanks|thanks|(?:i|we) (?:really "
    r"|very much )?appreciate|regarding|re:|about your|with reference|as (?:discussed|agreed|promised)|following"
    r"|further to|here is|here's|welcome|good to|nice to|pleased to|hope|i hope|i trust|it was good)"
)
_MINDS: Final = re.compile(
    r"\b(?:i|we)(?: (?:can|do|quite|fully|well|really))* (?:see|know|get|understand|realise|realize|hear|feel"
    r"|tell)\b(?! (?:that|from|in|this|the|your)\b)|\b(?:i|we) (?:know|get|can tell|can see)\b"
    r"|\b(?:not|no|never|hardly) an? \w+|\b(?:burns|matters?|would|must|worse|better|enough|deserves?|due|little"
    r"|poor|bad|hard|means|loses? \w+ (?:visitors|customers|buyers)|costs?)\b|\bout of the window\b"
)
_SAYS_MIND: Final = re.compile(
    r"^(?:i|we)(?:'m| am| can| do| fully| well)* (?:see|understand|know|gather|hear|realise|realize|appreciate"
    r"|aware)\b"
)
_EXACT: Final = re.compile(r"\"[^\"]{2,}\"|\b\d{3,}\b")
# "I understand that your auditors ask …": of people, and not of what is broken.
_UNDERSTANDS: Final = re.compile(
    rf"^(?:i|we) (?:can |do |fully |well )*understand (?:that |from \w+ \w+ that )?(?!.*(?:\""
    rf"|\d{{3}}))(?:.*\byou\b|.*\byour (?:\w+ )?{_PEOPLE}\b)"
)
_BUSINESS: Final = re.compile(
    r"^(?:so,? |and |now,? )?(?:as (?:i|we|you|per|far|for)\b|in (?:short|brief|my|your|one|a|order|summary)\b"
    r"|my\b|our\b|what (?:i|you|we)\b|the (?:way|issue|problem|case|matter|facts|scope|situation|request)\b|from\b"
    r"|per\b|according|to (?:sum|recap|state|make|be|check|confirm|restate|begin|start|move)"
    r"|let me|allow me|(?:i|we)\b(?!(?:'m| am| can|'d| do| would| fully| quite| well| really| certainly| only"
    r"| too)* (?:know|see|understand(?= that)|aware|realise|realize|appreciate|get|hear|feel|tell|recogni[sz]e"
    r"|imagine|conscious|sorry|afraid|share)\b)|please|kindly|could|can|if i\b|here|facts|situation|summary|recap"
    r"|you(?:'ve| have|'re)? (?:report|write|wrote|describ|told|tell|said|say|mention|notic|explain|state|ask|want"
    r"|see)|your (?:request|ticket|mail|e-?mail|note|message|description|report|case|problem|issue)\b|first|next"
    r"|[^:]{0,40}:(?: |$))"
)


_ROBOTIC: Final = re.compile(
    r"\bapologi[sz]e (?:sincerely |deeply )?for (?:any|the|all|this) (?:\w+ )?(?:inconvenience|trouble"
    r"|delay)(?: \w+)?(?: (?:this|it|that|which|caused|the issue))*(?: (?:may|might|has|have"
    r"|could))?(?: have)?(?: caused)?(?: (?:to )?you)?\s*(?:[.!,]|$|and )"
    r"|\b(?:sorry|regret|apologies) for (?:any|the|all) (?:\w+ )?inconveniences?(?: (?:this|it|that|which|caused"
    r"|the issue))*(?: (?:may|might|has|have|could))?(?: have)?(?: been)?(?: caused)?(?: (?:to )?you)?\s*(?:[.!,]"
    r"|$|and )|\b(?:inconvenience|trouble) (?:is|was) (?:\w+ )?regretted"
    r"|\bdo the needful|\b(?:kindly|please) (?:revert|do the same|note that we)|\brevert back|\brevert (?:at|to us"
    r"|to me|asap|with)"
    r"|\bthank(?:s| you) for (?:contacting|choosing|reaching out to|getting in touch with|your (?:contact"
    r"|interest in)|being a (?:valued|loyal)|writing to|calling) (?:the |our )?(?:\w+ ){0,2}(?:support|customer"
    r"|team|service|microsoft|azure|us\b|technical|help ?desk|premier)"
    r"|\bthank(?:s| you) for (?:contacting|reaching out to|choosing) (?:us|microsoft|azure|our)"
    r"|\bthank you for your (?:valued|continued) (?:custom|business|patronage|support"
    r"|patience and (?:understanding|cooperation))"
    r"|\bcustomer satisfaction is|\byour satisfaction is|\b(?:top|highest|utmost|number one|first) priority(?: is"
    r"|\W*$)|\b(?:is|are) (?:of (?:the )?utmost importance|our (?:top|number one|highest|utmost|first) priority)"
    r"|\b(?:do not|don't|never) hesitate to\b|\bfeel free to (?:reach out|contact|get in touch|revert|write"
    r"|call)(?: \w+){0,4} (?:at any (?:time|point)|should you|if you (?:have|need)|with any|in case|for any"
    r"|any ?time|further)"
    r"|\bshould you have (?:any|further)\b|\b(?:any|further) (?:queries|clarifications?|concerns or questions"
    r"|questions or concerns|further assistance)\b"
    r"|\b(?:hope|trust) (?:that )?(?:this|my|the|our) (?:e-?mail|mail|message|note|letter) finds you"
    r"|\bhope you(?:'re| are) (?:doing )?(?:well|fine|great|good)\b(?= and safe| today|\W*$| and)"
    r"|\bvalued? (?:customer|client|partner)|\bwe (?:\w+ )?value (?:your|you)|\byour (?:business|patience"
    r"|cooperation|understanding|feedback|call|case|time) is (?:\w+ )?(?:important|appreciated|valued|valuable)"
    r"|\b(?:rest|be|please be|please rest) assured\b|\bassur(?:e|ing) you (?:of )?(?:our|that (?:we|i)(?:'ll| will"
    r"| are|'re)? (?:do|doing|be doing|put|make|give|provide|leave|try|work|spare|take))|\bbest (?:of (?:our"
    r"|my) )?(?:services?|abilit\w+) (?:at|always|possible)|\bat all times\b.{0,20}best"
    r"|\b(?:this is to inform|please be (?:informed|advised|noted)|kindly (?:be informed|note)"
    r"|we would like to inform|i would like to inform|it has come to our|we wish to inform"
    r"|please note that your (?:case|ticket|request) (?:has|is)|be advised that|as per (?:the |our )?(?:trailing"
    r"|below|trail|process|policy)|with reference to the (?:above|subject|captioned)|in regards to the (?:above"
    r"|captioned))\b"
    r"|\b(?:committed|dedicated|strive|striv\w+|endeavou?r) to (?:provid\w*|deliver\w*|giv\w*|offer\w*|ensur\w*"
    r"|resolv\w+|serv\w*|help\w*) (?:you |our customers )?(?:with )?(?:the |an? )?(?:\w+ )?(?:best|highest"
    r"|excellent|exceptional|quality|outstanding|superior|possible|world)"
    r"|\b(?:pleasure|privilege|honou?r) (?:to (?:assist|serve|support|help)|serving|assisting|supporting) (?:you"
    r"|our)|\b(?:it will be|it'll be|it is|is|be) my (?:pleasure|privilege)\b|\b(?:more than"
    r"|always) happy to (?:assist|help) you(?: \w+){0,3}\W*$"
    r"|\bwe (?:highly |greatly |truly |really |sincerely )?appreciate your (?:patience|business|cooperation"
    r"|understanding|continued|kind)\b|\bthank(?:s| you) (?:in advance )?for your (?:kind )?(?:understanding"
    r"|cooperation|patience)(?: and \w+)?(?: in this (?:matter|regard))?\s*(?:[.!]|$)"
    r"|\b(?:look(?:ing)? forward to (?:assisting|serving|a positive|your kind|your favou?rable"
    r"|continuing to serve)|have a (?:great|nice|wonderful|good|lovely|blessed|pleasant) day(?: ahead)?\W*$"
    r"|your (?:kind|esteemed|valuable|valued) (?:cooperation|support|response|reply|attention|organi[sz]ation"
    r"|feedback|patience|input))\b"
    r"|\byour (?:case|ticket|request|query|concern|inquiry|enquiry) (?:has been|was"
    r"|is) (?:successfully )?(?:received|logged|registered|assigned|acknowledged)(?: \w+){0,5} (?:and|by|to) (?:is"
    r"|will|our|one of|the|an?|being)\b.{0,60}(?:in the order|accordingly|representative|shortly|agent|processed"
    r"|attended)"
    r"|\b(?:one of our|our) (?:\w+ )?(?:representatives?|agents?|experts?|specialists?) will (?:\w+ )?(?:get back"
    r"|contact|be in touch|reach out|attend|assist)"
    r"|\bwe(?:'re| are) (?:here|always here|available) (?:to (?:help|assist|serve)|for you)(?: (?:24|round|at any"
    r"|every|always)|\W*$)|\b(?:utmost|topmost) (?:importance|priority|urgency|care|attention)"
    r"|\bhighest (?:importance|standard|level of (?:service|support|satisfaction))"
)


def check_customer_name(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """FQR-02.name: as LQR-01.name reads it."""
    for one in check_name(marked, facts):
        yield Finding("FQR-02.name", one.severity, one.message, one.span, one.fix)


def check_empathy(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """FQR-02.empathy: something sees what the customer is going through, or what it costs them."""
    acts = acts_of(marked)
    opening = True  # nothing of substance has been said yet
    for one in acts:
        said = _ROBOTIC.sub(" ", one.said)
        asks = one.does & (a.QUESTION | a.AGREES) and len(said) < 90 and one is not acts[0]
        if not asks and (FEELS.search(said) or (not one.does & a.OURS and IMPACT.search(said))):
            return
        if opening and _UNDERSTANDS.match(said):
            return
        if not opening or len(said) < 25 or _INTRODUCES.search(said):
            continue
        opening = not (one.does & a.ITEM or _BUSINESS.match(said) or _states(said, facts))
        if opening:
            return  # before any business, and no courtesy: what else would it be about
    yield Finding(
        "FQR-02.empathy",
        "warning",
        "Nothing in the mail sees what this means for the customer: name the impact, in their own words if you can.",
        None,
        "I can see how much this holds up your work, and I'm sorry that it does.",
    )


def _states(said: str, facts: Facts) -> bool:
    """Whether a sentence only says what is broken, as a report would."""
    if _SAYS_MIND.match(said):
        return _EXACT.search(said) is not None or " since " in said
    if _MINDS.search(said):
        return False
    return shared_words(said, own_words(facts)) > 1 or SYMPTOM.search(said) is not None or " since " in said


def check_boilerplate(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """FQR-02.robotic: the first stock phrase; one is enough to make a letter a form."""
    for sentence in marked.sentences:
        said = " ".join(sentence.low.split())
        found = _ROBOTIC.search(said)
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
