"""LQR-01.contact: a way to reach the engineer and a way to reach the manager.

Each address or number in a sentence is given to the person it stands with: the one named last before
it, or the one right after it ("+49 … is my number", "+49 … (my manager)").
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from playbook.rules import words as w
from playbook.rules.base import Facts, Finding
from playbook.rules.marks import Marked
from playbook.rules.names import fold
from playbook.rules.words import word_set

# Managers who are not the engineer's: "your account manager", the Resource Manager.
_OTHERS: Final = "".join(
    f"(?<!{other} manager)"
    for other in sorted(
        word_set(
            """
            account accounts incident product project your configuration resource traffic device task password
            success programme program sql boot api endpoint escalation server update session access file their
            partner
            """
        )
    )
)
_LEADS: Final = (
    r"(?:"
    r"manager|supervisor|boss|team ?lead(?:er)?|lead|superior|leader|coordinator|co-ordinator|chief|director"
    r"|head|foreman|principal|teamleiter(?:in)?|chef|responsible)"
)
_MANAGER: Final = re.compile(
    r"\b(?:(?:my|our|the|her|his)(?:"
    r" (?:own|direct|line|team|duty|support|immediate|group|current|superior|delivery|shift|people|service"
    rf"|department|unit))*[ -]{_LEADS}\b(?:'s)?"
    rf"|(?<!'s )(?:manager{_OTHERS}|supervisor|team ?lead(?:er)?|coordinator|team head)\b"
    r"(?:'s)?(?! role| account| console)"
    r"|boss(?=:)"
    r"|head of (?:the |our |my )?(?:\w+ )?(?:team|group|support|department|desk|unit|service)\b"
    r"|(?:over|above) my head"
    r"|(?:somebody|someone|anyone|anybody|who is|who's) above me"
    r"|(?:one|a) (?:level|step|rung) (?:up|higher|above)"
    r"|escalations?(?: contact| point| to)?:"
    r"|(?:manages|leads|heads|runs) (?:us|me)\b"
    r"|who (?:manages|leads|heads|runs) (?:our|my|the)\b"
    r"|above me\b"
    r"|i (?:report|work|answer) (?:to|under)\b"
    r"|(?:to|under|for) whom i (?:report|work)\b"
    r"|(?:in charge of|responsible for|leads|heads|manages|runs|leading|heading|managing)"
    r" (?:our|my|the|this) (?:team|group|department|desk|unit)\b)"
)
_ENGINEER: Final = re.compile(
    r"\b(?:"
    r"me|myself|mine|my(?! (?:\w+ )?(?:manager|boss|supervisor|team|lead|superior|colleague|leader|line manager)))\b"
    r"|\b(?:i|i'm|i am)\b|\bengineer(?=\W)|\bhere'?s? (?:is )?my\b"
)
_SAYS_WHOSE: Final = re.compile(r"\W{0,3}\([^)]{0,60}\)?|\s*(?:is|=|belongs|gets|for|reaches)\b| (?=(?:my|our)\b)")
_MY_OWN: Final = re.compile(
    r"\b(?:reach|call|ring|mail|phone|contact|get|write to|catch|find) me\b"
    r"|\bmy (?:\w+ )?(?:number|line|mobile|phone|cell|address|extension|mailbox|desk)\b"
    r"|\bi(?:'m| am) (?:on|at|under|reachable|available)\b"
)
_RATHER: Final = re.compile(r"\bthan (?:\w+ )?$")  # "rather my manager than me"
_THEY: Final = re.compile(r"\b(?:he|she|his|her|hers|him|their|they)\b")
_ADDRESS_LEFT: Final = re.compile(r"[\w.+'-]{1,64}$")
_ADDRESS_RIGHT: Final = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_PHONE: Final = re.compile(
    r"(?<![\w@./#-])[+(]?\d[\d()\s./\-–·]{4,24}\d(?![\w@])|\bext(?:ension|n|\.)?(?: is| number)?[ .:]{0,2}\d{2,6}\b"
)
_MAY_BE_PHONE: Final = re.compile(r"\d[\d()\s./\-–·]{4}|ext")  # in each of them, and quickly told
_NO_PHONE: Final = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}\b"
    r"|\d{1,2}[./]\d{1,2}[./]\d{2,4}\b"
    r"|\d{1,3}(?:\.\d{1,5}){2,4}$|\d{1,2}[:.]\d{2} ?[-–]|(?:19|20)\d\d$"
)
_OTHER_NUMBER: Final = re.compile(
    r"(?:case|ticket|sr|request|id|kb|icm|version|build|error|code|order|invoice|cases|incident|note|no|nr|#)[ .:#]*$"
)
_DIGIT: Final = re.compile(r"\d\d").search
_PHONE_WORD: Final = re.compile(
    r"\b(?:"
    r"phones?|tel(?:ephone|efon)?|call|ring|reach\w*|line|number|mobile|cell|dial|direct|desk|contact|me|at|on"
    r"|under|extension|office|i'm|manager|available|handy|is|whatsapp)\b"
    r"|^\W*$"
)
_REPLY_REACHES: Final = re.compile(
    r"\b(?:reach|contact|get hold of|find|get|catch|talk to|speak to|speak with|write to) (?:me|us)\b.{0,60}\b(?:"
    r"reply\w*|answer\w*"
    r"|this (?:e-?mail|mail|address|thread|message|chat)"
    r"|here|teams|chat"
    r"|same (?:number|address|line|way))\b"
    r"|\b(?:repl(?:y|ies|ying)|answers?|answering|this (?:e-?mail|mail|address|thread)|e-?mails? here)\b"
    r".{0,40}\b(?:reach(?:es)?|gets? to|comes? to|finds?|lands? with|goes to) (?:me|us)\b"
    r"|\bto reach me\b"
    r"|\bmy (?:number|address|line|extension|details|contact)"
    r" (?:is|are|in|stays?|remains?) (?:\w+ ){0,3}(?:signature|below|same|unchanged|case)"
)
_IN_COPY: Final = re.compile(
    r"\b(?:cc|cc'd|cced|copied|copy|bcc|in cc|reads along|same (?:number|address|line|phone|mailbox))\b"
)
_PLACE_ONLY: Final = re.compile(
    r"\b(?:via|through|over|using) (?:the |our )?(?:\w+ )?(?:"
    r"hotline|switchboard|portal|helpline|main number|teams|chat)\b"
)
_SHARED: Final = re.compile(
    r"\b(?:me|myself|us|i)\b,? (?:or|and|as well as|and also|or else) |\band (?:i|me|myself)\b|\bor me\b|\bboth\b"
)
_THIRD: Final = re.compile(
    r"\b(?:their|partner'?s?|vendor'?s?|your|customer'?s?|supplier'?s?) (?:\w+ ){0,3}(?:"
    r"desk|support|hotline|number|line|address|team|mailbox|switchboard)\b"
    r"|\b(?:hotline|switchboard|helpline|main number|central number)\b"
    r"|\b(?:tried|called|rang|phoned|dialled|mailed|wrote to|written to) you\b"
)
_SPEAKS: Final = re.compile(r"\b(?:me|i|i'm|my|mine|myself)\b")
_DESK: Final = re.compile(  # a mailbox that is nobody's own
    r"(?:"
    r"support|help|helpdesk|servicedesk|service|desk|info|office|contact|no-?reply|feedback|billing|sales|hotline"
    r"|abuse|security|survey)[\w.-]*@"
)


# Between two reaches of one person: "… or by mail at …".
_SAME_PERSON: Final = re.compile(
    r"\W*(?:(?:"
    r"or|and|by|mail|e-?mail|phone|mobile|tel|cell|office|direct|fax|also|desk|line|weekdays|daily|on|at|via|teams"
    r"|number|my|i|ext|extension|landline|from|until|through|to|monday|friday|days|between|both)\b\W*)*$"
)


class Reach(NamedTuple):
    """An address or number in a sentence (places within the sentence)."""

    start: int
    end: int


def check_contact(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """LQR-01.contact: says which of the two is missing; a manager who is only named is."""
    engineer, manager, named = _reachable(marked, facts)
    if engineer and manager:
        return
    if not engineer and not manager:
        message = "The mail gives no way to reach you and none to reach your manager."
    elif engineer:
        message = (
            "Your manager is named, but there is no way to reach them."
            if named
            else "The mail gives no way to reach your manager."
        )
    else:
        message = "The mail gives no way to reach you, only your manager."
    yield Finding("LQR-01.contact", "error", message, None, _fix(facts, engineer, manager))


def _fix(facts: Facts, engineer: bool, manager: bool) -> str:
    name = f", {facts.manager}," if facts.manager else ""
    mine = f"at {facts.engineer_reach}" if facts.engineer_reach else "by answering this mail"
    theirs = f"at {facts.manager_reach}" if facts.manager_reach else "in copy"
    if engineer:
        verb = "can be reached" if facts.manager_reach else "is"
        return f"My manager{name} {verb} {theirs}."
    if manager:
        return f"You can reach me {mine}."
    if facts.manager_reach:
        return f"You can reach me {mine}, and my manager{name} {theirs}."
    return f"You can reach me {mine}; my manager{name} is in copy."


def _reachable(marked: Marked, facts: Facts) -> tuple[bool, bool, bool]:
    """(the engineer can be reached, the manager can be reached, the manager is named)."""
    low = marked.low
    engineer = bool(facts.engineer_reach) and facts.engineer_reach.lower() in low
    manager = bool(facts.manager_reach) and facts.manager_reach.lower() in low
    named = manager
    last_name = fold(facts.manager).rpartition(" ")[2]
    known = " ".join((*facts.known.values(), *facts.own_numbers)).lower()
    sentences = marked.sentences
    owed = 0  # sentences for which the manager, just named, still waits for a number
    reach_before = False
    for sentence in sentences:
        text = sentence.low
        bosses = [found.start() for found in _MANAGER.finditer(text)] if sentence.marks & w.MANAGER else []
        if not bosses and len(last_name) > 2 and last_name in text:
            bosses = [found.start() for found in re.finditer(rf"\b{re.escape(last_name)}\b", text)]
        reaches = list(_reaches(text, known)) if "@" in text or _DIGIT(text) else []
        if bosses:
            named = True
            mine, theirs = _share_out(text, bosses, reaches)
            if (
                mine
                and not theirs
                and engineer
                and [one.start > bosses[0] for one in reaches] == [True]
                and not _MY_OWN.search(text, bosses[0])
            ):
                theirs = True  # I have been told of before: one more reach beside the manager is theirs
            engineer |= mine
            manager |= theirs or bool(_IN_COPY.search(text)) or bool(_PLACE_ONLY.search(text))
            manager |= reach_before and text.lstrip().startswith(("she ", "he ", "they ", "that's my", "that is my"))
            owed = 0 if theirs else 4
        elif reaches:
            if owed and (_THEY.search(text) or not _ENGINEER.search(text)):
                manager, owed = True, 0
                engineer |= bool(_ENGINEER.search(text))
            else:
                engineer |= not _is_third(text, reaches)
        elif (" me" in text or "my " in text) and (sentence.marks & w.REOPEN == 0 or "reach me" in text):
            engineer |= _REPLY_REACHES.search(text) is not None
        owed = max(0, owed - 1)
        reach_before = bool(reaches)
    return engineer, manager, named


def _share_out(text: str, bosses: list[int], reaches: list[Reach]) -> tuple[bool, bool]:
    """Whether the engineer and the manager each have a reach in a sentence that names the manager."""
    spans = [found.span() for found in _MANAGER.finditer(text)]
    me = [
        found.start()
        for found in _ENGINEER.finditer(text)
        if not _RATHER.search(text, 0, found.start()) and not any(a <= found.start() < b for a, b in spans)
    ]
    they = [found.start() for found in _THEY.finditer(text) if found.start() > bosses[0]]
    people = sorted([(place, False) for place in me] + [(place, True) for place in bosses + they])
    between = (text[one.end : other.start] for one, other in pairwise(reaches))
    if any(not _SAME_PERSON.match(words) for words in between):
        return True, True  # two people's: whose is whose is for the reader
    whose = [_owner(text, one, people) for one in reaches[:1]]
    mine, theirs = False in whose, True in whose
    if theirs and not mine and _SHARED.search(text, 0, reaches[-1].end):
        mine = True
    if mine and not theirs and _SHARED.search(text, bosses[0]) and me and me[-1] > bosses[0]:
        theirs = True
    if not mine and _REPLY_REACHES.search(text):
        mine = True
    return mine, theirs


def _owner(text: str, reach: Reach, people: list[tuple[int, bool]]) -> bool:
    """Whether a reach is the manager's."""
    forward = _SAYS_WHOSE.match(text, reach.end)
    if forward:
        upto = forward.end() if forward[0].rstrip().endswith(")") else reach.end + 40
        ahead = [boss for place, boss in people if reach.end <= place < upto]
        if ahead:
            return ahead[0]
    before = [boss for place, boss in people if place < reach.start]
    if before:
        return before[-1]
    following = [boss for place, boss in people if place >= reach.end]
    return following[:1] != [False]


def _is_third(text: str, reaches: list[Reach]) -> bool:
    """Whether a sentence's addresses and numbers are another's: the customer's, a partner's, a hotline's."""
    if _THIRD.search(text):
        return True
    return not _SPEAKS.search(text) and all(_DESK.match(text, reach.start) for reach in reaches)


def _reaches(text: str, known: str) -> Iterator[Reach]:
    """E-mail addresses, phone numbers and extensions, in order."""
    found: list[Reach] = []
    at = text.find("@")
    while at >= 0:
        left = _ADDRESS_LEFT.search(text, max(0, at - 64), at) if at and text[at - 1].isalnum() else None
        right = _ADDRESS_RIGHT.match(text, at + 1)
        if left and right:
            found.append(Reach(left.start(), right.end()))
        at = text.find("@", at + 1)
    for phone in _PHONE.finditer(text) if _MAY_BE_PHONE.search(text) else ():
        if _is_phone(phone[0], text[max(0, phone.start() - 40) : phone.start()], known):
            found.append(Reach(*phone.span()))
    return iter(sorted(found))


def _is_phone(number: str, before: str, known: str) -> bool:
    if number.startswith("ext"):
        return True
    digits = sum(map(str.isdigit, number))
    if not 6 <= digits <= 15 or _NO_PHONE.match(number) or number.strip() in known:
        return False
    if number[0] == "+":
        return True
    if digits < 7 or _OTHER_NUMBER.search(before):
        return False
    separators = sum(not char.isalnum() for char in number)
    return _PHONE_WORD.search(before) is not None or (digits >= 9 and (number[0] in "0(" or separators >= 2))
