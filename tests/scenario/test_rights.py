"""Who may what, outside local mode: roles come from the team file, asked of the stored case before each step."""

import msgspec
import pytest

from playbook.model import CustomerConfirmed, MailSent, Note, Stage, WaitingOn
from storage.records import Delivery
from tests.scenario.scene import NUMBER, Scene, one


@pytest.fixture
async def scene(scene: Scene) -> Scene:
    """The same on Teams, with rights as they are outside --local."""
    await scene.online()
    return scene


@pytest.mark.parametrize("line", ["/lqr 2611", "/case 2611", "/case new", "/note 2611 hello", "/check hello"])
async def test_somebody_without_a_role_is_told_who_can_and_nothing_is_done(scene: Scene, line: str) -> None:
    stranger = scene.chat("Sam Stranger")
    said = await scene.say(stranger, line)
    assert "is for people of the team. An admin can add you to the team file." in said.words
    assert set((await scene.counted()).values()) == {0}


async def test_help_is_for_everyone(scene: Scene) -> None:
    assert "What you can type" in (await scene.say(scene.chat("Sam Stranger"), "/help")).words


async def test_the_own_chats_of_the_team_work(scene: Scene) -> None:
    draft = await scene.drafted(scene.chat())
    await scene.press(scene.chat(), draft, "I sent it")
    assert (await scene.case()).stage is Stage.CLOSED


async def test_a_role_that_is_taken_away_ends_at_the_next_click(scene: Scene) -> None:
    ada = scene.chat()
    draft = await scene.drafted(ada)
    people = {id: person for id, person in scene.team.people.items() if id != ada.owner.key}
    await scene.on_team(msgspec.structs.replace(scene.team, people=people))
    heard = await scene.heard(ada, draft, "I sent it")
    assert "is for people of the team" in heard.text
    assert (await scene.case()).open


@pytest.mark.parametrize("channel_id", ["webchat"])
async def test_a_channel_that_the_team_does_not_trust_gives_no_role(scene: Scene) -> None:
    assert "is for people of the team" in (await scene.say(scene.chat(), "/case list")).words


async def test_a_colleague_marks_it_sent_the_case_stays_open_and_its_owner_is_told(scene: Scene) -> None:
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await scene.registered(ada)
    draft = await scene.drafted_for(bo)
    await scene.press(bo, draft, "I sent it")
    assert "Closing a case is for the case's owner, their cover or a manager." in draft.words
    case = await scene.case()
    assert (case.stage, case.waiting_on) == (Stage.VALIDATION, WaitingOn.CUSTOMER)
    assert {type(fact) for fact in await scene.facts()} == {CustomerConfirmed, MailSent}
    posts = len(ada.sent)
    await scene.look()
    told = one(ada.sent[posts:])
    assert told.words.startswith("Bo Okafor marked the mail “")
    assert f"of your case {NUMBER} as sent (Mon 23 Nov, 09:00 GMT)." in told.words
    assert await scene.all(Delivery) == []


async def test_a_manager_closes_and_the_owner_is_told_even_when_never_met(scene: Scene) -> None:
    """The owner's chat isn't known: it is waited for a day, and sent when they are heard of."""
    ada, dana = scene.chat(), scene.chat("Dana Reyes")
    await scene.registered(dana)
    await scene.say(dana, f"/case {NUMBER} assign @Ada Lovelace")
    draft = await scene.drafted_for(dana)
    late = await scene.press(dana, draft, "I sent it")
    assert f"Case {NUMBER} is closed." in late.words
    await scene.look()
    assert ada.sent == []
    await scene.say(ada, "/help")
    await scene.look(minutes=16)
    assert any("Dana Reyes marked the mail" in one.words for one in ada.sent)  # that it is theirs is told, too


async def test_only_owner_cover_and_manager_change_a_case(scene: Scene) -> None:
    ada, bo, dana = scene.chat(), scene.chat("Bo Okafor"), scene.chat("Dana Reyes")
    await scene.registered(ada)
    card = await scene.say(bo, f"/case {NUMBER}")
    heard = await scene.heard(bo, card, "Edit")
    assert "Changing a case's facts is for the case's owner" in heard.text
    said = await scene.say(bo, f"/case {NUMBER} edit")
    assert "Changing a case's facts is for the case's owner" in said.words
    await scene.edited(dana, title="As Dana says")
    assert (await scene.case()).title == "As Dana says"


async def test_anyone_in_the_team_may_help_under_their_own_name(scene: Scene) -> None:
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await scene.registered(ada)
    await scene.say(bo, f"/note {NUMBER} seen it, too")
    entry = one(await scene.entries())
    assert (entry.fact, entry.by) == (Note(text="seen it, too"), bo.owner.key)


async def test_a_name_in_the_activity_is_no_key(scene: Scene) -> None:
    impostor = scene.channel.person("Ada Lovelace")._replace(directory_id="00000000-0000-0000-0000-00000000dead")
    chat = scene.channel.own_chat(impostor._replace(address="29:impostor-address"))
    said = await scene.say(chat, "/case list")
    assert "is for people of the team" in said.words
