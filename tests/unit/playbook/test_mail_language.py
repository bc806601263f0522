"""What a mail's template may say, and that nothing else can be said in it."""

import pytest

from playbook.mail_language import LONGEST, Words, labelled, lines, numbered, sentence
from playbook.toml_file import Mistake


def said(source: str, **values: object) -> str:
    return Words(source).render(values)


def test_names_conditions_filters_and_one_loop() -> None:
    assert said("{% if a %}{{ a | upper }}{% else %}none{% endif %}", a="x") == "X"
    assert said("{{ a or b }}", a="", b="y") == "y"
    assert said("{% for one in a | lines %}{{ loop.index }}. {{ one }}\n{% endfor %}", a="x\n\n- y") == "1. x\n2. y\n"
    assert said('{% set who = a or "you" %}{{ who }}', a="") == "you"
    assert said('{% if a == "A" and not b %}yes{% endif %}', a="A", b="") == "yes"


@pytest.mark.parametrize(
    "source",
    [
        "{% for a in range(1000000000) %}{% endfor %}",
        "{% for a in x %}{% endfor %}",
        "{% for a in x | lines %}{% for b in x | lines %}{% endfor %}{% endfor %}",
        "{% for a in x | lines recursive %}{{ loop(a) }}{% endfor %}",
        "{{ x * 1000000000 }}",
        "{{ x ~ x }}",
        "{{ 10 ** 10 ** 10 }}",
        '{{ "%0999999999d" % 1 }}',
        "{{ x.__class__ }}",
        "{{ x['__class__'] }}",
        "{{ x | attr('__class__') }}",
        "{{ cycler.__init__.__globals__.os.popen('id') }}",
        "{{ x.upper() }}",
        "{{ x | map('upper') | list }}",
        "{{ x | replace('a', 'aaaa') }}",
        "{{ x | join(x) }}",
        "{{ x | default(x) }}",
        "{{ x | center(1000000000) }}",
        "{% set y %}{{ x }}{{ x }}{% endset %}{{ y }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% include 'x' %}",
        "{% extends 'x' %}",
        "{% import 'x' as y %}",
        "{% block b %}{% endblock %}",
        "{% call x() %}{% endcall %}",
        "{% filter upper %}x{% endfilter %}",
        "{% set ns = namespace(a=1) %}",
        "{{ loop.__class__ }}",
        "{{ [x, x] }}",
        "{{ x is defined }}",
    ],
)
def test_what_could_do_harm_or_never_end_cannot_be_written(source: str) -> None:
    with pytest.raises(Mistake) as caught:
        Words(f"one\n{source}", line=10)
    assert caught.value.path == (11,)
    assert caught.value.sentence.endswith((".", "?"))


def test_brackets_without_end_are_refused() -> None:
    with pytest.raises(Mistake, match="template"):
        Words("{{ " + "(" * 5000 + "x" + ")" * 5000 + " }}")


def test_a_mail_has_a_longest_length() -> None:
    source = "{% for one in x | lines %}{{ x }}{% endfor %}"
    with pytest.raises(ValueError, match="longer"):
        said(source, x="y" * 1000 + "\ny" * 300)
    assert len(said(source, x="yy\n" * 100)) < LONGEST


def test_what_is_missing_is_never_left_blank_in_silence() -> None:
    with pytest.raises(ValueError, match="who"):
        said("Hi {{ who }}")


def test_a_value_is_never_read_as_a_template() -> None:
    assert said("{{ x }}", x="{{ 7 * 7 }}{% if %}") == "{{ 7 * 7 }}{% if %}"


def test_names_are_told_with_the_line_of_their_first_use() -> None:
    words = Words("{{ a }}\n{{ b }}\n{{ a }}{% for one in c | lines %}{{ one }}{% endfor %}{% set d = 1 %}{{ d }}", 5)
    assert words.names == {"a": 5, "b": 6, "c": 7}


def test_a_text_of_several_lines_stands_below_its_label() -> None:
    assert labelled("one", "Cause") == "Cause: one"
    assert labelled("1. a\n2. b", "Cause") == "Cause:\n\n1. a\n2. b\n"


def test_a_sentence_gets_its_full_stop_once() -> None:
    assert [sentence(text) for text in ("It works", "It works. ", "Does it?", "")] == [
        "It works.", "It works.", "Does it?", ""
    ]  # fmt: skip


def test_lines_become_steps_unless_they_are_a_list_or_paragraphs() -> None:
    assert numbered("Open it\n Save.\n") == "1. Open it.\n2. Save."
    for text in ("Open it", "", "1. Open it\n2. Save", "- a\n- b", "First do:\n1. Open it", "One.\n\nTwo."):
        assert numbered(text) == text


def test_a_list_gets_no_full_stop_at_its_end() -> None:
    assert [sentence(text) for text in ("- a\n- b", "1. a\n2. b", "10.5", "Do a\nthen b")] == [
        "- a\n- b",
        "1. a\n2. b",
        "10.5.",
        "Do a\nthen b.",
    ]


def test_lines_leave_out_what_is_empty() -> None:
    assert lines(" a \n\n- b\n") == ["a", "b"]
    assert len(lines("x\n" * 1000)) == 200
