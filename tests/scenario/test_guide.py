"""`/guide`: pages by name, by area, by their words; the team's own laid over ours."""

from pathlib import Path

import msgspec
import pytest

from playbook.guide import OURS, Guide
from playbook.team import Links
from tests.fakes import cards
from tests.scenario.scene import NUMBER, Scene


async def test_bare_it_lists_all_pages_and_each_opens(scene: Scene) -> None:
    ada = scene.chat()
    listed = await scene.say(ada, "/guide")
    assert "The first quality response" in listed.words
    heard = await scene.heard(ada, listed, "Compute")
    assert heard.card is not None  # it takes the list's place
    assert "Workflow: virtual machines" in cards.words(heard.card)
    assert cards.titles(heard.card) == ["All pages"]


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("fqr", "The first quality response"),
        ("FQR", "The first quality response"),
        ("3 Ps", "The three Ps: prepare, personalise, progress"),
        ("scoping", "Scoping: an agreement for both sides"),
        ("open questions", "Asking open questions"),
        ("values", "What we hold to"),
        ("Azure Virtual Machines", "Workflow: virtual machines"),
        ("AKS", "Workflow: containers and clusters"),
        ("system down", "System down: severity A"),
    ],
)
async def test_a_page_is_found_by_its_name_its_title_and_its_area(scene: Scene, asked: str, title: str) -> None:
    page = await scene.say(scene.chat(), f"/guide {asked}")
    assert page.words.startswith(title)


async def test_words_find_the_pages_that_hold_them(scene: Scene) -> None:
    ada = scene.chat()
    found = await scene.say(ada, "/guide hypothesis")
    assert "Pages on" in found.words
    assert {"The three Ps: prepare, personalise, progress", "Standard workflows"} <= set(found.words.split("\n"))
    nothing = await scene.say(ada, "/guide [x](https://evil.example) zebra")
    assert nothing.words.startswith("No page holds")
    assert "All pages" in nothing.titles


async def test_the_current_cases_workflow_stands_first(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, product="Azure SQL Database", title="Queries are slow")
    listed = await scene.say(ada, "/guide")
    assert listed.words.split("\n")[1] == "Workflow: databases"
    heard = await scene.heard(ada, listed, "Open")
    assert heard.card is not None
    assert cards.words(heard.card).startswith("Workflow: databases")


async def test_the_teams_links_stand_on_their_pages_and_on_severity_a(scene: Scene) -> None:
    ada = scene.chat()
    links = Links(system_down="https://down.example.com", more={"Shift plan": "https://plan.example.com"})
    scene.team = msgspec.structs.replace(scene.team, links=links)
    await scene.restart()
    page = await scene.say(ada, "/guide links")
    assert "System-down portal\nShift plan\n" in page.words
    assert "https://plan.example.com" in str(page.card)
    assert "no address yet for: LQR portal, Triage meeting, SME list." in page.words
    assert "https://down.example.com" in str((await scene.say(ada, "/guide system-down")).card)
    urgent = await scene.registered(ada, "1", severity="A")
    assert "https://down.example.com" in str(urgent.card)
    assert "https://down.example.com" not in str((await scene.registered(ada, "2", severity="B")).card)


async def test_a_team_lays_its_own_pages_over_ours(scene: Scene, tmp_path: Path) -> None:
    ours = '+++\ntitle = "Our first answers"\nabout = "How we do it"\n+++\nCall first.\n'
    (tmp_path / "fqr.md").write_text(ours)
    (tmp_path / "billing.md").write_text(
        '+++\ntitle = "Billing"\nabout = "Bills"\nareas = ["billing"]\n+++\n'
        + "## One\n\nText. \n\n## Two\n\n- a\n"
        + "b " * 2_000
    )
    scene.bot.turns.world = scene.bot.turns.world._replace(guide=Guide.load(OURS, tmp_path))
    ada = scene.chat()
    assert (await scene.say(ada, "/guide fqr")).words.startswith("Our first answers\nCall first.")
    long = await scene.say(ada, "/guide Billing and costs")
    assert "Show" in long.titles  # a section of a long page is opened by its button


@pytest.mark.parametrize(
    ("facts", "page"),
    [
        ({"product": "Virtual Machines"}, "Workflow: virtual machines"),
        ({"product": "Virtual Machines", "severity": "A"}, "Workflow: virtual machines"),
        ({"severity": "A"}, "System down: severity A"),
        ({"severity": "B"}, "Standard workflows"),
        ({"severity": "B", "stage": "investigation"}, "The first quality response"),
        ({"severity": "B", "fqr_sent_on": "2026-11-20"}, "Standard workflows"),
    ],
)
async def test_a_cases_card_leads_to_the_page_that_helps_now(scene: Scene, facts: dict[str, str], page: str) -> None:
    ada = scene.chat()
    stage = facts.pop("stage", "")
    case = await scene.registered(ada, **({"title": "The report is wrong"} | facts))
    if stage:
        await scene.press(ada, await scene.say(ada, f"/case {NUMBER} edit"), "Save", stage=stage)
    helps = await scene.opens(ada, case, "Guide")
    assert helps.words.startswith(page)


async def test_who_presses_it_in_the_channel_reads_it_in_their_own_chat(scene: Scene) -> None:
    ada, team = scene.chat(), scene.channel.room()
    await scene.registered(ada, product="Virtual Machines")
    case = await scene.say(team, f"/case {NUMBER}", by="Ada Lovelace")
    await scene.heard(team, case, "Guide", by="Ada Lovelace")
    assert ada.sent[-1].words.startswith("Workflow: virtual machines")
    assert team.sent[-1].words == "I've sent you the guide's page."
    asked = await scene.say(team, "/guide compute", by="Ada Lovelace")
    assert asked.words.startswith("Workflow: virtual machines")


async def test_a_closed_case_needs_no_page(scene: Scene) -> None:
    ada = scene.chat()
    case = await scene.registered(ada, product="Virtual Machines")
    await scene.press(ada, await scene.drafted_for(ada), "I sent it")
    assert "Guide" not in case.titles
