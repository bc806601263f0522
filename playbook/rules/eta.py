"""LQR-05: when a product that works as designed may change."""

import re
from collections.abc import Iterable
from typing import Final

from playbook.rules import words as w
from playbook.rules.base import Facts, Finding
from playbook.rules.marks import Marked

_ETA: Final = re.compile(
    r"\beta\b|\btentative(?:ly)?\b"
    r"|\b(?:"
    r"no|not|any|a|firm|release|target|tentative|expected|provisional|concrete|committed|confirmed|exact|rough"
    r"|delivery|possible|fixed) (?:\w+ ){0,2}(?:dates?|timeline|timeframe|time frame|schedule|estimate)\b"
    r"|\b(?:can't|cannot|can not|couldn't|could not|nobody can|no one can|unable to|not able to|won't|wouldn't|no)"
    r" (?:\w+ ){0,2}(?:say|tell|telling|promise|name|know|knows|predict|commit)\b.{0,30}\b(?:when|date|before)\b"
    r"|\bwhen (?:it|this|that|the \w+) (?:will|may|might|could)\b.{0,30}\b(?:not|n't|open|unknown|unclear)\b"
    r"|\bnot before\b"
    r"|\bnothing (?:is |has been |was )?(?:yet )?(?:decided|planned|scheduled|fixed|settled|promised|announced)\b"
    r"|\bno (?:plans?|decision)\b"
    r"|\b(?:not|n't)(?: yet| been| currently)* (?:"
    r"decided|planned|scheduled|settled|announced|on (?:the|their|its) (?:roadmap|plan))\b"
    r"|\bi(?:'ll| will| shall)? (?:ask|inquire|enquire|check|write|report|update|tell|let|come back|get back|look)\b"
    r".{0,60}\b(?:in (?:a|one|two|three|six|\d)|by the|at the|end of|on the|every|within"
    r"|(?:on|by|in|until) (?:"
    r"\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|spring|summer|autumn|winter|next))"
    r"|\bestimat\w+|\btime ?frame\b|\btimeline\b"
)
_NO_WORD: Final = re.compile(r"\b(?:tbd|tbc|tba|xx+|\[.*\]|to be (?:defined|determined|announced|filled))\b|\[[^\]]*\]")
_COARSE: Final = (
    r"(?:q[1-4]"
    r"|(?:first|second|third|fourth|last|next|1st|2nd|3rd|4th|this)"
    r" (?:quarter|half|semester|year|month|release|wave)"
    r"|quarter|half[- ]year|spring|summer|autumn|(?:the )?fall|winter"
    r"|(?:end|start|beginning|middle|course|turn|close) of (?:the |next |this |\w+ )?(?:\w+)"
    r"|mid-?\w+|20[2-9]\d|january|february|march|april|may(?= 20| next|,|\.|$)|june|july|august|september"
    r"|october|november|december"
    r"|(?:\d+|two|three|four|five|six|nine|twelve|eighteen|few) (?:to \w+ )?(?:weeks?|months?)"
    r"|next year|this year|early next|late next|version \d|wave \d|new year|(?:christmas|easter))"
)
_PLANS: Final = re.compile(
    r"\b(?:"
    r"plan\w*|expect\w*|target\w*|aim\w*|schedul\w*|roadmap|releas\w*|ship\w*|roll\w* out|rollout|arriv\w*"
    r"|deliver\w*|due|land\w*|available|preview|ga|slated|hop\w+|intend\w*|foresee\w*|foreseen|pencil\w+"
    r"|earmark\w*|come|comes|coming|change|feature|fix|support|lift\w*|estimat\w+|committed|promise\w*"
    rf"|think\w*|reckon\w*|work\w*|introduc\w*|add\w*|rais\w*)\b.{{0,90}}\b{_COARSE}"
    rf"|\b{_COARSE}.{{0,50}}\b(?:"
    r"plan\w*|expect\w*|target\w*|schedul\w*|releas\w*|roadmap|preview|ship\w*|available|deliver\w*"
    r"|estimat\w+)\b"
)
_ITS_MAKER: Final = re.compile(
    r"\b(?:"
    r"product (?:group|team)|pg|engineering|developers?|development|designers?|the team|they|it|this|that|feature"
    r"|change|fix|limit|support for|release|update|preview|version|roadmap|option|setting|capability|improvement"
    r"|date)\b"
)
_PAST_TIME: Final = re.compile(
    r"\b(?:over|for|during|in) the (?:past|last)\b|\bsince\b|\bago\b|\blast (?:week|month|year|spring|summer|autumn)\b"
)
_OTHER_DATE: Final = re.compile(
    r"\b(?:closing|birth|up to|out of|to|call) date"
    r"|\bdate (?:column|field|format|picker|filter)"
    r"|\bdates? (?:in|of) (?:the|your)"
)
_OTHER_PLAN: Final = re.compile(
    r"\b(?:survey|clos(?:e|ing)|reopen\w*|call me|reach me|contract|you (?:asked|wanted|reported|came))\b"
    r"|^\W*(?:if|should)\b"
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
        "There is no ETA for the product: no tentative one, and no plain “none yet” with the day you'll write again.",
        None,
        "There is no ETA from the product group yet; I'll ask again and write to you within four weeks.",
    )
