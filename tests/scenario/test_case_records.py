"""What is recorded of a case: each kind with its times and its undo, secrets masked."""

from datetime import timedelta

import pytest

from playbook.model import (
    AnswerKind,
    Attempt,
    AttemptChannel,
    AttemptOutcome,
    Case,
    CustomerAnswered,
    CustomerConfirmed,
    Note,
    Promise,
    Undone,
    WaitingOn,
)
from tests.scenario.scene import MONDAY, NUMBER, Scene, inputs, one

RECORDS = {
    "note": ({"text": "Called back."}, Note(text="Called back.")),
    "attempt": (
        {"channel": "phone", "outcome": "voicemail", "text": "Left my number."},
        Attempt(channel=AttemptChannel.PHONE, outcome=AttemptOutcome.VOICEMAIL, text="Left my number."),
    ),
    "answered": (
        {"answer": "later", "text": "Next week."},
        CustomerAnswered(kind=AnswerKind.LATER, text="Next week."),
    ),
    "confirmed": ({"text": "Works."}, CustomerConfirmed(by="Kenji Tanaka", text="Works.")),
    "promise": (
        {"text": "The logs", "due_on": "2026-11-24", "due_time": "17:00"},
        Promise(text="The logs", due_at=MONDAY + timedelta(days=1, hours=8)),
    ),
}


@pytest.mark.parametrize("kind", RECORDS)
async def test_each_kind_of_record_with_its_times_and_its_undo(scene: Scene, kind: str) -> None:
    typed, fact = RECORDS[kind]
    ada = scene.chat()
    card = await scene.registered(ada)
    before = await scene.case()
    form = await scene.opens(ada, card, "Record")
    await scene.press(ada, form, "Next", what=kind)
    times = {"happened_on": "2026-11-20", "happened_time": "15:00"}
    then = {"next_step": "Ask again", "next_step_on": "2026-11-25", "next_step_time": "10:00"}
    await scene.press(ada, form, "Record", **(typed | times | then))
    entry = one(await scene.entries())
    assert entry.fact == fact
    assert entry.by == ada.owner.key
    assert (entry.happened_at, entry.recorded_at) == (MONDAY - timedelta(days=3) + timedelta(hours=6), MONDAY)
    assert (entry.next_step, entry.next_step_at) == ("Ask again", MONDAY + timedelta(days=2, hours=1))
    assert "Ask again" in card.words

    await scene.press(ada, form, "Undo")
    undone = one(await scene.facts(), lambda fact: isinstance(fact, Undone))
    assert undone == Undone(entry_id=entry.id)
    assert "(taken back)" in card.words
    after = await scene.case()
    assert (after.waiting_on, after.owner) == (before.waiting_on, before.owner)
    assert inputs(form).items() >= typed.items()  # and it can be recorded anew


async def test_what_an_attempt_and_an_answer_change(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    form = await scene.say(ada, f"/case {NUMBER} attempt")
    await scene.press(ada, form, "Record", channel="mail", outcome="sent")
    assert (await scene.case()).waiting_on is WaitingOn.CUSTOMER
    form = await scene.say(ada, "/case answered")
    await scene.press(ada, form, "Record", answer="answer")
    assert (await scene.case()).waiting_on is WaitingOn.US


async def test_a_promise_needs_a_time_ahead_and_a_record_one_that_has_been(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    form = await scene.say(ada, f"/case {NUMBER} promise")
    await scene.press(ada, form, "Record", text="The logs", due_on="2026-11-20")
    assert "a promise has its time ahead" in form.words
    assert inputs(form)["text"] == "The logs"
    note = await scene.say(ada, f"/case {NUMBER} note")
    await scene.press(ada, note, "Record", text="Soon", happened_on="2026-11-30")
    assert "lies in the future" in note.words
    assert await scene.entries() == []


async def test_secrets_are_masked_in_every_record(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    await scene.say(ada, f"/note {NUMBER} their password: Sommer2026!x is too weak")
    form = await scene.recorded(
        ada,
        "note",
        text="AccountKey=" + "Ab1+" * 21 + "Ab==",
        next_step="password: Winter2027?",
        next_step_on="2026-11-30",
    )
    facts = [fact for fact in await scene.facts() if isinstance(fact, Note)]
    assert len(facts) == 2
    kept = str(await scene.all(Case)) + str(await scene.entries())
    assert "Sommer2026" not in kept
    assert "Ab1+Ab1+" not in kept
    assert "Winter2027" not in kept
    assert "is too weak" in kept
    assert "Ab1+Ab1+" not in form.words


async def test_the_owner_is_told_what_a_colleague_wrote_and_a_mail_written_elsewhere_is_kept(scene: Scene) -> None:
    ada, bo = scene.chat(), scene.chat("Bo Okafor")
    await scene.registered(ada)
    await scene.say(bo, "/help")
    before = len(ada.sent)
    await scene.recorded(bo, "mail", subject="The steps", text="As we said on the phone.")
    await scene.look()
    assert f"Bo Okafor wrote to your case {NUMBER}: mail sent, written elsewhere." in ada.sent[before].words
    assert "The steps" in (await scene.say(ada, f"/case {NUMBER}")).words
