"""LQR-09: the title is the customer's; the survey shows it."""

import re
from collections.abc import Iterable
from typing import Final

from playbook.rules.base import Facts, Finding
from playbook.rules.marks import Marked
from playbook.rules.words import word_set

_PREFIX: Final = re.compile(r"^(?:\s*(?:re|fw|fwd|aw|wg|tr|sv|rv)\s*(?:\[\d+\])?\s*:)+\s*", re.IGNORECASE)
_TAG: Final = re.compile(
    r"\[[^\]]*\b(?:"
    r"csat|internal|icm|sev ?\w|escalat\w*|hot|do not \w+|dnc|pg|rca|mgr|manager|swarm|tam|csam|premier|vip"
    r"|impacting|reopen\w*|dup\w*|p[0-4]|follow ?up|fu|s500|ae|crit\w*|triage\w*|wip|pending|hold|transfer\w*"
    r"|exec\w*|collab|chase\w*|strike\w*|closing|final)\b[^\]]*\]",
    re.IGNORECASE,
)
_ICM: Final = re.compile(r"\bicm\b[ #:-]*\d*", re.IGNORECASE)
_SEVERITY: Final = re.compile(
    r"\(?\b(?:sev(?:erity)? ?[-:]? ?(?:[abc]|[0-4])\b|sev[abc1-4]\b|p[0-4]\b(?=[ :)\]-]|$)|prio ?\d\b)\)?",
    re.IGNORECASE,
)
_JARGON: Final = re.compile(
    r"\b(?:"
    r"PG|NRP|CRP|DRI|LSI|TSG|SME|CSAM|TAM|CSS|EEE|XFN|LQR|FQR|SLA|CSAT|DCR|CFL|PIR|CRI|DSAT|SR ?\d*|ASC|EM|RDOS"
    r"|SRP|FQDN miss|IRT)\b"
    r"|\b[Rr]epro\b|\bcust(?:omer)? resp\b|\b\d(?:st|nd|rd) strike\b"
    r"|\b(?:pending|waiting on|await(?:ing)?) (?:PG|DRI|cust\w*|cx|eng\w*|repro|SME|callback)\b"
    r"|\b[Cc][Xx]\b|\bkusto\b|\bcollab\b|\bNRN\b|\bswarm(?:ed|ing)?\b"
)
_BARE: Final = word_set(
    """
    issue issues problem problems help needed need needs please pls error errors question questions query urgent
    support request ticket case asap important not working broken it doesn't does work assistance required
    require hi hello the a an my our with and for something wrong trouble i we have me us some general technical
    follow up followup azure microsoft office office365 365 m365 o365 new update stuff thing inquiry enquiry fwd
    fw re test no subject none untitled n/a incident still again is are on in to of this that very high priority
    critical emergency sos info information call back callback contact customer service regarding about your
    reply more any can you down isn't failing failed fails fail doubt concern concerns matter quick misc other
    various help! unknown one
    """
)
# Alone, these name no case either: "Reports", "VPN".
_BARE_ALONE: Final = word_set(
    """
    report reports email e-mail emails mail mails server servers network login logon access account accounts system
    application app software computer computers pc laptop internet data database backup backups printer printers
    printing website portal license licence licenses licences user users password passwords service outage slow
    performance configuration setup installation upgrade migration billing invoice order vpn phone phones outlook teams
    """
)
_WORD: Final = re.compile(r"[^\W_]+(?:['/][^\W_]+)*")


def check_title(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """LQR-09. There is no span: the title stands outside the text."""
    title = " ".join(facts.title.split())[:300]
    if not title:
        return
    bare = _PREFIX.sub("", title)
    inside = _TAG.search(bare) or _ICM.search(bare) or _SEVERITY.search(bare) or _JARGON.search(bare)
    if inside:
        clean = _clean(bare)
        yield Finding(
            "LQR-09",
            "warning",
            f"The title says “{inside[0].strip()}”, which is ours: the customer will see the title in the survey.",
            None,
            clean if not _is_bare(clean) else _from_known(facts),
        )
    elif _is_bare(bare):
        yield Finding(
            "LQR-09",
            "warning",
            f"The title “{title[:60]}” would not tell the customer which case the survey is about.",
            None,
            _from_known(facts),
        )


def tags_in(title: str) -> tuple[str, ...]:
    """What in a title is ours and not the customer's to see in the survey: `[CSAT Impacting]`, `ICM 123`, `Sev A`."""
    found: list[str] = []
    for pattern in (_TAG, _ICM, _SEVERITY):
        found += [one[0].strip() for one in pattern.finditer(title)]
        title = pattern.sub(" ", title)
    return tuple(found)


def untagged(title: str) -> str:
    """The title without what `tags_in` finds; as it was where nothing would be left."""
    if not tags_in(title):
        return title
    left = title
    for pattern in (_TAG, _ICM, _SEVERITY):
        left = pattern.sub(" ", left)
    left = " ".join(re.sub(r"\(\s*\)|\[\s*\]", " ", left).split()).strip(" -–:,;")
    return left or title


def _is_bare(title: str) -> bool:
    words = [word.lower() for word in _WORD.findall(title)]
    if len(words) == 1 and words[0] in _BARE_ALONE:
        return True
    return all(word in _BARE or word.isdigit() for word in words) and len(words) <= 12


def _clean(title: str) -> str:
    for pattern in (_TAG, _ICM, _SEVERITY, _JARGON):
        title = pattern.sub(" ", title)
    return " ".join(re.sub(r"\(\s*\)|\[\s*\]", " ", title).split()).strip(" -–:,;")


def _from_known(facts: Facts) -> str:
    """A title from what the case knows, or nothing."""
    symptom = " ".join(facts.known.get("symptom", "").split())[:80]
    product, error = facts.known.get("product", ""), facts.known.get("error", "")
    if symptom:
        return symptom
    return f"{product}: {error}" if product and error else ""
