"""What the linter found, as one block: errors first, each with where it is and the line that would mend it."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from cards.buttons import beside
from cards.clean import one_line
from cards.elements import ERROR, OK, WARNING, Action, Element, aside, box, line, marked, plain, run, sign, user
from playbook.rules.base import Finding

MOST = 10  # findings on show
AROUND = 28  # characters on each side of a place in the text

NOT_ENGLISH = "Mostly not in English: read for left-over placeholders and secrets only."


def by_weight(findings: Sequence[Finding]) -> list[Finding]:
    """Errors before warnings, else in the order of the rules."""
    return sorted(findings, key=lambda one: one.severity != "error")


def counted(findings: Sequence[Finding]) -> str:
    """ "2 errors, 1 warning" or "Nothing found"."""
    errors = sum(one.severity == "error" for one in findings)
    warnings = len(findings) - errors
    words = [f"{n} {what}{'s' if n > 1 else ''}" for n, what in ((errors, "error"), (warnings, "warning")) if n]
    return ", ".join(words) or "Nothing found"


def findings_block(
    findings: Sequence[Finding],
    *,
    text: str,
    english: bool = True,
    inserts: Mapping[str, Action] = MappingProxyType({}),
    left: int = 0,
) -> list[Element]:
    """The count, then each finding. `text` is what was read, for showing where a span is.

    `inserts`: by a finding's key, the button that puts its line in; `left`: how many more were left as they are.
    """
    block = [_status(findings)]
    if left:
        block.append(plain(f"{left} more left as {'they are' if left > 1 else 'it is'}.", subtle=True, spacing="none"))
    if not english:
        block.append(plain(NOT_ENGLISH, subtle=True, spacing="small"))
    ordered = by_weight(findings)
    shown = _blotted(text, ordered)
    block += [_finding(one, shown, inserts.get(one.key)) for one in ordered[:MOST]]
    if len(ordered) > MOST:
        block.append(user(f"And {len(ordered) - MOST} more, shown when these are mended.", subtle=True))
    return block


def _blotted(text: str, findings: Sequence[Finding]) -> str:
    """The text, as long as it was, without what LEAK-01 found: a card is no place for a secret either."""
    for one in findings:
        if one.rule == "LEAK-01" and one.span is not None:
            text = text[: one.span[0]] + "•" * (one.span[1] - one.span[0]) + text[one.span[1] :]
    return text


def _status(findings: Sequence[Finding]) -> Element:
    if not findings:
        return marked(OK, "The rules found nothing in the text.", bold=True, spacing="")
    errors = any(one.severity == "error" for one in findings)
    worst = sign(ERROR) if errors else sign(WARNING, color="accent")
    return line(worst, run(counted(findings), bold=True))


def _finding(one: Finding, text: str, insert: Action | None) -> Element:
    error = one.severity == "error"
    weight = run("Error: " if error else "Warning: ", bold=True, color="attention" if error else "accent")
    items = [line(weight, run(one.message, limit=240), aside(one.rule))]
    if where := excerpt(text, one.span):
        items.append(line(run("Here: ", subtle=True), run(where, italic=True), spacing="none"))
    if one.fix:
        mend = line(run("Suggested line: ", subtle=True), run(one.fix, limit=400))
        items.append(box([beside([mend], [insert]) if insert else mend], emphasis=True, spacing="small"))
    return box(items, spacing="medium")


def excerpt(text: str, span: tuple[int, int] | None) -> str:
    """The place in the text with the words around it, on one line; empty where there is none."""
    if span is None or not 0 <= span[0] < span[1] <= len(text):
        return ""
    start, end = span[0], min(span[1], span[0] + 80)
    before = text[max(0, start - AROUND) : start]
    after = text[end : end + AROUND]
    if start > AROUND:  # from the next whole word on
        before = "… " + before.partition(" ")[2]
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0] + " …"
    return one_line(before + text[start:end] + after)
