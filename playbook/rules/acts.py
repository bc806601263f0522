"""What each sentence of a first response does: we act, a step is planned, something is asked, agreed, felt.

One pass over the body (playbook section 10); the FQR rules read the acts and no text of their own where
they can help it. A sentence may do several things at once. Headings and labels ("Plan:", "What I need")
say what the lines below them are for.
"""

import re
from typing import Final, NamedTuple

from playbook.rules.acting import clauses, ours, steps
from playbook.rules.marks import Marked, Sentence

ASKS: Final = 1  # the customer is asked to tell, send or do something
AGREES: Final = 2  # asks for a yes, or to be corrected
OURS: Final = 4  # something we do, did or will do to move the matter on
FRAMES: Final = 8  # says back what was understood: "as I understand it …"
ITEM: Final = 16  # a line of a list
NUMBERED: Final = 32  # and one with a number
QUESTION: Final = 64
OFFERS: Final = 128
MOVES: Final = 256  # the order of things: "first", "then", "once …"

ISSUE, PLAN, NEEDS, DONE, IMPACT, OTHER = "issue", "plan", "needs", "done", "impact", ""

_BULLET: Final = re.compile(r"\s*(?:[-*•–·]\s+|\(?(?P<n>\d{1,2}|[a-h])[.)]\s*|step \d\b[:.]?\s*)")
_HEADS: Final = (
    (
        NEEDS,
        re.compile(
            r"\b(?:need (?:from you|to know)|i need|we need|questions?|please (?:send|provide|share)|your (?:help"
            r"|input"
            r"|part|side|turn)|from you|asks?|requests?|still missing|missing|information|to send|could you|can you"
            r"|help me|would help|send me|tell me)\b"
        ),
    ),
    (
        DONE,
        re.compile(
            r"^(?!.*\b(?:will|next|facts|story|understand\w*|understood|picture|know)\b).*\b(?:done|so far|already"
            r"|checked|looked at|doing|in hand|under way|underway"
            r"|findings|found|progress|working on|right now|current action|at work|tried)\b"
        ),
    ),
    (
        PLAN,
        re.compile(
            r"\b(?:plan|next|steps?|proceed|order|way forward|approach|propos\w+|suggest\w*|(?:how|way|what) (?:i"
            r"|we|i'd|we'd|i'll|we'll)(?: would| will)? (?:go|do|proceed|suggest|propose|want|see it going)"
            r"|^(?:then|afterwards|after that|to do|later|finally)|where (?:i|we) go|like to do|in mind|coming"
            r"|to come|from here|going"
            r" to|will (?:be done|happen|follow)|what (?:happens|follows|i will|we will|i'll|we'll|comes)|actions?"
            r"|agenda|roadmap|sequence|we go|goes)\b"
        ),
    ),
    (
        IMPACT,
        re.compile(r"\b(?:impact|business|urgency|affected|consequence|severity)\b"),
    ),
    (
        ISSUE,
        re.compile(
            r"\b(?:issue|problem|(?:i|we) (?:know|have so far)|understood|understanding|understand|summary|scope"
            r"|symptoms?|situation|recap|picture"
            r"|description|facts|case|reported|goal|solved when|expect\w*|you told|in short|happens)\b"
        ),
    ),
)
_FRAME: Final = re.compile(
    r"\b(?:as|the way|if|from what|what|how|issue as|problem as|picture) (?:far as )?(?:i|we)(?:'ve| have|'d)?"
    r" (?:can |now |currently |have )?(?:understand|understood|see|read|get|got|gather\w*|grasp\w*|tell|take|took"
    r"|put|hear"
    r"|heard|noted|picture|know|describe)\b"
    r"|\b(?:my|our) (?:current |present )?(?:understanding|reading|picture|summary|recap|notes?)\b"
    r"|\b(?:i|we)(?:'ve| have)?(?: now| first)? (?:understood?|gather(?:ed)?|read|take it|took|take away|noted?"
    r"|learned"
    r"|conclude|summari[sz]e|see) (?:from|in|that|it|your|you|this|as follows|the (?:issue|problem|matter|case"
    r"|situation|following))"
    r"|\byou(?:'ve| have|'re| are)?(?: also| kindly| just)? (?:told|telling|saying|describe|described|report"
    r"|reported|write|wrote|written|said|say|mention"
    r"|mentioned|explain|explained|state|stated|raised|noticed|observed|asked|are asking|want to|wish to"
    r"|would like|are (?:seeing|getting|facing|experiencing|trying))\b|\byou'd (?:like|want|love)\b|\b(?:what"
    r"|the way) you (?:see|have|get|put|report|describe)\b"
    r"|\byour (?:request|ticket|mail|e-?mail|note|message|description|report|screenshots?|form"
    r"|entry) (?:also )?(?:says?|states?|describes?|mentions?|reads?|tells?|shows?|has it)\b|\b(?:my|our) (?:take"
    r"|view|version) (?:on|of) (?:it|this|the)|\b(?:am i right|is it (?:right|correct|true)|do i understand"
    r"|have i understood|did i understand)(?: \w+){0,3} that\b|\bstate as i have it|\bi(?:'d)? sum it up"
    r"|\bplay it back|\bi get this right|\b(?:what i (?:have|kept|noted|gathered|know)|where (?:things|we"
    r"|you) stand|story so far|here(?:'s| is) (?:my (?:understanding|reading|take|summary|version)|what i (?:have"
    r"|know|got|kept|took|gathered|understood)|the (?:story|picture|issue|problem)))\b"
    r"|\b(?:in|with) (?:short|brief|my (?:own )?words|other words|one (?:line|sentence)|a (?:nutshell|line"
    r"|sentence)|summary)\b"
    r"|\b(?:to|let me|so i) (?:sum|recap|summari[sz]e|repeat|check|confirm|make sure|be sure|verify|restate"
    r"|double.check|rephrase"
    r"|say (?:it )?back|play (?:it )?back|put)\b(?! with| the (?!issue|problem|matter|case|situation)| your| our"
    r"| which| what| how| why| it with)"
    r"|\b(?:from|in|per|according to|as per|based on|reading) (?:the|your|our) (?:ticket|mail|e-?mail|note|notes"
    r"|request|call|description"
    r"|thread|message|report|case|chat|screenshots?|conversation|words|phone call|portal|form|file)\b"
    r"|\bso that we (?:both )?(?:mean|are|talk|have|agree|work)|\bwe (?:both )?mean the same"
    r"|\b(?:the|your) (?:issue|problem|case|question|request|matter|scope|situation|goal|symptom|facts|fault|ask"
    r"|trouble"
    r"|topic|incident|error|picture|story|short version)(?: as| is| are| here| was|:| in|,| reads| concerns)"
    r"|\bfacts as\b|\b(?:considered?|count|call|treat|counts?|be|is|have it|regard\w*) (?:it |this |that "
    r"|the case |the issue )?(?:as )?(?:solved|resolved"
    r"|fixed|success|done)\b|\b(?:success|solved|resolved|done|the goal|expected|expectation)\b.{0,30}\b(?:would"
    r"|means|when|is)\b"
)
_AGREE: Final = re.compile(
    r"\b(?:correct me|put me (?:right|straight)|set (?:me|us|that|it|this) (?:right|straight)|straighten me"
    r"|(?:please |kindly |then )correct (?:it|this|that|any|what|whatever|me|us|my|the)"
    r"|your (?:go-?ahead|ok|okay|yes|approval|consent|green light|agreement|nod|word|blessing|confirmation"
    r"|permission|thumbs|decision|call\b(?= on)|vote)"
    r"|with your (?:agreement|consent|permission)|green light|thumbs up|go-ahead"
    r"|(?:if|whether|that) (?:you |it )?(?:agree|approve|consent|accept)|(?:please|kindly) (?:agree|approve"
    r"|confirm)|confirm (?:that|this|it|if|whether|my|with|or|by|so|these|both|the (?:above|plan|summary|order"
    r"|steps|content|following))"
    r"|unless (?:you|i hear|that|this|there)|(?:any )?objections?|object\b|veto|speak up|say (?:so|stop|no"
    r"|the word|yes)|just say|shout|shout out|protest"
    r"|reply (?:with )?(?:yes|ok|\"|'|go|agreed|no)|a (?:simple |short |quick )?(?:yes|\"yes\"|ok|\"ok\"|no|word"
    r"|line|nod) (?:is|will|would|by|from|on)|yes or no"
    r"|are we agreed|do we agree|agreed\?|okay\?|ok\?|right\?|correct\?|alright\?|agree\?|fine\?|accurate\?|deal\?"
    r"|(?<=please )(?:add|strike|amend|change|edit|adjust|modify|mark|replace|overrule"
    r"|complete) (?:\w+ ){0,3}(?:anything|whatever|what|any|it if|them if)"
    r"|anything (?:you'd|you would|that you|i|i've|i have|you) (?:\w+ )?(?:change|differently|misread|missed|wrong"
    r"|misunderstood|correct|add|like to change|disagree|got)"
    r"|anything (?:is |that's |that is |here |there |above |in (?:that|this|it) )*(?:wrong|off|missing|unclear"
    r"|different|incorrect|inaccurate|not right)"
    r"|(?:what|how) do you (?:think|feel|say)|what(?:'s| is) your (?:view|opinion|take)|your (?:view|opinion"
    r"|thoughts|take)|how does (?:that|this|it) (?:sound|look|suit|feel|strike)"
    r"|(?:would|'d|could) (?:that|this|it|the (?:plan|order|approach|steps|proposal|above)|these(?: steps)?"
    r"|such a plan)\b.{0,24}(?:work|suit|be (?:ok|okay|fine|acceptable|all right|alright|good|agreeable)|do)\b"
    r"|(?:works|suits|ok|okay|fine|good|acceptable|agreeable|convenient|all right|alright|(?:this|that|it|plan"
    r"|order|steps|approach) (?:work|suit)) (?:for|with|by|to) you"
    r"|(?:suit|suits) you|you (?:happy|ok|okay|fine|comfortable|content|good|satisfied|agreeable|on board"
    r"|in agreement|with me|willing|in favou?r)"
    r"|(?:happy|ok|okay|fine|comfortable|content|good|on board|agree|agreed|in line) (?:with|to|for) (?:this|that"
    r"|the|these|me|us|my|our|it|both|how|such|going|proceed|start)"
    r"|would you (?:agree|prefer|rather|accept|approve|change|do it|go along|be (?:ok|okay|fine|happy|comfortable"
    r"|willing|good))|do you (?:agree|approve|accept|object|see it|share|concur|prefer|consent|mind|support)"
    r"|can you (?:agree|accept|live with|approve)"
    r"|(?:could|can|would) you (?:please |kindly )?(?:confirm(?: that| this| if| whether| my| it| or|,|\?)|agree"
    r"|approve)|can we (?:agree|start|go|proceed|do)|(?:may|shall|should|can|could) (?:i|we) (?:go|start|proceed"
    r"|begin|do|carry|continue|try|move|take it|apply|run|restart|reset|make|assume|change|roll|switch|enable"
    r"|disable|raise|keep)\b"
    r"|(?:does|is|do|are) (?:that|this|it|the (?:plan|order|approach|above|sequence|proposal|summary|description"
    r"|picture|list)|these|they|my (?:\w+ )?(?:summary|understanding|plan|picture|reading))\b.{0,40}(?:sound|suit"
    r"|work|sense|right|correct|ok\b|okay|fine|reasonable|match\w*|fair|accurate|acceptable|agreeable|fit"
    r"|reflect\w*|good|alright|all right|complete|look|meet|capture\w*|cover\w*|describe)"
    r"|(?:have|did|do) i (?:got|get|understand|understood|read|have|miss|missed|described?|summari[sz]ed?"
    r"|captured?|put) (?:\w+ )?(?:right|correctly|it|that|this|you|anything|all|something|everything|the)"
    r"|am i right|i (?:right|correct)\b"
    r"|with (?:us|me) on (?:that|this|it)|put differently|differently\?|ok(?:ay)? to \w+|disagree"
    r"|prefer (?:\w+ )?(?:another|a different|otherwise|other|not)|rather (?:i |we |not|go|do|have|start|take|try"
    r"|see|begin|use|skip|change|wait|keep)|see (?:it|things|this) differently|do(?:ing)? (?:it|this"
    r"|things) (?:differently|another way|otherwise)|go about it (?:differently|in another)"
    r"|any (?:worries|concerns|doubts|comments|wishes|corrections|preferences?)\b|(?:how|what"
    r"|which)(?: of \w+(?: \w+)?)? (?:would|do) you (?:like to (?:go|proceed)|prefer)"
    r"|anything (?:that )?(?:doesn't|does not|isn't|is not|differs)|anything (?:to (?:add|correct|change)"
    r"|else (?:to|i)|missing|i'm missing|you miss)|am i missing|(?:would you like|do you want|shall we do) (?:it"
    r"|us to go|me to go|to (?:do|go|proceed))(?: \w+){0,3} (?:like|in|this|that|on)\b|(?:see|prefer|suggest|like"
    r"|know|propose|choose|have)\b.{0,20}\b(?:better|other|another|different) (?:order|way|idea|plan|route"
    r"|suggestion|approach)|anything against|objection|go (?:for|with) (?:that|this|it)|left out|what (?:would"
    r"|should|do) (?:you|i) (?:\w+ )?(?:change|correct)|await your (?:comments?|views?|opinion|decision|word|yes"
    r"|approval|ok|thoughts|verdict)|alternatives?\b|open to|something else in mind|(?:to|be) corrected"
    r"|correct (?:if|me|it|or|what|where|whatever)|(?:yes|so|agreed|deal|good|right|ok)\?|feel free to (?:correct"
    r"|change|amend|adjust|disagree)"
    r"|add what(?:ever)? (?:i|is)|suggestions? (?:are|is)? ?(?:welcome|always)|you decide|it's your call"
    r"|yours to decide|up to you|change (?:the|my|this|our|anything) (?:plan|order|steps|in|about|you)|redo (?:it"
    r"|the plan)|adapt (?:it|the plan)|adjust (?:it|the plan)"
    r"|(?:once|as soon as|when|after|if) you (?:agree|approve|confirm|say (?:yes|go)|are (?:ok|okay|fine|happy)"
    r"|give)|waiting for your (?:yes|ok|go))\b"
)
# "tell me if/whether/what …" with something that may be wrong, different or not liked
_CHANGE: Final = re.compile(
    r"^(?:(?:and|or|please|kindly|just|feel free to|do) )*(?:add|strike|amend|change|edit|adjust|modify|fix|mark"
    r"|cross out|replace|alter|overrule|complete|stop me|stop us)\b"
)
_BRIEF: Final = re.compile(r"^(?:[a-z']+,? ){0,3}[a-z']+\?$")  # "Fine for you?", "Thoughts?"
_ASKED_OPEN: Final = re.compile(
    r"^(?:and |or |also )?(?:what|which|when|where|who|how|why|did|do|does|is|are|was|were|has|have|had"
    r"|any)\b(?! thoughts| objections)"
)
_TELL: Final = re.compile(
    r"\b(?:tell|let|drop|write|reply|come back|inform|say|shout|ping|warn|flag|point out|holler|speak up|complain"
    r"|stop|scream|yell)\b(?: it| that| to)?(?: me| us)?(?: a line| a word| know| out| back| now| at once| please"
    r"| straight away| right away| so){0,2},? (?:if|whether|where|should|otherwise|what i(?:'ve| have| should"
    r"| could)? (?:\w+ )?(?:add|got|get|missed|misread|change|misunderstood|have|correct)|what (?:differs|you'd"
    r"|you would|is (?:wrong|different|missing)|to change|needs changing|isn't|doesn't)|which (?:part|of (?:this"
    r"|that|it|these)|point|step|way))\b(?!.{0,40}\b(?:questions?|(?:you )?need (?:any|anything|more|further|help)"
    r"|help(?:s|ed)?\b|happens|recurs|occurs|appears|comes back|it work(?:s|ed)|works now|still|again|improves"
    r"|changes? (?:any|the result)|further|assistance|concerns)\b)"
    r"|\bif (?:not|so|any|you|that|this|the|something|anything|one|i|i've|i'm|we|my|some|a|it"
    r"|there)\b.{0,90}\b(?:tell me|say so|let me know|say it|correct|write me|write to me|shout|change|amend"
    r"|put me|set me|drop me|stop me|suggest|just say|please say|please write|please tell|i'll change|we'll change"
    r"|i'll adapt|no problem|that works too|that's (?:fine|as good|just as good)|is (?:fine|good) too"
    r"|give me a (?:shout|hint|sign))\b"
)
_ASK: Final = re.compile(
    r"\b(?:(?:please|pls|plz|(?<!you )kindly) (?:also |just |do |then |can you |could you )?(?!(?:let"
    r"|tell) (?:me|us) (?:if|whether|know (?:if|whether))|confirm|agree|accept|correct|find|note|see\b|be |bear"
    r"|rest|don't|do not|feel|allow|forgive|excuse|know|approve)\w+"
    r"|(?:could|can|would|will|may) you (?!agree|confirm (?:that|this|if|whether|my|it|or)|confirm[,?]|like"
    r"|prefer|rather|accept|approve|be (?:ok|okay|fine|happy|comfortable))(?:please |kindly |also |perhaps |maybe "
    r"|possibly |just |be so kind )*\w+"
    r"|(?:i|we)(?:'d| would|'ll| will)?(?: still| only| also| just)* (?:need|require|want|ask you|miss"
    r"|be grateful|appreciate|like (?:you|to (?:know|ask|have|see|hear|get|receive|learn)))\b"
    r"|(?:send|give|tell|share|forward|provide|attach|upload|describe|walk|drop|show|collect|gather|mail) (?:me"
    r"|us|over|along|along with|it to|through|here)\b"
    r"|what (?:would|will|could|might) help (?:me|us|most)?|help(?:s)? (?:me|us) (?:with|by|if|to)"
    r"|helpful (?:to|if)|(?:good to know|it would help)\b|not clear to me\b|don't know yet\b"
    r"|i am missing\b)"
)
_OFFER: Final = re.compile(
    r"\b(?:would you like|do you want|shall (?:i|we)|may i|should i|(?:can|could) (?:i|we)|would (?:a|an|it"
    r"|another|you prefer)|glad to|happy to|pleased to|if you (?:like|wish|want|prefer|need)|do you need|care to"
    r"|need any)\b"
)
_COUNTING: Final = ("first", "second", "third", "fourth")
_ORDINAL: Final = re.compile(
    r"(?:^|[,;:.(–—] |\band |\bthen |\bi |\bwe |\byou |'d |'ll |\bto |\bwould |\bwill )(?:first|second|third"
    r"|fourth)\b(?! (?:time|node|line|place|thing|two|three|run|one of|half|week|day|office))"
)
_ORDER: Final = re.compile(
    r"\b(?:firstly|secondly|thirdly|first step|second step|step one|then|next(?! (?:update|mail|message|call|note"
    r"|news|week|month|business|working|day|contact|report|word|to|door|monday|tuesday|wednesday|thursday|friday"
    r"|hour|few|two|three|\d))|after(?:wards?|ward| that| this| which| it)"
    r"|finally|last(?:ly)?(?= (?:i|we|of|step)|,)|(?:and|then) last\b|once|as soon as (?!possible|i can|we can"
    r"|practicable)|subsequently|step \d|following (?:that|this|which)|thereafter|followed by|from there"
    r"|and only then|later on"
    r"|in (?:two|three|four|2|3|4|five) (?:steps|moves|stages|parts|rounds|phases|goes)|(?:two|three|four|five|2|3"
    r"|4) (?:steps|moves|stages|phases|things in)|to (?:begin|start) with|start(?:ing)? (?:with|by|from)"
    r"|begin(?:ning)? (?:with|by)|before (?:that|i|we|any)|depending on|if (?:that|this|it|not"
    r"|so)\b[^,]{0,40}(?=,)|if (?:that|this|it|they|these|not|the \w+)\b.{0,50}(?= (?:i|we|you|i'll|we'll"
    r"|you'll) )|whichever (?:it is|one)|if so|should (?:it|that|they|this|the \w+)\b[^?]{0,40}(?=, )|when (?:that"
    r"|this|it|they)\b|in (?:parallel|that order|this order|sequence)|at the same time|the following order"
    r"|afterwards)\b"
    r"|(?:^|\s)\(?[123][.)](?:\s|$)|\b[abc]\) |->|→|=>"
)


class Act(NamedTuple):
    """A sentence, as said (lower case, one blank between words, no markup), what it does, and under what heading."""

    sentence: Sentence
    said: str
    does: int
    under: str
    steps: float  # how many things it says will be done, by whomever
    moves: int  # how many words put them in order
    part: int  # the number of its paragraph, from 0


def acts_of(marked: Marked) -> tuple[Act, ...]:
    """The acts of the body after the greeting, in order. Read once for a text."""
    if marked.acts is None:
        marked.acts = tuple(_read(marked))
    acts: tuple[Act, ...] = marked.acts
    return acts


def _read(marked: Marked) -> list[Act]:
    skip = marked.greeting[1] + 2 if marked.greeting else -1
    acts: list[Act] = []
    under, label, line, item = OTHER, False, -1, 0
    part = 0
    lines: dict[int, int] = {}
    for one in marked.body:
        lines[one.line] = lines.get(one.line, 0) + 1
    for one in marked.body:
        if one.end <= skip:
            continue
        bullet = _BULLET.match(one.low) if one.line != line else None
        if bullet:
            item = ITEM | (NUMBERED if bullet["n"] or "step" in bullet[0] else 0)
        elif one.line != line:
            item = 0
        line = one.line
        low = one.low[bullet.end() :] if bullet else one.low
        said = " ".join(low.replace("*", " ").replace("#", " ").replace("_", " ").split())
        if not said:
            continue
        if not item:
            if label and acts and _new_part(marked, acts[-1].sentence, one):
                under, label = OTHER, False
            head = _heading(said, alone=lines[one.line] == 1, top=one.low.lstrip().startswith(("#", "**")))
            if head is not None:
                under, label = head
            elif acts and acts[-1].does & ITEM and _new_part(marked, acts[-1].sentence, one):
                under = OTHER
        part += bool(acts) and _new_part(marked, acts[-1].sentence, one)
        done, does = clauses(said), _does(said) | item
        does |= OURS if ours(said, done) else 0
        if under == PLAN and not does & FRAMES:
            done = [clause._replace(deed=clause.deed or clause.talk) for clause in done]
        aside = does & (FRAMES | ASKS) and not does & (MOVES | ITEM) and under != PLAN
        acts.append(
            Act(
                one,
                said,
                does,
                under,
                0 if aside else steps(done),
                _order(said) if does & MOVES else 0,
                part,
            )
        )
    return acts


def _new_part(marked: Marked, before: Sentence, one: Sentence) -> bool:
    """Whether an empty line lies between two sentences."""
    return "\n\n" in marked.low[before.end - 1 : one.start + 1] or marked.low[before.start : one.start].rstrip(
        " "
    ).endswith("\n\n")


def _heading(said: str, *, alone: bool, top: bool) -> tuple[str, bool] | None:
    """What the lines below a heading are for, and whether it is only a label before more; None: no heading."""
    label = False
    if said.endswith(":"):
        words = said[-90:]
    elif (top or (alone and len(said) <= 40)) and said[-1] not in ".!?,;":
        words = said
    else:
        words, colon, _ = said.partition(":")
        label = True
        if not colon or len(words) > 40:
            return None
    return next((name for name, shape in _HEADS if shape.search(words)), OTHER), label


def _brief(said: str) -> bool:
    """A question of a word or two that asks for a nod: "Fine for you?" """
    return said[-1] == "?" and _BRIEF.match(said) is not None and not _ASKED_OPEN.match(said)


def _order(said: str) -> int:
    """How many words put things in an order."""
    ordinals = len(_ORDINAL.findall(said)) if any(word in said for word in _COUNTING) else 0
    return ordinals + len(_ORDER.findall(said))


def _does(said: str) -> int:
    does = 0
    if "?" in said:
        does |= QUESTION
    if _AGREE.search(said) or _TELL.search(said) or _CHANGE.match(said) or _brief(said):
        does |= AGREES
    if _ASK.search(said):
        does |= ASKS
    if _OFFER.search(said):
        does |= OFFERS
    if _FRAME.search(said):
        does |= FRAMES
    if _order(said):
        does |= MOVES
    return does
