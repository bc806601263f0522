"""Each closing scenario from the command to the sent mark (LQR-01, LQR-03)."""

import re
from email.message import EmailMessage

import pytest

from playbook.model import Attempt, MailSent, Stage, StageMoved, WaitingOn
from playbook.rules import PARTS, lint
from playbook.rules.base import Facts
from tests.scenario.closing_mails.steps import TITLE, Words, drafted, marked, opened, typed
from tests.scenario.scene import MAILS, NUMBER, Scene, inputs

STAYS_OPEN = {"unresponsive-first", "unresponsive-second", "third-party"}
CHASES = {"unresponsive-first", "unresponsive-second"}

# In Cc beside the contacts, with the manager and the account manager known: playbook §8 and LQR-04.
COPIED = {"unresponsive-second", "unresponsive-final"}


def facts(scenario: str, **known: str) -> Facts:
    return Facts(
        kind="lqr",
        scenario=scenario,
        title=TITLE,
        customer_name="Kenji Tanaka",
        contacts=("Tanaka-san",),
        severity="B",
        manager="Dana Reyes",
        manager_reach="dana@example.com",
        **known,  # type: ignore[arg-type]
    )


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


@pytest.mark.parametrize("scenario", PARTS)
async def test_each_scenario_from_the_command_to_the_sent_mark(scene: Scene, scenario: str) -> None:
    chat = scene.chat()
    draft = await drafted(scene, chat, scenario)
    assert f"Draft: {MAILS.get(f'lqr/{scenario}').title}" in draft.words
    assert "✖" not in draft.words, draft.words  # no rule finds an error
    mail, page = await opened(scene, draft)

    # Plain text, HTML and page hold every part that LQR-01 asks of the scenario, by the rules themselves.
    plain = body(mail, "plain")
    assert plain.strip() == inputs(draft)["text"].strip()
    for text in (plain, Words(body(mail, "html")).text):
        assert [(one.rule, one.message) for one in lint(text, facts(scenario)) if one.severity == "error"] == []
    squeezed = " ".join(page.split())
    for line in filter(None, plain.splitlines()):
        assert re.sub(r"^(\d+\.|-) ", "", line) in squeezed

    assert mail["Subject"] == f"[{NUMBER}] {TITLE}"
    assert TITLE in plain
    assert plain.startswith("Hello Tanaka-san,")
    assert [one.addr_spec for one in mail["To"].addresses] == ["kenji@example.com"]
    in_copy = [one.addr_spec for one in mail["Cc"].addresses] if mail["Cc"] else []
    assert in_copy == (["dana@example.com", "emi.ito@example.org"] if scenario in COPIED else [])
    assert ("LQR-04" in draft.words) == (scenario in COPIED)

    await marked(scene, chat, draft)
    case = await scene.case()
    entries = {type(fact) for fact in await scene.facts()}
    assert MailSent in entries
    if scenario in STAYS_OPEN:
        assert case.open
        assert case.waiting_on is WaitingOn.CUSTOMER
        assert f"Case {NUMBER} is open, waiting on the customer." in draft.words
        assert "is closed" not in draft.words
        assert StageMoved not in entries
    else:
        assert case.stage is Stage.CLOSED
        assert f"Case {NUMBER} is closed." in draft.words
        assert "is open" not in draft.words
        assert StageMoved in entries
    assert (Attempt in entries) == scenario.startswith("unresponsive-")


@pytest.mark.parametrize("scenario", PARTS)
async def test_each_scenario_keeps_to_its_length(scene: Scene, scenario: str) -> None:
    draft = await drafted(scene, scene.chat(), scenario)
    text = inputs(draft)["text"]
    if scenario in CHASES:
        assert len(text.split()) <= 90
    else:
        mail = MAILS.get(f"lqr/{scenario}")
        summary = [f.id for f in mail.fields if f.kind == "text" and f.id != "personal_line"]
        beside = len(text.split()) - sum(len(typed(scenario)[id].split()) for id in summary)
        assert beside - sum(len(one.split()) for one in re.findall(r"^[^.:?\n]{1,40}:", text, re.MULTILINE)) <= 150


@pytest.mark.parametrize("scenario", sorted(name for name in PARTS if MAILS.get(f"lqr/{name}").group == "unresolved"))
async def test_the_mail_of_an_unsolved_case_is_sober(scene: Scene, scenario: str) -> None:
    text = inputs(await drafted(scene, scene.chat(), scenario))["text"].lower()
    assert [word for word in ("pleasure", "great", "glad", "happy", "!") if word in text] == []


@pytest.mark.parametrize("scenario", ["standard-closure", "resolved-by-customer", "duplicate", "end-of-contract"])
async def test_an_unhappy_customer_gets_the_sober_one(scene: Scene, scenario: str) -> None:
    chat = scene.chat()
    unhappy = inputs(await drafted(scene, chat, scenario, sentiment="unhappy"))["text"]
    assert [word for word in ("pleasure", "great", "look forward", "!") if word in unhappy.lower()] == []
    assert [one for one in lint(unhappy, facts(scenario)) if one.severity == "error"] == []
