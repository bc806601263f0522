"""Each of our own mails: how it sounds, its length, and its rules, whatever is unknown."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.mail_sample import sample_facts
from playbook.mail_text import to_html
from playbook.mails import FACTS, OURS, Mail, Mails
from playbook.rules import PARTS, lint
from tests.fakes.house import MAILS
from tests.unit.playbook.mails.written import GOOD, made, put

SOBER_NEVER = ("pleasure", "great", "glad", "happy", "!")


def test_there_is_no_python_in_the_folder_of_mails() -> None:
    assert {path.suffix for path in OURS.rglob("*") if path.is_file()} == {".j2"}


@pytest.mark.parametrize("mail_id", MAILS.ids())
def test_each_mail_of_ours_keeps_to_how_our_mails_sound(mail_id: str) -> None:
    mail = MAILS.get(mail_id)
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


@pytest.mark.parametrize("mail_id", [id for id in MAILS.ids() if not id.startswith("icm/")])
def test_the_first_sentence_is_about_their_matter_and_never_about_us(mail_id: str) -> None:
    mail = MAILS.get(mail_id)
    if mail.to == "named" or mail.group == "line":
        return
    first = made(mail).split("\n\n")[1]
    assert not re.match(r"(?:I|We|Thank|My|Please)\b", first), first


@pytest.mark.parametrize("mail_id", MAILS.ids())
def test_each_hour_that_is_typed_stands_with_its_clock(mail_id: str) -> None:
    mail = MAILS.get(mail_id)
    text = made(mail, local_time="Porto time")
    for field in mail.fields:
        hour = str(mail.sample.get(field.id, "")) if field.kind == "time" else ""
        assert not hour or "(Porto time)" in text or f"{hour} Porto time" in text, field.id


@pytest.mark.parametrize(("mail_id", "most"), [("fqr/first-response", 200), ("fqr/severity-a", 120)])
def test_a_first_response_is_short(mail_id: str, most: int) -> None:
    text = made(MAILS.get(mail_id))
    assert len(text.partition("Kind regards")[0].split()) <= most


def test_each_mail_of_ours_passes_the_rules_and_asks_for_the_playbooks_parts() -> None:
    mails = Mails.load(OURS, lint=lint)
    for mail in mails.of("lqr"):
        assert set(mail.asked) == set(PARTS[mail.scenario].split()), mail.id


def test_a_recap_of_a_call_needs_no_plan_of_its_own() -> None:
    mail = MAILS.get("fqr/call-recap")
    values = dict(mail.sample) | {"doing": "I prepare the change of the rule", "asks": ""}
    assert list(lint(mail.make(values).text, sample_facts(mail, values))) == []
    values["next_step_on"] = values["next_step_time"] = ""
    found = {finding.rule for finding in lint(mail.make(values).text, sample_facts(mail, values))}
    assert found == {"TALK-01.when"}


_READ = {mail.id: mail for mail in MAILS.of("lqr")}

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
