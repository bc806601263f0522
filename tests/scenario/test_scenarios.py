"""Each closing mail from the command to the sent mark: what it says, whom it goes to, and whether it closes the case."""

import email
import email.policy
import re
from datetime import UTC, datetime
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path

import pytest

from playbook.mails import OURS, Mails
from playbook.model import (
    Attempt,
    AttemptChannel,
    AttemptOutcome,
    Draft,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    MailSent,
    Stage,
    StageMoved,
    Undone,
    WaitingOn,
)
from playbook.rules import PARTS, lint
from playbook.rules.base import Facts
from tests.fakes import cards
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import MAILS, NUMBER, Scene, inputs, one

TITLE = "Cannot connect to the build servers"
TANAKA = {
    "title": TITLE,
    "customer_name": "Kenji Tanaka",
    "customer_email": "kenji@example.com",
    "address_as": "Tanaka-san",
    "severity": "B",
    "plan": "premier_unified",
    "zone": "Asia/Tokyo",
    "country": "JP",
}
TUESDAY_IN_TOKYO = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # 10:00 there; the Monday is a holiday in Japan
EMI = "Emi Ito, emi.ito@example.org, account_manager"
STAYS_OPEN = {"unresponsive-first", "unresponsive-second", "third-party"}
CHASES = {"unresponsive-first", "unresponsive-second"}
# In Cc beside the contacts, with the manager and the account manager known: playbook §8 and LQR-04.
COPIED = {"unresponsive-second", "unresponsive-final"}

OWN = """\
+++
id = "lqr/hardware-swap"
title = "Hardware swap"
group = "resolved"
when = "A part was replaced, and the customer says that it works."
parts = ["name", "thanks", "resolution", "contact", "reopen"]

[[fields]]
id = "resolution"
label = "What was replaced"
kind = "text"
required = true

[[fields]]
id = "personal_line"
label = "A personal line"
kind = "text"

[sample]
resolution = "The power supply of rack 4 was replaced on 20 November."
+++
Hello {{ address_as or customer_name }},

Your server runs again. {{ resolution | labelled("Resolution") }}

{{ personal_line }}

If it fails again, reply to this mail, and I will reopen the case. You can reach me on {{ engineer_phone or engineer_email }}.
{%- if manager_name %} My manager is {{ manager_name }} ({{ manager_email }}).{% endif %}


Thank you for working on this with us.

Kind regards,
{{ engineer_name }}
"""


class Words(HTMLParser):
    """The text of a page or of a formatted mail, a block a paragraph."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.text += "\n\n" if tag in ("p", "li", "ol", "ul", "div") else "\n" if tag == "br" else ""

    def handle_data(self, data: str) -> None:
        self.text += data


def typed(scenario: str, mails: Mails = MAILS) -> dict[str, str]:
    """What the engineer types: the sample's own answers."""
    mail = mails.get(f"lqr/{scenario}")
    return {field.id: str(mail.sample[field.id]) for field in mail.fields if field.id in mail.sample}


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


async def drafted(scene: Scene, chat: Chat, scenario: str, **more: str) -> Sent:
    await scene.registered(chat, **(TANAKA | {"contacts": EMI} | more))
    form = await scene.say(chat, f"/lqr {NUMBER} {scenario}")
    answers = typed(scenario, scene.mails)
    if "confirmed_by" in inputs(form):  # FLOW-07 asks it of every mail for a solved issue
        answers = {"confirmed_by": "Kenji Tanaka"} | answers
    return await scene.press(chat, form, "Draft", **answers)


async def marked(scene: Scene, chat: Chat, draft: Sent) -> Sent:
    """Sent on Tuesday morning in Tokyo (LQR-02); an attempt that skips one takes its reason."""
    scene.clock.at = max(scene.clock.at, TUESDAY_IN_TOKYO)
    why = {"sooner_reason": "Agreed with Dana."} if "sooner_reason" in inputs(draft) else {}
    return await scene.press(chat, draft, "I sent it", **why)


async def opened(scene: Scene, draft: Sent) -> tuple[EmailMessage, str]:
    """The mail's file, and the text of its page."""
    _, page, _ = await scene.fetch(draft.link("Open mail"))
    _, file, _ = await scene.fetch(f"{draft.link('Open mail')}/mail.eml")
    mail = email.message_from_string(file, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    return mail, Words(page).text


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


# ---- what closes nothing -----------------------------------------------------------------------------


async def test_a_chase_is_an_attempt_and_its_day_comes_as_a_follow_up_in_the_customers_time(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat, **TANAKA)
    form = await scene.say(chat, f"/lqr {NUMBER} unresponsive-first")
    # Two business days of Japan, where Monday 23 November is a holiday.
    assert (inputs(form)["write_again_on"], inputs(form)["write_again_time"]) == ("2026-11-25", "10:00")
    draft = await scene.press(chat, form, "Draft", open_ask="Please send me the logs of build01.")
    assert "Wednesday 25 November, 10:00 Tokyo time" in inputs(draft)["text"]
    await marked(scene, chat, draft)

    attempt = one(await scene.entries(), lambda entry: isinstance(entry.fact, Attempt))
    assert attempt.fact == Attempt(channel=AttemptChannel.MAIL, outcome=AttemptOutcome.SENT)
    chase = one(await scene.all(FollowUp), lambda followup: followup.kind is FollowUpKind.CHASE)
    assert (chase.text, chase.entry_id) == ("Write to Kenji Tanaka again", attempt.id)
    assert chase.due_at.isoformat() == "2026-11-25T01:00:00+00:00"

    await scene.press(chat, draft, "Undo")
    assert (await scene.case()).waiting_on is WaitingOn.US
    chase = one(await scene.all(FollowUp), lambda followup: followup.kind is FollowUpKind.CHASE)
    assert chase.state is FollowUpState.CANCELLED
    assert sum(isinstance(fact, Undone) for fact in await scene.facts()) == 2
    await marked(scene, chat, draft)
    assert "is open" in draft.words


async def test_the_day_of_closing_that_a_partners_mail_names_is_the_next_step(scene: Scene) -> None:
    chat = scene.chat()
    await marked(scene, chat, await drafted(scene, chat, "third-party"))
    step = one(await scene.all(FollowUp), lambda followup: followup.kind is FollowUpKind.NEXT_STEP)
    assert step.text == "Close the case, as the mail announced"
    assert step.due_at.isoformat() == "2026-11-25T00:00:00+00:00"  # 9:00 in Tokyo


# ---- Cc --------------------------------------------------------------------------------------------------


async def test_on_the_first_attempt_a_copy_is_offered_and_not_set(scene: Scene) -> None:
    chat = scene.chat()
    draft = await drafted(scene, chat, "unresponsive-first")
    assert "dana@example.com" not in draft.words
    form = await scene.press(chat, draft, "Back")
    await scene.press(chat, form, "Draft", cc_manager="yes", cc_account_manager="yes")
    assert "your manager, LQR-04" in draft.words
    assert "account manager, LQR-04" in draft.words
    kept = one(await scene.all(Draft))
    assert [person.email for person in kept.cc] == ["dana@example.com", "emi.ito@example.org"]


async def test_only_premier_customers_have_an_account_manager_in_copy(scene: Scene) -> None:
    draft = await drafted(scene, scene.chat(), "unresponsive-final", plan="broad_commercial")
    assert "dana@example.com" in draft.words
    assert "emi.ito@example.org" not in draft.words


async def test_an_account_manager_who_is_not_known_is_asked_for_kindly(scene: Scene) -> None:
    chat = scene.chat()
    draft = await drafted(scene, chat, "unresponsive-second", contacts="")
    assert "account manager\n  LQR-04; please add them, no contact of the case yet\nno address known" in draft.words
    mail, _ = await opened(scene, draft)
    assert [one.addr_spec for one in mail["Cc"].addresses] == ["dana@example.com"]
    await marked(scene, chat, draft)
    sent = one([fact for fact in await scene.facts() if isinstance(fact, MailSent)])
    assert sent.cc == ("dana@example.com",)


# ---- the form --------------------------------------------------------------------------------------------


async def test_without_a_scenario_it_is_the_usual_one_and_the_others_are_a_click_away(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat, **TANAKA)
    card = await scene.say(chat, f"/lqr {NUMBER}")
    assert MAILS.get("lqr/standard-closure").when in card.words
    await scene.press(chat, card, "Another closing")
    listed = [choice["title"] for choice in cards.inputs(card.card)["scenario"]["choices"]]
    assert len(listed) == len(PARTS)
    assert listed[0] == "Solved: Standard closure"
    assert [line.partition(":")[0] for line in listed] == ["Solved"] * 2 + ["Not solved"] * 8 + ["Other"] * 2

    await scene.press(chat, card, "Next", scenario="by-design")
    assert MAILS.get("lqr/by-design").when in card.words
    await scene.press(chat, card, "Another closing", symptom="Sessions end after four hours.")
    await scene.press(chat, card, "Next", scenario="rca-unavailable")
    assert MAILS.get("lqr/rca-unavailable").when in card.words
    assert inputs(card)["symptom"] == "Sessions end after four hours."  # what was typed goes along
    await scene.press(chat, card, "Draft", **typed("rca-unavailable"))
    assert "Draft: RCA not available" in card.words
    assert one(await scene.all(Draft)).scenario == "rca-unavailable"


@pytest.mark.parametrize(("scenario", "field"), [("duplicate", "surviving_case"), ("end-of-contract", "new_case")])
async def test_a_case_is_no_duplicate_of_itself(scene: Scene, scenario: str, field: str) -> None:
    chat = scene.chat()
    await scene.registered(chat, **TANAKA)
    form = await scene.say(chat, f"/lqr {NUMBER} {scenario}")
    await scene.press(chat, form, "Draft", **(typed(scenario) | {field: f"#{NUMBER}"}))
    assert "This is the case that you are closing; here goes the number of the other one." in form.words
    assert inputs(form)["personal_line"] == typed(scenario)["personal_line"]
    assert await scene.all(Draft) == []


async def test_a_day_that_has_gone_by_is_asked_again(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat, **TANAKA)
    form = await scene.say(chat, f"/lqr {NUMBER} third-party")
    assert inputs(form)["closing_on"] == "2026-11-25"
    await scene.press(chat, form, "Draft", **(typed("third-party") | {"closing_on": "2026-11-20"}))
    assert "This day has gone by" in form.words
    assert inputs(form)["closing_on"] == "2026-11-20"


async def test_the_other_cases_number_may_stand_in_the_mail_and_a_third_one_may_not(scene: Scene) -> None:
    chat = scene.chat()
    draft = await drafted(scene, chat, "duplicate")
    assert "LEAK-01" not in draft.words
    text = inputs(draft)["text"] + "\n\nPS: It is like case 2611220030009999."
    await scene.press(chat, draft, "Check", text=text)
    assert "LEAK-01" in draft.words
    assert "Open mail" not in draft.titles


async def test_a_case_without_a_title_is_asked_for_one_where_the_mail_has_no_symptom(scene: Scene) -> None:
    chat = scene.chat()
    form = await scene.say(chat, "/lqr 2612 unresponsive-final")
    await scene.press(chat, form, "Draft", forge=True, customer_name="Mia Holm")
    assert "Please fill in: title, as the customer sees it." in form.words
    await scene.press(chat, form, "Draft", title="Uploads time out", customer_email="mia@example.com")
    assert '"Uploads time out"' in inputs(form)["text"]
    assert (await scene.case("2612")).stage is Stage.INVESTIGATION  # it was not solved


# ---- LQR-13 ----------------------------------------------------------------------------------------------


async def test_a_teams_own_file_is_a_thirteenth_scenario_without_any_code(scene: Scene, tmp_path: Path) -> None:
    folder = tmp_path / "mails" / "lqr"
    folder.mkdir(parents=True)
    (folder / "hardware-swap.md.j2").write_text(OWN, "utf-8")
    scene.mails = Mails.load(OURS, tmp_path / "mails", lint=lint)
    await scene.restart()
    chat = scene.chat()
    choice = await scene.say(chat, "/lqr nothing-such")
    assert "hardware-swap" in choice.words
    draft = await drafted(scene, chat, "hardware-swap")
    assert "Draft: Hardware swap" in draft.words
    assert "✖" not in draft.words
    await scene.press(chat, draft, "Check", text="Hello Tanaka-san,\n\nAll is well.\n\nKind regards,\nAda Lovelace")
    assert "LQR-01.resolution" in draft.words  # its own parts are what it is held to
    assert "LQR-01.survey" not in draft.words
    await marked(scene, chat, draft)
    assert f"Case {NUMBER} is closed." in draft.words
