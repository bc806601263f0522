"""Who gets a copy (LQR-04)."""

from playbook.model import Draft, MailSent
from tests.scenario.closing_mails.steps import drafted, marked, opened
from tests.scenario.scene import Scene, one


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
