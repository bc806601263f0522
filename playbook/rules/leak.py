"""LEAK-01: secrets, internal hosts, and other customers' addresses and numbers. Silent when unsure."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from playbook.rules.base import Facts, Finding
from playbook.rules.marks import Marked
from playbook.rules.words import word_set

_MASK: Final = "••••••••"
_REMOVED: Final = "(removed)"


class Shape(NamedTuple):
    """How one kind of secret looks: the pattern's group "secret" is what must not be seen."""

    what: str
    hints: tuple[str, ...]  # lower-case; without one of them in the text the pattern isn't tried
    pattern: re.Pattern[str]


_I: Final = re.IGNORECASE
_SHAPES: Final = (
    Shape(
        "an account key",
        ("key=",),
        re.compile(r"\b(?:Shared)?(?:Account|Access)Key=(?P<secret>[A-Za-z0-9+/=]{16,200})", _I),
    ),
    Shape("a SAS signature", ("sig=",), re.compile(r"[?&;]sig=(?P<secret>[A-Za-z0-9%+/=_-]{20,200})", _I)),
    Shape(
        "a connection string's password",
        ("password", "pwd"),
        re.compile(
            r"(?<![a-z])(?:Password|Pwd)\s?=\s?(?P<secret>[^\s;\"'<>•]{3,128})(?=;|\"|'|$)",
            re.IGNORECASE | re.MULTILINE,
        ),
    ),
    Shape(
        "a token",
        ("eyj",),
        re.compile(r"\b(?P<secret>eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,8000}(?:\.[A-Za-z0-9_-]{0,2000})?)"),
    ),
    Shape(
        "a token",
        ("bearer",),
        re.compile(r"\bBearer\s{1,3}(?P<secret>(?=[A-Za-z0-9._~+/-]{0,80}\d)[A-Za-z0-9._~+/-]{20,4000}=*)", _I),
    ),
    Shape("a storage key", ("==",), re.compile(r"(?<![A-Za-z0-9+/=])(?P<secret>[A-Za-z0-9+/]{86}==)")),
    Shape(
        "an access key",
        ("akia", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "xox", "aiza", "sk_live_"),
        re.compile(
            r"\b(?P<secret>AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{22,100}"
            r"|xox[abprs]-[A-Za-z0-9-]{10,80}"
            r"|AIza[\w-]{35}|sk_live_[A-Za-z0-9]{16,64})\b"
        ),
    ),
    Shape("a client secret", ("q~",), re.compile(r"(?<![\w~.-])(?P<secret>[\w~.-]{3}\dQ~[\w~.-]{31,36})(?![\w~-])")),
    Shape(
        "a password in an address",
        ("://",),
        re.compile(r"://(?<=[a-z0-9]://)[^\s:/@]{1,64}:(?P<secret>[^\s:/@•]{3,128})@", _I),
    ),
    Shape(
        "a password",
        ("pass", "pwd", "secret", "key", "token"),
        re.compile(
            r"\b(?:pass(?:word|wort|code|phrase)?|pwd|token"
            r"|(?:client |api |shared |account |access |webhook )?(?:secret|key))"
            r"(?: is)?\s?[:=]\s{0,3}[\"'`]?(?P<secret>(?![\w.-]{1,40}@)[^\s\"'`<>\[\]{};•]{6,128})",
            _I,
        ),
    ),
)
# Asked of the customer: "please send me the admin password". Whether its prompt appears may be asked.
_WANTED: Final = re.compile(
    r"\b(?:send|share|give|tell|provide|mail|forward|write|need|know)(?: (?:me|us|over|along|to know))?"
    r"(?: (?:the|your|an?|its|their|his|her|that))?(?: (?!(?:if|whether|when|why|how|no|not|without)\b)[\w'-]+){0,4}"
    r" (?:passwords?|passcodes?|credentials|(?:access|account|storage|secret|private) keys?|client secrets?|pin codes?)\b"
    r"(?! (?:prompt|dialog|polic|reset|error|field|page|screen|hash|expir|change|is (?:not|no)))"
)
_WANTED_HINTS: Final = ("pass", "credential", "key", "secret", "pin code")
_UNWANTED: Final = re.compile(r"\b(?:never|not|no|without|neither|instead)\b|n't\b|\b(?:did|has|have) \w+\b(?=.*\?)")
_PRIVATE: Final = re.compile(r"-----BEGIN (?:[A-Z]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----")
_PRIVATE_END: Final = re.compile(r"-----END (?:[A-Z]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----")
_HOST: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-._")
_LONGER_NAME: Final = re.compile(r"[\w-]|\.\w")  # "corp.example" goes on: "corp.example.org"
_LOCAL: Final = re.compile(r"[\w.+'-]{1,64}$")
_DOMAIN: Final = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_ROLE: Final = re.compile(
    r"(?:support|help\w*|info|no-?reply|do-?not-?reply|service\w*|sales|feedback|contact|team|hotline|desk|hello"
    r"|office|admin|postmaster|abuse|security|billing|press|privacy|ticket\w*)[\w.+-]*@"
)  # a house's door, and no customer's
_PUBLIC_MAIL: Final = word_set(
    """
    gmail.com outlook.com hotmail.com live.com yahoo.com icloud.com gmx.de gmx.net web.de aol.com proton.me
    """
)


def check_leaks(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """LEAK-01: each thing that must not leave the house in this mail."""
    text = marked.text
    for start, end, what in secrets(text):
        yield Finding("LEAK-01", "error", f"This looks like {what}: a mail is no place for it.", (start, end), _REMOVED)
    at = text.find(_MASK)
    while at >= 0:
        span = (at, at + len(_MASK))
        yield Finding(
            "LEAK-01", "error", "A secret stood here and was blotted out; a customer can't read dots.", span, _REMOVED
        )
        at = text.find(_MASK, span[1])
    yield from _asked(marked)
    low = marked.low if len(marked.low) == len(text) else text
    for start, end in _hosts(low, facts.internal_hosts):
        yield Finding(
            "LEAK-01",
            "error",
            f"“{text[start:end]}” is an internal host, which means nothing outside and should stay inside.",
            (start, end),
            "an internal system",
        )
    for start, end in _addresses(low, facts):
        yield Finding(
            "LEAK-01",
            "error",
            f"“{text[start:end]}” is nobody's address on this case.",
            (start, end),
            "(address removed)",
        )
    for start, end in _numbers(text, facts):
        fix = facts.own_numbers[0]
        yield Finding(
            "LEAK-01", "error", f"“{text[start:end]}” looks like the number of another case.", (start, end), fix
        )


def _asked(marked: Marked) -> Iterator[Finding]:
    """Where the customer is asked for a secret; to be told not to send one is as it should be."""
    for sentence in marked.sentences if any(hint in marked.low for hint in _WANTED_HINTS) else ():
        found = _WANTED.search(sentence.low)
        if found and not _UNWANTED.search(sentence.low):
            span = (sentence.start + found.start(), sentence.start + found.end())
            yield Finding(
                "LEAK-01",
                "error",
                "This asks for a secret: nobody of ours needs it, and a mail is no place for it.",
                span,
            )


def mask(text: str) -> str:
    """The text with its secrets blotted out; done before anything pasted is stored."""
    parts, at = [], 0
    for start, end, _ in secrets(text):
        parts += [text[at:start], _MASK]
        at = end
    return "".join([*parts, text[at:]])


def secrets(text: str) -> list[tuple[int, int, str]]:
    """(start, end, what it is) of each secret, in order, none inside another."""
    low = text.lower()
    found = list(_private_keys(text)) if "begin" in low else []
    for what, hints, pattern in _SHAPES:
        if not any(hint in low for hint in hints):
            continue
        for match in pattern.finditer(text):
            if what != "a password" or _is_secret(match["secret"]):
                found.append((*match.span("secret"), what))
    found.sort(key=lambda one: (one[0], -one[1]))
    apart: list[tuple[int, int, str]] = []
    for one in found:
        if not apart or one[0] >= apart[-1][1]:
            apart.append(one)
    return apart


def _private_keys(text: str) -> Iterator[tuple[int, int, str]]:
    at = 0
    while begin := _PRIVATE.search(text, at):
        end = _PRIVATE_END.search(text, begin.end())
        at = end.end() if end else len(text)
        yield begin.start(), at, "a private key"


def _is_secret(value: str) -> bool:
    """Whether what follows "password:" is one, and not a word about it ("password: expired")."""
    bare = value.rstrip(".,:!?)")
    if bare.startswith(("http", "\\\\", "/", "*", "$", "%")) or set(bare) <= set("*.xX-_#?"):
        return False
    return len(bare) >= 6 and any(map(str.isalpha, bare)) and any(one.isdigit() or one in "!@#$%^&*+=~" for one in bare)


def _hosts(low: str, hosts: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where an internal host, or one below it, is named."""
    for host in hosts:
        name = host.lower().strip().removeprefix("*").strip(".")
        at = low.find(name) if name else -1
        while at >= 0:
            start, end = at, at + len(name)
            begins = low[at - 1 : at] == "." or low[at - 1 : at] not in _HOST
            if begins and not _LONGER_NAME.match(low, end):
                while start > 0 and low[start - 1] in _HOST and at - start < 253:
                    start -= 1
                yield start, end
            at = low.find(name, end)


def _addresses(low: str, facts: Facts) -> Iterator[tuple[int, int]]:
    """Addresses that are no field of this draft, nor of a house that has one in it."""
    if facts.any_address or not facts.own_addresses:
        return
    near = " ".join((*facts.known.values(), facts.engineer_reach, facts.manager_reach)).lower()
    own = {address.lower().strip() for address in facts.own_addresses}
    houses = {address.rpartition("@")[2] for address in own} - _PUBLIC_MAIL
    at = low.find("@")
    while at >= 0:
        left, right = _LOCAL.search(low, max(0, at - 64), at), _DOMAIN.match(low, at + 1)
        if left and right:
            address = low[left.start() : right.end()].strip(".'-")
            if address not in own and right[0] not in houses and address not in near and not _ROLE.match(address):
                yield left.start(), right.end()
        at = low.find("@", at + 1)


def _numbers(text: str, facts: Facts) -> Iterator[tuple[int, int]]:
    """Numbers of the same build as this case's that are none of its own."""
    near = " ".join(facts.known.values())
    for shape in {re.sub(r"\d", "0", number) for number in facts.own_numbers}:
        if sum(map(str.isdigit, shape)) < 6 or len(shape) > 40:
            continue
        pattern = re.compile(r"(?<![\w+.-])" + re.escape(shape).replace("0", r"\d") + r"(?![\w-])")
        for found in pattern.finditer(text):
            if found[0] not in facts.own_numbers and found[0] not in near:
                yield found.span()
