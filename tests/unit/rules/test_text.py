"""TEXT-01: what is still to be filled in, and what only looks like it."""

import pytest

from playbook.rules import lint
from playbook.rules.base import Facts

GAPS = (
    ("Regards, [Engineer Name]", "[Engineer Name]"),
    ("The log goes here: <link>", "<link>"),
    ("The new one is <new case number>.", "<new case number>"),
    ("I'm closing {{case_number}}.", "{{case_number}}"),
    ("I'm closing {{ case.number }} now.", "{{ case.number }}"),
    ("under case XXXX and", "XXXX"),
    ("Next update: TBD.", "TBD"),
    ("My number: ________ (office)", "________"),
    ("a call on [date] or later", "[date]"),
    ("as of today, XX November", "XX"),
    ("at XX:XX CET", "XX:XX"),
    ("Cause: [describe cause]", "[describe cause]"),
    ("Hello {CustomerName},", "{CustomerName}"),
    ("Dear <<First Name>>,", "<<First Name>>"),
    ("Call me at 555-XXXX.", "XXXX"),
    ("[Insert summary here]", "[Insert summary here]"),
    ("your product %PRODUCT_NAME% is", "%PRODUCT_NAME%"),
    ("on <DATE> at <TIME>", "<DATE>"),
    ("My manager, [Manager's name], is", "[Manager's name]"),
    ("xxxx is the number", "xxxx"),
)
NO_GAPS = (
    "See <https://learn.microsoft.com/azure> for more.",
    "Write to <ida@example.com>.",
    "forty of them are disconnected in [Azure Arc]",
    "the value <maxPoolSize>100</maxPoolSize> is too low",
    "Run `az vm show -g <resource-group> -n <name>` once.",
    "az vm show -g <resource-group> -n <name>",
    "[the docs](https://example.com)",
    "a List<string> of items[0]",
    "SELECT [Name] FROM [dbo].[Customers]",
    "The log says [ERROR] and [INFO].",
    "as noted in [1] and [2]",
    "the method __init__ of the class",
    "\n________________________________\nFrom here on: notes",
    "the secret is ${{ secrets.TOKEN }}",
    "responses of 4xx and 5xx",
    "size XXL, at 10.1.xxx.xxx",
    "%TEMP% and %APPDATA%",
    'the body is {"name": "x"}',
    "she wrote [sic] it",
    "[x] done, [ ] open",
    "<title>Shop</title> in the page",
    "Microsoft To Do shows the list.",
    "the port {0} is used",
    "$env:PATH and ${HOME}",
)


def gaps(sentence: str, **known: str) -> list[str]:
    text = f"Hello Brian,\n\n{sentence}\n\nI'll call on Monday."
    found = [one for one in lint(text, Facts(kind="fqr", known=known)) if one.rule == "TEXT-01"]
    return [text[slice(*one.span)] for one in found if one.span]


@pytest.mark.parametrize(("sentence", "gap"), GAPS)
def test_a_gap_is_shown_where_it_is(sentence: str, gap: str) -> None:
    assert gap in gaps(sentence)


@pytest.mark.parametrize("sentence", NO_GAPS)
def test_what_is_meant_as_it_stands(sentence: str) -> None:
    assert gaps(sentence) == []


def test_what_the_case_holds_is_no_gap() -> None:
    assert gaps("The field [date] is empty.", symptom="The field [date] is empty") == []


def test_the_fix_is_what_the_case_knows() -> None:
    facts = Facts(kind="other", customer_name="Brian Cox", engineer="Ida Moe", known={"case_number": "2411-1"})
    text = "Dear [Customer Name],\n\nI'll call on Monday about case XXXX.\n\n[Engineer Name], [Company]"
    assert [one.fix for one in lint(text, facts)] == ["Brian Cox", "2411-1", "Ida Moe", ""]


def test_it_is_read_in_any_language_and_the_rest_is_not() -> None:
    text = "Guten Tag Herr Müller,\n\nwir schließen die Anfrage heute, wie Sie es mit uns vereinbart haben: [Name]"
    facts = Facts(kind="lqr", scenario="standard-closure", customer_name="Jana Weiß", title="issue")
    assert [one.rule for one in lint(text, facts)] == ["TEXT-01"]
