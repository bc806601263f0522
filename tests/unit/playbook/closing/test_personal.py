"""The personal lines that a mail's form offers."""

from datetime import timedelta
from pathlib import Path

import pytest

from playbook.model import (
    AnswerKind,
    Attempt,
    AttemptChannel,
    AttemptOutcome,
    Contact,
    ContactRole,
    CustomerAnswered,
    CustomerConfirmed,
    Entry,
    HandedOver,
    Sentiment,
)
from playbook.personal import FACTS, facts, lines, offered, read_lines
from playbook.rules import PARTS, lint
from playbook.rules.base import Facts, kind_of
from playbook.toml_file import FileMistake
from tests.fakes.house import MAILS, TEAM
from tests.unit.playbook.closing.timeline import NOW, case, entry, mail

TIMELINE = (
    entry(CustomerAnswered(kind=AnswerKind.ANSWER, text="Here are the traces"), 3),
    entry(CustomerAnswered(kind=AnswerKind.ANSWER, text="Works from home, too"), 5),
    entry(Attempt(channel=AttemptChannel.PHONE, outcome=AttemptOutcome.REACHED), 2),
    entry(HandedOver(from_person="t/ada", to_person="t/bo"), 1),
)

CONFIRMED = entry(CustomerConfirmed(by="Kenji Tanaka"), 4.4)  # Friday 18:36
MIA = Contact(name="Mia Sato", role=ContactRole.TECHNICAL)


def said(scenario: str, *entries: Entry, sober: bool = False, **known: object) -> list[str]:
    mood = Sentiment.UNHAPPY if sober else Sentiment.CONTENT
    return offered(mail(scenario), case(sentiment=mood, **known), entries, TEAM, NOW - timedelta(hours=1))


def test_a_warm_line_is_no_line_for_somebody_unhappy() -> None:
    sunday = entry(CustomerAnswered(kind=AnswerKind.ANSWER, text="Works from home, too"), 5)
    warm = [one.startswith("I have not forgotten") for one in said("standard-closure", sunday)]
    assert any(warm)
    sober = said("standard-closure", sunday, sober=True)
    assert len(sober) == 2  # the next ones take its place
    assert not [one for one in sober if "not forgotten" in one]


def test_a_confirmation_and_what_they_sent_come_first() -> None:
    assert said("standard-closure", *TIMELINE, CONFIRMED) == [
        "You stayed on it until Friday evening, when you confirmed that it works.",
        "The traces that you sent on Thursday morning stay with the case, should they ever be needed again.",
    ]
    sober = said("standard-closure", CONFIRMED, sober=True)
    assert sober[0] == "You confirmed on Friday evening that it works; I have that in the notes in your words."
    assert said("standard-closure", entry(CustomerConfirmed(by="Mia Sato"), 4.4))[0].startswith(
        "Mia Sato confirmed on Friday evening"
    )


def test_what_is_long_ago_has_its_date() -> None:
    early = [entry(one.fact, one.happened_at.day - 16 - 21) for one in (*TIMELINE, CONFIRMED)]
    assert any("Friday 30 October" in line for line in said("standard-closure", *early))


def test_a_chase_has_lines_of_its_own() -> None:
    first, second = said("unresponsive-first", *TIMELINE)
    assert first == "I have the traces that you sent on Thursday morning; nothing has to be sent twice."
    assert second == "What we talked about on Wednesday morning is where I would go on."


def test_facts_by_their_names() -> None:
    known = facts(case(contacts=(Contact(name="Kenji Tanaka"), MIA), reopened=1), TIMELINE, TEAM, NOW)
    assert known["off_hours_on"] == "on Saturday morning"
    assert known["others"] == "Mia Sato"
    assert known["reopened"]
    assert known["handed_over"]
    assert "weeks" not in known
    assert facts(case(), (), TEAM, NOW + timedelta(days=21))["weeks"] == "4"
    everything = {*known, *facts(case(), (CONFIRMED,), TEAM, NOW + timedelta(days=21)), "other_confirmed"}
    assert everything | {"off_hours", "call_when"} == FACTS.keys() | {"off_hours", "call_when"}


@pytest.mark.parametrize("sober", [False, True])
@pytest.mark.parametrize("scenario", PARTS)
def test_there_are_always_two_and_with_either_the_mail_passes_its_rules(scenario: str, sober: bool) -> None:
    made_of = mail(scenario)
    for there in ((), (*TIMELINE, CONFIRMED), TIMELINE, (CONFIRMED,)):
        two = said(scenario, *there, sober=sober, contacts=(Contact(name="Kenji Tanaka"), MIA), reopened=1)
        assert len(set(two)) == 2
        for line in two:
            assert "!" not in line
            text = made_of.make({**made_of.sample, "personal_line": line, "sober": sober}).text
            assert line in text
            known = Facts(
                kind="lqr",
                scenario=scenario,
                title="Cannot connect to the build servers",
                customer_name="Kenji Tanaka",
                contacts=("Tanaka-san",),
                manager="Rui Costa",
                manager_reach="rui.costa@example.com",
            )
            assert [one.rule for one in lint(text, known)] == []


@pytest.mark.parametrize(
    "id", ["fqr/first-response", "fqr/severity-a", "flow/solution", "scope/agreement", "scope/inside"]
)
def test_a_mail_before_the_closing_speaks_of_what_goes_on_and_passes_its_rules_with_it(id: str) -> None:
    made_of = MAILS.get(id)
    about = case(contacts=(Contact(name="Kenji Tanaka"), MIA))
    two = offered(made_of, about, TIMELINE, TEAM, NOW - timedelta(hours=1))
    assert two[0] == "I have the traces that you sent on Thursday morning; nothing has to be sent twice."
    known = Facts(kind=kind_of(made_of.kind), parts=made_of.asked, customer_name="Kenji Tanaka", severity="A")
    plain = {one.rule for one in lint(made_of.make({**made_of.sample, "customer_name": "Kenji Tanaka"}).text, known)}
    for line in two:
        text = made_of.make({**made_of.sample, "customer_name": "Kenji Tanaka", "personal_line": line}).text
        assert line in text
        assert {one.rule for one in lint(text, known)} <= plain
    assert offered(MAILS.get("flow/refund-note"), about, TIMELINE, TEAM, NOW) == []


def test_no_line_thanks_since_each_mail_does_so_itself() -> None:
    for line in lines():
        for words in (line.text, line.sober):
            text = words.render(dict.fromkeys(FACTS, "x")).casefold()
            assert "thank" not in text
            assert len(text.split()) < 25


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ('text = "{{ nobody }}"\nmails = ["other"]', 'line 2: "nobody" is no fact'),
        ('text = "x"\nmails = ["others"]', '"others" is no kind of mail'),
        ('text = "{{ x.y() }}"\nmails = ["other"]', "line 2: calling is not possible"),
        ('text = "x"', '"mails" is missing'),
    ],
)
def test_a_mistake_in_the_file_is_named_with_its_line(tmp_path: Path, row: str, words: str) -> None:
    file = tmp_path / "personal.toml"
    file.write_text(f"[[lines]]\n{row}\n")
    with pytest.raises(FileMistake, match=words.replace("(", r"\(")):
        read_lines(file)
