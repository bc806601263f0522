"""Whether a sentence sees what the customer is going through, or what it costs them (playbook, FQR-02.empathy)."""

import re
from typing import Final

from playbook.rules.acts import FRAMES, OURS, Act
from playbook.rules.words import word_set

# How it feels, and what it does to people and their work.
_FEELING: Final = word_set(
    """
    sorry apologise apologize apologies apology regret regrets sympathy sympathies sympathise sympathize empathy
    frustrating frustration frustrated annoy annoys annoying annoyed annoyance nuisance worry worries worrying worried
    worrisome stress stressful stressed tiring tiresome tedious unpleasant awkward painful pain difficult disrupt
    disrupts disruption disruptive disappoint disappointing disappointed disappointment upset upsetting exhausting
    nagging uncomfortable headache headaches alarming unsettling unnerving distress distressing bother bothers burden
    troublesome inconvenient unfortunate hassle irritating irritated irritation maddening infuriating dreadful miserable
    terrible horrible awful tough scary pressing pressure patience strain misery agony anxious anxiety unacceptable
    embarrassing embarrassment unfair rough nasty grim ordeal sting stings hurt hurts hurting harsh cumbersome
    aggravating demoralising demoralizing unwelcome nightmare draining wearing discouraging alarmed shock shocking shame
    delicate angry anger furious complaints complain complained confusing confusion absurd ridiculous disagreeable
    distracting dispiriting mind-numbing undignified dignified funny fun nervous uneasy unease trust ouch pity bitter
    thankless waste wasted emergency desperate chaos chaotic mess hectic urgent urgency importance seriousness serious
    galling mortifying jumpy lean disbelief heart nerves nerve-racking nerve-wracking sympathetic concern concerned
    hard impatient sleepless sleep embarrass grating grates mood feel feels felt afraid fear unlucky luck drained
    standstill idle overtime penalty penalties deadline deadlines fined risk risks threatens threatened suffer suffers
    suffering lacking spare relief relieved crippling sad unhappy resent blame blamed excuse excuses apologising
    apologizing weigh weighs heavy bad worst worse burns stake helpless stranded stuck dread dreads unbearable joke
    """
)
_SEES: Final = re.compile(
    r"\b(?<!\bas )(?<!what )(?<!if )(?<!how )(?:i|we)(?:"
    r"'m| am| are|'d| would| can| could| do| fully| well| really| quite| certainly| also| absolutely| only| just"
    r"| too| much| very| already| so)* (?:"
    r"see|imagine|understand|appreciate|picture|realise|realize|know|get|recogni[sz]e|hear|feel|sense|share|aware"
    r"|acknowledge|conscious|gather)\b(?: that)? (?:why|how|what|of|it|this|these|such|for|you\b"
    r"|your (?!ticket|mail|note|case|request|message|report)"
    r"|the (?:hurry|pressure|impact|position|stress|weight|need|looks|lady|feeling|wish)"
    r"|(?:\w+ ){0,3}(?:"
    r"is|are|isn't|aren't|must|has to|needs?|matters?|depends?|counts?|relies|rely|cannot|can't|costs?)"
    r" (?!\w*ed\b))"
    r"|\b(?:i|we)(?: do| fully| really| can| well| quite)* (?:"
    r"appreciate|realise|realize|recogni[sz]e|acknowledge|imagine) (?:that|how|you)\b"
    r"|\b(?:i|we) (?:hear you|feel for|can relate|get (?:it|that)|(?:can )?(?:well |easily |only )?imagine)\b"
    r"|, i (?:know|see|understand|imagine|realise|realize|agree|suppose|gather|can see)(?: that| it)?\b(?:[.!,]|$)"
    r"|^i (?:do |can )?(?:see|understand|know)(?: that)?[.!]"
)
_IMPACT: Final = re.compile(
    r"\b(?:must (?:be|have|make|weigh|feel|cost)"
    r"|no (?:fun|joy|wonder|way to|good|use)"
    r"|not (?:easy|fun|what (?:you|anyone) (?:want|need|expect|bought|hope|deserve)\w*|acceptable|fair|nice|ideal)"
    r"|last thing|can't wait|cannot wait|by hand|on paper"
    r"|the whole (?:day|night|week|weekend)"
    r"|for nothing"
    r"|(?:keeps?|leaves?|left|leaving|forc\w+|blocks?|blocking|holds? up|holding up|held up|costs?|costing|delays?"
    r"|hampers?|cuts? off|stands?|stood|waits?|waiting|queu\w+|lose|loses|losing|lost|pay|pays|depends?|relies"
    r"|rely|counts?|counting)"
    r" (?:you|your|them|their|everyone|everybody|people|at|for|in|on|money|time|hours?|orders?|customers?|sales"
    r"|business|evenings?|days?|trust)\b"
    r"|(?:is|are|be) affected|out of the window"
    r"|so (?:let|here|i'll keep|only|just|this)\b.{0,30}\b(?:matters|facts|short|brief|quick)"
    r"|just the facts|lets? .{0,20}down"
    r"|thank(?:s| you) for (?:the (?:\w+ ){0,2}(?:"
    r"details?|logs?|traces?|diagrams?|samples?|screenshots?|data|report|description|captures?|recordings?|files)"
    r"|(?:writing|taking|noting|sending|collecting|describing|bearing|sticking|your (?:patience|time|trouble|care)))"
    r"|(?:better|otherwise|rather|before) (?:have )?(?:spent|the|your)\b"
    r"|deserves?\b|hangs? on\b|my (?:full |whole )?attention"
    r"|(?:should|nobody) (?:have|has) to"
    r"|(?:\w+) counts(?=[.,;!])"
    r"|every (?:minute|hour|day) (?:counts|matters|costs|of|without))\b"
)
_PEOPLE: Final = word_set(
    """
    staff colleagues people team teams customers clients patients students pupils teachers teacher nurses doctors
    drivers designers developers analysts accountants bookkeepers clerks agents operators employees workers travellers
    travelers passengers guests shoppers buyers members citizens readers donors technicians managers director directors
    board lady crew crews auditors auditor suppliers couriers dispatchers parents pensioners volunteers visitors callers
    residents farmers researchers scientists lawyers judges pilots cooks chefs waiters cashiers sellers salespeople
    trainers trainees interns architects journalists editors musicians players tenants owners mayor boss chief ceo
    management committee minister ministers families children
    """
)
# What people do who are hit: an account of the issue says what machines do.
_HIT: Final = word_set(
    """
    wait waits waiting asks asking ask shouting shout ring ringing phone phones call calls calling stand standing sit
    sitting queue queuing type typing write walk drive driving paper manually hand late home lost lose losing stop stopped
    giving give up handwritten trusts believe expects notice noticed stare stares paid pay unpaid need needs nobody
    cannot can't unable without behind having instead
    """
)


def feels(one: Act) -> bool:
    """Whether a sentence speaks of a feeling, of what it costs, or of the people whom it hits.

    Of what is said back or will be done only a word of feeling counts: "I understand it", "ask our team" do not.
    """
    if not _FEELING.isdisjoint(one.words):
        return not one.part or not one.does & OURS
    if one.does & (FRAMES | OURS) and one.part:
        return False
    if _SEES.search(one.said) or _IMPACT.search(one.said):
        return not one.does & FRAMES
    return not _PEOPLE.isdisjoint(one.words) and not _HIT.isdisjoint(one.words) and not one.does & FRAMES
