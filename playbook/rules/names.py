"""LQR-01.name: the customer is addressed by name, and by the right one."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from playbook.rules.base import Facts, Finding
from playbook.rules.marks import Marked
from playbook.rules.words import word_set

_NAME: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_SEVERAL: Final = re.compile(r"[,/&+()]|\b(?:and|und|et|y|e|i|og|och|en)\b", re.IGNORECASE)
_INFLECTS: Final = re.compile(
    r"(?:dzień dobry|dobr\w+ (?:den|deň|dzień|dan)|cześć|witam|witaj|szanown\w+|ahoj|vážen\w+|milý|milá|poštovan\w+"
    r"|drogi|droga|dragi|draga|zdravo|privet|здрав\w+|panie|pane|pani)\b",
)
_LONGEST_LINE: Final = 60  # characters of a line that only greets
_LONGEST_BODY: Final = 20_000  # characters that are looked through for a name
_TITLES: Final = word_set(
    """
    mr mrs ms miss mx dr doctor prof professor sir madam madame monsieur m mme mlle herr frau fru hr señor
    señora senor senora sr sra signor signora sig sigra dott ing mag dipl capt cpt captain col major lt rev eng
    engr san sama sensei ssi nim shi ji bey hanım hanim pan pani panie dhr mevr mevrouw meneer don doña jr phd
    father sister
    """
)
_PARTICLES: Final = word_set(
    """
    de van von der den el al bin ibn bint di da do dos das la le du of st und and y e i et ni mac
    """
)
_NOBODY: Final = word_set(
    """
    there all team everyone everybody folks customer customers client clients user users colleague colleagues
    friend friends ladies gentlemen both again valued support sirs partner reader requester whom it may concern
    good morning afternoon evening day hi hello hey dear greetings name first last surname you your to the from
    my our a very ma customer's contact buddy mate guys everyones everybody's sehr geehrte geehrter geehrten
    damen herren bonjour tous in on at and of for many today or
    """
)
_SPECIAL: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"}
)
_WIDE: Final = str.maketrans({"ü": "ue", "ö": "oe", "ä": "ae", "ø": "oe", "å": "aa", "ß": "ss", "æ": "ae"})
# Everyday short names that are no beginning of the long one.
_NICKNAMES: Final = {
    short: frozenset(long.split())
    for short, long in {
        "bob": "robert", "rob": "robert", "bobby": "robert", "bill": "william", "will": "william",
        "billy": "william", "liam": "william", "dick": "richard", "rick": "richard", "jim": "james", "jimmy": "james",
        "mike": "michael mikhail", "tony": "anthony antonio", "liz": "elizabeth elisabeth", "beth": "elizabeth",
        "betty": "elizabeth", "lisa": "elisabeth", "kate": "katherine catherine katharina", "katie": "katherine",
        "kathy": "katherine catherine", "peggy": "margaret", "maggie": "margaret", "meg": "margaret",
        "ted": "edward theodore", "ed": "edward edwin", "jack": "john", "johnny": "john", "hank": "henry",
        "harry": "henry harold", "chuck": "charles", "charlie": "charles", "pepe": "josé jose", "paco": "francisco",
        "sasha": "alexander alexandra aleksandr", "andy": "andrew andreas", "dave": "david", "steve": "steven stephen",
        "sue": "susan susanna", "nick": "nicholas nikolaos nicolas", "larry": "lawrence", "jerry": "gerald jerome",
        "tina": "christina kristina", "sandy": "alexandra sandra", "abby": "abigail", "becky": "rebecca",
        "jenny": "jennifer", "cindy": "cynthia", "hans": "johannes", "gosia": "małgorzata malgorzata",
        "kasia": "katarzyna", "ola": "aleksandra", "asia": "joanna", "tomek": "tomasz", "maya": "mayank",
    }.items()
}  # fmt: skip


def check_name(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """LQR-01.name. Silent while the customer's name is unknown or in letters we can't compare."""
    right = _forms((facts.customer_name, *facts.contacts))
    if not right:
        return
    place = marked.greeting
    greeted = _candidates(marked.flat[slice(*place)]) if place else []
    fitting = [_fits(word, right) for word in greeted]
    if greeted and place and _INFLECTS.match(marked.low[slice(*place)]) and _inflected(fold(greeted[-1]), right):
        return
    other = _other_surname(marked.flat[slice(*place)] if place else "", greeted, fitting, facts)
    if any(fitting) and not other:
        return
    if not other and _in_first_line(marked, right):
        return
    wrong = other or [word for word in greeted if fold(word).isascii()]
    if greeted and not wrong:
        return  # 田中様: the same name, perhaps
    name = facts.customer_name or facts.contacts[0]
    if wrong and place and not any(form.isascii() for form in right):
        return  # the name is in another script than the greeting
    if wrong and place:
        at = marked.flat.index(wrong[0], place[0])
        yield Finding(
            "LQR-01.name",
            "error",
            f"The greeting says “{wrong[0]}”, but the customer is {name}: a wrong name is worse than none.",
            (at, marked.flat.index(wrong[-1], at) + len(wrong[-1])),
            name,
        )
        return
    if _named_in_body(marked, right):
        return
    span = place if place and place[1] > place[0] else None
    head = marked.flat[slice(*span)].split(" ", 1)[0] if span else "Dear"
    greets = head if head.isalpha() and head.lower() in ("hi", "hello", "hey", "dear", "hallo", "hola") else "Dear"
    yield Finding(
        "LQR-01.name",
        "error",
        "The customer is not addressed by name, and a mail to nobody in particular reads like a form letter.",
        span,
        f"{greets} {name}" if span else f"{greets} {name},",
    )


def _in_first_line(marked: Marked, right: frozenset[str]) -> bool:
    """Whether the line that greets has the right name after a comma: "Bună ziua, domnule Popescu"."""
    line = marked.flat.lstrip()[:100].split("\n", 1)[0]
    return len(line) < _LONGEST_LINE and any(_fits(word, right) for word in _candidates(line) if word[0].isupper())


def _inflected(word: str, right: frozenset[str]) -> bool:
    """Whether a word is a name's vocative, as Slavic greetings have it: "Marku" for Marek, "Tomaszu" for Tomasz."""
    stem = min(3, len(word) - 1)  # "Ewo" for Ewa
    return stem > 1 and any(name[:stem] == word[:stem] and abs(len(name) - len(word)) <= 2 for name in right)


def _other_surname(greeting: str, greeted: list[str], fitting: list[bool], facts: Facts) -> list[str]:
    """The surname in "Dear Graham Elliott" for Graham Ellis; nothing for two people or with other right names."""
    if facts.contacts or len(facts.customer_name.split()) < 2 or _SEVERAL.search(greeting):
        return []
    surname = _forms((facts.customer_name.split()[-1],))
    strange = (
        len(greeted) > 1
        and greeted[-1][0].isupper()
        and any(fitting)
        and not fitting[-1]
        and not any(_fits(word, surname) for word in greeted)
    )
    return greeted[-1:] if strange else []


def fold(word: str) -> str:
    """A word without its accents, in lower case: "Zając" -> "zajac"."""
    if word.isascii():
        return word.lower()
    bare = unicodedata.normalize("NFKD", word.lower().translate(_SPECIAL))
    return "".join(char for char in bare if not unicodedata.combining(char)).translate(_SPECIAL)


def _forms(names: Iterable[str]) -> frozenset[str]:
    """All spellings of the parts of some names: "Jörg Müller" -> jorg, joerg, muller, mueller."""
    return _forms_of(tuple(names))


@lru_cache(maxsize=512)  # the same few people are written to again and again
def _forms_of(names: tuple[str, ...]) -> frozenset[str]:
    forms: set[str] = set()
    for name in names:
        for word in _NAME.findall(name[:200]):
            low = word.lower()
            if low in _TITLES or low in _PARTICLES:
                continue
            forms.update(_spellings(low))
        parts = [fold(part) for part in re.split(r"[\s\-]+", name[:200]) if part]
        forms.update("".join(re.findall(r"\w", part)) for part in parts if fold(part) not in _TITLES)
    return frozenset(form for form in forms if len(form) > 1 or not form.isascii())


def _spellings(low: str) -> list[str]:
    """The ways a word of a name may be written: "d'angelo" -> dangelo, angelo; "müller" -> muller, mueller."""
    pieces = [low.replace("'", ""), *(piece for piece in low.split("'") if len(piece) > 1)] if "'" in low else [low]
    return [form for piece in pieces for form in (fold(piece), fold(piece.translate(_WIDE)))]


def _candidates(greeting: str) -> list[str]:
    """The words of a greeting that may be a name."""
    return [
        word
        for word in _NAME.findall(greeting)
        if (low := word.lower()) not in _TITLES and low not in _NOBODY and low not in _PARTICLES and not _greets(low)
    ]


def _greets(low: str) -> bool:
    return low in _GREETING_WORDS


_GREETING_WORDS: Final = word_set(
    """
    hallo bonsoir hola ciao olá ola hej hei merhaba ahoj dag beste geachte geehrte liebe lieber guten tag moin
    servus chère cher chere gentile egregio caro cara buongiorno buonasera estimado estimada estimados querido
    querida prezado prezada szanowna szanowny dzień dobry cześć namaste namaskar salaam salam shalom konnichiwa
    annyeong sawubona jambo hiya howdy g g'day buenos buenas días dias tardes bom dia boa tarde tere hæ halló
    sveiki zdravo dobrý den bună o
    """
)


def _fits(word: str, right: frozenset[str]) -> bool:
    for form in _spellings(word.lower()):
        if form in right:
            return True
        if len(form) == 1 or (len(form) <= 3 and word.isupper() and any(name[0] == form[0] for name in right)):
            return any(name[0] == form[0] for name in right)  # initials
        if len(form) >= 3 and any(name.startswith(form) and len(name) >= len(form) + 2 for name in right):
            return True  # "Sam" for Samuel; "Daniel" for Daniela is another person
        if not right.isdisjoint(_NICKNAMES.get(form, ())):
            return True
    return False


def _named_in_body(marked: Marked, right: frozenset[str]) -> bool:
    body = marked.flat[: min(marked.signature, _LONGEST_BODY)]
    words = " ".join(word for word in body.split() if "@" not in word) if "@" in body else body
    return any(word[0].isupper() and fold(word) in right for word in _NAME.findall(words))
