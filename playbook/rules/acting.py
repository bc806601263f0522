"""Who does what in a sentence: whether we act, and how many steps ahead it names.

The verbs are an open list, for engineers do a thousand things; what is listed is what is no deed: knowing,
owning, hoping, and keeping somebody posted (playbook section 10, FQR-01).
"""

import re
from typing import Final, NamedTuple

from playbook.rules.words import word_set


def _forms(lemmas: str, others: str) -> frozenset[str]:
    """The forms of regular verbs, and further words as they stand."""
    forms: set[str] = set(others.split())
    for verb in lemmas.split():
        stem = verb.removesuffix("e")
        past = f"{verb[:-1]}ied" if verb.endswith("y") and verb[-2] not in "aeou" else f"{stem}ed"
        forms |= {verb, f"{verb}s", past, f"{stem}ing"}
    return frozenset(forms)


_STOP: Final = word_set(
    """
    a an the this that these those it its my your our their his her i we you he she they me us them all both any
    some each no not never one two three four five six seven eight nine ten several few many much more most in
    on at for from with without by to of up out off about into over under as so too very if when while who what
    which where how why whether because since until after before here there again also just now then still only
    even already yet soon today tomorrow tonight yesterday and or but nor than however therefore once rather quite
    sure sorry glad happy afraid able aware available free ready grateful pleased delighted confident certain
    certainly curious convinced new next responsible online around away back based busy familiar fully really
    always often first last another other such every neither is are was were be been am do does did has had
    have will would shall should can could may might must yours ours mine myself ourselves everything something
    anything nothing everybody monday tuesday wednesday thursday friday saturday sunday there's
    """
)
# What is said of a case without moving it: minds, manners, ownership, messages.
_NO_DEEDS: Final = _forms(
    """
    understand know realise realize think believe hope want need like love wish look appreciate thank apologise
    apologize regret call ring phone mail e-mail email contact reach update inform notify let hear await wait
    expect receive own handle assist help support stay remain propose suggest recommend request require assume
    guess notice mean feel imagine promise say mention talk agree proceed continue introduce work sit
    return respond reply answer greet value care commit ensure assure recognise recognize acknowledge accept
    aim intend plan prefer enjoy sympathise sympathize share learn miss trust remember register read note gather
    seem appear become concern worry depend wonder respect welcome revert forward speak come be have do get go
    take keep make give join confirm see hold misread advise ping message write tell follow find deserve treat
    accompany guide stand dedicate drive volunteer lead count owe ask begin start decide choose watch summarise
    summarize recap wrap explain meet report discuss describe discover picture restate schedule arrange book invite
    prioritise prioritize track serve sincerely attend assign acknowledge offer manage strive escort touch put
    """,
    """
    understood knew known thought meant felt heard came gone went took taken taking kept gave given giving joined
    saw seen seeing held told wrote written got getting gotten made making making spoke spoken met read found
    sorry glad chose began begun begin having been being misread misunderstood stood led let letting putting
    sent said heard sitting sat
    """,
)
# No deeds by themselves, and deeds with the right object: "I've taken the logs", "I'll run", "went through".
_DEED_PHRASE: Final = re.compile(
    r"\b(?:look(?:ed|ing)? (?:at|into|through|up|for|over|closer|deeper|again|more|further|back)(?! (?:it |that "
    r"|this |the case )?(?:after|forward))"
    r"|(?:went|go|gone|going) (?:\w+ )?(?:through|over|into|back (?:to|through|over))(?! (?:your (?:ticket|mail"
    r"|e-?mail|request|message|note|description|case)))"
    r"|(?:take|took|taken|taking) (?!your (?:case|ticket|request|call)|this|it (?:over|on|from|up|that|seriously)"
    r"|it\b|over|ownership|care|charge|on\b|responsibility|the (?:case|ticket|lead|time)|part|place|note|time"
    r"|into\b|up\b|you\b)"
    r"|(?:made|make|making) (?!sure|contact|progress|it\b|a note|good|a promise|every|an? (?:\w+ )?(?:effort"
    r"|suggestion|proposal|appointment|call|decision|start))"
    r"|(?:got|get|getting) (?:the (?:logs?|traces?|dumps?|telemetry|data|metrics)|hold of the"
    r"|the (?:\w+ )?(?:developers|engineers|team|people|owners?|specialists|product)|the \w+ of (?:that|the|this)"
    r"|our (?:\w+ )?team|a (?:second|colleague|specialist|copy|trace))"
    r"|(?:put|putting) (?:an? |the |your |some |it into|together|up|in place)"
    r"|(?:give|gave|given|giving) (?:it|them|the \w+) (?:a|another) (?:second|closer|first|good)"
    r"|(?:found|find|finding) (?!your (?:case|ticket|mail|note)|you\b|it (?:hard|difficult)|this (?:hard"
    r"|difficult))|(?:see|saw|seen|noticed|notice) (?:that |no |out |it |what |one |two |three |the |an? |in "
    r"|some |several |\d+ |which |why |where |from (?:the|our))(?!.{0,20}\byou(?:'ve| have|r (?:case|ticket|note"
    r"|mail))\b)"
    r"|(?:asked|asking|ask|involved|contacted|brought in|engaged|paged|pinged|looped in|pulled in"
    r"|woken) (?:\w+ )?(?:our|the|a|an|my|its|their|billing|colleagues?|networking|somebody|someone|product|two"
    r"|one)\b"
    r"|(?:started|start|starting|begun|began|begin|beginning|begins|starts) (?:an? |the |with (?:an? |the |your )"
    r"|to (?!worr)|by \w+ing|collecting|reviewing|checking|comparing|looking|on |from the|reading|pulling|testing)"
    r"|(?:tried|try|trying|keep|kept|keeping) (?:to (?!reach|call|ring|contact|get)|it |the same|this |that |out"
    r"|your|an? (?!eye)|with (?:an? |the )|\w+ing\b(?<!keeping)(?<!being)(?<!waiting))"
    r"|(?:read|reading) (?:through |over |up |in )?(?:all |both |each |two |three |\d+ )?(?:of )?(?:the|your|those"
    r"|these|its|our|them|his)(?! (?:\w+ )?(?:ticket|mail|e-?mail|request|message|note|notes|description|case"
    r"|words|report|summary|thread|history|story))"
    r"|(?:work|worked|working) (?:through|out|on (?:the |an? |your )?(?!this (?:with|together|case)|it with|case"
    r"|ticket|your case|your ticket|your request|this|it\b)\w+|my way)"
    r"|(?:watch|watched|watching|track\w*|follow(?:ed|ing)?) (?:the|it|them|your|for|two|every|over|how|what"
    r"|this)(?! case| request| ticket| matter)"
    r"|(?:schedul\w+|arrang\w+|book\w*) (?:an? |the )(?:failover|restart|rollback|run|test|maintenance|window"
    r"|reboot|capture|trace)"
    r"|(?:put|written|wrote|write) (?:a |the |an |some |down the |you a )?(?:script|query|sample|test|list|policy"
    r"|patch|rule|runbook|steps)"
    r"|(?:follow\w*|describe|report\w*) (?:it|this|that) to the (?:product|engineering)"
    r"|(?:held|hold|holding) (?:it|them|the|your) .{0,20}(?:against|beside|next to|back)|(?:come|came) (?:across"
    r"|upon)"
    r"|(?:send|sent|sending) (?:you |over |along |it |them |him |her )?(?:the|an?|our|two|three|some|both|your"
    r"|what|which|matching|step)(?! (?:\w+ )?(?:update|note|mail|message|line|result|results|findings|word|answer"
    r"|invitation|invite|summary|reply|e-?mail|status|outcome|news|reading|report|recap|reminder|short|brief"
    r"|first result))"
    r"|(?:giv\w+|gave) you (?:the|an?|two|three|access) (?:\w+ )?(?:setting|script|command|steps|option|change"
    r"|query|list|options|link|value|fix|patch|workaround|configuration)"
    r"|have (?:a look|another look|the logs|a (?:colleague|specialist|test)|(?:\w+ ){1,3}(?:running|checked"
    r"|open in front|pulled|rebuilt|reviewed|compared))"
    r"|do(?:ing)? (?:an? |the )(?:test|comparison|trace|failover|rollback|check|review|run|analysis|search|restart"
    r"|repro)"
    r"|(?:did|done) (?:an? |the )(?:test|comparison|trace|failover|rollback|check|review|run|analysis|search"
    r"|restart|repro|first)"
    r"|(?:raise|raised|raising|opened|open|opening|filed|file|filing|logged|log|logging) (?:an? "
    r"|the )?(?:\w+ )?(?:bug|icm|incident|request with|ticket with|quota|bridge|trace|dump|capture|diagnostics"
    r"|metrics)"
    r"|updat\w+ (?:the|one|a|my|it|our|both|two)\b(?! (?:case|ticket))|on the bridge|(?:explain|discuss|decide"
    r"|choose)(?:ing)? (?:a |the |an |either |which |how |what |one |two |between )|(?:propose|suggest) (?:either "
    r"|a change|two |a (?:\w+ )?(?:setting|value|fix|size))"
    r"|narrow(?:ed|ing)?|work(?:ing)? on (?:a|the) (?:repro|fix|script|workaround)|keep(?:ing)? (?:the|an eye"
    r"|watch|monitoring|tracing))\b"
)
_HANDLING: Final = re.compile(
    r"clos\w+ (?:the |this |your |it)(?:case|ticket|request)?\b|check(?:ing|ed)? (?:in|back)\b|(?:try|tried"
    r"|trying) (?:to (?:reach|call|ring|contact|get hold)|my best|our best|hard|again)|(?:open|opened|opening"
    r"|created|create|creating|log|logged|logging|registered|raised|picked|picking|pick|reviewed|reviewing|review"
    r"|received|checked|checking|check|assigned|assigning)"
    r"(?: up)? (?:a|an|the|your|this|up|my|new|with|to|over)(?: \w+){0,2}? (?:case|ticket|request|mail|e-?mail"
    r"|message|description|note|issue|problem|inbox|calendar|mailbox|back|you)\b(?! with)|picked (?:it|this|up)"
    r"|assigned (?:it|this|to)"
)
_TOKEN: Final = re.compile(r"'(?:ve|m|ll|d|re|s)\b|[^\W_]+(?:-[^\W_]+)*(?:'t)?|[,;:().?!–—]")
_MODES: Final = {
    **dict.fromkeys(("am", "are", "is", "was", "were", "'m", "'re", "be", "been", "being"), "be"),
    **dict.fromkeys(("'ve", "have", "has", "had", "having"), "have"),
    **dict.fromkeys(
        (
            "'ll",
            "will",
            "would",
            "'d",
            "shall",
            "going",
            "can",
            "could",
            "should",
            "may",
            "might",
            "must",
            "plan",
            "intend",
            "want",
            "like",
            "need",
        ),
        "ahead",
    ),
}
_ADVERBS: Final = word_set(
    """
    already just also now then first next both since meanwhile once again to immediately therefore still currently
    today here myself ourselves only always even thus in gladly last finally together each simply all personally either
    afterwards subsequently tonight tomorrow second third very best rather therefore so
    """
)
_PAST: Final = word_set(
    """
    went ran built took made set put sent found saw read wrote got drew cut split began brought caught dug fed
    gave held kept laid led left let lit lost met rang rebuilt redid reset reran rose rewrote sought shut sped
    spent spun swept taught thought threw undid woke wound broke did done gone taken seen run drawn begun given
    written gotten shown known grown thrown undone woken
    """
)
_OURS: Final = word_set("colleague colleagues specialist specialists expert experts team teams engineer engineers sme")
_MOVES: Final = word_set("then first second third finally afterwards next lastly last after")
_PLANS: Final = word_set(
    "plan order steps moves approach proposal suggestion sequence idea stages phases way rounds forward agenda path mind"
)
_AIMED: Final = word_set(
    """
    the a an it them this that these those your my our both two one three all each with on for whether what which
    to at how why where some every his their again today tomorrow tonight back you three those once after before
    """
)
_LY_VERBS: Final = word_set("apply reply supply rely comply multiply fly")
_FOREIGN: Final = word_set("your their his her its whole entire customer's you they")
_NEAR: Final = word_set("my our a an another two")
_OFFERED: Final = word_set("suggest propose recommend proposing suggesting that")
_MINDS: Final = word_set(
    "understand know realise realize think believe hope want need like love wish look appreciate thank regret hear await wait expect"
    " receive own mean feel imagine promise assume guess miss trust remember have be see get find let do come seem appear"
)
# Keeping somebody posted is no step of a plan, not even half of one.
_POSTED: Final = re.compile(
    r"(?:write|mail|e-mail|email|call|ring|phone|contact|message|ping|update|inform|reach|report|return|respond"
    r"|reply|answer|follow|be|get|come|keep|share|send)"
    r"(?: back| again| up| out| in| to| with)*(?: to| with)?(?: you| me| us|$| by| on| at| tomorrow| today| again"
    r"| soon| as| within| in| the (?:result|finding|outcome|update)\w*| my| an update| a)"
)
AHEAD, DID = "ahead", "did"


class Clause(NamedTuple):
    """Who ("we", "you", or "plan": nobody is named), when (AHEAD, DID), and whether it moves the matter on."""

    who: str
    when: str
    deed: bool
    talk: bool = False  # no deed, but something that is done: told, agreed, watched


def clauses(said: str) -> list[Clause]:
    """What is said to be done in a sentence, in order."""
    words = _TOKEN.findall(said)
    found: list[Clause] = []
    who, mode, last = "", "", ""
    planned = wants = False  # a plan has been named; a subject waits for its verb
    for at, word in enumerate(words):
        opened = _opens(words, at, who, last, planned=planned, wants=wants)
        planned |= word in _PLANS
        if opened:
            who, mode = opened
            if (
                not wants
                and last == AHEAD
                and word in _MOVES - {"first"}
                and words[at + 1 : at + 2]
                and words[at + 1] in _AIMED
            ):
                found.append(Clause(who, AHEAD, deed=True))  # "first the queries, then the layout"
            wants = True
        elif wants and word in _MODES:
            mode = _MODES[word] if not (mode == "ahead" and word == "have") else mode
        elif wants and not _between(word):
            wants = False
            clause = _clause(who, mode, word, " ".join(words[at : at + 9])) if _may_be_verb(word, who) else None
            if clause:
                found.append(clause)
                last = clause.when if clause.deed or mode == "ahead" else last
    return found


def _opens(words: list[str], at: int, who: str, last: str, *, planned: bool, wants: bool) -> tuple[str, str] | None:
    """Who begins to do something at a word, and in which mode; None where nobody does."""
    word = words[at]
    if word in ("i", "we", "let"):
        return "we", "ahead" if word == "let" or (at and words[at - 1] in _OFFERED) else ""
    if word == "you":
        return "you", ""
    if word in _OURS and _our_own(words, at):
        return "we", ""
    if planned and (word == ":" or (word in ("is", "are", "be") and words[at + 1 : at + 2] == ["to"])):
        return "plan", "ahead"
    if wants:
        return None
    if _moves(words, at):
        return who or "plan", "ahead" if last in ("", AHEAD) else last
    coordinates = word in ("and", ",") and last == AHEAD and at + 2 < len(words)
    return (who, "ahead") if coordinates and _aims(words[at + 2]) and _is_base(words[at + 1]) else None


def _between(word: str) -> bool:
    """Whether a word may stand between a subject and its verb."""
    if word in _ADVERBS or (word.endswith("ly") and word not in _LY_VERBS) or word.isdigit():
        return True
    return word in ("me", "us", ",", ":", "(", ")")


def _may_be_verb(word: str, who: str) -> bool:
    if word in _STOP or not word[0].isalpha():
        return False
    return who != "plan" or not word.endswith("s") or word.endswith("ss")


def _aims(word: str) -> bool:
    return word in _AIMED or word.endswith("ing")


def _our_own(words: list[str], at: int) -> bool:
    """Whether a team or a colleague is of ours: "our team", "a networking colleague", and not "your team", "the team"."""
    near = words[max(0, at - 3) : at]
    if not near or not _FOREIGN.isdisjoint(near):
        return False
    return not _NEAR.isdisjoint(near) or (near[-1] not in ("the", "that", "and", "for", "of") and "the" in near)


def _moves(words: list[str], at: int) -> bool:
    """Whether a word opens the next step: "then", "after that", and "first" or "2)" where a clause begins."""
    word, before = words[at], words[at - 1] if at else ","
    if word == "after":
        return words[at + 1 : at + 2] in (["that"], ["this"], ["which"])
    if word in ("first", "second", "third", "last", "next") or (
        word.isdigit() and words[at + 1 : at + 2] in ([")"], ["."])
    ):
        return before in (",", ":", ";", ".", "(", "and", "then", "–", "—", "?", "!")
    return word in _MOVES


def _is_base(word: str) -> bool:
    return (word[0].isalpha() and word not in _STOP and not word.endswith(("ing", "ed", "s"))) or word in (
        "process",
        "pass",
        "address",
    )


def _clause(who: str, mode: str, word: str, tail: str) -> Clause | None:
    past = word in _PAST or (word.endswith("ed") and word not in ("need", "proceed", "feed", "speed", "exceed"))
    if (mode == "be" and not word.endswith("ing")) or (mode == "have" and not past):
        return None
    when = (
        AHEAD
        if mode == "ahead"
        or (mode in ("", "be") and not past)
        or word in ("read", "set", "put", "run", "cut", "let", "split", "reset")
        else DID
    )
    if mode == "have":
        when = DID
    deed = not _HANDLING.match(tail) and (word not in _NO_DEEDS or _DEED_PHRASE.match(tail) is not None)
    return Clause(who, when, deed, not deed and word not in _MINDS and not _POSTED.match(tail))


_ELLIPTIC: Final = re.compile(
    r"^(?:(?:already|just|currently|now|today|so far|this morning|yesterday|meanwhile|on our side|on my side"
    r"|on my end|from our side|at our end|done so far|done|status|right now|next)[,:]? )*"
    r"(?:(?:i )?(?:checked|pulled|reviewed|looked (?:at|into)|went through|ran|collected|started (?:the|a)"
    r"|compared|reproduced|tested|traced|analysed|analyzed"
    r"|enabled|raised (?:a|the|it)|engaged|opened (?:a bug|an? icm|the logs)|rebuilt|verified|confirmed (?:the"
    r"|that|no)|searched|extracted|exported|restarted|decoded|examined|inspected|queried)"
    r"|(?:reviewing|checking|running|comparing|pulling|testing|tracing|analysing|analyzing|collecting|reproducing"
    r"|looking (?:at|into)|going through|examining|verifying|working on (?:the|a)|querying|rebuilding"
    r"|reading (?:the|your|through)) )\b"
)
_PASSIVE: Final = re.compile(
    r"\b(?:is|are) (?:now |already |currently )?being (?!affected|impacted|lost|dropped|blocked|refused|rejected"
    r"|sent|used|asked|charged|billed)\w+ed\b"
    r"|\bunder (?:review|analysis|investigation|examination) (?:here|with|by|in|on our)|\b(?:trace|test|capture"
    r"|query|repro\w*|script|comparison|failover|rollback|restore|rebuild|check|scan) (?:is|are) (?:now |already "
    r"|currently |still )?(?:running|under way|underway|in progress|in flight|on its way)"
    r"|\b(?:has|have) (?:already |now |just )?been (?:engaged|paged|pulled|rolled back|rebuilt|raised (?:with|to)"
    r"|escalated|brought in|looped in|extracted|restarted by)"
    r"|\b(?:by|from) (?:me|us|our (?:team|side|end)|my (?:team|side))\b.{0,30}\b(?:running|checked|started|tested)"
)


def ours(said: str, does: list[Clause]) -> bool:
    """Whether a sentence tells of something we did, do or will do to move the matter on."""
    return any(one.who == "we" and one.deed for one in does) or bool(_ELLIPTIC.match(said) or _PASSIVE.search(said))


def steps(does: list[Clause], *, ordered: bool) -> float:
    """How many steps ahead a sentence names, ours or the customer's; what is told or agreed is half of one by itself."""
    talk = 1.0 if ordered and len(does) > 1 else 0.5
    return sum(1 if one.deed else one.talk * talk for one in does if one.when == AHEAD)
