"""The forms of a CSAT-impacting review (ICM-06), and who may review."""

from collections.abc import Mapping

from dialogs.icm_reviewer import OWN
from dialogs.may import require
from dialogs.turn import Choice, Field, Form, Turn, UserError
from playbook.model import Case, Icm
from playbook.reviewers import is_own

FIELDS = (
    Field("sentiment", "The customer's sentiment", required=True, limit=300, help="Angry, and polite about it"),
    Field("sentiment_why", "Why", "text", required=True, limit=800),
    Field("customer_words", "One sentence of theirs", required=True, limit=300),
    Field("could_have", "What could have been done differently", "text", required=True, limit=800),
)
REVIEW: Mapping[str, tuple[str, Field, str]] = {
    "approve": (
        "Approve as CSAT-impacting",
        Field("avoided_by", "What could have avoided it", "text", required=True, limit=800),
        "Approve",
    ),
    "refuse": (
        "Refuse",
        Field("avoided_by", "Why not, and what to do instead", "text", required=True, limit=800),
        "Refuse",
    ),
    "loop": (
        "Exceptionally bad",
        Field("why_bad", "Why EM and PM come into the customer's mails", "text", required=True, limit=800),
        "Loop in",
    ),
}


def form_of(step: str, case: Case, icm: Icm, areas: list[str]) -> Form:
    if step != "ask":
        title, field, button = REVIEW[step]
        intro = f"{icm.title}. {icm.sentiment}: {icm.sentiment_why}" if step != "loop" else icm.title
        return Form(f"{title}: case {case.number}", (field,), (button, step), intro[:500])
    area = Field("area", "Area", "choice", required=True, choices=tuple(Choice(one, one) for one in areas))
    if not areas:
        area = Field("area", "Area", required=True, limit=40)
    intro = "An SME of the area reviews it first (ICM-06). Ask before the case is closed."
    reviewer = Field("reviewer", "Another SME", limit=120, more=True, help="A name; empty: the one who is nearest")
    return Form(f"CSAT-impacting: case {case.number}", (*FIELDS, area, reviewer), ("Ask", "ask"), intro)


def check_review(turn: Turn, case: Case, icm: Icm) -> None:
    require(turn, "icm.review")
    if not case.open:
        raise UserError(f"Case {case.number} is closed meanwhile: there is nothing to review any more.")
    if icm.csat != "asked":
        raise UserError("There is nothing to review here any more; the incident's card shows where it stands.")
    if is_own(turn.actor.id, drafted_by=icm.by, asked_by=icm.csat_from, owner=case.owner):
        raise UserError(OWN)
