"""A team's own scenario, without any code (LQR-13)."""

from pathlib import Path

from tests.scenario.closing_mails.steps import drafted, marked, with_own_scenario
from tests.scenario.scene import NUMBER, Scene


async def test_a_teams_own_file_is_a_thirteenth_scenario_without_any_code(scene: Scene, tmp_path: Path) -> None:
    await with_own_scenario(scene, tmp_path)
    chat = scene.chat()
    choice = await scene.say(chat, "/lqr nothing-such")
    assert "hardware-swap" in choice.words
    draft = await drafted(scene, chat, "hardware-swap")
    assert "Draft: Hardware swap" in draft.words
    assert "✖" not in draft.words
    await scene.press(chat, draft, "Check", text="Hello Tanaka-san,\n\nAll is well.\n\nKind regards,\nAda Lovelace")
    assert "LQR-01.resolution" in draft.words  # its own parts are what it is held to
    assert "LQR-01.survey" not in draft.words
    await marked(scene, chat, draft)
    assert f"Case {NUMBER} is closed." in draft.words
