"""Text from outside, made safe to keep and to show: no invisible or reordering characters."""

import re
import unicodedata

_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Control characters, bidi marks and invisible ones. The joiners U+200C and U+200D stay: words of
# several languages and most composed emoji need them.
_JUNK = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_SPACES = re.compile(r"\s+")

# Characters of any one text: no request holds more (`bot.ingress`), so nothing that was typed is cut here. What is
# too long for its field is refused there, with a sentence.
TEXT_LIMIT = 256 * 1024
NAME_LIMIT = 120


def clean(text: str) -> str:
    """The text in NFC with `\\n` line ends, without control, bidi and zero-width characters."""
    if not (text.isascii() and text.isprintable()):
        text = _JUNK.sub("", _NEWLINES.sub("\n", text))
        text = unicodedata.normalize("NFC", text)
    return text[:TEXT_LIMIT]


def one_line(text: str | None, limit: int = NAME_LIMIT) -> str:
    """A name or a title: cleaned, on one line, cut."""
    return _SPACES.sub(" ", clean((text or "")[: limit * 4])).strip()[:limit]
