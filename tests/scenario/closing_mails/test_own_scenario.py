"""A team's own scenario, without any code (LQR-13)."""

from pathlib import Path

from playbook.mails import OURS, Mails
from playbook.rules import lint
from tests.scenario.closing_mails.steps import OWN, drafted, marked
from tests.scenario.scene import NUMBER, Scene


async def test_a_teams_own_file_is_a_thirteenth_scenario_without_any_code(scene: Scene, tmp_path: Path) -> None:
    folder = tmp_path / "mails" / "lqr"
    folder.mkdir(parents=True)
    (folder / "hardware-swap.md.j2").write_text(OWN, "utf-8")
    scene.mails = Mails.load(OURS, tmp_path / "mails", lint=lint)
    await scene.restart()
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
