"""The promise ledger: what was promised to the customer, due when, kept or not, on cards, in the digest and /my."""

import pytest

from playbook.model import FollowUp, FollowUpState, PromiseEnded, Undone
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import NUMBER, Scene, one


@pytest.fixture
async def ada(scene: Scene) -> Chat:
    """Ada, whose customer was promised the trace by Tuesday and the report by Friday noon."""
    ada = scene.chat()
    await scene.registered(ada)
    for text, day in (("The report", "2026-11-27"), ("The trace", "2026-11-24")):
        await scene.recorded(ada, "promise", text=text, due_on=day, due_time="12:00")
    return ada


def flat(sent: Sent) -> str:
    return " ".join(sent.words.split())


async def said(scene: Scene) -> list[PromiseEnded]:
    return [fact for fact in await scene.facts() if isinstance(fact, PromiseEnded)]


async def test_open_ones_stand_first_and_what_is_overdue_is_marked(scene: Scene, ada: Chat) -> None:
    scene.clock.tick(days=1, hours=4)
    card = await scene.say(ada, f"/case {NUMBER} promises")
    words = flat(card)
    assert words.index("The trace") < words.index("The report")
    assert "▲ The trace Was due today, 12:00 GMT promised yesterday, 09:00 GMT · Ada Lovelace" in words
    assert "The report Due Fri 27 Nov, 12:00 GMT" in words
    assert card.titles == ["Kept", "Not kept", "Kept", "Not kept", "New promise"]


async def test_kept_and_not_kept_with_a_word_and_back(scene: Scene, ada: Chat) -> None:
    card = await scene.say(ada, f"/case {NUMBER} promises")
    await scene.press(ada, card, "Kept", said="Sent by mail at ten.")  # the trace
    assert "✔ Kept The trace Sent by mail at ten." in flat(card)
    assert "was due tomorrow, 12:00 GMT" in flat(card)
    await scene.press(ada, card, "Not kept")
    assert "✖ Not kept The report" in flat(card)
    assert sorted(fact.kept for fact in await said(scene)) == [False, True]
    states = {one.text: one.state for one in await scene.all(FollowUp)}
    assert states == {"The trace": FollowUpState.DONE, "The report": FollowUpState.CANCELLED}
    await scene.press(ada, card, "Undo")
    assert one([fact for fact in await scene.facts() if isinstance(fact, Undone)])
    assert "The report Due Fri 27 Nov" in flat(card)
    states = {one.text: one.state for one in await scene.all(FollowUp)}
    assert states["The report"] is FollowUpState.WAITING


async def test_two_people_one_effect_and_the_second_sees_who_was_first(scene: Scene, ada: Chat) -> None:
    bo = scene.chat("Bo Okafor")
    mine, theirs = [await scene.say(chat, f"/case {NUMBER} promises") for chat in (ada, bo)]
    await scene.press(bo, theirs, "Kept")
    await scene.press(ada, mine, "Not kept")
    assert "Bo Okafor noted it as kept already, Mon 23 Nov, 09:00 GMT" in mine.words
    assert [fact.kept for fact in await said(scene)] == [True]
    await scene.look()
    assert any("Bo Okafor wrote to your case" in sent.words for sent in ada.sent)


async def test_the_cases_card_has_a_line_until_all_are_kept(scene: Scene, ada: Chat) -> None:
    card = await scene.say(ada, f"/case {NUMBER}")
    assert "2 promises open, next tomorrow, 12:00 GMT" in card.words
    scene.clock.tick(days=1, hours=4)
    card = await scene.say(ada, f"/case {NUMBER}")
    assert "▲ 1 overdue, 2 promises open, next Fri 27 Nov, 12:00 GMT" in flat(card)
    ledger = await scene.opens(ada, card, "Promises")
    for _ in range(2):
        await scene.press(ada, ledger, "Kept")
    assert "promises open" not in card.words
    assert "promises open" not in (await scene.say(ada, f"/case {NUMBER}")).words


async def test_digest_and_my_have_a_section_of_their_own(scene: Scene, ada: Chat) -> None:
    await scene.say(ada, "/remind me tomorrow 11:00 call Kenji")
    scene.clock.tick(days=1, hours=4)
    words = flat(await scene.say(ada, "/my"))
    assert "▲ Promised to customers 1 The trace today, 12:00 GMT" in words
    overdue = words.index("Overdue 1")
    assert words.index("call Kenji") > overdue > words.index("The trace")
    assert words.index("The report") > words.index("Later")
    await scene.say(ada, "/my overdue")
    assert "The trace" not in ada.sent[-1].words
    assert "call Kenji" in ada.sent[-1].words


async def test_what_a_sent_mail_promised_stands_in_it(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    form = await scene.say(ada, f"/case {NUMBER} intro")
    typed = {"from_name": "Bo Okafor", "state": "The rule is found", "next_step": "I will send you the change"}
    draft = await scene.press(ada, form, "Draft", next_step_on="2026-11-25", next_step_time="12:00", **typed)
    await scene.press(ada, draft, "I sent it")
    card = await scene.say(ada, f"/case {NUMBER} promises")
    assert "I will send you the change" in card.words
    assert card.titles == ["Kept", "Not kept", "New promise"]


async def test_with_nothing_promised_it_says_so_and_a_forged_click_changes_nothing(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    card = await scene.say(ada, f"/case {NUMBER} promises")
    assert "Nothing was promised to the customer yet." in card.words
    form = await scene.say(ada, f"/case {NUMBER} promise")
    await scene.press(ada, form, "Record", text="The logs", due_on="2026-11-27")
    card = await scene.say(ada, f"/case {NUMBER} promises")
    await scene.press(ada, form, "Undo")
    heard = await scene.heard(ada, card, "Kept")
    assert "was taken back meanwhile" in heard.text
    assert await said(scene) == []
    assert one([fact for fact in await scene.facts() if isinstance(fact, Undone)])
