"""Closings that are held, and what opens them."""

from typing import Any

from playbook.model import Stage
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import NUMBER, SOLVED, Scene

RECORDS: dict[str, dict[str, Any]] = {
    "discussed": {"with_person": "Dana Reyes"},
    "told": {"account_manager_name": "Tim Berg"},
    "begun": {"recovery": "begun", "text": "Dana leads it"},
    "complete": {"recovery": "complete"},
    "confirmed": {"confirmed_by": "Kenji Tanaka"},
    "promise": {"text": "The log analysed", "due_on": "2026-11-25"},
    "kept": {"kept": "yes"},
}

FORMS = {"begun": "recovery", "complete": "recovery"}


async def recorded(scene: Scene, chat: Chat, what: str, **more: Any) -> None:
    scene.clock.tick(minutes=1)
    form = await scene.say(chat, f"/case {NUMBER} {FORMS.get(what, what)}")
    if what == "kept":
        more["promise"] = next(one.id for one in await scene.entries() if "due_at" in one.fact.__struct_fields__)
    await scene.press(chat, form, "Record", **(RECORDS[what] | more))
    scene.clock.tick(minutes=1)


async def drafted(scene: Scene, chat: Chat, **typed: Any) -> Sent:
    form = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    return await scene.press(chat, form, "Draft", **(SOLVED | typed))


async def is_refused(scene: Scene, chat: Chat, draft: Sent, rule: str) -> None:
    """The mark is refused, on the same card, and nothing is marked or closed."""
    before = len(await scene.entries())
    await scene.press(chat, draft, "I sent it")
    assert f"{rule} holds the closing: the mail is not marked and the case stays open." in draft.words
    assert (await scene.case()).open
    assert len(await scene.entries()) == before


async def closes(scene: Scene, chat: Chat, draft: Sent) -> None:
    await scene.press(chat, draft, "I sent it")
    assert f"Case {NUMBER} is closed." in draft.words
    assert (await scene.case()).stage is Stage.CLOSED
