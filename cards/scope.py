"""A case's scope: what was agreed, what changed from one revision to the next, and a new ask beside it."""

from collections.abc import Sequence

from cards.buttons import button_rows, click
from cards.card import card
from cards.elements import OK, WARNING, Card, Element, Ref, box, heading, line, marked, plain, run, user
from cards.told import Words
from playbook.model import Case, Scope, ScopeKind
from playbook.scope import PARTS, Advice, Change

PART_LIMIT = 1_200  # characters of one part on show
KINDS = {ScopeKind.REACTIVE: "Reactive: something is broken", ScopeKind.ADVISORY: "Advisory: something to learn"}


def scope_card(
    case: Case,
    scope: Scope,
    changed: Sequence[Change],
    *,
    words: Words,
    says: Sequence[tuple[str, str]] = (),
) -> Card:
    """The newest revision, whether it is agreed, and what changed since the one before.

    `says`: buttons, each a title and the line that it says as if typed.
    """
    body: list[Element] = [heading(f"Scope {scope.revision}: case {case.number}"), _state(scope, words)]
    body.append(plain(KINDS[scope.kind], subtle=True, spacing="none"))
    body += scope_parts(scope)
    if changed:
        body.append(box([plain(f"Since scope {scope.revision - 1}", subtle=True), *_changes(changed)], separator=True))
    body += button_rows([click(title, Ref("say", said, 0), "run") for title, said in says])
    return card(body, summary=f"Scope of case {case.number}")


def scope_parts(scope: Scope) -> list[Element]:
    """All that the revision says, part by part."""
    shown: list[Element] = []
    for id, title in PARTS.items():
        if text := getattr(scope, id):
            shown.append(
                box([plain(title, subtle=True), user(text, limit=PART_LIMIT, spacing="none")], spacing="small")
            )
    return shown


def advice_block(advice: Sequence[Advice]) -> list[Element]:
    """What is unclear in a scope: each with its rule; nothing of it keeps the mail back."""
    return [marked(WARNING, one.text, rule=one.rule, sign_color="accent") for one in advice]


def beside_scope(scope: Scope, ask: str) -> list[Element]:
    """A new ask above the agreed scope, so that both can be read together (SCOPE-04)."""
    title = f"Scope {scope.revision}{'' if scope.agreed_by else ', not agreed yet'}"
    parts = [
        box([plain(PARTS[id], subtle=True), user(text, limit=600, spacing="none")], spacing="small")
        for id in ("issue_definition", "solved_when", "in_scope", "out_of_scope")
        if (text := getattr(scope, id))
    ]
    return [
        box([plain("They now ask", subtle=True), user(ask, limit=2_000, spacing="none")], emphasis=True),
        box([plain(title, subtle=True), *parts], separator=True),
    ]


def _state(scope: Scope, words: Words) -> Element:
    if scope.agreed_by and scope.agreed_at:
        agreed = f"Agreed by {scope.agreed_by}, {words(scope.agreed_at)}"
        return marked(OK, agreed, bold=True)
    if scope.proposed_at:
        return user(f"Waiting for a yes since {words(scope.proposed_at)}", bold=True, spacing="small")
    return user("Not sent yet", bold=True, spacing="small")


def _changes(changed: Sequence[Change]) -> list[Element]:
    rows: list[Element] = []
    for one in changed:
        pieces = [run(f"{one.part}: ", subtle=True)]
        if one.before:
            pieces.append(run(f"− {one.before}", limit=300, squeeze=True, color="attention"))
        if one.before and one.after:
            pieces.append(run("  "))
        if one.after:
            pieces.append(run(f"+ {one.after}", limit=300, squeeze=True, color="good"))
        rows.append(line(*pieces, spacing="small"))
    return rows
