"""The one reading: places, sentences, language; and that no text whatever does harm."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.rules import PARTS, lint, mask, mend, read_as_english, review
from playbook.rules.base import Facts
from playbook.rules.marks import LONGEST, read

PIECES = (
    "thank you", "survey", "no survey", "reopen", "can't be reopened", "my manager", "+44 20 7946 0112", "a@b.example",
    "[Name]", "<link>", "{{ x }}", "XXXX", "____", "Dear", "Brian", ",", ".", "?", "\n", "\n\n", "\r\n", "> ", "<p>", "<br/>", "&nbsp;",
    "if it comes back", "on Monday", "at 10:00", "we removed the rule", "soon", "İ", "ß", "é", "’", "\u202e", "\x00", "\ud800", "😀",
    "Kind regards,", "password: Winter2024!", "sig=", "`", "```", "the", "was", "failed", "since", "Q3", "ETA", "-----Original Message-----",
)  # fmt: skip
texts = st.one_of(st.text(max_size=400), st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join))
cases = st.builds(
    Facts,
    kind=st.sampled_from(["fqr", "lqr", "other"]),
    scenario=st.sampled_from([*PARTS, ""]),
    title=st.one_of(st.text(max_size=60), st.sampled_from(PIECES)),
    customer_name=st.one_of(st.text(max_size=30), st.just("Brian Cox")),
    contacts=st.lists(st.text(max_size=10), max_size=2).map(tuple),
    known=st.dictionaries(st.text(max_size=8), st.text(max_size=30), max_size=3),
    leaks=st.booleans(),
    internal_hosts=st.lists(st.text(max_size=8), max_size=2).map(tuple),
    own_addresses=st.lists(st.text(max_size=8), max_size=2).map(tuple),
    own_numbers=st.lists(st.text(max_size=18), max_size=2).map(tuple),
    engineer=st.text(max_size=10),
    manager=st.text(max_size=10),
)


@settings(max_examples=300, deadline=None)
@given(texts, cases)
def test_any_text_is_read_the_same_twice_and_points_into_itself(text: str, case: Facts) -> None:
    findings = lint(text, case)
    assert findings == lint(text, case)
    assert [one.severity for one in findings] == sorted(one.severity for one in findings)
    for one in findings:
        assert one.span is None or 0 <= one.span[0] < one.span[1] <= len(text)
        assert one.message
        assert "\n" not in one.message
        mend(text, one)
    mend(text, findings)
    assert mask(mask(text)) == mask(text)


@settings(max_examples=200, deadline=None)
@given(texts)
def test_everything_keeps_its_place(text: str) -> None:
    marked = read(text)
    assert len(marked.flat) == len(marked.low) == len(text)
    before = 0
    for sentence in marked.sentences:
        assert before <= sentence.start < sentence.end <= len(text)
        assert sentence.low == marked.low[sentence.start : sentence.end]
        assert len(sentence.low) <= LONGEST
        before = sentence.end


@pytest.mark.parametrize("piece", PIECES)
def test_sixty_four_kilobytes_of_anything_are_cut_into_pieces_that_no_pattern_chokes_on(piece: str) -> None:
    text = (f"{piece} " * 65536)[:65536]
    case = Facts(kind="lqr", scenario="third-party", customer_name="Brian Cox", title="VPN drops", leaks=True)
    for one in (*lint(text, case), *lint(text, msgspec.structs.replace(case, kind="fqr"))):
        assert one.span is None or one.span[1] <= len(text)
    assert max((len(one.low) for one in read(text).sentences), default=0) <= LONGEST


def test_abbreviations_and_wrapped_lines_end_no_sentence() -> None:
    text = (
        "Dear Mr. Eze,\n\nPlease reply to this message at any time that suits you, and the case\n"
        "will be reopened, e.g. by me. It is no. 5 of Dr. Okoro."
    )
    assert [one.low.strip() for one in read(text).sentences] == [
        "dear mr. eze,",
        "please reply to this message at any time that suits you, and the case\nwill be reopened, e.g. by me.",
        "it is no. 5 of dr. okoro.",
    ]


def test_lists_and_labels_are_lines_of_their_own() -> None:
    text = "Cause: a stale entry that nobody had noticed in the zone of your domain\nFix: removed\n- and tested"
    assert len(read(text).sentences) == 3


def test_html_is_read_as_it_looks() -> None:
    text = "<p>Dear Brian,</p><p>Thank&nbsp;you for using <b>AKS</b>.<br>Regards</p>"
    assert [" ".join(one.low.split()) for one in read(text).sentences] == [
        "dear brian,",
        "thank you for using aks .",
        "regards",
    ]


def test_the_mail_below_is_not_ours() -> None:
    text = "Hello Brian,\n\nDone, I'll call on Monday.\n\nOn 3 May 2026, Brian Cox wrote:\n> Dear XXXX\n> {{ name }}"
    assert lint(text, Facts(kind="fqr", parts=("FQR-02.name", "TALK-01.next", "TALK-01.when"))) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Guten Tag Herr Weiß, wir schließen die Anfrage heute, wie Sie es mit uns vereinbart haben. Vielen Dank!",
        "Bonjour Amélie, nous avons bien reçu votre message et nous fermons la demande comme convenu avec vous.",
        "Hola Lucía, le escribo para decirle que cerramos el caso hoy, como acordamos por teléfono la semana pasada.",
        "Dzień dobry, zamykamy dzisiaj zgłoszenie, jak się umówiliśmy, i nie będzie się już z tym nic działo w systemie.",
        "お世話になっております。本日、ケースをクローズいたします。ご協力ありがとうございました。",
    ],
)
def test_other_languages_are_told_apart(text: str) -> None:
    assert not read_as_english(text)
    assert not review(
        text, Facts(kind="lqr", scenario="standard-closure", customer_name="Ann Lee", title="issue")
    ).english
    assert lint(text, Facts(kind="lqr", scenario="standard-closure", customer_name="Ann Lee", title="issue")) == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Done.",
        "Hola Santiago,\n\nThe case is closed and I'm on +57 1 5550 100 if you need me.\n\nSaludos cordiales,\nDaniela",
        "Symptom: VPN drops\nCause: MTU 1500\nFix: MTU 1350\nThanks for the traces and all the best, Ida",
    ],
)
def test_english_with_an_accent_is_english(text: str) -> None:
    assert read_as_english(text)


def test_a_teams_own_scenario_is_held_to_its_parts() -> None:
    case = Facts(kind="lqr", scenario="our-own", parts=(".thanks", "LQR-05"), customer_name="Brian Cox")
    assert {one.rule for one in lint("The case is closed.", case)} == {"LQR-01.thanks", "LQR-05"}


def test_errors_come_first_then_the_order_of_the_text() -> None:
    text = "Call me on [date].\n\nCase XXXX is closed."
    found = lint(text, Facts(kind="lqr", scenario="no-resolution", title="issue", customer_name="Brian Cox"))
    assert [one.rule for one in found][:2] == ["TEXT-01", "TEXT-01"]
    assert [one.span for one in found][:2] == [(11, 17), (25, 29)]
    assert found[-1].rule == "LQR-09"


def test_a_mail_of_neither_kind_is_held_to_what_it_names() -> None:
    text = "The scope stands in [Link]."
    assert {one.rule for one in lint(text, Facts(kind="other", title="issue"))} == {"TEXT-01"}
    asked = Facts(kind="other", title="issue", parts=("FQR-07.agreement", ".name"), customer_name="Brian Cox")
    assert {one.rule for one in lint(text, asked)} == {"TEXT-01", "FQR-07.agreement", "LQR-01.name"}


def test_a_first_response_is_held_to_all_its_rules_unless_it_names_some() -> None:
    text = "Nothing is said here."
    rules = {one.rule for one in lint(text, Facts(kind="fqr", customer_name="Brian Cox"))}
    assert {"FQR-01", "FQR-02.name", "FQR-03", "FQR-04", "FQR-07.plan", "FQR-07.agreement", "TALK-01.when"} <= rules
    assert {one.rule for one in lint(text, Facts(kind="fqr", parts=("FQR-04",)))} == {"FQR-04"}
