"""A mail's wording for another case: what belongs to the first customer gives way to the second's, or to a gap.

Two nets. What is known of the first case (its people, numbers, texts, signers) is replaced wherever it stands;
whatever else looks like somebody's own (an address, a host, a date, a long number) becomes a gap. `XXX` keeps a mail
from being opened (TEXT-01), so a gap too many costs a word, and one too few would tell a customer of another.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from playbook.model import Case, Contact, ContactRole, Draft, Signer

GAP = "XXX"


class Reused(NamedTuple):
    """A mail of another case in words for this one."""

    subject: str
    text: str


class Ours(NamedTuple):
    """Who writes now, and what of ours may stand in any mail: our product, our addresses on the web."""

    engineer: Signer = Signer()
    manager: Signer = Signer()
    product: str = ""
    addresses: tuple[str, ...] = ()  # URLs: the portal, the survey, the forum


def reused(draft: Draft, old: Case, new: Case | None, ours: Ours, told: Iterable[str] = ()) -> Reused:
    """The mail `draft` of the case `old` for the case `new`; without one there is a gap at each fact of a case.

    `told`: further texts about the old case, such as its scope's; one of a single word is no fact of its own.
    """
    further = [swap for text in told for swap in _of_text(text, "") if not swap.exact]
    swaps = [*_of_case(old, new, ours), *_of_draft(draft, ours), *further]
    subject = replaced(draft.subject, swaps, ours.addresses)
    return Reused(" ".join(subject.split()), replaced(draft.text, swaps, ours.addresses))


class Swap(NamedTuple):
    """A fact of the old case, and what stands for it now. `exact`: only as it is written, for `Best` is a name."""

    fact: str
    now: str = GAP
    exact: bool = False


def replaced(text: str, swaps: Iterable[Swap], ours: Iterable[str] = ()) -> str:
    """The text with each fact replaced, the longest first, and with what looks like somebody's own made a gap.

    Facts are found whatever their case, their blanks and their line breaks, as whole words. Addresses
    of `ours` stay.
    """
    text = unicodedata.normalize("NFC", text)
    table = _table(swaps, text.casefold())
    kept = [_spaced(one) for one in ours if one]
    parts: list[str] = []
    at = 0
    for found in _pattern(table, kept).finditer(text):
        parts += [text[at : found.start()], _now(found, table)]
        at = found.end()
    return _one_gap("".join([*parts, text[at:]]))


# ---- what is known of the old case ---------------------------------------------------------------


def _of_case(old: Case, new: Case | None, ours: Ours) -> Iterator[Swap]:
    yield Swap(old.number, new.number if new else GAP)
    texts = ("title", "internal_title", "symptom", "cause", "resolution", "more_information")
    for name in texts:
        yield from _of_text(getattr(old, name), getattr(new, name, ""))
    yield from _of_place(old.zone, new.zone if new else "")
    for name in ("company", "tenant"):
        yield Swap(getattr(old, name), getattr(new, name, "") or GAP)
    main, now = old.main_contact, new.main_contact if new else None
    if main is not None:
        yield from _of_person(main, now, ours)
    for one in old.contacts:
        if one is not main:
            yield from _of_person(one, None, ours)
    if old.product:
        product = (new.product if new else "") or ours.product
        yield Swap(old.product, product or GAP)


def _of_draft(draft: Draft, ours: Ours) -> Iterator[Swap]:
    for signer, now in ((draft.engineer, ours.engineer), (draft.manager, ours.manager)):
        yield from _of_name(signer.name, now.name)
        yield Swap(signer.email, now.email or GAP)
        yield Swap(signer.phone, now.phone or GAP)
    for one in (*draft.to, *draft.cc):
        if one.email:  # else it says who is missing, in our words
            yield from _of_name(one.name, "")
            yield Swap(one.email)
    yield from (Swap(number) for number in draft.other_numbers)


def _of_person(old: Contact, new: Contact | None, ours: Ours) -> Iterator[Swap]:
    called = ((new.address_as or new.name) if new else "") or GAP
    yield Swap(old.address_as, called)
    yield from (Swap(f"{title} {part}", called) for title in _TITLES for part in _parts(old.name))
    yield from _of_name(old.name, new.name if new else "")
    yield Swap(old.email, (new.email if new else "") or GAP)
    yield Swap(old.phone, (new.phone if new else "") or GAP)
    yield from _of_place(old.zone, new.zone if new else "")
    if old.role is not ContactRole.ACCOUNT_MANAGER and _house(old.email) != _house(ours.engineer.email):
        yield Swap(_house(old.email))


def _of_place(old: str, new: str) -> Iterator[Swap]:
    """The city in the zone's name: mails say `Tokyo time`."""
    cities = [zone.rpartition("/")[2].replace("_", " ") for zone in (old, new)]
    yield Swap(cities[0], cities[1] or GAP, exact=True)


def _of_name(old: str, new: str) -> Iterator[Swap]:
    """The whole name, and each part alone: the first for the first, the last for the last."""
    yield Swap(old, new or GAP)
    before, now = _parts(old), _parts(new)
    for at, part in enumerate(before):
        stands = now[0] if now and at == 0 else now[-1] if now and at == len(before) - 1 else GAP
        yield Swap(part, stands, exact=True)
        yield Swap(part.upper(), stands, exact=True)


def _of_text(old: str, new: str) -> Iterator[Swap]:
    """A text as a whole, for which the new one stands; its lines and sentences, and what in it looks like a name."""
    yield Swap(old, new or GAP, exact=len(old.split()) == 1)
    for piece in _PIECES.split(old):
        if len(piece.split()) > 2:
            yield Swap(piece.strip(" .,;:!?\t-*•"))
    for token in (found.group().strip("./:-") for found in _TOKEN.finditer(old)):
        if len(token) > 3 or (re.search(r"\d", token) and not re.fullmatch(r"\d\d?", token)):  # not `e.g`, not `14`
            yield Swap(token)


_TITLES = ("Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Miss", "Dr", "Dr.", "Herr", "Frau", "Monsieur", "Madame")
_PIECES = re.compile(r"\n+|(?<=[.!?;])\s+")
# of a customer's text: what holds a digit, or a mark within, as paths, hosts, accounts and ids do
_IN = r"[\w\\/@._:-]"
_TOKEN = re.compile(rf"(?<!{_IN})(?:(?={_IN}*[\d@\\_]){_IN}+|\w+(?:\.\w+)+)")
# names of domains that many share, and that mean no organisation
_PUBLIC = frozenset(
    {"example", "gmail", "googlemail", "outlook", "hotmail", "live", "yahoo", "icloud", "proton", "mail"}
)


def _parts(name: str) -> list[str]:
    return [part for part in re.findall(r"[^\W\d_][\w'’-]+", unicodedata.normalize("NFC", name)) if len(part) > 1]


def _house(email: str) -> str:
    """The organisation, as an address names it: `fabrikam` of kenji@mail.fabrikam.co.jp."""
    labels = [label for label in email.rpartition("@")[2].casefold().split(".")[:-1] if len(label) > 3]
    return next((label for label in reversed(labels) if label not in _PUBLIC), "")


# ---- how it is found -----------------------------------------------------------------------------

# What nobody said is theirs, and yet looks like it: addresses, hosts and paths, ids, phone numbers, days and times.
# Each alternative begins where a word does, so that a long text without any is read once.
_OTHERS = r"""
  https?://\S+[\w/]
| (?<![\w.+'-])[\w.+'-]+@[\w-]+(?:\.[\w-]+)*
| (?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\d)
| (?<!\w)[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}(?!\w)
| (?<![\w.-])[A-Za-z][\w-]*(?:\.[\w-]+){2,}
| \\\\[\w.$\\-]+ | (?<!\w)[A-Za-z]:\\[\w.$\\-]+
| (?<![\w-])(?=[\w-]*\d)[A-Za-z][\w-]*
| \+\d[\d\ ()./-]{5,30}\d | (?<!\w)\(?\d{2,5}\)?[\ /-]\d[\d\ ()/-]{4,30}\d(?!\w)
| (?<!\w)\d{4}-\d\d?-\d\d?(?:T[\d:.]+Z?)?(?!\w) | (?<!\w)\d\d?[./]\d\d?[./]\d{2,4}(?!\w)
| (?<!\w)(?:(?:DAY),?\ +)?(?:the\ +)?\d\d?(?:st|nd|rd|th)?(?:\ +of)?\ +(?:MONTH)(?:,?\ +\d{4})?(?!\w)
| (?<!\w)(?:(?:DAY),?\ +)?(?:MONTH)\ +\d\d?(?:st|nd|rd|th)?(?:,?\ +\d{4})?(?!\w)
| (?<!\w)(?:DAY)(?!\w)
| (?<![\w.])\d\d?(?:[:.]\d\d)?\ ?(?:[AaPp][Mm]|[AaPp]\.[Mm]\.)(?!\w) | (?<![\w.])\d\d?[:.]\d\d(?![\w:]|\.\d)
| (?<!\w)\d{5,}(?!\w)
"""
_DAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tue|Wed|Thu|Fri|Sat|Sun"
_MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
_LOOKS = _OTHERS.replace("DAY", _DAY).replace("MONTH", _MONTH)


def _table(swaps: Iterable[Swap], folded: str) -> dict[str, Swap]:
    """Each fact once, as it is looked up, the first to name it wins; those whose words the text lacks are left out."""
    table: dict[str, Swap] = {}
    for swap in swaps:
        fact = _key(swap.fact, swap.exact)
        if len(fact) > 1 and any(one.isalnum() for one in fact) and all(w in folded for w in fact.casefold().split()):
            table.setdefault(fact, swap)
    return table


def _key(fact: str, exact: bool) -> str:
    one = " ".join(unicodedata.normalize("NFC", fact).split())
    return one if exact else one.casefold()


def _spaced(fact: str) -> str:
    """A pattern for the fact as whole words, its blanks any blanks."""
    words = r"\s+".join(re.escape(word) for word in unicodedata.normalize("NFC", fact).split())
    begins = r"(?<!\w)" if re.match(r"\s*\w", fact) else ""
    ends = r"(?!\w)" if re.search(r"\w\s*$", fact) else ""
    return f"{begins}{words}{ends}"


def _pattern(table: dict[str, Swap], kept: list[str]) -> re.Pattern[str]:
    known = sorted(table.values(), key=lambda swap: len(swap.fact), reverse=True)
    facts = [_spaced(one.fact) if one.exact else f"(?i:{_spaced(one.fact)})" for one in known]
    ours = [f"(?P<ours>{'|'.join(kept)})"] if kept else []
    every = [*([f"(?P<fact>{'|'.join(facts)})"] if facts else []), *ours, f"(?x:(?P<other>{_LOOKS}))"]
    return re.compile("|".join(every))


def _now(found: re.Match[str], table: dict[str, Swap]) -> str:
    said = found.group()
    if found.lastgroup == "ours":
        return said
    if found.lastgroup != "fact":
        return GAP
    swap = table.get(_key(said, True)) or table.get(_key(said, False))
    return swap.now if swap else GAP


def _one_gap(text: str) -> str:
    """Gaps in a row as one, also a name's and its address's in brackets."""
    text = text.replace(f"{GAP} ({GAP})", GAP).replace(f"{GAP} <{GAP}>", GAP)
    return re.sub(rf"{GAP}(?:[ \t.,;:/-]*\n?[ \t]*{GAP})+", GAP, text)
