"""Reading mails: what is made of a good file, and the sentence for each bad one."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.mail_sample import sample_facts
from playbook.mail_text import to_html
from playbook.mails import FACTS, OURS, Mail, MailError, Mails
from playbook.rules import PARTS, lint
from playbook.rules.base import Facts, Finding
from playbook.toml_file import FileMistake

GOOD = """\
+++
id = "lqr/ours"
title = "Ours"
group = "other"
when = "When it fits."
parts = ["name"]

[[fields]]
id = "symptom"
label = "Symptom"
kind = "text"
required = true

[[fields]]
id = "partner_ticket"
label = "Ticket"

[sample]
symptom = "It broke."
+++
Hello {{ customer_name }},

{{ symptom }}
{% if partner_ticket %}Ticket {{ partner_ticket }}{% endif %}
"""


def put(folder: Path, text: str, name: str = "lqr/ours") -> Path:
    path = folder / f"{name}.md.j2"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return folder


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


# ---- each of our own ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def closure() -> Mail:
    return Mails.load().get("lqr/standard-closure")


def made(mail: Mail, **values: object) -> str:
    return mail.make(dict(mail.sample) | values).text


SOBER_NEVER = ("pleasure", "great", "glad", "happy", "!")


def test_there_is_no_python_in_the_folder_of_mails() -> None:
    assert {path.suffix for path in OURS.rglob("*") if path.is_file()} == {".j2"}


@pytest.mark.parametrize("mail_id", Mails.load().ids())
def test_each_mail_of_ours_keeps_to_how_our_mails_sound(mail_id: str) -> None:
    mail = Mails.load().get(mail_id)
    assert (
        mail.field("personal_line") is not None or mail.to == "named" or mail.group in ("line", "body")
    )  # one to us, or none
    if mail.kind != "icm":  # these go by the incident's own title or number
        assert mail.make(mail.sample).subject == "[2611220030001234] Cannot connect to the build servers"
    sober = made(mail, sober=True)
    for word in SOBER_NEVER:
        assert word not in sober.lower()
    for text in (sober, made(mail)):
        assert len(re.findall(r"\bthank", text, re.IGNORECASE)) <= 1
        assert len(re.findall(r"sorry|apolog", text, re.IGNORECASE)) <= 1
        sentences = re.split(r"(?<=[.:;!?])\s+", re.sub(r"\([^)]*\)|https?://\S+", "", text))
        assert [one for one in sentences if len(one.split()) > 25] == []


@pytest.mark.parametrize(("mail_id", "most"), [("fqr/first-response", 200), ("fqr/severity-a", 120)])
def test_a_first_response_is_short(mail_id: str, most: int) -> None:
    text = made(Mails.load().get(mail_id))
    assert len(text.partition("Kind regards")[0].split()) <= most


def test_each_mail_of_ours_passes_the_rules_and_asks_for_the_playbooks_parts() -> None:
    mails = Mails.load(OURS, lint=lint)
    for mail in mails.of("lqr"):
        assert set(mail.asked) == set(PARTS[mail.scenario].split()), mail.id


def test_a_team_says_itself_what_its_scenario_is_held_to(tmp_path: Path) -> None:
    folder = put(tmp_path, GOOD.replace('["name"]', '["name", "LQR-05"]'))
    assert Mails.load(folder).get("lqr/ours").asked == (".name", "LQR-05")
    with pytest.raises(FileMistake, match=r"does not pass LQR-05"):
        Mails.load(folder, lint=lint)


_READ = {mail.id: mail for mail in Mails.load().of("lqr")}
LQR = list(_READ)
ALWAYS = {"sober", "case_number", "product", "customer_name", "engineer_name", "survey"}


def optional(mail: Mail) -> list[str]:
    """What may be unknown: all but what the form requires and what is always there."""
    needs_title = {"title"} if mail.field("symptom") is None else set()  # the form asks for it then
    fields = {field.id for field in mail.fields if not field.required}
    return sorted({*FACTS, *fields} - ALWAYS - needs_title)


@pytest.mark.parametrize("mail_id", LQR)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_each_closing_passes_the_rules_whatever_is_unknown(mail_id: str, data: st.DataObject) -> None:
    """The manager's name is all that it can't do without; the rules say so, and nothing else."""
    mail = _READ[mail_id]
    unknown = data.draw(st.sets(st.sampled_from(optional(mail))))
    values = dict(mail.sample) | dict.fromkeys(unknown, "") | {"sober": data.draw(st.booleans())}
    found = {finding.rule for finding in lint(mail.make(values).text, sample_facts(mail, values))}
    reachable = "manager_name" not in unknown and not {"manager_email", "manager_phone"} <= unknown
    asked = ".contact" in mail.asked
    assert found - {"LQR-09"} == ({"LQR-01.contact"} if asked and not reachable else set())


@pytest.mark.parametrize("mail_id", LQR)
@pytest.mark.parametrize("sober", [False, True])
def test_a_chase_has_at_most_90_words_and_a_closing_150_beside_its_summary(mail_id: str, sober: bool) -> None:
    mail = _READ[mail_id]
    text = made(mail, sober=sober)
    if mail.attempt and not mail.closes:
        assert len(text.split()) <= 90
        return
    answers = [str(mail.sample[one.id]) for one in mail.fields if one.kind == "text" and one.id != "personal_line"]
    labels = re.findall(r"^[^.:?\n]{1,40}:", text, re.MULTILINE)
    assert len(text.split()) - sum(len(one.split()) for one in (*answers, *labels)) <= 150


@pytest.mark.parametrize("mail_id", LQR)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_no_closing_has_a_gap_whatever_is_unknown(mail_id: str, data: st.DataObject) -> None:
    mail = _READ[mail_id]
    unknown = data.draw(st.sets(st.sampled_from(optional(mail))))
    text = made(mail, sober=data.draw(st.booleans()), **dict.fromkeys(unknown, ""))
    prose = text.split("Kind regards,")[0]
    assert "()" not in text
    assert "\n\n\n" not in text
    assert not re.search(r" [.,;:)]|\( |  |,,|\.\.", prose), prose
    assert "None" not in text
    if "manager_name" in unknown:
        assert "my manager" not in prose.lower()


def test_no_two_closings_share_a_sentence_beside_greeting_and_signature() -> None:
    """A customer who gets two of them must not feel a machine."""
    seen: dict[str, str] = {}
    for mail_id in LQR:
        prose = made(_READ[mail_id]).split("Kind regards,")[0].partition("\n\n")[2]
        for one in {one.strip() for one in re.split(r"(?<=[.?!])\s+|\n", prose) if len(one.split()) > 7}:
            assert one not in seen, f"{mail_id} and {seen[one]}: {one}"
            seen[one] = mail_id


def test_an_unsolved_case_always_gets_the_sober_variant(tmp_path: Path) -> None:
    words = "{% if sober %}Sober.{% else %}Great!{% endif %}"
    text = GOOD.replace("{{ symptom }}", "{{ symptom }} " + words)
    folder = put(tmp_path, text.replace('group = "other"', 'group = "unresolved"'))
    assert "Sober." in made(Mails.load(folder).get("lqr/ours"), sober=False)
    assert "Great!" in made(Mails.load(put(folder, text)).get("lqr/ours"), sober=False)


def test_three_mails_close_nothing_and_three_are_attempts() -> None:
    assert {name.removeprefix("lqr/") for name in LQR if not _READ[name].closes} == {
        "unresponsive-first",
        "unresponsive-second",
        "third-party",
    }
    assert {name for name in LQR if _READ[name].attempt} == {name for name in LQR if "unresponsive" in name}


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


def test_the_first_sentence_is_the_outcome_and_says_who_confirmed(closure: Mail) -> None:
    def first(**values: object) -> str:
        return made(closure, **values).split("\n\n")[1].partition(". ")[0]

    issue = 'Your issue "Cannot connect to the build servers" is solved'
    assert first() == f"{issue}, as you confirmed on Friday 20 November"
    assert first(confirmed_by="Mika Sato") == f"{issue}, as Mika Sato confirmed on Friday 20 November"
    assert first(confirmed_by="Mika Sato", confirmed_on="") == f"{issue}, as Mika Sato confirmed"
    assert first(confirmed_by="", confirmed_on="") == issue
    assert first(confirmed_by="", confirmed_on="last week", title="") == (
        "Your issue is solved, as you confirmed on last week"
    )


@given(st.text(max_size=300))
def test_whatever_is_typed_the_rest_of_the_mail_stays_the_same(closure: Mail, typed: str) -> None:
    before, after = made(closure, resolution="@@").split("Resolution: @@")
    text = made(closure, resolution=typed or "x")
    assert text.startswith(before.rstrip())
    assert text.endswith(after.lstrip())
    assert "<script" not in to_html(made(closure, symptom="<script>alert(1)</script>" + typed)).lower()


def test_a_list_in_an_answer_stays_a_list(closure: Mail) -> None:
    html = to_html(made(closure, resolution="1. one\n2. two", symptom="- a\n- b"))
    assert html.count('<li value="') == 2
    assert html.count("<li>") == 2
    assert "<p>More information:" in html, "what follows a list is not drawn into it"
