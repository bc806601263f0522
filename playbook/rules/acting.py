"""Whether a sentence tells of something that we do, did or will do to move the matter on (playbook, FQR-01).

The verbs are an open list, for engineers do a thousand things; what is listed is what is no deed: knowing,
owning, hoping, being there, and keeping somebody posted.
"""

import re
from typing import Final

from playbook.rules.words import word_set

_ADVERBS: Final = (
    r"(?: (?:already|just|also|now|then|first|next|both|since|meanwhile|once|again|immediately|therefore|still"
    r"|currently|today|here|myself|ourselves|only|always|even|thus|gladly|finally|together|each|simply|all"
    r"|personally|yesterday|tonight|well|tomorrow|too|not|ever|being|been|busy|quite|rather|\w+ly))*"
)
# "I", "our platform team", "a colleague"; with what may stand before the verb: "'ve", "am going to", "would like to".
_WHO: Final = (
    r"(?:i|we|let's"
    r"|(?<!your )(?<!their )(?:our|my|an?|two|another|the) (?:[\w-]+ ){0,3}?(?:"
    r"colleagues?|specialists?|experts?|team|teams|engineers?|on-call|developers|desk)(?: who| that|, who)?)"
)
_AUX: Final = (
    r"(?:(?:"
    r"'ve|'m|'re|'ll|'d| have| has| had| am| is| are| was| were| will| would| shall| can| could| should| may"
    r"| might| must| going| about| able| like| want| plan| intend| need| ought| happy| glad| started| begun"
    rf"| begin| start| began){_ADVERBS}(?: to\b)?)*"
)
_DOES: Final = re.compile(
    rf"(?<![\w'])(?<!may )(?<!if ){_WHO}:?{_ADVERBS}{_AUX}{_ADVERBS}(?:: first,)?"
    r" (?P<verb>[a-z][\w-]+)(?=(?P<tail>[^.;?]{0,60}))"
)
_AND: Final = re.compile(
    r"(?:, | and | then )(?:then |also )?(?P<verb>[a-z]{3,}(?:ed|ing)|ran|found|took|built|made|drew|wrote|saw)"
    r" (?=(?P<tail>[^.;?]{0,60}))"
)
# What is said of a case without moving it: minds, manners, ownership, messages. And words that are no verb.
_NO_DEEDS: Final = word_set(
    """
    understand understood know knew known realise realize think thought believe hope hoped want wanted need like love wish
    appreciate thank apologise apologize regret call calling ring ringing phone phoning mail mailing email contact
    contacting reach reached update updating inform notify hear heard await awaiting wait waiting expect expecting receive
    received own owned owning handle handling assist assisting help helping support stay staying remain remaining suggest
    propose recommend request require assume guess mean meant feel felt imagine promise mention talk agree introduce sit
    sitting return responding respond reply answer greet value care commit ensure assure recognise recognize acknowledge
    accept aim enjoy sympathise sympathize learn learned miss missed trust remember concern wonder respect welcome revert
    come came have had got get gotten be been is are was were do join misread advise message deserve accompany guide
    stand dedicate drive volunteer owe summarise summarize recap picture restate prioritise serve attend manage strive
    sorry glad happy afraid sure aware certain grateful pleased delighted responsible available free ready able here there
    the a an this that these those it its my your our to for with of from in on at as by under not no now away off back
    gather gathered take-away convinced confident curious late out up down so too very still only new next online
    describe described sum say said tell told repeat read-only hand handing share sharing relate bet suppose doubt admit
    hate blame talked am dropping mistaken wrong right correct keen looking-forward assigned named called
    describe state noted note speak spoke meet met would could should rather owner contact engineer sympathetic
    """
)
# Verbs that are deeds with most objects, and what they aren't with: "take your case", "look forward", "give you a call".
_NOT_WITH: Final = re.compile(
    r"(?:take|took|taken|taking) (?:(?:over|on|care|charge|ownership|it|this|up|responsibility|note|seriously)\b"
    r"|(?:your|the) (?:\w+ )?(?:case|ticket|request|lead))"
    r"|(?:look|looking|looked) (?:forward|after)"
    r"|(?:keep|keeping|kept) (?:you|it|this|an eye|in touch|everyone)"
    r"|(?:go|going|went) (?:ahead|on\b)"
    r"|(?:get|getting|be|come) (?:back|in touch)"
    r"|(?:giv\w+|gave) (?:you|me)\b(?! (?:the|an?) (?:command|script|setting|fix|patch|workaround))"
    r"|(?:mak\w+|made) (?:sure|contact)"
    r"|(?:see|saw|seen|seeing)\b(?! (?:that (?:the|our|it)|from|in|no|two|three|\w+ing))"
    r"|(?:work|working|worked) (?:"
    r"with|for|in|as|from|together|until|hard|on (?:it|this|that|your|the (?:case|ticket|issue)))\b"
    r"|(?:sen[dt]|sending|writ\w+|wrote|drop|drops|put|putting) (?:"
    r"you |over |to you |back|again|on|by|at|in|until|tomorrow|today|to |\w+day|my|me)(?!"
    r"(?:the|an?|our|two) (?:\w+ )?(?:"
    r"command|script|setting|fix|patch|workaround|change|query|steps|policy|template|test|sample))"
    r"|(?:ask|asking|asked) (?:of you|you|me|for your|that you)"
    r"|(?:find|found|finding) (?:it|this|your (?:case|ticket|mail))"
    r"|(?:read|reading) (?:through )?(?:your|the|all of your|it)? ?(?:\w+ )?(?:"
    r"ticket|mail|e-?mail|request|message|note|notes|description|case|words)"
    r"|(?:open\w*|log\w*|creat\w+|regist\w+|pick\w*|review\w*|receiv\w*|check\w*|assign\w*|clos\w+|rais\w+)"
    r"(?: up)? (?:an? |the |your |this |my )?(?:new |support )?(?:"
    r"case|ticket|request|mail|e-?mail|message|description|inbox|calendar|mailbox|back\b|in\b|it\b|this\b|with you)"
    r"|(?:tr\w+) (?:to (?:reach|call|ring|contact|get hold)|my best|our best|again)"
    r"|confirm (?:that|receipt|your|the (?:case|ticket|receipt))"
    r"|let (?:you|me|us)\b|(?:us|me) (?:know|talk)|hold you|tr[iy]\w* (?:you|your)|lead(?:ing)? (?:this|you)"
    r"|report\w* (?:back|to you|on|at|by|in|again|tomorrow)"
    r"|(?:schedul|arrang|book|set)\w* (?:a |up a )?(?:call|meeting|slot)"
    r"|start with you|set (?:aside|up a call)"
    r"|watch(?:ing)? (?:this|the) (?:case|ticket)"
    r"|proceed\w*|continue\w*"
    # "We are checking your issue": what they did with it is what nobody can tell from that.
    r"|(?:check|review|investigat|examin|look)\w*(?: into| at| through)? (?:your|the|this) (?:issue|problem|matter|concern)"
    r"(?: (?:now|further|right away|at the moment|currently|internally|here|and)\b|\W*$|[.,;:!])"
)
_ELLIPTIC: Final = re.compile(
    r"(?:(?:already|just|currently|now|today|so far|this morning|yesterday|meanwhile|on (?:our|my) (?:side|end)"
    r"|done so far|done|doing|running now|status|right now|next)[,:]? )*(?:"
    r"checked|pulled|reviewed|looked|went|ran|collected|started|compared|reproduced|tested|traced|analy[sz]ed"
    r"|verified|searched|exported|restarted|examined|queried"
    r"|(?:review|check|runn|compar|pull|test|trac|analy[sz]|collect|reproduc|look|examin|verify|query|rebuild)ing) "
)
_PASSIVE: Final = re.compile(
    r"\b(?:team|engineers?|colleagues?|specialists?)\b[^.;]{0,40} (?:with|beside) (?:me|us)\b"
    r"|\b(?:is|are) (?:now |already |currently )?being (?!"
    r"affected|lost|dropped|blocked|refused|rejected|used|asked|charged|billed)\w+ed\b"
    r"|\bunder (?:review|analysis|investigation|examination) (?:here|with|by|in|on our)"
    r"|\b(?:trace|test|capture|query|repro\w*|script|comparison|failover|rollback|restore|check|scan|log|dump)"
    r"s? (?:is|are) (?:now |already |currently |still )?(?:running|under way|in progress|open)"
    r"|\b(?:has|have|was|were) (?:already |now |just )?been (?:"
    r"engaged|paged|pulled|rolled back|raised|escalated|brought in|extracted|exported)"
    r"|\b(?<!over )(?<!taken )(?<!assigned )(?<!handled )(?<!owned )by (?:me|us|our team)\b"
    r"|\((?:me|us|both)\b|(?:^|[ –-])(?:me|us|both): |[-–—] (?:me|us|both)\b"
)
# One of these is in every way of saying so above.
_PASSIVELY: Final = word_set("me us both being under running way progress open been by")


def ours(said: str, words: frozenset[str]) -> bool:
    """Whether a sentence tells of a deed of ours. `words` are its words."""
    if _ELLIPTIC.match(said):
        return True
    for found in _DOES.finditer(said):
        if _is_deed(found["verb"], found["tail"]):
            return True
        if any(_is_deed(also["verb"], also["tail"]) for also in _AND.finditer(found["tail"])):
            return True
    return not _PASSIVELY.isdisjoint(words) and _PASSIVE.search(said) is not None


def _is_deed(verb: str, tail: str) -> bool:
    if verb in ("do", "did", "done", "doing"):
        return tail.startswith((" the ", " a ", " an ", " same", " some"))
    return verb not in _NO_DEEDS and not _NOT_WITH.match(verb + tail)
