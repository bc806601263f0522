"""*I sent it* refused or taken back: what stands typed on the card stays in sight, and what was taken back counts no more."""

from datetime import UTC, datetime

from playbook.model import MailSent, Overridden, Stage
from tests.scenario.scene import KENJI, NUMBER, SOLVED, Scene, inputs, one


def shown(card: dict[str, object], id: str) -> bool:
    """Whether the box of this id is on show."""
    (box,) = [item for item in card["body"] if isinstance(item, dict) and item.get("id") == id]  # type: ignore[attr-defined]
    return box.get("isVisible", True) is True


async def test_undo_of_a_scheduled_mail_forgets_its_time(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    draft = await scene.drafted_for(ada)
    assert not shown(draft.card, "sent_when")
    sent = await scene.press(ada, draft, "I sent it", sent_on="2026-11-25", sent_time="10:00")
    assert "Scheduled for Wed 25 Nov" in sent.words
    back = await scene.press(ada, sent, "Undo")
    assert (inputs(back)["sent_on"], inputs(back)["sent_time"]) == ("", "")
    assert not shown(back.card, "sent_when")
    await scene.press(ada, back, "I sent it")
    last = [fact for fact in await scene.entries() if isinstance(fact.fact, MailSent)]
    assert min(entry.happened_at for entry in last) == scene.clock.at
    assert (await scene.case()).stage is Stage.CLOSED


async def test_a_time_that_is_typed_stays_in_sight_until_it_counts(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    draft = await scene.drafted_for(ada)
    text = inputs(draft)["text"]
    await scene.press(ada, draft, "Check", text=f"{text}\n\nPS: Thank you.", sent_on="2026-11-25", sent_time="10:00")
    assert (inputs(draft)["sent_on"], inputs(draft)["sent_time"]) == ("2026-11-25", "10:00")
    assert shown(draft.card, "sent_when")
    await scene.press(ada, draft, "Check", sent_on="", sent_time="")
    assert inputs(draft)["sent_on"] == ""
    await scene.press(ada, draft, "I sent it")
    assert (await scene.case()).closed_at == datetime(2026, 11, 23, 9, tzinfo=UTC)


async def test_a_reason_that_is_typed_before_i_sent_it_stays_and_the_refusal_names_the_button(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    await scene.recorded(ada, "mood", sentiment="unhappy")
    form = await scene.say(ada, f"/lqr {NUMBER} standard-closure")
    draft = await scene.press(ada, form, "Draft", **SOLVED, override_reason="Agreed with Dana")
    assert inputs(draft)["override_reason"] == "Agreed with Dana"
    refused = await scene.press(ada, draft, "I sent it")
    assert "Your reason is kept: Override, right below it, goes on with the closing." in refused.words
    assert inputs(refused)["override_reason"] == "Agreed with Dana"
    await scene.press(ada, draft, "Override")
    assert one([fact for fact in await scene.facts() if isinstance(fact, Overridden)]).reason == "Agreed with Dana"
    await scene.press(ada, draft, "I sent it")
    assert not (await scene.case()).open


async def test_without_a_reason_the_refusal_points_to_what_opens_it(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada, **KENJI)
    await scene.recorded(ada, "mood", sentiment="unhappy")
    draft = await scene.drafted_for(ada)
    refused = await scene.press(ada, draft, "I sent it")
    assert "What opens it stands above." in refused.words
    assert "Your reason is kept" not in refused.words


async def test_closing_without_a_mail_keeps_the_reason_and_names_the_button_too(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    await scene.recorded(ada, "mood", sentiment="unhappy")
    form = await scene.say(ada, f"/case {NUMBER} close")
    typed = {"reason": "They told me so", "resolution_code": "solved", "override_reason": "Agreed"}
    refused = await scene.press(ada, form, "Close case", **typed)
    assert "Your reason is kept: Override, right below it" in refused.words
    assert inputs(refused)["override_reason"] == "Agreed"
    await scene.press(ada, form, "Override")
    await scene.press(ada, form, "Close case")
    assert not (await scene.case()).open
