"""From activities of each channel to what was said."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from bot.activity import WireActivity
from bot.incoming import Incoming, read, submit_of
from dialogs.turn import Command, Event, Submit, Text
from storage.records import PlaceKind
from tests.fakes.activities import BOT_NAME, TENANT, Shapes, Where
from tests.fakes.host import parse

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
CHANNELS = ("msteams", "emulator", "webchat", "directline")
OWN = Where("a:ada", "personal")
TEAM = Where("19:support@thread.tacv2;messageid=17", "channel", "Support")


def heard(activity: dict[str, Any], **changes: Any) -> Incoming | None:
    wire = msgspec.convert({**activity, **changes}, WireActivity)
    return read(wire, parse=parse, now=NOW)


def must(activity: dict[str, Any], **changes: Any) -> Incoming:
    incoming = heard(activity, **changes)
    assert incoming is not None
    return incoming


def shapes(channel: str = "msteams") -> Shapes:
    return Shapes(channel, "https://smba.trafficmanager.net/emea/")


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_message_in_ones_own_chat(channel: str) -> None:
    teams = channel == "msteams"
    ada = shapes(channel).person("Ada Lovelace")
    said = shapes(channel).message(OWN, ada, "/lqr 2611 standard-closure")
    incoming = must(said)
    assert incoming.said == Command("lqr", "2611 standard-closure")
    assert incoming.person_id == ada.key
    assert incoming.person_id.startswith(f"{TENANT}/" if teams else f"{channel}/")
    assert (incoming.person_name, incoming.person_address) == ("Ada Lovelace", ada.address)
    assert (incoming.place.id, incoming.place.kind) == (f"{channel}|a:ada", PlaceKind.PERSONAL)
    assert (incoming.place.person, incoming.place.heard_at) == (ada.key, NOW)
    assert incoming.place.service_url == "https://smba.trafficmanager.net/emea/"
    assert (incoming.thread, incoming.reply_to, incoming.invoke, incoming.mentioned) == ("", "", False, False)
    assert incoming.once == f"{channel}|a:ada|{said['id']}"
    assert incoming.zone == ("Europe/London" if teams else "")
    assert must(said).once == incoming.once, "a redelivery is recognised"


def test_a_thread_of_a_team_channel() -> None:
    ada = shapes().person("Ada Lovelace")
    incoming = must(shapes().message(TEAM, ada, "/help", mention=True))
    assert incoming.said == Command("help")
    assert incoming.mentioned
    assert incoming.place.id == "msteams|19:support@thread.tacv2"
    assert incoming.place.conversation == "19:support@thread.tacv2"
    assert incoming.thread == incoming.conversation == TEAM.id
    assert (incoming.place.kind, incoming.place.name, incoming.place.person) == (PlaceKind.CHANNEL, "Support", "")
    assert incoming.place.tenant == incoming.tenant == TENANT


def test_a_group_of_a_channel_without_conversation_types() -> None:
    said = shapes("emulator").message(OWN, shapes("emulator").person("Bo"), "hi")
    assert must(said, conversation={"id": "g", "isGroup": True}).place.kind is PlaceKind.GROUP


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_click(channel: str) -> None:
    teams = channel == "msteams"
    data = {"flow": "case", "id": "f1", "step": "save", "rev": 3}
    kind = "Action.Execute" if teams else "Action.Submit"
    action = {"type": kind, "title": "Next", "data": data, "verb": "save"}
    by = shapes(channel).person("Ada")
    incoming = must(shapes(channel).submit(OWN, by, "post-7", action, {"title": "Disk\u200b full"}))
    assert incoming.said == Submit("case", "f1", "save", 3, {"title": "Disk full"})
    assert (incoming.reply_to, incoming.invoke) == ("post-7", teams)


@pytest.mark.parametrize(
    ("data", "submit"),
    [
        ({"flow": "case", "id": "1", "step": "s", "rev": "12"}, Submit("case", "1", "s", 12, {})),
        ({"flow": "case", "id": "1", "rev": 2}, Submit("case", "1", "the-verb", 2, {})),
        ({}, Submit("", "", "the-verb", 0, {})),
        ({"flow": 5, "id": None, "step": ["x"], "rev": {}}, Submit("", "", "", 0, {})),
        ({"rev": True}, Submit("", "", "the-verb", 0, {})),
        ({"rev": "²"}, Submit("", "", "the-verb", 0, {})),
        ({"rev": "9" * 5000}, Submit("", "", "the-verb", 0, {})),
        (
            {"n": 5, "on": True, "off": False, "none": None, "list": [1], "deep": {"a": 1}, "msteams": {}, "k" * 101: "x"},
            Submit("", "", "the-verb", 0, {"n": "5", "on": "true", "off": "false", "none": ""}),
        ),
    ],
)  # fmt: skip
def test_submits_of_all_shapes(data: dict[str, Any], submit: Submit) -> None:
    assert submit_of(data, verb="the-verb") == submit


def test_a_foreign_cards_submit_is_heard_so_that_it_can_be_answered() -> None:
    said = shapes("webchat").message(OWN, shapes("webchat").person("Bo"), "")
    assert must(said, value={"action": {"a": [1]}}).said == Submit("", "", "", 0, {})
    assert heard(said, value="x") is None
    ours = {"flow": "case", "step": "save"}
    assert must(said, text="Next", value=ours).said == Submit("case", "", "save", 0, {})
    assert must(said, text="look at this", value={"a": 1}).said == Text("look at this")


@pytest.mark.parametrize("value", [None, "x", 5, [], {}, {"action": None}, {"action": "x"}, {"action": [1]}])
def test_a_card_action_without_an_action(value: Any) -> None:
    said = shapes().message(OWN, shapes().person("Ada"), "")
    assert heard(said, type="invoke", name="adaptiveCard/action", value=value) is None


def test_other_types_are_nothing_for_us() -> None:
    said = shapes().message(OWN, shapes().person("Ada"), "hi")
    for type in ("typing", "messageReaction", "messageUpdate", "messageDelete", "endOfConversation", "event"):
        assert heard(said, type=type) is None
    assert heard(said, type="invoke", name="task/fetch", value={}) is None


def test_echoes_are_ignored() -> None:
    said = shapes().message(OWN, shapes().person("Ada"), "hi")
    assert heard(said, **{"from": said["recipient"]}) is None
    assert heard(said, **{"from": {"id": "other-bot", "role": "bot"}}) is None


@pytest.mark.parametrize("channel", CHANNELS)
def test_comings_and_goings(channel: str) -> None:
    make = shapes(channel)
    ada, bo = make.person("Ada"), make.person("Bo")
    added = must(make.added(TEAM, bot=True, by=ada))
    assert (added.said, added.person_id) == (Event("added"), ada.key)
    joined = must(make.added(TEAM, bo, by=ada))
    assert (joined.said, joined.person_id, joined.person_name) == (Event("joined"), bo.key, "Bo")
    both = must(make.added(OWN, ada, bot=True))
    assert (both.said, both.person_id) == (Event("added"), ada.key)
    assert must(make.removed(TEAM, ada)).said == Event("removed")
    assert must(make.installation(OWN, ada, "add")).said == Event("added")
    assert must(make.installation(OWN, ada, "remove")).said == Event("removed")
    assert heard(make.installation(OWN, ada, "add-upgrade")) is None
    assert heard(make.added(TEAM, by=ada)) is None


def test_the_bot_adding_itself_is_about_the_person_who_is_there() -> None:
    make = shapes("webchat")
    said = make.added(OWN, make.person("Ada"), bot=True)
    assert must(said, **{"from": make.bot}).person_id == "webchat/ada"
    alone = must(make.added(OWN, bot=True, by=make.person("Ada")), **{"from": make.bot})
    assert (alone.said, alone.person_id, alone.place.person) == (Event("added"), "", "")


@pytest.mark.parametrize(
    ("sender", "tenant", "person"),
    [
        ({"id": "29:x", "aadObjectId": "o"}, TENANT, f"{TENANT}/o"),
        ({"id": "29:x"}, TENANT, "msteams/29:x"),
        ({"id": "29:x", "aadObjectId": "o"}, None, "msteams/29:x"),
    ],
)
def test_who_somebody_is_on_teams(sender: dict[str, str], tenant: str | None, person: str) -> None:
    said = shapes().message(OWN, shapes().person("Ada"), "hi")
    conversation = {"id": "a", "tenantId": tenant}
    assert must(said, **{"from": sender}, conversation=conversation, channelData=None).person_id == person


def test_a_directory_id_means_nothing_on_another_channel() -> None:
    said = shapes("webchat").message(OWN, shapes("webchat").person("Bo"), "hi")
    forged = {"id": "bo", "aadObjectId": "boss"}
    assert must(said, **{"from": forged}, channelData={"tenant": {"id": TENANT}}).person_id == "webchat/bo"


def test_without_an_id_each_message_is_one_of_its_own() -> None:
    said = shapes("directline").message(OWN, shapes("directline").person("Bo"), "hi")
    assert must(said, id=None).once != must(said, id=None).once


def test_calling_the_bot_and_nothing_more_is_heard() -> None:
    ada = shapes().person("Ada")
    assert must(shapes().message(TEAM, ada, "", mention=True)).said == Text("")
    assert heard(shapes().message(OWN, ada, " \u200b")) is None


@pytest.mark.parametrize(
    ("zone", "known"), [("Asia/Tokyo", "Asia/Tokyo"), ("Etc/GMT+1", "Etc/GMT+1"), ("a b", ""), ("x" * 65, ""), (None, "")]
)  # fmt: skip
def test_zones(zone: str | None, known: str) -> None:
    said = shapes("webchat").message(OWN, shapes("webchat").person("Bo"), "hi")
    assert must(said, localTimezone=zone).zone == known
    assert must(said, entities=[{"type": "clientInfo", "timezone": zone}, {"timezone": 5}, 7]).zone == known


def test_the_bots_name_in_the_fakes_is_the_one_it_goes_by() -> None:
    assert shapes().bot["name"] == BOT_NAME
