"""LQR-01.problem: what the case was about, in a line at least."""

import re
from collections.abc import Iterable
from typing import Final

from playbook.rules.base import Facts, Finding
from playbook.rules.fixing import tells_fix
from playbook.rules.marks import Marked
from playbook.rules.names import fold
from playbook.rules.symptom import MIGHT, NOT_ABLE, SYMPTOM
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
_EVIDENCE: Final = re.compile(
    r"\b(?:"
    r"logs?(?! (?:in|on|out|off)\b)|dumps?|traces?|evidence|captures?|diagnostics?|telemetry|workaround|root cause"
    r"|reproduc\w+|survey|manager|closing|reach(?:ed)? you|explanation|rca|collected|wrapped|causes?|possib\w+"
    r"|likel\w+|conceivable|plausible|suspect\w*|(?:may|might|could) have been)\b"
)
_PROBLEM_LABEL: Final = re.compile(
    r"^[\W\d]*what (?:you|your \w+|we|they|users?|people|staff|everyone|it|the \w+)"
    r"(?:'d| had| have| were| was| all)* (?:"
    r"seen|saw|see|met|noticed|experienced|faced|asked|wanted|observed|reported|found|came|ran|worked|looked"
    r"|did not|do|did)\b(?<!we did)(?<!you did)[^:\n]{0,24}(?::|\s[–-]\s)\s*\W?\w.{14,}"
    r"|^[\W\d]*(?:the |your |our |short |brief )?(?:symptoms?|problems?|issues?|troubles?"
    r"|what (?:happened|you saw|went wrong|was wrong|we saw|was reported|you reported|broke|we looked at)"
    r"|description"
    r"|issue (?:description|definition|summary|reported)"
    r"|problem (?:description|statement|definition)"
    r"|question|background|initial situation|request|reported|complaint|in (?:one|a) line"
    r"|in (?:a )?(?:nutshell|brief|short)"
    r"|recap|fault|incident|observed|observation|case|scope"
    r"|to (?:recap|sum up|summari[sz]e))\b[^:\n]{0,24}(?::|\s[–-]\s)\s*\W?\w.{14,}"
    r"|^\W*(?:in brief|in short"
    r"|to (?:recap|sum up|summari[sz]e|resume)"
    r"|for (?:the|your) records?|in a nutshell|in one line|the short version)[,:] .{24,}"
)
_WISHED: Final = re.compile(
    r"\b(?<!whenever )(?<!if )(?<!when )(?<!as )(?<!should )(?<!anything )(?<!help )you(?:'d| had| have)? (?:"
    r"asked|wanted|wished|needed|hoped|requested|were looking|need|want|wish|would like|'d like|were trying|tried"
    r"|were after)\b(?! (?:me |us )?to clos| for (?:the )?clos)"
    r"|\byou(?:'ve| had| have)? (?:reported|described|noticed|observed|saw|experienced|raised|came to us)\b"
    r"|\b(?:your|the) (?:question|request|wish|issue|problem|ask|point|matter|trouble|topic)"
    r" (?:was|is|were|concern\w*|about)\b"
    r"|\byou'd like (?:to|a|an|the|your)\b"
    r"|\bwas about\b"
    r"|\bcase (?:concerned|was about|dealt)"
    r"|\bwe (?:worked on|looked at|looked into|investigated|dealt with|were dealing) (?:the|your|why|how|a)\b"
    r"|\bthe (?:issue|problem) (?:was|concern)"
)
_CAUSE_OF: Final = re.compile(
    r"\b(?:cause|reason|source|explanation|origin) (?:of|for|behind) (?:the|your|these|this|those|all the) (?!"
    r"issues?\b|problems?\b|case|incidents?\b|matter|fault|errors?\b|event|occurrence|behaviou?r|this|it|board"
    r"|records?|delay in)\w{4,}"
)
_OTHER_WISH: Final = re.compile(
    r"\b(?:explanation|rca|root|causes?|why it|proof|certainty|survey|manager|closing|closed|done|better|hear)\b"
)
_PART: Final = re.compile(r"[;:(–—] ?|, (?=(?:and|but|by) )")
_UNDONE: Final = re.compile(
    r"\bno longer (?:occurs?|happens?|appears?|exists?|present|there)\b"
    r"|\b(?:we|i|logs?|traces?|review|analysis|tests?|and) (?:found|find|saw|shows?|showed|reveal\w*|yield\w*)"
    r" nothing\b"
    r"|\bas it should\b"
    r"|\b(?:it|this|that|all)(?: has| had)? (?:stopped|disappeared|vanished|ended|went away|gone)\b"
    r"|(?:n't|\b(?:no|not|never|without|nothing|free of|any))(?: \w+){0,3} (?:"
    r"fail\w*|error\w*|crash\w*|drop\w*|loss|lost|single|stop\w*|more|restart\w*|come back|came back|recur\w*"
    r"|return\w*|reappear\w*)"
)
_OURS: Final = re.compile(
    r"\b(?:"
    r"(?:i|we) (?:can't|cannot|could not|couldn't|can not|wasn't|weren't|don't|didn't|haven't|have not|never|won't)\b"
    r"|no longer (?:be )?(?:prov|trac|possible|known|reconstruct|determin|exist|available|kept)"
    r"|never an? |nobody knows|as it should"
    r"|nothing (?:is |has been |was |had )?(?:changed|lost|else|left|more|changes)"
    r"|wrong (?:name|number)|too (?:early|soon)"
    r"|case (?:is|was) (?:closed|kept)"
    r"|possible cause|questions? (?:about|on)\b"
    r"|(?:sorry|by design|reach|mail|write|call|manager|survey|hear)\b"
    r"|thank)"
)


# What a sentence about something else than the problem holds.
_ASIDE: Final = re.compile(
    r"@|\d{3} ?\d\d|^\W*(?:all|everything|no)\b"
    r"|\b(?:"
    r"please|thank\w*|grateful|appreciat\w*|pleasure|work with|open(?:ed)? again|enjoy\w*|survey|questionnaire"
    r"|feedback|opinion|forum|upvote|manager|clos(?:e|ed|ing)|re-?open\w*|case|reply|answers?|knowledge base"
    r"|you(?:'ve| have| kindly)? (?:confirm\w*|agree\w*|told|wrote|check\w*|measured|tested)"
    r"|glad|happy|sorry|unfortunately|sadly|if|i|i'm|i'll|we|my|let|by design|as designed|expected|workaround"
    r"|limitation|causes?|reasons?|rca|possib\w+|overwritten|removed|guess\w*|speculat\w+|likel\w+|might|may be"
    r"|(?:could|may|might)(?:'ve| have)? be(?:en)?"
    r"|could've been|proof|evidence|retention|ruled out|collected|tentative\w*|aim\w*|quiet|normal|well|fine"
    r"|stable|solved|resolved|gone|hope|next time|nothing|in order|as it should)\b"
)


def check_problem(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """LQR-01.problem: the matter in a line, so that the customer can tell what is closed.

    It is missing only when each sentence left is known to be about something else.
    """
    topic, product = _topic(facts)
    greeted = marked.greeting[1] + 2 if marked.greeting else -1
    for sentence in marked.body:
        low = sentence.low
        if sentence.end <= greeted:
            continue
        if _PROBLEM_LABEL.match(low) or (not MIGHT.search(low) and _tells_problem(low, topic, product)):
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


def _tells_problem(low: str, topic: frozenset[str], product: frozenset[str]) -> bool:
    stems = {_stem(word) for word in _WORD.findall(low)}
    shared = len(topic & stems)
    trouble = SYMPTOM.search(low) or NOT_ABLE.search(low)
    if shared >= 2 and (shared * 2 >= len(topic) or trouble):
        return True
    if _CAUSE_OF.search(low) or (_WISHED.search(low) and (stems & product or not _OTHER_WISH.search(low))):
        return True
    if trouble and any(_tells_trouble(part, shared > 0) for part in _PART.split(low)):
        return True
    return low.count(" ") > 4 and is_of_the_matter(low) and not tells_fix(low)


def is_of_the_matter(low: str) -> bool:
    """Whether a sentence is about what happened, and not about the case, its closing or what comes after."""
    return low.count(" ") > 2 and "?" not in low and not MIGHT.search(low) and not _ASIDE.search(low)


def _tells_trouble(part: str, shared: bool) -> bool:
    """Whether a part of a sentence tells trouble of the customer's, and not that there is none left, or no trace of it."""
    trouble = SYMPTOM.search(part) or NOT_ABLE.search(part)
    if trouble is None or part.count(" ") < 2 or _EVIDENCE.search(part) or _OURS.search(part):
        return False
    undone = _UNDONE.search(part)
    return shared or undone is None or undone.start() > trouble.end()


def own_words(facts: Facts) -> frozenset[str]:
    """The stems of the case's own words: of its title and its facts."""
    topic, product = _topic(facts)
    return topic | product


def shared_words(low: str, own: frozenset[str]) -> int:
    """How many of the case's `own_words` a sentence shares."""
    return len(own & {_stem(word) for word in _WORD.findall(low)}) if own else 0


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
