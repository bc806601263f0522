"""A mail of 100,000 characters pasted wherever a mail may be pasted: told at the field, kept, and nothing cut in silence."""

import pytest

from playbook.model import Attempt, NewAsk
from tests.fakes import cards
from tests.fakes.channel import Sent
from tests.scenario.scene import NUMBER, Scene, inputs

WORDS = "Please look at the second cluster, too: it fails in the same way since Monday. "
PASTED = (WORDS * 1300)[:100_000]
TOLD = "Please shorten it."
SCOPE = {
    "business_impact": "No release can be built.",
    "issue_definition": "SSH to both build servers times out",
    "solved_when": "ssh build1 answers within 5 seconds",
}


def told(card: Sent, field: str) -> None:
    """The form is there with the beginning of the text, why it can't be used, and how much of it is on show."""
    assert TOLD in card.words
    assert f"{len(PASTED.strip()):,} characters" in card.words
    assert inputs(card)[field].startswith(WORDS.strip()[:60])


async def scoped(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    form = await scene.say(ada, f"/scope {NUMBER}")
    await scene.press(ada, form, "Draft", **SCOPE)


@pytest.mark.parametrize(
    ("command", "button", "field", "others"),
    [
        ("/fqr {}", "Next", "symptom", {}),
        ("/fqr {} urgent", "Draft", "business_impact", {"symptom": "It is down", "doing": "I look"}),
        ("/scope {}", "Draft", "issue_definition", SCOPE),
        ("/validate {}", "Check", "symptom", {"entitled": "yes"}),
        ("/case {} answered", "Record", "text", {"answer": "answer"}),
        ("/case {} note", "Record", "text", {}),
        ("/call {}", "Record", "text", {"outcome": "reached"}),
        ("/case {} handed-back", "Record", "text", {}),
    ],
)
async def test_a_form_tells_it_at_its_field(
    scene: Scene, command: str, button: str, field: str, others: dict[str, str]
) -> None:
    ada = scene.chat()
    await scene.registered(ada, severity="B", fqr_sent_on="2026-11-20")
    if "handed-back" in command:
        escalated = await scene.say(ada, f"/case {NUMBER} escalate T-1")
        await scene.press(ada, escalated, "Escalate", vendor="Contoso")
    before = await scene.entries()
    form = await scene.say(ada, command.format(NUMBER))
    told(await scene.press(ada, form, button, **(others | {field: PASTED})), field)
    assert await scene.entries() == before


async def test_a_new_ask_that_is_too_long_is_told_behind_the_command_and_in_the_form(scene: Scene) -> None:
    await scoped(scene)
    ada = scene.chat()
    form = await scene.say(ada, f"/scope {NUMBER} ask {PASTED}")
    told(form, "new_ask")
    assert "Outside" not in form.titles
    decide = await scene.press(ada, form, "Next", new_ask=WORDS)
    assert {"Inside", "New case", "Outside"} <= set(decide.titles)
    assert not [fact for fact in await scene.facts() if isinstance(fact, NewAsk)]


async def test_a_call_in_one_line_is_as_long_as_its_form_takes(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    form = await scene.say(ada, f"/call {NUMBER} Ana reached: {PASTED}")
    told(form, "text")
    assert inputs(form)["contact"] == "Ana"
    assert not [fact for fact in await scene.facts() if isinstance(fact, Attempt)]
    await scene.press(ada, form, "Record", text="The second cluster, too.")
    assert [fact.text for fact in await scene.facts() if isinstance(fact, Attempt)] == ["Ana: The second cluster, too."]


async def test_a_text_to_check_that_is_too_long_is_not_read_in_part(scene: Scene) -> None:
    ada = scene.chat()
    told(await scene.say(ada, f"/check {PASTED}"), "text")


async def test_no_client_cuts_what_is_pasted_before_we_can_say_how_long_it_is(scene: Scene) -> None:
    ada = scene.chat()
    await scene.registered(ada)
    form = await scene.say(ada, f"/case {NUMBER} note")
    assert "maxLength" not in cards.inputs(form.card)["text"]
    await scene.press(ada, form, "Record", text="word " * 1_000 + "end")
    assert "This has 5,003 characters; 4,000 are the most." in form.words
    await scene.press(ada, form, "Record", text="word " * 100)
    assert "Note" in form.words
