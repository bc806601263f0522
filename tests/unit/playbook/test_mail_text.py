"""Plain text and HTML say the same, whatever is typed."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from playbook.mail_text import clean_line, clean_text, to_html, to_plain

MARK = re.compile(r"^[ \t]*(?:- |(\d+)\. )", re.MULTILINE)

# Text that tries hard to be markup.
pieces = st.sampled_from(
    ["- ", "1. ", "02. ", "7. ", "* ", "+ ", "3) ", "# ", "> ", "    ", "\t", "\n", "\n\n", "***", "_x_", "`c`", "```\n", "| a |",
     "---", "===", "<b>", "</div>", "<script>", "&amp;", "&#60;", "&", "<", ">", '"', "'", "\\", "\\*", "[a](http://x.y)",
     "![a](b)", "[a]: http://x.y", "https://a.example/c?x=1&y=%C3%A9", "HTTP://A.EXAMPLE", "javascript:alert(1)", "mailto:a@b.com",
     "a@b.com", "app.py", "ftp://x.y", "//x.y", "://", "www.x.y", "data:text/html,x", "{{ x }}", "word", "é", "日本", "\u200f",
     "\u202e", "\x00", "\r\n", "\u2028", "\ufeff", "."]
)  # fmt: skip
typed = st.lists(st.one_of(pieces, st.text(max_size=4)), max_size=25).map("".join)


class Reader(HTMLParser):
    """What somebody reads in the HTML, list marks included, and what it is made of."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.tags, self.links = "", set[str](), list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        values = dict(attrs)
        if tag == "li":
            self.text += f"{values['value']}. " if "value" in values else "- "
        if tag == "a":
            self.links.append(str(values["href"]))
        assert set(values) <= {"li": {"value"}, "a": {"href"}, "ol": {"start"}}.get(tag, set())

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def bare(text: str) -> str:
    """Without blanks, and with numbers of list marks as numbers."""
    text = MARK.sub(lambda mark: f"{int(mark[1])}." if mark[1] else "-", text)
    return re.sub(r"\s", "", re.sub(r"0*(\d+)\.", r"\1.", text))


@given(typed)
@example("2. x\n02. y")
@example("- a\n-\n- b")
def test_plain_and_html_agree(text: str) -> None:
    assert bare(read(to_html(text)).text) == bare(to_plain(text))


@given(typed)
def test_nothing_typed_becomes_markup_but_lists_and_links(text: str) -> None:
    seen = read(to_html(text))
    assert seen.tags <= {"p", "br", "ul", "ol", "li", "a"}
    assert all(link.startswith(("http://", "https://", "mailto:", "HTTP://")) for link in seen.links)


@given(typed)
def test_cleaning_once_is_enough(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert clean_line(clean_line(text)) == clean_line(text)
    assert "\n" not in clean_line(text)


def test_paragraphs_lines_lists_and_links() -> None:
    html = to_html("Hello,\nthere\n\n1. one\n2. two\n\n- see https://a.example/x.")
    assert html == (
        "<p>Hello,<br>\nthere</p>\n"
        '<ol>\n<li value="1">one</li>\n<li value="2">two</li>\n</ol>\n'
        '<ul>\n<li>see <a href="https://a.example/x">https://a.example/x</a>.</li>\n</ul>\n'
    )


def test_numbers_are_those_that_were_typed() -> None:
    html = to_html("1. a\n1. b\n5. c")
    assert re.findall(r'value="(\d)"', html) == ["1", "1", "5"]


@pytest.mark.parametrize(
    "text", ["* a", "+ a", "3) a", "# a", "> a", "**a**", "`a`", "<b>a</b>", "&lt;", "    a = 1", "---"]
)
def test_what_is_markup_elsewhere_is_text_here(text: str) -> None:
    assert unescape(to_html(text)) == f"<p>{text.strip()}</p>\n"


def test_a_files_name_is_no_link_and_an_address_is() -> None:
    assert read(to_html("run app.py, or www.x.example, then ftp://x.y and javascript:alert(1)")).links == []
    assert read(to_html("write to a@b.com")).links == ["mailto:a@b.com"]


def test_unseen_characters_go_and_those_that_languages_need_stay() -> None:
    assert clean_text("a\u202eb\x00c\ufeff") == "abc"
    assert clean_text("א\u200fב\u200d") == "א\u200fב\u200d"


def test_a_long_text_with_many_marks_is_quick_enough_to_finish() -> None:
    for piece in ("- " * 2000, "[" * 5000, "a@" * 5000, "1. x\n" * 2000, "http://" * 2000, "*" * 5000):
        assert to_html(piece)
