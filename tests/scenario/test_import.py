"""`/case import`: rows pasted from the ticketing tool, looked at together, then registered in one commit."""

from datetime import UTC, datetime

import pytest

from playbook.model import Case, Plan, Severity, Stage
from storage.records import Delivery
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import Scene, inputs

PASTED = """Case Number\tTitle\tContact\tE-mail\tPriority\tSupport Plan\tProduct\tCreated On\tStatus\tAssigned To\tColour
26110001\tCannot connect to VM\tAna Sato\tana@example.com\tSev A\tUnified\tVirtual Machines\t23/11/2026 08:45\tNew\tBo Okafor\tred
26110002\tQueries are slow\tKenji Tanaka\t\t2 - High\tbroad commercial\tAzure SQL\t20/11/2026\tIn Progress\tada@example.com\t
26110003\tBackups\tMia\t\tC\t\t\t\tNew\tXu Wei\t
26110004\tOld one\tMia\t\tC\t\t\t\tClosed\t\t
26110001\tTwice\tMia\t\tC\t\t\t\tNew\t\t
\tNo number\tMia\t\tC\t\t\t\tNew\t\t
26110005\tBad severity\tMia\t\tpurple\t\t\t\tNew\t\t
26110006\tBad mail\tMia\tnot an address\tC\t\t\t\tNew\t\t
26110007\tBad date\tMia\t\tC\t\t\tsoon\tNew\t\t
2.6E+15\tShortened\tMia\t\tC\t\t\t\tNew\t\t
26110008\tRegistered before\tMia\t\tC\t\t\t\tNew\t\t
"""


async def previewed(scene: Scene, chat: Chat, rows: str = PASTED) -> Sent:
    form = await scene.say(chat, "/case import")
    return await scene.press(chat, form, "Preview", rows=rows)


async def test_good_rows_are_registered_and_each_bad_one_is_named_by_its_line(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, "26110008")
    card = await previewed(scene, ada)
    said = card.words.replace("\n", " ")
    assert "3 cases to register, 1 registered already, 6 rows that can't be read" in said.replace(" ,", ",")
    for line, why in (
        (6, "the number stands in line 2 already."),
        (7, "there is no case number."),
        (8, "severity: “purple” is none that I know."),
        (9, "customer's e-mail: This is no e-mail address"),
        (10, "opened: this is no date that I can read"),
        (11, "the spreadsheet has shortened the number"),
    ):
        assert f"Line {line}:  {why}" in said, line
    assert "Line 4:  nobody of the team is called “Xu Wei”; the case will be nobody's." in said
    assert "26110008 (registered already); 1 closed there" in said
    assert "Colour" in said
    assert len(await scene.all(Case)) == 1  # nothing is kept yet
    done = await scene.press(ada, card, "Import")
    assert "Imported 3 cases" in done.words
    assert "Left out: 1 registered already, 6 that can't be read, 1 closed there." in done.words
    one, two, three = [await scene.case(f"2611000{n}") for n in (1, 2, 3)]
    bo = scene.channel.person("Bo Okafor").key
    assert (one.owner, one.severity, one.plan, one.stage) == (bo, Severity.A, Plan.PREMIER_UNIFIED, Stage.VALIDATION)
    assert one.created_at == datetime(2026, 11, 23, 8, 45, tzinfo=UTC)
    assert one.main_contact is not None
    assert one.main_contact.email == "ana@example.com"
    assert (two.owner, two.severity, two.stage) == (ada.owner.key, Severity.B, Stage.INVESTIGATION)
    assert two.fqr_sent_at == two.created_at == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert (three.owner, three.severity, three.created_at) == ("", Severity.C, scene.clock.at)
    assert {each.of for each in await scene.all(Delivery) if each.person} == {f"case/{one.id}"}


async def test_all_that_is_wrong_with_a_row_is_said_at_once(scene: Scene) -> None:
    ada = scene.chat()
    rows = "Number;E-mail;Severity;Plan;Status;Opened\n;not an address;purple;golden;lost;soon\n2;;C;;New;\n"
    said = (await previewed(scene, ada, rows)).words.replace("\n", " ")
    told = said[said.index("Line 2:") :]
    for why in (
        "there is no case number.",
        "opened: this is no date that I can read",
        "severity: “purple” is none that I know.",
        "plan: “golden” is none that I know.",
        "status: “lost” is none that I know.",
        "customer's e-mail: This is no e-mail address",
    ):
        assert told.count(why) == 1, why
    assert "case number: " not in told.lower()


async def test_without_an_owners_column_they_are_the_importers(scene: Scene) -> None:
    ada = scene.chat()
    card = await previewed(scene, ada, "sr,title\n1,One\n2,Two\n")
    assert "Ada Lovelace" in card.words
    await scene.press(ada, card, "Import")
    assert {case.owner for case in await scene.all(Case)} == {ada.owner.key}


async def test_a_case_missed_long_ago_pings_nobody(scene: Scene) -> None:
    ada = scene.chat()
    card = await previewed(scene, ada, "Number;Severity;Opened;Status\n1;A;2026-10-01 10:00;New\n")
    await scene.press(ada, card, "Import")
    assert [one for one in await scene.all(Delivery) if one.kind == "fqr"] == []


async def test_a_number_registered_between_preview_and_import_is_left_out(scene: Scene) -> None:
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    card = await previewed(scene, ada, "Number\tTitle\n1\tOne\n2\tTwo\n")
    await scene.registered(bo, "2")
    done = await scene.press(ada, card, "Import")
    assert "Imported 1 case" in done.words
    assert "Left out: 1 registered already." in done.words
    assert (await scene.case("2")).owner == bo.owner.key


async def test_what_cannot_be_read_comes_back_with_the_form(scene: Scene) -> None:
    ada = scene.chat()
    form = await scene.say(ada, "/case import")
    await scene.press(ada, form, "Preview", rows="just some words\nand more")
    assert "I can't find a column with the cases' numbers." in form.words
    assert inputs(form)["rows"] == "just some words\nand more"
    await scene.press(ada, form, "Preview", rows="Number\tTitle")
    assert "There are no rows below" in form.words
    await scene.press(ada, form, "Preview", rows="Number\n" + "\n".join(str(n) for n in range(501)))
    assert "These are 501 rows; 500 are the most at one time." in form.words
    await scene.press(ada, form, "Preview", forge=True, rows="Number\n" + "x" * 100_001)
    assert "90,000 are the most" in form.words
    await scene.press(ada, form, "Preview", rows="Number\n1")
    await scene.press(ada, form, "Paste again")
    assert inputs(form)["rows"] == "Number\n1"
    await scene.press(ada, form, "Cancel")
    assert await scene.all(Case) == []


async def test_five_hundred_rows_go_in_at_once_and_can_be_taken_back(scene: Scene) -> None:
    ada = scene.chat()
    rows = "\n".join(f"{n}\tTitle of case {n}\tSomebody {n}\tB" for n in range(500))
    card = await previewed(scene, ada, f"Number\tTitle\tCustomer\tSeverity\n{rows}\n")
    assert "500 cases to register" in card.words
    await scene.press(ada, card, "Import")
    assert len(await scene.all(Case)) == 500
    await scene.say(ada, "/note 7 looked at it")
    await scene.press(ada, card, "Undo")
    assert [case.number for case in await scene.all(Case)] == ["7"]
    assert card.words.startswith("Import taken back")
    assert "499 cases taken back. 1 case stayed: somebody went on with them." in card.words
    await scene.look(days=1)
    assert not [sent for sent in ada.sent if "First response" in sent.words and "case 8 " in sent.words]


@pytest.mark.parametrize("title", ["Import", "Preview"])
async def test_a_second_click_changes_nothing(scene: Scene, title: str) -> None:
    ada = scene.chat()
    card = await scene.say(ada, "/case import")
    rows = {"rows": "Number\n1"} if title == "Preview" else {}
    if title == "Import":
        await scene.press(ada, card, "Preview", rows="Number\n1")
    click = ada.clicked(card, title, **rows)
    await scene.deliver(click)
    await scene.deliver(click | {"id": "another click"})
    assert len(await scene.all(Case)) == (title == "Import")


async def test_hostile_cells_are_shown_as_text(scene: Scene) -> None:
    ada = scene.chat()
    bad = "<at>all</at> [x](https://evil.example) \u202e"
    card = await previewed(
        scene, ada, f"Number\tTitle\tSeverity\t{bad}\n1\t{bad}\t\t\n2\tx\t{bad}\t\n=cmd|' /C calc'!A0\tx\t\t\n"
    )
    for block in str(card.card).split("'type': 'TextBlock'")[1:]:
        assert "evil" not in block.split("}")[0]
    assert "\u202e" not in str(card.card)
    await scene.press(ada, card, "Import")
    assert len(await scene.all(Case)) == 2
