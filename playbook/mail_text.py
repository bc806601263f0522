"""A mail's text: cleaned, as plain text, and as HTML that says the same.

The text is plain, and a small part of Markdown at once: paragraphs, lines, "- " and "1." lists, and bare
links. Nothing else is markup: a star, a hash or an angle bracket is shown as it was typed.
"""

import re
from functools import cache

from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.list import list_block
from markdown_it.token import Token

# Control characters, and the marks that turn the reading order round (they can make a text look like
# another one). Marks that languages need, such as the right-to-left mark and joiners, stay.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]")
_NEWLINE = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACE = re.compile(r"\s+")
_EMPTY_LINES = re.compile(r"\n{3,}")
_ITEM = re.compile(r"(-|0|[1-9]\d{0,8}\.)[ \t]+\S")
_SCHEMES = ("http:", "https:", "mailto:")


def clean_text(text: str) -> str:
    """One kind of newline, no unseen characters, no blanks at line ends, at most one empty line in a row."""
    if not text.replace("\n", "").isprintable():  # most texts need none of this, and every mail comes by here
        text = _UNSEEN.sub("", _NEWLINE.sub("\n", text))
        text = "\n".join(line.rstrip() for line in text.split("\n"))
    elif " \n" in text or text.endswith(" "):
        text = "\n".join(line.rstrip() for line in text.split("\n"))
    if "\n\n\n" in text:
        text = _EMPTY_LINES.sub("\n\n", text)
    return text.strip("\n")


def clean_line(text: str) -> str:
    """All on one line, for names, titles and subjects."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return _SPACE.sub(" ", clean_text(text)).strip()


def to_plain(text: str) -> str:
    """What a plain mail holds: the text itself, cleaned, with a newline at its end."""
    return clean_text(text) + "\n"


def to_html(text: str) -> str:
    """The same as HTML, without anything around it. Only http, https and mailto become links."""
    html: str = _markdown().render(clean_text(text))
    return html


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("zero", {"html": False, "linkify": True, "breaks": True})
    markdown.enable(["list", "newline", "linkify"])
    markdown.block.ruler.at("list", _list_of_ours, {"alt": ["paragraph"]})
    markdown.linkify = _links()
    # What is shown is what was written, never a decoded form of it.
    markdown.normalizeLinkText = _as_written  # type: ignore[method-assign]
    markdown.validateLink = _may_be_a_link  # type: ignore[method-assign]
    markdown.add_render_rule("list_item_open", _numbered_item)
    return markdown


def _as_written(link: str) -> str:
    return link


def _may_be_a_link(url: str) -> bool:
    return url.lower().startswith(_SCHEMES)


def _links() -> LinkifyIt:
    """No guessing: `app.py` is a file, not a site in Paraguay. Mail addresses are recognised."""
    links = LinkifyIt({}, {"fuzzy_link": False, "fuzzy_email": True, "fuzzy_ip": False})
    links.add("ftp:", None)
    links.add("//", None)
    return links


def _list_of_ours(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Markdown's list, begun by "- " or "1. " only; "*", "+" and "1)" are text."""
    at = state.bMarks[start] + state.tShift[start]
    return bool(_ITEM.match(state.src, at)) and list_block(state, start, end, silent)


def _numbered_item(renderer: RendererHTML, tokens: list[Token], index: int, options: object, env: object) -> str:
    """Each item shows the number that was typed, so that the plain and the formatted mail agree."""
    number = tokens[index].info
    return f'<li value="{int(number)}">' if number.isdecimal() else "<li>"
