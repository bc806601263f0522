"""Cases: registered, listed, shown on one card, noted and changed."""

from datetime import timedelta

import pytest

from playbook.model import Case, ContactRole, Note, Plan, Severity, Stage, Undone, WaitingOn
from tests.scenario.scene import CHANNELS, MONDAY, NUMBER, Scene, inputs

everywhere = pytest.mark.parametrize("channel_id", CHANNELS)


async def test_a_new_case_with_all_its_facts(scene: Scene) -> None:
    chat = scene.chat()
    form = await scene.say(chat, f"/case new {NUMBER} SSH times out")
    assert inputs(form)["title"] == "SSH times out"
    assert f"Case {NUMBER} is not registered here yet." in form.words
    await scene.opens(
        chat,
        form,
        "Register",
        customer_name="Kenji Tanaka",
        customer_email="kenji@example.com",
        address_as="Tanaka-san",
        severity="B",
        plan="premier_unified",
        contacts="Mia Holm, mia@example.com, accepts\nOps, cc",
        zone="Asia/Tokyo",
        country="jp",
        created_on="2026-11-20",
        created_time="10:30",
        fqr_sent_on="2026-11-20",
        fqr_sent_time="11:00",
    )
    case = await scene.case()
    assert (case.title, case.severity, case.plan) == ("SSH times out", Severity.B, Plan.PREMIER_UNIFIED)
    assert (case.zone, case.country, case.stage) == ("Asia/Tokyo", "JP", Stage.INVESTIGATION)
    assert case.created_at == MONDAY - timedelta(days=3) + timedelta(hours=1, minutes=30)
    assert case.recorded_at == MONDAY
    assert [(one.name, one.role) for one in case.contacts] == [
        ("Kenji Tanaka", ContactRole.MAIN),
        ("Mia Holm", ContactRole.ACCEPTS),
        ("Ops", ContactRole.CC),
    ]
    assert "Registered by Ada Lovelace, 09:00 GMT" in form.words
    assert form.titles == []


async def test_what_is_wrong_with_a_new_case_stands_beside_its_field(scene: Scene) -> None:
    chat = scene.chat()
    form = await scene.say(chat, "/case new")
    typed = {
        "case_number": NUMBER,
        "customer_name": "Kenji",
        "zone": "Tokyo",
        "country": "J1",
        "contacts": "Mia, boss",
        "created_on": "2026-12-24",
    }
    await scene.press(chat, form, "Register", **typed)
    for said in ("no time zone name", "two letters of the country", "“boss” is no role", "lies in the future"):
        assert said in form.words
    assert inputs(form).items() >= typed.items()
    assert await scene.store.count(Case) == 0


async def test_a_number_is_registered_once(scene: Scene) -> None:
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    form = await scene.say(bo, "/case new")
    await scene.registered(ada)
    await scene.press(bo, form, "Register", case_number=f"#{NUMBER}", customer_name="Kenji", title="Mine")
    assert f"Case {NUMBER} is registered already" in form.words
    assert inputs(form)["title"] == "Mine"
    shown = await scene.say(bo, f"/case new {NUMBER}")  # typed with its number: it is shown at once
    assert "SSH times out" in shown.words
    assert await scene.store.count(Case) == 1


async def test_one_card_is_edited_when_a_note_comes_from_elsewhere(scene: Scene) -> None:
    ada, room = scene.chat(), scene.channel.room()
    mine = await scene.registered(ada)
    theirs = await scene.say(room, f"/case {NUMBER}", by="Bo Okafor")
    posts = len(scene.channel.sent)
    await scene.say(scene.chat("Bo Okafor"), f"/note {NUMBER} The rack was moved.")
    assert "The rack was moved." in mine.words
    assert "The rack was moved." in theirs.words
    assert len(scene.channel.sent) == posts + 1  # Bo's answer


async def test_a_list_has_ones_own_open_cases_and_opens_them(scene: Scene) -> None:
    ada = scene.chat()
    for n in range(3):
        scene.clock.tick(minutes=1)
        await scene.registered(ada, f"260{n}", title=f"Case no. {n}")
    await scene.registered(scene.chat("Bo Okafor"), "2609", title="Bo's")
    await scene.press(ada, await scene.drafted(ada, "2610"), "I sent it")
    found = await scene.say(ada, "/case list")
    assert [number for number in ("2602", "2601", "2600", "2609", "2610") if f"[{number}]" in found.words] == [
        "2602",
        "2601",
        "2600",
    ]
    assert found.titles == ["Open"] * 3
    card = await scene.opens(ada, found, "Open")
    assert card.words.startswith("[2602]")
    assert "Case no. 2" in card.words


async def test_no_number_means_the_current_case_else_the_list(scene: Scene) -> None:
    ada = scene.chat()
    assert "You have no open case here yet." in (await scene.say(ada, "/case")).words
    await scene.registered(ada, "2601")
    await scene.registered(ada, "2602", title="The current one")
    assert "The current one" in (await scene.say(ada, "/case")).words
    said = await scene.say(ada, "/note called them back")
    assert said.words.startswith("Noted on case 2602.")
    await scene.say(ada, "/note 2601 and these, too")
    assert "2601" in (await scene.say(ada, "case")).words


async def test_a_closing_of_a_case_not_known_yet_says_so_on_its_form(scene: Scene) -> None:
    ada = scene.chat()
    form = await scene.say(ada, "/lqr 2699 standard-closure")
    assert "Case 2699 is not registered here yet: Draft registers it." in form.words
    await scene.registered(ada, "2699")
    assert "not registered" not in (await scene.say(ada, "/lqr 2699 standard-closure")).words


@everywhere
async def test_a_line_that_was_noted_can_be_taken_back_once(scene: Scene) -> None:
    ada = scene.chat()
    card = await scene.registered(ada)
    said = await scene.say(ada, f"/note {NUMBER} on the wrong case")
    for _ in range(2):
        scene.clock.tick(seconds=5)
        heard = await scene.heard(ada, said, "Undo")
        now = heard.card if scene.channel.channel_id == "msteams" else ada.sent[-1].card
        assert f"The note on case {NUMBER} is taken back." in str(now)
    assert [type(fact) for fact in await scene.facts()] == [Note, Undone]
    assert "(taken back)" in card.words


async def test_a_colleague_cannot_take_my_line_back(scene: Scene) -> None:
    room = scene.channel.room()
    await scene.registered(scene.chat())
    said = await scene.say(room, f"/note {NUMBER} seen", by="Ada Lovelace")
    heard = await scene.heard(room, said, "Undo", by="Bo Okafor")
    assert "Only who wrote a note" in heard.text
    assert [type(fact) for fact in await scene.facts()] == [Note]


async def test_a_note_without_a_current_case_asks_which_of_the_last_five(scene: Scene) -> None:
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    for n in range(6):  # Bo has worked on none of them yet
        scene.clock.tick(minutes=1)
        await scene.registered(ada, f"260{n}")
        await scene.say(scene.chat("Dana Reyes"), f"/case 260{n} assign Bo Okafor")
    said = await scene.say(bo, "/note the rack was moved")
    assert said.words.startswith("Note on which case?")
    assert said.titles == ["Open"] * 5
    heard = await scene.heard(bo, said, "Open")
    assert "Noted on case 2605." in str(heard.body) + bo.sent[-1].words
    assert [fact.text for fact in await scene.facts("2605") if isinstance(fact, Note)] == ["the rack was moved"]


async def test_a_number_not_known_opens_the_form_and_a_word_not_known_says_what_there_is(scene: Scene) -> None:
    ada = scene.chat()
    form = await scene.say(ada, "/case 2699")
    assert inputs(form)["case_number"] == "2699"
    assert "No case 2699 is registered" in (await scene.say(ada, "/note 2699 hello")).words
    assert "Which case?" in (await scene.say(ada, "/note hello")).words
    await scene.registered(ada)
    assert "I don't know what “dance” is" in (await scene.say(ada, f"/case {NUMBER} dance")).words


async def test_changing_facts_and_the_stage(scene: Scene) -> None:
    ada = scene.chat()
    card = await scene.registered(ada)
    form = await scene.opens(ada, card, "Edit")
    assert inputs(form)["title"] == "SSH times out"
    await scene.press(ada, form, "Save", title="SSH and SCP time out", stage="investigation", waiting_on="vendor")
    case = await scene.case()
    assert (case.title, case.stage, case.waiting_on) == (
        "SSH and SCP time out",
        Stage.INVESTIGATION,
        WaitingOn.VENDOR,
    )
    assert "SSH and SCP time out" in card.words
    assert "Saved by Ada Lovelace" in form.words
