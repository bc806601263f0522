"""A file becomes a mail: a team's own beside ours, and each mistake named with its line."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from playbook.mails import OURS, MailError, Mails
from playbook.rules import lint
from playbook.rules.base import Facts, Finding
from playbook.toml_file import FileMistake
from tests.unit.playbook.mails.written import GOOD, put


def test_a_file_becomes_a_mail(tmp_path: Path) -> None:
    mail = Mails.load(put(tmp_path, GOOD)).get("lqr/ours")
    assert (mail.kind, mail.scenario, mail.title, mail.group, mail.parts) == ("lqr", "ours", "Ours", "other", ("name",))
    assert [(field.id, field.kind, field.required) for field in mail.fields] == [
        ("symptom", "text", True),
        ("partner_ticket", "line", False),
    ]
    made = mail.make({"customer_name": "Mia", "symptom": "a\r\n\r\n\r\nb", "case_number": "7", "title": "T\nU"})
    assert made.subject == "[7] T U"
    assert made.text == "Hello Mia,\n\na\n\nb"


def test_a_teams_own_folder_is_laid_over_ours(tmp_path: Path) -> None:
    put(tmp_path, GOOD)
    put(tmp_path, GOOD.replace("lqr/ours", "lqr/standard-closure"), "lqr/standard-closure")
    mails = Mails.load(OURS, tmp_path)
    assert mails.get("lqr/standard-closure").title == "Ours"
    assert "lqr/ours" in mails.ids()
    assert set(Mails.load().ids()) <= set(mails.ids())
    assert {mail.kind for mail in mails.of("lqr")} == {"lqr"}


def test_mails_include_partials_and_a_teams_own_are_laid_over_ours(tmp_path: Path) -> None:
    put(tmp_path, GOOD + '{% include "team" %}\n\n{% include "signature" %}\n')
    (tmp_path / "team.md.j2").write_text("The build team of {{ organisation }}\n")
    mail = Mails.load(tmp_path).get("lqr/ours")
    text = mail.make(mail.sample).text
    assert "\nThe build team of Microsoft\n\nKind regards,\nAna Lima\n" in text
    (tmp_path / "signature.md.j2").write_text("Yours,\n{{ engineer_name }}\n")
    for mail in Mails.load(OURS, tmp_path).of("lqr"):
        assert mail.make(mail.sample).text.endswith("\n\nYours,\nAna Lima")


@pytest.mark.parametrize(
    ("partial", "file", "words"),
    [
        ("{{ nobody }}", "lqr/ours.md.j2, line 25", '"nobody" is neither a field'),
        ("{% if x %}", "team.md.j2, line 1", "can't be read"),
        ('{% include "signature" %}', "team.md.j2, line 1", "there is no partial"),
        ("{{ organisation.upper() }}", "team.md.j2, line 1", "calling"),
        ("x" * 30_000, "team.md.j2, line 1", "at most"),
    ],
)
def test_a_bad_partial_is_named_with_its_line(tmp_path: Path, partial: str, file: str, words: str) -> None:
    put(tmp_path, GOOD + '{% include "team" %}\n')
    (tmp_path / "team.md.j2").write_text(partial)
    with pytest.raises(FileMistake) as caught:
        Mails.load(tmp_path)
    assert words in caught.value.sentence
    assert file in str(caught.value)


def test_no_value_but_text_and_truth_reaches_a_template(tmp_path: Path) -> None:
    mail = Mails.load(put(tmp_path, GOOD)).get("lqr/ours")
    with pytest.raises(MailError, match="Path"):
        mail.make({"symptom": tmp_path})


def test_what_else_is_handed_in_is_not_looked_at(tmp_path: Path) -> None:
    mail = Mails.load(put(tmp_path, GOOD)).get("lqr/ours")
    assert mail.make({"symptom": "x", "scenario": tmp_path}).text == mail.make({"symptom": "x"}).text


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("{{ symptom }}", "{{ symptm }}", 23, 'Did you mean "symptom"?'),
        ("{{ symptom }}", "{{ symptom ", 24, "can't be read"),
        ("{{ symptom }}", "{% for a in symptom %}{% endfor %}", 23, "a loop goes over the lines"),
        ("{{ symptom }}", "{% if symptom %}", 24, "can't be read"),
        ('title = "Ours"', 'titel = "Ours"', 3, 'Did you mean "title"?'),
        ('title = "Ours"\n', "", None, '"title" is missing'),
        ('title = "Ours"', "title = Ours", 3, "not valid TOML"),
        ('id = "lqr/ours"', 'id = "lqr/theirs"', 2, 'the file\'s place says "lqr/ours"'),
        ('parts = ["name"]', 'parts = ["nam"]', 6, 'Did you mean "name"?'),
        ('id = "symptom"', 'id = "symptoms"', 9, 'Did you mean "symptom"?'),
        ('id = "symptom"', 'id = "Symptom"', 9, "small letters"),
        ('id = "partner_ticket"', 'id = "symptom"', 15, "twice"),
        ('id = "partner_ticket"', 'id = "title"', 15, "known from the case"),
        ('id = "partner_ticket"', 'id = "unused_field"', 24, "neither a field"),
        ("{% if partner_ticket %}Ticket {{ partner_ticket }}{% endif %}", "", 15, "never uses it"),
        ('kind = "text"', 'kind = "txt"', 11, 'Did you mean "text"?'),
        ('kind = "text"', 'kind = "choice"', 9, "choices"),
        ('label = "Ticket"', 'label = "Ticket"\nlabl = 3', 17, 'Did you mean "label"?'),
        ("{{ symptom }}", '{{ symptom }}{% include "signatur" %}', 23, 'Did you mean "signature"?'),
        ('symptom = "It broke."', 'symptom = ""', 9, "the sample gives no"),
        ('symptom = "It broke."', 'symptom = "x"\nsymptoms = "y"', 20, 'Did you mean "symptom"?'),
        ("+++\nid", "---\nid", 1, "+++"),
        (GOOD, "", 1, "+++"),
        (GOOD, GOOD + "x" * 30_000, 1, "at most 20,000 characters"),
    ],
)
def test_each_mistake_names_file_and_line_in_a_sentence(
    tmp_path: Path, old: str, new: str, line: int | None, words: str
) -> None:
    assert old in GOOD
    with pytest.raises(FileMistake) as caught:
        Mails.load(put(tmp_path, GOOD.replace(old, new, 1)))
    assert words in caught.value.sentence
    assert caught.value.line == line
    assert str(caught.value).startswith(str(tmp_path / "lqr" / "ours.md.j2"))
    assert caught.value.sentence.endswith((".", "?"))


def test_a_folder_that_no_flow_reads_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileMistake, match="not in"):
        Mails.load(put(tmp_path, GOOD.replace("lqr/ours", "lqrs/ours"), "lqrs/ours"))


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    put(tmp_path, GOOD)
    (tmp_path / "lqr" / "ours.md.j2").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FileMistake, match="UTF-8"):
        Mails.load(tmp_path)


def test_the_sample_is_held_against_the_rules_plain_and_sober(tmp_path: Path) -> None:
    seen: list[tuple[str, Facts]] = []

    def lint(text: str, facts: Facts) -> Iterable[Finding]:
        seen.append((text, facts))
        return [Finding(rule="LQR-09", severity="warning", message="no matter")]

    Mails.load(put(tmp_path, GOOD), lint=lint)
    assert len(seen) == 2
    assert {facts.scenario for _, facts in seen} == {"ours"}
    assert seen[0][1].customer_name == "Kenji Tanaka"

    def fails(text: str, facts: Facts) -> Iterable[Finding]:
        return [Finding(rule="LQR-01.survey", severity="error", message="the survey is missing")]

    with pytest.raises(FileMistake, match=r"line 21: the sample does not pass LQR-01\.survey: the survey is missing"):
        Mails.load(tmp_path, lint=fails)


def test_a_team_says_itself_what_its_scenario_is_held_to(tmp_path: Path) -> None:
    folder = put(tmp_path, GOOD.replace('["name"]', '["name", "LQR-05"]'))
    assert Mails.load(folder).get("lqr/ours").asked == (".name", "LQR-05")
    with pytest.raises(FileMistake, match=r"does not pass LQR-05"):
        Mails.load(folder, lint=lint)


@pytest.mark.parametrize(
    ("kind", "suggest", "words"),
    [
        ("date", "2", 'business days ahead: "+2"'),
        ("date", "+scope_days", "+attempt_interval_days"),
        ("date", "2026-11-25", "business days ahead"),
        ("time", "25:00", 'like "10:00"'),
    ],
)
def test_a_suggestion_that_fits_no_input_is_refused(tmp_path: Path, kind: str, suggest: str, words: str) -> None:
    field = f'label = "Ticket"\nkind = "{kind}"\nsuggest = "{suggest}"'
    with pytest.raises(FileMistake) as caught:
        Mails.load(put(tmp_path, GOOD.replace('label = "Ticket"', field)))
    assert words in caught.value.sentence
    assert caught.value.line == 18
