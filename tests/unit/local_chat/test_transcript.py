"""The transcript and its file."""

import errno
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.local_chat.conversations import DELETED, KEPT, TEAM_CHANNEL, Conversation, Conversations
from bot.local_chat.journal import GROWN, Journal
from bot.local_chat.people import LocalPerson, people


def opened(path: Path, everybody: Iterable[LocalPerson] = people()) -> closing[Conversations]:
    return closing(Conversations(everybody, Journal(path)))


def team_of(kept: Conversations) -> Conversation:
    team = kept.get(TEAM_CHANNEL)
    assert team
    return team


def words(id: str) -> dict[str, object]:
    return {"id": id, "type": "message", "from": {"id": "ada"}, "text": id}


def test_a_line_torn_by_a_kill_harms_nothing_but_itself(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    with opened(path) as kept:
        for id in ("one", "two"):
            kept.keep(team_of(kept).put(words(id)))
    path.write_bytes(path.read_bytes()[:-9] + b"\n[]\n\xff\n")

    with opened(path) as again:
        assert list(team_of(again).activities) == ["one"]


def test_the_page_goes_on_where_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Journal, entry: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with opened(tmp_path / "t.jsonl") as kept:
        monkeypatch.setattr(Journal, "append", full)
        kept.keep(team_of(kept).put(words("one")))
        assert list(team_of(kept).activities) == ["one"]


def test_the_file_holds_each_message_once_after_a_start(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    with opened(path) as kept:
        team = team_of(kept)
        for _ in range(50):
            kept.keep(team.put(words("card")))
        kept.keep(team.put(words("gone")))
        kept.keep(team.remove("gone"))

    with opened(path) as again:
        assert path.read_text().count('"put"') == 1
        assert team_of(again).mark == team.mark
        (event,) = team_of(again).since(team.mark - 1).activities
        assert (event["name"], event["value"]) == (DELETED, "gone")


def test_what_grows_is_written_anew_and_keeps_the_newest(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    long = "x" * (GROWN // KEPT)
    with opened(path) as kept:
        for number in range(KEPT + 20):
            kept.keep(team_of(kept).put({**words(str(number)), "text": long}))
        written_anew = path.stat().st_size < 1.1 * GROWN

    with opened(path) as again:
        assert written_anew
        assert len(team_of(again).activities) == KEPT
        assert str(KEPT + 19) in team_of(again).activities


def test_people_who_left_the_list_take_their_chat_along(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    with opened(path) as kept:
        own = kept.own_chat("bo")
        assert own
        kept.keep(own.put(words("one")))

    with opened(path, [each for each in people() if each.id != "bo"]) as without:
        assert without.own_chat("bo") is None
        assert "a:bo" not in path.read_text()


def test_the_demo_people_make_a_team() -> None:
    everybody = {each.id: each for each in people()}
    roles = {role for each in everybody.values() for role in each.roles}

    assert {"engineer", "senior", "sme", "manager", "admin"} <= roles
    for each in everybody.values():
        assert each.person_id == f"emulator/{each.id}"
        assert ZoneInfo(each.zone)
        assert each.manager == "" or "manager" in everybody[each.manager].roles
