"""The app package keeps to what Teams takes."""

import struct

import pytest

from deploy.teams import icons
from deploy.teams.package import MENU, manifest
from dialogs.commands import COMMANDS


@pytest.mark.parametrize(("icon", "size"), [(icons.color_icon(), 192), (icons.outline_icon(), 32)])
def test_icons_have_the_size_that_teams_asks_for(icon: bytes, size: int) -> None:
    assert icon.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", icon[16:24]) == (size, size)


def test_the_menus_hold_the_bots_commands_within_the_limits() -> None:
    app = manifest("12345678-90ab-cdef-1234-567890abcdef", "casemate.example.com")
    lists = app["bots"][0]["commandLists"]
    assert [one["scopes"] for one in lists] == [["personal"], ["team"], ["groupChat"]]
    for menu in (one["commands"] for one in lists):
        assert 1 <= len(menu) <= MENU
        assert all(len(one["title"]) <= 32 and len(one["description"]) <= 128 for one in menu)
    shown = {one["title"] for menu in lists for one in menu["commands"]}
    assert shown == {one.name for one in COMMANDS if one.menu}


def test_names_are_no_longer_than_teams_shows() -> None:
    app = manifest("12345678-90ab-cdef-1234-567890abcdef", "casemate.example.com")
    assert len(app["name"]["short"]) <= 30
    assert len(app["description"]["short"]) <= 80
