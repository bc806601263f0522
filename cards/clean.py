"""Text that somebody typed, made fit to be shown: no control marks, no reordering, not too long.

Whatever is cut says so and tells how long it was; the whole text stays where it is kept.
"""

import re

# C0 and C1 controls but tab and newline, bidi embeddings, overrides and isolates, interlinear marks, the byte
# order mark, tag characters and lone surrogates (which cannot be encoded). The plain direction marks (U+200E,
# U+200F), joiners and variation selectors stay: names and emoji need them.
_HARMFUL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_DATE_MACRO = re.compile(r"\{\{(?=DATE\(|TIME\()")  # renderers turn {{DATE(…)}} into a date, in any text
_GLUE = re.compile(
    "[\u200d\ufe00-\ufe0f\u0300-\u036f\u20d0-\u20ff\U0001f3fb-\U0001f3ff]"
)  # belongs to what is before it
_TOLD = re.compile(r"… \([\d,]+ characters; cut here\)$")
_ACTIVE = re.compile(r"[\[\]()<>*_`#|~\\{}\s]+")  # what Markdown, HTML or a mention could be made of


def clean(text: str) -> str:
    """The text without control marks, its line breaks as newlines."""
    if text.isprintable() or text.replace("\n", "").isprintable():  # the common case, by passes in C
        return text
    return _HARMFUL.sub("", _BREAKS.sub("\n", text))


def one_line(text: str) -> str:
    """The text cleaned, on one line, runs of blanks as one."""
    return " ".join(clean(text).split())


def tame(text: str, limit: int = 160) -> str:
    """The text with nothing left that Markdown, HTML or mentions are made of: for summaries and fallbacks."""
    return " ".join(_ACTIVE.sub(" ", one_line(text)).split())[:limit]


def head(text: str, limit: int) -> str:
    """The first `limit` characters or a few less, so that no letter loses its marks and no emoji its parts."""
    if len(text) <= limit:
        return text
    end = limit
    while end > max(0, limit - 16) and (_GLUE.match(text, end) or text[end - 1] == "\u200d"):
        end -= 1
    return text[:end]


def cut(text: str, limit: int) -> str:
    """The text, or its beginning with "… (12,345 characters; cut here)"."""
    if len(text) <= limit:
        return text
    return f"{head(text, limit).rstrip()}… ({len(text):,} characters; cut here)"


def shown(text: str, limit: int) -> str:
    """Cleaned and cut, kept from reordering its neighbours, and never read as a renderer's date macro."""
    text = cut(clean(text), limit)
    if "{{" in text:
        text = _DATE_MACRO.sub("{\u2060{", text)
    if not text.isascii() and _RTL.search(text):
        return f"\u2068{text}\u2069"  # isolated: an Arabic name must not turn the date beside it around
    return text


def shorter(text: str, limit: int) -> str:
    """A text made by `shown`, cut once more; it still tells how long the whole was."""
    if len(text) <= limit:
        return text
    bare = text.strip("\u2068\u2069")
    told = _TOLD.search(bare)
    end = told.group() if told else f"… ({len(bare):,} characters; cut here)"
    left = head(bare, limit).rstrip() + end
    return f"\u2068{left}\u2069" if bare != text else left


def weight(text: str) -> int:
    """What the text adds to a message, in UTF-16 units, JSON's escapes counted."""
    units = len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
    return units + text.count("\n") + text.count('"') + text.count("\\") + text.count("\t")
