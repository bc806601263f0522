"""The first attempt: its ping comes as soon as the case waits on the customer, whatever made it wait."""

from datetime import UTC, datetime

from playbook.model import FollowUp, FollowUpState
from tests.fakes.channel import Chat
from tests.scenario.scene import NUMBER, Scene
from tests.scenario.silent_customer.steps import chase, recorded

WEDNESDAY = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)  # two business days after Monday


async def waits_on_us(scene: Scene, chat: Chat) -> None:
    form = await scene.say(chat, f"/case {NUMBER} edit")
    await scene.press(chat, form, "Save", waiting_on="us")
    assert await nobody_is_pinged(scene)


async def nobody_is_pinged(scene: Scene) -> bool:
    return not any(one.state is FollowUpState.WAITING for one in await scene.all(FollowUp))


async def test_a_case_that_waits_on_them_by_hand_is_asked_after_and_no_more_once_it_waits_on_us(
    scene: Scene, ada: Chat
) -> None:
    first = await chase(scene)
    assert (first.text, first.due_at) == ("Ask Kenji Tanaka again: no answer yet", WEDNESDAY)
    await waits_on_us(scene, ada)


async def test_an_attempt_that_was_asked_for_moves_the_chase_on(scene: Scene, ada: Chat) -> None:
    scene.clock.at = WEDNESDAY
    tried = await recorded(scene, ada, "attempt", channel="phone", outcome="voicemail")
    then = await chase(scene)
    assert (then.text, then.due_at) == ("Try Kenji Tanaka again", datetime(2026, 11, 20, 9, 0, tzinfo=UTC))
    await scene.press(ada, tried, "Undo")
    assert (await chase(scene)).text == "Ask Kenji Tanaka again: no answer yet"


async def test_a_mail_after_which_the_case_waits_on_them_is_followed_and_its_undo_takes_that_back(
    scene: Scene, ada: Chat
) -> None:
    await waits_on_us(scene, ada)
    form = await scene.say(ada, f"/case {NUMBER} remote")
    draft = await scene.press(ada, form, "Draft", prepare="Somebody with admin rights")
    await scene.press(ada, draft, "I sent it")
    assert (await chase(scene)).due_at == WEDNESDAY
    await scene.press(ada, draft, "Undo")
    assert await nobody_is_pinged(scene)


async def test_a_mail_that_promises_our_news_is_followed_by_its_promise_alone(scene: Scene, ada: Chat) -> None:
    await waits_on_us(scene, ada)
    form = await scene.say(ada, f"/case {NUMBER} update")
    draft = await scene.press(ada, form, "Draft", vendor="Contoso support", news="They could reproduce it")
    await scene.press(ada, draft, "I sent it")
    assert [one.kind for one in await scene.all(FollowUp) if one.state is FollowUpState.WAITING] == ["promise"]
