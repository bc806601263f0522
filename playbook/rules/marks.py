"""The one reading of a text: its greeting, its sentences with their places, and what each may be doing.

Everything keeps its place: `flat` and each sentence's `low` are exactly as long as what they stand
for, so that a place in them is a place in the text. Long runs without an end are cut, so that no
pattern ever sees more than `LONGEST` characters: the time for any text grows with its length.
"""

import re
from typing import Any, Final, NamedTuple

from playbook.rules import words as w
from playbook.rules.words import word_set

LONGEST: Final = 600  # characters of a sentence
MOST_SENTENCES: Final = 2000  # beyond this nobody is writing a mail

_WORD: Final = re.compile(r"[^\W\d_]+(?:['.-][^\W\d_]+)*|q[1-4]\b")
_PLAIN_WORD: Final = re.compile(r"[a-z]+(?:['.-][a-z]+)*|q[1-4]\b")  # the same, in half the time, of ASCII
_STOP: Final = re.compile(r"[.!?…][\"')\]]*\s+")
_TAG: Final = re.compile(r"</?[A-Za-z!][^<>\n]{0,400}>")
_HTML: Final = re.compile(r"<(?:p|br|div|html|body|span|table|ul|li|b)\b[^<>\n]{0,400}>", re.IGNORECASE)
_ENTITY: Final = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6});")
_ITEM: Final = re.compile(r"\s*(?:[-*•–·>]|\(?\d{1,2}[.)]|[^\s:]+(?: [^\s:]+){0,4}:)(?:\s|$)")
_GREETS: Final = (
    r"hi|hello|hey|dear"
    r"|good (?:morning|afternoon|evening|day)"
    r"|greetings|hallo|bonjour|bonsoir|hola|ciao|olá|ola|hej|hei|merhaba|ahoj|dag|beste|geachte"
    r"|sehr geehrte[rs]?|liebe[rs]?|guten (?:tag|morgen|abend)|moin|servus|ch[eè]re?|gentile|egregio|caro|cara"
    r"|buongiorno|buonasera|estimad[oa]s?|querid[oa]s?|prezad[oa]s?|car[oa]s?|szanown[yia]+|dzień dobry|cześć"
    r"|namaste|namaskar|salaam|salam|shalom|konnichiwa|annyeong|sawubona|jambo|hiya|howdy|g'day|morning"
    r"|afternoon|evening|buenos días|buenas tardes|bom dia|boa tarde|cher|tere|hæ|halló|sveiki|zdravo"
    r"|dobrý den|bună"
)
_GREETING: Final = re.compile(rf"(?:{_GREETS})\b(?P<rest>[^,!:;\n–—]{{0,80}})", re.IGNORECASE)
_VALEDICTION: Final = re.compile(
    r"(?:(?:with |my |the |mit )?(?:"
    r"very |many |all |our |kind|best|warm|good|sincere|freundlichen|besten|friendly|many )*(?:"
    r"kind(?:est)?|best|warm(?:est|ly)?|regards|wishes|sincerely|cordially|respectfully|faithfully|thanks|thank you"
    r"|many thanks|cheers|yours|greetings|take care|grüße[n]?|gruß|cordialement|saludos|saluti|atentamente|abraços"
    r"|groet(?:en|jes)?|hilsen|hälsningar|pozdrawiam|terveisin|üdvözlettel|all the best|until then|so long)(?: (?:"
    r"regards|wishes|again|and regards|and best regards|& regards|yours|truly|sincerely|very much|a lot|faithfully"
    r"|and take care|for now|everyone|all|from \w+))*)[ ,.!:;-]*$"
)


class Sentence(NamedTuple):
    """A sentence or a line; `marks` are bits of `words`."""

    start: int
    end: int
    low: str  # lower case, straight quotes, as long as the text it stands for
    marks: int
    line: int  # number of its line, from 0
    words: frozenset[str]


class Marked:
    """A text as read once: all that the rules may ask about it."""

    __slots__ = ("acts", "body", "english", "flat", "greeting", "low", "marks", "sentences", "signature", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.flat = flat = _flat(text)
        self.low = low = _lower(flat)
        self.sentences: list[Sentence] = []
        self.marks = 0
        self.acts: Any = None  # what each sentence does, read when a rule asks for it (`acts`)
        hits: list[str] = []  # all words
        for number, start, end in _lines(low):
            for left, right in _sentences(low, start, end):
                self._take(low[left:right], left, right, number, hits)
                if len(self.sentences) >= MOST_SENTENCES:
                    break
        english, other = sum(map(w.ENGLISH.__contains__, hits)), sum(map(w.OTHER.__contains__, hits))
        self.english = _is_english(low, english, other, len(hits))
        self.greeting = _greeting(flat)
        self.signature = self._signature()  # where the closing words begin
        self.body = [one for one in self.sentences if one.start < self.signature]

    def _take(self, piece: str, start: int, end: int, line: int, hits: list[str]) -> None:
        found = (_PLAIN_WORD if piece.isascii() else _WORD).findall(piece)
        marks = 0
        get = w.MARKS.get
        for word in found:
            marks |= get(word, 0)
        hits += found
        if "?" in piece:
            marks |= w.QUESTION
        self.marks |= marks
        self.sentences.append(Sentence(start, end, piece, marks, line, frozenset(found)))

    def _signature(self) -> int:
        """Where the closing words begin ("Kind regards, …"); the end of the text when there are none."""
        after = None
        for sentence in reversed(self.sentences[-14:]):
            alone = after is None or after.line != sentence.line  # "Thank you." may also end a paragraph
            begins = self.low.rfind("\n", 0, sentence.start) == sentence.start - 1
            if alone and begins and len(sentence.low) <= 48 and _VALEDICTION.match(sentence.low):
                return sentence.start
            after = sentence
        return len(self.text)

    def having(self, mark: int) -> list[Sentence]:
        """The body's sentences that carry a mark."""
        return [one for one in self.body if one.marks & mark] if self.marks & mark else []


def place_of(sentence: Sentence) -> tuple[int, int]:
    """A sentence's place without the blanks around it and without its bullet."""
    start = sentence.start + len(sentence.low) - len(sentence.low.lstrip(" \t-*•"))
    return start, sentence.start + len(sentence.low.rstrip())


def one_line(value: str) -> str:
    """A case's value as part of a line of ours: one line, not too long."""
    return " ".join(value.split())[:80]


def read(text: str) -> Marked:
    """Read a text once, in time that grows with its length, whatever it holds."""
    return Marked(text)


def read_as_english(text: str) -> bool:
    """Whether a text is mostly English. One too short to tell is."""
    return Marked(text).english


def _flat(text: str) -> str:
    """The text with straight quotes and plain spaces, HTML tags and quoted mail blanked; same length."""
    flat = text
    if not flat.isascii():
        for odd, plain in (
            ("’", "'"),
            ("‘", "'"),
            ("“", '"'),
            ("”", '"'),
            ("\xa0", " "),
            ("\u2011", "-"),
            ("\u202f", " "),
        ):
            flat = flat.replace(odd, plain)
    if "\r" in flat:
        flat = flat.replace("\r", " ") if "\n" in flat else flat.replace("\r", "\n")
    if "<" in flat and _HTML.search(flat):
        flat = _TAG.sub(_blank_tag, flat)
        flat = _ENTITY.sub(lambda found: " " * len(found[0]), flat)
    if "\n>" in flat or "-----" in flat or "wrote:" in flat:
        flat = _without_quoted(flat)
    return flat


def _blank_tag(found: re.Match[str]) -> str:
    """A tag that ends a block ends the line, any other leaves room; either way nothing moves."""
    tag = found[0]
    ends = tag[1:4].lower().startswith(("br", "/p", "/di", "/li", "/tr", "/h", "p"))
    return ("\n" if ends else " ") + " " * (len(tag) - 1)


_QUOTE: Final = re.compile(r"^(?:-{4,} ?(?:Original|Forwarded) .*|On .{6,120} wrote: ?)$", re.MULTILINE)


def _without_quoted(flat: str) -> str:
    """Blank the mail that is answered below ours: it has been sent already, by somebody else."""
    cut = _QUOTE.search(flat)
    if cut and cut.start() > 0:
        flat = flat[: cut.start()] + " " * (len(flat) - cut.start())
    if "\n>" in flat:
        flat = "\n".join(" " * len(line) if line.startswith(">") else line for line in flat.split("\n"))
    return flat


def _lower(flat: str) -> str:
    low = flat.lower()
    if len(low) != len(flat):  # "İ" lowers to two characters
        low = "".join(char.lower() if len(char.lower()) == 1 else char for char in flat)
    return low


def _lines(low: str) -> list[tuple[int, int, int]]:
    """(number, start, end) of each line; a line that was only wrapped goes on in the next."""
    lines: list[tuple[int, int, int]] = []
    at, joins = 0, False
    for number, line in enumerate(low.split("\n")):
        end = at + len(line)
        bare = line.rstrip()
        if bare:
            if joins and not _ITEM.match(line) and end - lines[-1][1] < 4 * LONGEST:
                lines[-1] = (lines[-1][0], lines[-1][1], at + len(bare))
            else:
                lines.append((number, at, at + len(bare)))
            joins = len(bare) >= 55 and bare[-1] not in ".!?:;"
        else:
            joins = False
        at = end + 1
    return lines


def _sentences(low: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of one line, none longer than LONGEST."""
    if end - start <= LONGEST and not any(mark in low[start : end - 1] for mark in ".!?…"):
        return [(start, end)]
    pieces: list[tuple[int, int]] = []
    left = start
    for stop in _STOP.finditer(low, start, end):
        if low[stop.start()] == "." and _abbreviated(low, left, stop.start()):
            continue
        pieces.append((left, stop.end()))
        left = stop.end()
    if left < end:
        pieces.append((left, end))
    if end - start <= LONGEST:
        return pieces
    return [short for piece in pieces for short in _cut(low, *piece)]


_SHORT: Final = word_set(
    """
    mr mrs ms mx dr mag prof ing eng st e.g i.e no nr tel ext approx ca cpt capt jr sr inc ltd vs resp incl excl
    dipl jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri a.m p.m
    """
)


def _abbreviated(low: str, left: int, dot: int) -> bool:
    begin = max(low.rfind(" ", left, dot), low.rfind("\n", left, dot), low.rfind("(", left, dot)) + 1
    word = low[max(begin, left) : dot]
    return word in _SHORT or (len(word) == 1 and word.isalpha() and word != "i")


def _cut(low: str, left: int, right: int) -> list[tuple[int, int]]:
    if right - left <= LONGEST:
        return [(left, right)]
    pieces = []
    while right - left > LONGEST:
        middle = low.rfind(" ", left + LONGEST // 2, left + LONGEST)
        middle = middle if middle > 0 else left + LONGEST
        pieces.append((left, middle))
        left = middle
    return [*pieces, (left, right)]


def _greeting(flat: str) -> tuple[int, int] | None:
    """The place of the words that greet ("Dear Ms Okonkwo"), without the comma."""
    begin = len(flat) - len(flat.lstrip())
    stop = flat.find("\n", begin)
    line = flat[begin : stop if stop >= 0 else len(flat)][:200].rstrip()
    found = _GREETING.match(line)
    if found:
        return begin, begin + len(found[0].rstrip(" ."))
    if line.endswith((",", ":", "!", "-", "–")) and len(line.split()) <= 5:
        return begin, begin + len(line.rstrip(" ,:!-–"))
    return None


def _is_english(low: str, english: int, other: int, count: int) -> bool:
    if not low.isascii():
        letters = [char for char in low[:4000] if char.isalpha()]
        latin = sum(1 for char in letters if char < "\u0250")
        if len(letters) >= 20 and latin * 2 < len(letters):
            return False
    if count < 8:
        return True
    return english >= other or english * 6 >= count
