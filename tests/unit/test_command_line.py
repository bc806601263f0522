"""What `python app.py …` says and the status it ends with, for what people type."""

import json
import os
from pathlib import Path

import pytest

import app

LINT = "lint takes one file, or - for standard input: one JSON object a line."


@pytest.fixture
def nowhere(tmp_path: Path) -> dict[str, str]:
    return {"DATA_DIR": str(tmp_path / "data")}


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["bakup", "x"], "There is no command 'bakup'; there are lint, check, backup, restore, export."),
        (["lint"], LINT),
        (["lint", "a", "b"], LINT),
        (["lint", "/no/such/file"], "/no/such/file: No such file or directory."),
        (["check", "a", "b"], "check takes one team file, or none"),
        (["check", "/no/such/team.toml"], "/no/such/team.toml: the team file can't be read"),
        (["backup"], "backup takes one file."),
        (["backup", "x"], "There is no file "),
        (["restore", "/no/such/file"], "There is no file /no/such/file."),
        (["export", "a", "b"], "export takes one file."),
        ([], "There is no MicrosoftAppId"),
        (["--local", "--port", "abc"], "--port is 'abc', which is not a port"),
    ],
)
def test_a_mistake_is_told_in_a_sentence(
    argv: list[str], says: str, nowhere: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert app.main(argv, nowhere) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(says)
    assert "Errno" not in err
    assert "Traceback" not in err


def test_check_tells_that_all_is_well(nowhere: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["check"], nowhere) == 0
    assert capsys.readouterr().out.endswith("All is well.\n")


def test_help_names_the_tools_too(nowhere: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["--help"], nowhere) == 0
    out = capsys.readouterr().out
    assert all(tool in out for tool in app.TOOLS)


async def test_copies_are_written_for_nobody_else_to_read(
    store_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for tool in ("backup", "export"):
        target = tmp_path / tool
        assert app.main([tool, str(target)], {"DATA_DIR": str(store_folder)}) == 0
        assert capsys.readouterr().out == f"Written to {target}.\n"
        assert os.name == "nt" or target.stat().st_mode & 0o077 == 0
    assert isinstance(json.loads((tmp_path / "export").read_text("ascii")), dict)


async def test_a_copy_that_cannot_be_written_is_no_fault_of_the_stores(
    store_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for tool in ("backup", "export"):
        target = tmp_path / "no such folder" / tool
        assert app.main([tool, str(target)], {"DATA_DIR": str(store_folder)}) == 2
        assert capsys.readouterr().err == f"The file {target} can't be written: No such file or directory.\n"


@pytest.fixture
async def store_folder(tmp_path: Path) -> Path:
    from storage.open import open_store

    store = await open_store(tmp_path / "data")
    await store.close()
    return tmp_path / "data"
