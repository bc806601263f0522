"""TEXT-01: nothing in the mail is still to be filled in."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from playbook.rules import words as w
from playbook.rules.base import Facts, Finding
from playbook.rules.marks import Marked
from playbook.rules.words import word_set

MOST: Final = 40  # gaps of a kind that are told; who left more than that sees what is meant
_BRACKETED: Final = re.compile(
    r"\[[^\[\]\n]{1,60}\]|<<?[^<>\n]{1,60}>>?|\{\{[^{}\n]{0,80}\}\}|\{%[^%\n]{0,80}%\}|\{[^{}\n]{2,40}\}|___+"
    r"|%[A-Za-z_]{3,30}%|«[^«»\n]{2,40}»"
)
_WORDY: Final = re.compile(
    r"(?<![\w.$%{-])(?:x{2}(?=[:/.]x{2}|\.? (?:jan|feb|mar|apr|ma[iy]|jun|jul|aug|sep|oct|nov|dec))[:/.x]*"
    r"|xx(?! cent)|x{3,}(?:[-/:.]x{2,})*|tbd|tbc|tba|t\.b\.d\.?|fixme|lorem ipsum|\(?insert [\w ]{2,30}here\)?)"
    r"(?![\w@%$-])"
)
_CASE_ONLY: Final = frozenset({"tbc", "tba", "fixme", "xx"})  # in capitals only: "the TBA group" is rarer than the gap
_PARTLY: Final = re.compile(r"(?<=\d-)X{3,}\b|(?<=\d)X{3,}\b|\b(?:SR|ICM|TS|ID|INC|CASE)[-# ]?X{3,}\b")
# What people write into brackets for "somebody fills this in".
_SLOT: Final = word_set(
    """
    name names number no nr date time day hour link url title phone email mail address id product company
    customer client engineer manager partner issue symptom cause resolution workaround eta slot zone details
    detail here region tenant placeholder value amount signature surname ticket case firstname lastname fullname
    recipient contact contacts role team department description problem summary insert todo tbd tbc xx xxx month
    year week weekday agent reason steps sr subject organisation organization vendor owner topic deadline
    portal survey location site hours article page document guide form file
    """
)
_FILLS: Final = word_set(
    """
    insert add enter fill put describe specify choose select todo tbd tbc your please replace paste mention xx
    xxx xxxx write state explain provide list
    """
)
_CONNECTS: Final = word_set(
    """
    of the a an for to and or new old full first last our my his her their 's s 1 2 3 one two if any this in
    applicable with from next call main other
    """
)
# "[Summary]" above some lines is a heading.
_HEADINGS: Final = word_set(
    "summary description problem issue symptom cause resolution workaround details steps contact contacts"
)
_OWN_LINE: Final = re.compile(r":?[ \t]*\n[ \t]*\S")
_GOES_ON: Final = re.compile(r"[./][\w<\[]")
_PART: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_CODE: Final = re.compile(
    r"^\s{4,}\S"
    r"|^\s*(?:"
    r"\$|ps>|ps c:|c:\\|>>> |az |kubectl |git |dotnet |curl |sudo |select |update |insert into |get-|set-|new-"
    r"|invoke-|import-|export-|start-|test-|add-|remove-|connect-|azcopy |docker |helm |npm |pip |netsh |nslookup "
    r"|terraform |ssh |ping |dsregcmd|robocopy |net use)"
    r"| --?[a-z][\w-]* |[;{]\s*$|https?://\S*$",
    re.IGNORECASE,
)


def check_placeholders(marked: Marked, facts: Facts) -> Iterable[Finding]:
    """TEXT-01: each gap that was left, with what belongs there when the facts tell it."""
    known = _known(facts)
    for start, end in sorted({*islice(_bracketed(marked), MOST), *islice(_wordy(marked), MOST)}):
        gap = marked.text[start:end]
        if gap.lower() in known:
            continue
        fix = _value(gap, marked.flat[max(0, start - 24) : start], facts)
        say = "put the right words there" if not fix else f"it is “{fix}”, as far as the case knows"
        yield Finding("TEXT-01", "error", f"“{gap[:60]}” is still a placeholder: {say}.", (start, end), fix)


def _bracketed(marked: Marked) -> Iterator[tuple[int, int]]:
    flat = marked.flat
    for found in _BRACKETED.finditer(flat):
        start, end = found.span()
        gap = found[0]
        if gap[0] == "_":
            if _blank(flat, start, end):
                yield start, end
        elif gap.startswith(("{{", "{%")):
            if flat[start - 1 : start] not in ("$", "`", "@") and not _in_code(flat, start, end):
                yield start, end
        elif _reads_as_slot(gap) and not _means_itself(flat, start, end):
            yield start, end


def _wordy(marked: Marked) -> Iterator[tuple[int, int]]:
    if "XX" in marked.flat:
        yield from (found.span() for found in _PARTLY.finditer(marked.flat))
    if not marked.marks & w.GAP:
        return
    for sentence in marked.sentences:
        if not sentence.marks & w.GAP:
            continue
        for found in _WORDY.finditer(sentence.low):
            start, end = sentence.start + found.start(), sentence.start + found.end()
            if found[0] in _CASE_ONLY and not marked.text[start:end].isupper():
                continue
            if not _in_brackets(marked.flat, start, end) and not _in_code(marked.flat, start, end):
                yield start, end


def _reads_as_slot(gap: str) -> bool:
    """Whether the words in brackets name what should stand there: "[Engineer Name]", "<new case number>"."""
    inner = gap.strip("[]<>{}%«» ")
    if not inner or len(inner) > 50 or any(char in inner for char in '@:/\\=$"()|;*+,'):
        return False
    if inner.strip("xX-_ .") == "" and "x" in inner.lower():
        return gap[0] != "[" or len(inner) > 1  # "[x]" is a ticked box
    parts = [part.lower() for part in _PART.findall(inner)]
    if not parts or (gap[0] == "%" and len(parts) < 2 and parts[0] != "name"):
        return False
    if parts[0] in _FILLS and (len(parts) > 1 or parts[0] in ("todo", "tbd", "tbc")):
        return True
    slots = sum(part in _SLOT for part in parts)
    return (len(parts) <= 6 and parts[-1] in _SLOT and all(part in _SLOT or part in _CONNECTS for part in parts)) or (
        slots > 0
        and parts[-1] in ("name", "number", "date", "here", "link", "url", "id", "address", "time")
        and len(parts) <= 4
    )


def _means_itself(flat: str, start: int, end: int) -> bool:
    """A Markdown link, a tag with its end, an index, code: brackets that are meant."""
    before, after, gap = flat[start - 1 : start], flat[end : end + 1], flat[start:end]
    if gap[0] == "[":
        return (
            (gap[1:-1].lower() in _HEADINGS and _OWN_LINE.match(flat, end) is not None)
            or after in ("(", "[", "]")
            or _GOES_ON.match(flat, end) is not None
            or (before.isalnum() or before in (".", "]", "$"))
            or _in_code(flat, start, end)
        )
    if gap[0] == "<":
        inner = gap.strip("<>/ ")
        closed = gap[1] == "/" or f"</{inner}>" in flat
        return (
            closed
            or before.isalnum()
            or after.isalnum()
            or _GOES_ON.match(flat, end) is not None
            or _in_code(flat, start, end)
        )
    return before in ("$", "@", "#", "%") or after == "}" or _in_code(flat, start, end)


def _in_code(flat: str, start: int, end: int) -> bool:
    begin = flat.rfind("\n", max(0, start - 400), start) + 1 or max(0, start - 400)
    stop = flat.find("\n", end, end + 400)
    line = flat[begin : stop if stop >= 0 else end + 400]
    ahead = flat[begin:start]
    if ahead.count("`") % 2 == 1 and "`" in flat[end : stop if stop >= 0 else len(flat)]:
        return True
    if "```" in flat and flat.count("```", 0, start) % 2 == 1:
        return True
    return _CODE.search(line.replace(flat[start:end], "")) is not None


def _in_brackets(flat: str, start: int, end: int) -> bool:
    return (flat[start - 1 : start], flat[end : end + 1]) in (("[", "]"), ("<", ">"), ("{", "}"))


def _blank(flat: str, start: int, end: int) -> bool:
    """A line to write on, and not a rule across the page or part of a name."""
    if flat[start - 1 : start].isalnum() or flat[end : end + 1].isalnum():
        return False
    begin = flat.rfind("\n", max(0, start - 200), start) + 1
    stop = flat.find("\n", end, end + 200)
    return flat[begin : stop if stop >= 0 else end + 200].strip("_ \t") != ""


def _known(facts: Facts) -> str:
    return " ".join((facts.title, *facts.known.values())).lower()


def _value(gap: str, before: str, facts: Facts) -> str:
    """What the case knows for a gap, or nothing."""
    asks = {part.lower() for part in _PART.findall(gap.replace("_", " "))} or {""}
    near = before.lower()
    if asks & {"manager"}:
        return facts.manager
    if asks & {"engineer", "agent"} or (asks == {"your", "name"}):
        return facts.engineer
    if asks & {"customer", "recipient", "client", "contact"} or near.rstrip().endswith(("dear", "hi", "hello")):
        return facts.customer_name
    if asks & {"case", "ticket", "sr"} or near.rstrip(" #:").endswith(("case", "ticket", "request", "sr", "number")):
        return facts.known.get("case_number", "") or next(iter(facts.own_numbers), "")
    for key, value in facts.known.items():
        if set(key.lower().split("_")) <= asks:
            return value
    return ""
