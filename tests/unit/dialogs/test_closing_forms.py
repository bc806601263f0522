"""The forms of our closings: what a registered case is asked, and what of it is on show."""

from datetime import UTC, datetime

import pytest

from cards.form import on_show
from dialogs.lqr_questions import MOOD, with_questions
from dialogs.mail_form import facts_form
from playbook.model import Case, Contact, ContactRole
from playbook.team import load_team
from tests.fakes.house import MAILS

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
KENJI = Contact(name="Kenji Tanaka", email="kenji@example.com", role=ContactRole.MAIN)
CASE = Case(
    id="c", number="1", owner="t/a", title="SSH", contacts=(KENJI,), created_at=NOW, recorded_at=NOW, touched_at=NOW
)
CLOSE = [mail.scenario for mail in MAILS.of("lqr") if mail.closes]


@pytest.mark.parametrize("scenario", CLOSE)
def test_whether_they_may_be_dissatisfied_is_asked_on_show_beside_the_personal_line(scenario: str) -> None:
    mail = MAILS.get(f"lqr/{scenario}")
    form = with_questions(facts_form(mail, CASE, load_team(), "t/a"), mail, CASE)
    shown = [field.id for field in on_show(form.fields)[0]]
    assert {MOOD, "personal_line"} <= set(shown)
