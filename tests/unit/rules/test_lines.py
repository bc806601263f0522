"""`python app.py lint`: lines in, lines out, and the exit status."""

import io
import json
from collections.abc import Iterable

import pytest

from playbook.rules.lines import lint_lines, run

TEXT = (
    "Hello Brian,\n\nI'm sorry that your clerks wait for their files each morning. As I understand it, the share drops "
    "since 3 May; correct me if that's wrong.\n\nI went through the gateway's logs. Next I'll compare a good day with a "
    "bad one, and then we try the other route. How urgent is it for you?\n\nI'll call on Monday at 10:00."
)
GOOD = {"kind": "fqr", "text": TEXT}
BAD = {"kind": "fqr", "text": TEXT.replace("I'll call", "I'll call XXXX")}
WARNED = {**GOOD, "kind": "lqr", "scenario": "unresponsive-first", "title": "issue"}


def answer(*lines: object) -> tuple[int, list[dict[str, list[dict[str, object]]]], str]:
    out, err = io.StringIO(), io.StringIO()
    status = run([line if isinstance(line, str) else json.dumps(line) for line in lines], out, err)
    return status, [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


def test_a_clean_mail() -> None:
    assert answer(GOOD) == (0, [{"findings": []}], "")


def test_an_error_makes_the_status_one_and_a_warning_does_not() -> None:
    status, (first, second), _ = answer(BAD, GOOD)
    assert status == 1
    (finding,) = first["findings"]
    assert list(finding) == ["rule", "severity", "message", "span", "fix"]
    assert (finding["rule"], finding["severity"], finding["span"]) == (
        "TEXT-01",
        "error",
        [TEXT.index("on Monday"), TEXT.index("on Monday") + 4],
    )
    assert second == {"findings": []}
    status, (only,), _ = answer(WARNED)
    assert status == 0
    assert [one["rule"] for one in only["findings"]] == ["LQR-09"]


def test_no_input_is_clean() -> None:
    assert answer() == (0, [], "")
    assert answer("", "\ufeff", "  \n") == (0, [], "")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "not JSON"),
        ("[1]", "not a JSON object"),
        ("null", "not a JSON object"),
        ('{"kind": "fqr"}', "no “text”"),
        ('{"kind": "fqr", "text": 5}', "no “text”"),
        ('{"text": "x"}', "neither “fqr” nor “lqr”"),
        ('{"kind": ["lqr"], "text": "x"}', "neither “fqr” nor “lqr”"),
        ('{"kind": "lqr", "scenario": "standard_closure", "text": "x"}', "standard-closure"),
        ('{"kind": "lqr", "scenario": ["x"], "text": "x"}', "scenario"),
        ("[" * 100_000, "nested too deeply"),
        ('{"n": ' + "9" * 5000 + "}", "too long"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_those_before_are_answered(line: str, says: str) -> None:
    status, answers, trouble = answer(GOOD, line, GOOD)
    assert status == 2
    assert len(answers) == 1
    assert trouble.startswith("Line 2 ")
    assert says in trouble
    assert trouble.count("\n") == 1


def test_bytes_that_are_no_text() -> None:
    def lines() -> Iterable[str]:
        yield b"\xff".decode()

    out, err = io.StringIO(), io.StringIO()
    assert run(lines(), out, err) == 2
    assert err.getvalue() == "The input is not UTF-8 text.\n"


@pytest.mark.parametrize(
    "case",
    [None, [], "x", {}, {"customer_name": None}, {"customer_name": 5, "known": []}, {"known": {"n": 40, "l": ["a", 1], "o": {}, "b": True}}, {"contacts": "Ida"}, {"contacts": [None, {"name": "Brian Cox"}, 3]}],
)  # fmt: skip
def test_odd_or_missing_facts_count_as_unknown(case: object) -> None:
    assert answer({**GOOD, "case": case})[0] == 0
    assert answer({**GOOD, "kind": "lqr", "scenario": "unresponsive-first", "title": None, "case": case})[0] in (0, 1)


def test_contacts_are_right_names() -> None:
    mail = {
        **GOOD,
        "kind": "lqr",
        "scenario": "unresponsive-first",
        "case": {"customer_name": "Ann Lee", "contacts": ["Brian Cox"]},
    }
    assert answer(mail)[0] == 0
    mail["case"] = {"customer_name": "Ann Lee"}
    assert answer(mail)[0] == 1


def test_known_values_are_no_placeholders() -> None:
    assert answer({**BAD, "case": {"known": {"queue": "XXXX"}}})[0] == 0


def test_a_lone_surrogate_does_no_harm() -> None:
    ((line, wrong),) = lint_lines(['{"kind": "fqr", "text": "Call [Name \\ud800] on Monday, please"}'])
    assert line.isascii()
    assert wrong


def test_secrets_are_not_this_commands_business() -> None:
    assert answer({**GOOD, "text": TEXT + " password: Winter2024!"})[0] == 0
