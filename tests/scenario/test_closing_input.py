"""What nobody should type into a closing: a clear sentence where it happened, what was typed kept, nothing lost."""

from pathlib import Path

import pytest

import app
from playbook.mail import OTHER_CASES
from playbook.model import Case, Draft, MailSent, Stage
from playbook.rules import PARTS
from playbook.team import Person, load_team
from storage.records import Flow
from tests.fakes import cards
from tests.fakes.channel import Sent
from tests.scenario.closing_mails.steps import OWN, TANAKA, typed
from tests.scenario.scene import KENJI, MAILS, NUMBER, SOLVED, Scene, inputs, one
from tests.scenario.test_hostile import FITS, check_all, check_page

MARKS = "9 <at>Everyone</at> [Zyx](https://evil.example) **b** <img src=x onerror=alert(1)> \u202eevil\u202c ${x} {%"
TEMPLATE = "Zyx {{ 7*7 }} {{ customer_name }}"


async def nothing_made(scene: Scene) -> bool:
    return await scene.all(Draft) == [] and await scene.all(Case) == []


async def kept(scene: Scene) -> dict[str, str]:
    return one(await scene.all(Flow), lambda flow: flow.name == "lqr").values


# ---- single fields -----------------------------------------------------------------------------------


async def test_a_managers_address_that_is_none(scene: Scene) -> None:
    ada = Person(id=scene.channel.person("Ada Lovelace").key, name="Ada Lovelace", zone="Europe/London")
    await scene.on_team(load_team().with_people([ada]))  # nobody knows her manager
    chat = scene.chat()
    form = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    wrong = KENJI | SOLVED | {"manager_name": "Dana Reyes", "manager_email": "dana at example"}
    await scene.press(chat, form, "Draft", **wrong)
    assert "This is no e-mail address: it should look like name@example.com." in form.words
    assert inputs(form)["manager_email"] == "dana at example"
    assert inputs(form)["cause"] == SOLVED["cause"]
    assert await nothing_made(scene)
    await scene.press(chat, form, "Draft", manager_email="dana@example.com")
    assert "dana@example.com" in inputs(form)["text"]


@pytest.mark.parametrize("field", ["customer_name", "confirmed_by", "title", "case_number", "manager_name"])
async def test_a_line_end_in_a_name_is_asked_again_and_reaches_no_header(scene: Scene, field: str) -> None:
    ada = Person(id=scene.channel.person("Ada Lovelace").key, name="Ada Lovelace", zone="Europe/London")
    await scene.on_team(load_team().with_people([ada]))
    chat = scene.chat()
    form = await scene.say(chat, "/lqr new standard-closure")
    right = KENJI | SOLVED | {"case_number": NUMBER, "title": "SSH times out"}
    bad = "Kenji\r\nBcc: evil@example.com"
    await scene.press(chat, form, "Draft", forge=True, **(right | {field: bad}))
    assert "Please write this on one line." in form.words
    assert (await kept(scene))[field].splitlines() == bad.splitlines()
    assert await nothing_made(scene)
    await scene.press(chat, form, "Draft", forge=True, **(right | {field: "2612" if field == "case_number" else "Kim"}))
    _, file, _ = await scene.fetch(f"{form.link('Open mail')}/mail.eml")
    assert "evil@example.com" not in file


async def test_a_symptom_of_64_kb_is_told_how_long_it_may_be_and_none_of_it_is_lost(scene: Scene) -> None:
    chat = scene.chat()
    await scene.registered(chat, **TANAKA)
    form = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    long = "timeout " * 8_192
    await scene.press(chat, form, "Draft", forge=True, **(SOLVED | {"symptom": long}))
    assert "This has 65,535 characters; 4,000 are the most. Please shorten it." in form.words
    assert (await kept(scene))["symptom"] == long.strip()
    assert inputs(form)["resolution"] == SOLVED["resolution"]
    assert await scene.all(Draft) == []
    check_all(scene)
    await scene.press(chat, form, "Draft", symptom=SOLVED["symptom"])
    assert "Draft: Standard closure" in form.words


@pytest.mark.parametrize(("scenario", "field"), [("duplicate", "surviving_case"), ("end-of-contract", "new_case")])
async def test_another_cases_number_that_is_none(scene: Scene, scenario: str, field: str) -> None:
    chat = scene.chat()
    await scene.registered(chat, **TANAKA)
    form = await scene.say(chat, f"/lqr {NUMBER} {scenario}")
    await scene.press(chat, form, "Draft", **(typed(scenario) | {field: "TBD"}))
    assert "Please write that case's number: there is no digit in this." in form.words
    assert inputs(form)[field] == "TBD"
    assert await scene.all(Draft) == []


# ---- hostile marks in each field of each closing -----------------------------------------------------------


def filled(form: Sent, scenario: str, bad: str) -> dict[str, str]:
    """The sample's answers, and the marks in each text."""
    texts = [one for one in cards.inputs(form.card).values() if one["type"] == "Input.Text"]
    return typed(scenario) | {
        one["id"]: bad[: one.get("maxLength", FITS)] for one in texts if one.get("style") != "email"
    }


@pytest.mark.parametrize("scenario", PARTS)
async def test_marks_are_text_in_each_field_of_each_closing(scene: Scene, scenario: str) -> None:
    chat = scene.chat()
    await scene.registered(chat, **TANAKA)
    form = await scene.say(chat, f"/lqr {NUMBER} {scenario}")
    await scene.press(chat, form, "Draft", forge=True, **filled(form, scenario, MARKS))
    check_all(scene)
    assert f"Draft: {MAILS.get(f'lqr/{scenario}').title}" in form.words, form.words
    if scenario not in ("duplicate", "end-of-contract"):  # there the number itself is no number of ours
        assert "<at>Everyone</at> [Zyx](https://evil.example) **b**" in inputs(form)["text"]
    if "Open mail" in form.titles:
        await check_page(scene, form.link("Open mail"))


def numbers(scenario: str) -> dict[str, str]:
    """Another case's number, which is known to the rules however it looks."""
    return {id: value for id, value in typed(scenario).items() if id in OTHER_CASES}


@pytest.mark.parametrize("scenario", PARTS)
async def test_a_typed_template_is_never_read_as_one(scene: Scene, scenario: str) -> None:
    chat = scene.chat()
    await scene.registered(chat, **TANAKA)
    form = await scene.say(chat, f"/lqr {NUMBER} {scenario}")
    await scene.press(chat, form, "Draft", forge=True, **(filled(form, scenario, TEMPLATE) | numbers(scenario)))
    text = inputs(form)["text"]
    assert TEMPLATE in text
    assert "49" not in text.replace(NUMBER, "")
    assert "TEXT-01" in form.words  # a gap is not sent out
    assert "Open mail" not in form.titles


# ---- a case that is closed, or not one's own ---------------------------------------------------------------


async def test_a_case_closed_meanwhile_is_told_and_what_was_typed_is_kept(scene: Scene) -> None:
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await scene.registered(ada)
    theirs = await scene.say(bo, f"/lqr {NUMBER} standard-closure")
    await scene.press(ada, await scene.drafted_for(ada), "I sent it")
    assert (await scene.case()).stage is Stage.CLOSED
    before = await scene.case()
    await scene.press(bo, theirs, "Draft", **(SOLVED | {"cause": "Something else"}))
    assert f"Case {NUMBER} was closed meanwhile; what you typed is kept." in theirs.words
    assert inputs(theirs)["cause"] == "Something else"
    assert await scene.case() == before
    assert len(await scene.all(Draft)) == 1


async def test_a_closing_mail_marked_after_the_case_was_closed_is_written_down_and_closes_nothing_again(
    scene: Scene,
) -> None:
    ada, dana = scene.chat(), scene.chat("Dana Reyes")
    await scene.registered(ada)
    theirs = await scene.drafted_for(dana)
    await scene.press(ada, await scene.drafted_for(ada), "I sent it")
    closed = await scene.case()
    scene.clock.tick(minutes=5)
    await scene.press(dana, theirs, "I sent it")
    assert f"Case {NUMBER} is closed." in theirs.words
    facts = await scene.facts()
    assert sum(isinstance(fact, MailSent) for fact in facts) == 2
    assert (await scene.case()).closed_at == closed.closed_at
    assert [type(fact).__name__ for fact in facts].count("StageMoved") == 1


# ---- a team's file ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("{{ personal_line }}", "{{ personal_lin }}", 'Did you mean "personal_line"?'),
        (
            "{{ personal_line }}",
            "{% for a in range(9999999) %}{% endfor %}",
            "a loop goes over the lines of a value",
        ),
        ("{{ personal_line }}", "{% for a in resolution %}{% endfor %}", "a loop goes over the lines of a value"),
        ("{{ personal_line }}", "{% macro m() %}{{ m() }}{% endmacro %}", "a macro is not possible in a mail"),
    ],
)
@pytest.mark.parametrize("argv", [["check"], ["--local"]])
def test_a_bad_scenario_file_keeps_the_bot_from_starting(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    argv: list[str],
    old: str,
    new: str,
    words: str,
) -> None:
    folder = tmp_path / "mails" / "lqr"
    folder.mkdir(parents=True)
    assert OWN.count(old) == 1
    (folder / "hardware-swap.md.j2").write_text(OWN.replace(old, new), "utf-8")
    (tmp_path / "team.toml").write_text('product = "Azure"\n', "utf-8")
    environ = {"TEAM_FILE": str(tmp_path / "team.toml"), "DATA_DIR": str(tmp_path / "data")}
    assert app.main(argv, environ) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"{folder / 'hardware-swap.md.j2'}, line 26: ")
    assert words in said
    assert "Traceback" not in said
