"""The two lines that a mail's form offers from the timeline (LQR-12), in the mails besides the closing."""

import pytest

from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import NUMBER, Scene, inputs

LOGS = "I have the logs that you sent on Monday morning; nothing has to be sent twice."


async def with_logs(scene: Scene) -> Chat:
    chat = scene.chat()
    await scene.registered(chat, zone="Europe/London", country="GB")
    form = await scene.say(chat, f"/case {NUMBER} answered")
    await scene.press(chat, form, "Record", answer="answer", text="Here are the logs")
    return chat


async def used(scene: Scene, chat: Chat, form: Sent, **typed: str) -> None:
    assert LOGS in form.words
    await scene.press(chat, form, "Use", **typed)
    assert inputs(form) | {"personal_line": LOGS} | typed == inputs(form)


@pytest.mark.parametrize("line", ["solution", "remote", "update"])
async def test_a_mail_of_the_work_offers_what_the_timeline_knows(scene: Scene, line: str) -> None:
    chat = await with_logs(scene)
    await used(scene, chat, await scene.say(chat, f"/case {NUMBER} {line}"))


async def test_the_first_response_offers_it_on_its_page_and_keeps_what_is_typed(scene: Scene) -> None:
    chat = await with_logs(scene)
    form = await scene.say(chat, f"/fqr {NUMBER}")
    assert LOGS not in form.words
    await scene.press(chat, form, "Next", symptom="SSH times out")
    await used(scene, chat, form, business_impact="Your release waits.")
    await scene.press(chat, form, "Next")
    await scene.press(chat, form, "Page back")
    assert inputs(form)["personal_line"] == LOGS


async def test_the_scope_offers_it_and_a_mail_to_one_of_us_offers_none(scene: Scene) -> None:
    chat = await with_logs(scene)
    await used(scene, chat, await scene.say(chat, f"/scope {NUMBER}"), issue_definition="SSH times out")
    refund = await scene.say(chat, f"/case {NUMBER} refund")
    assert "Use" not in refund.titles
