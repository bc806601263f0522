"""The connector's calls, and what each failure of the channel means for whoever sends."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import aiohttp
import pytest

from bot.connector import (
    BadCredentials,
    Connector,
    Gone,
    PerhapsSent,
    Rejected,
    SendError,
    SendRefused,
    TooLarge,
    open_session,
)
from storage.records import Place
from tests.fakes.channel import FakeChannel

HELLO = {"type": "message", "text": "hello"}


@pytest.fixture
async def channel() -> AsyncIterator[FakeChannel]:
    async with FakeChannel("msteams") as channel:
        yield channel


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with open_session() as session:
        yield session


@pytest.fixture
def connector(http: aiohttp.ClientSession) -> Connector:
    return Connector(http, allows=lambda url: True)


def place(channel: FakeChannel, conversation: str = "a:ada") -> Place:
    return Place(
        id=f"msteams|{conversation}",
        channel="msteams",
        conversation=conversation,
        service_url=channel.service_url,
        bot_id="28:bot",
        tenant="t1",
        heard_at=datetime(2026, 11, 23, tzinfo=UTC),
    )


async def test_post_then_edit_in_place(channel: FakeChannel, connector: Connector) -> None:
    id = await connector.post(place(channel), HELLO)
    assert await connector.edit(place(channel), id, {"type": "message", "text": "changed"}) == id
    [sent] = channel.own_chat().sent
    assert (sent.id, sent.words, len(sent.versions)) == (id, "changed", 2)


async def test_a_thread_is_posted_to_by_its_full_id(channel: FakeChannel, connector: Connector) -> None:
    thread = "19:support@thread.tacv2;messageid=17"
    await connector.post(place(channel, "19:support@thread.tacv2"), HELLO, thread)
    assert [sent.words for sent in channel.room("Support", thread="17").sent] == ["hello"]
    assert channel.room("Support").sent == []


async def test_create_personal(channel: FakeChannel, connector: Connector) -> None:
    bo = channel.person("Bo Diddley")
    conversation, id = await connector.create_personal(place(channel), bo.address, HELLO)
    [sent] = channel.own_chat(bo).sent
    assert (sent.conversation, sent.id) == (conversation, id)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, Rejected),
        (401, BadCredentials),
        (403, Gone),
        (404, Gone),
        (409, Rejected),
        (412, SendRefused),
        (413, TooLarge),
        (429, SendRefused),
        (302, Rejected),
        (500, PerhapsSent),
        (502, PerhapsSent),
        (503, PerhapsSent),
    ],
)
async def test_statuses(channel: FakeChannel, connector: Connector, status: int, error: type[SendError]) -> None:
    id = await connector.post(place(channel), HELLO)
    channel.refuse(status, times=2)
    for call in (connector.post(place(channel), HELLO), connector.edit(place(channel), id, HELLO)):
        with pytest.raises(SendError) as caught:
            await call
        assert type(caught.value) is error
        assert (caught.value.status, caught.value.code) == (status, f"Fake{status}")


async def test_retry_after_is_told(channel: FakeChannel, connector: Connector) -> None:
    channel.refuse(429, retry_after=7)
    with pytest.raises(SendRefused) as caught:
        await connector.post(place(channel), HELLO)
    assert caught.value.retry_after == 7


@pytest.mark.parametrize("taken", [False, True])
async def test_a_cut_connection_perhaps_sent_it(channel: FakeChannel, connector: Connector, taken: bool) -> None:
    channel.cut(taken=taken)
    with pytest.raises(PerhapsSent):
        await connector.post(place(channel), HELLO)
    assert len(channel.sent) == int(taken)
    assert len(channel.calls) == 1, "nothing is retried here"


async def test_a_hung_connector_perhaps_sent_it(channel: FakeChannel, http: aiohttp.ClientSession) -> None:
    http._timeout = aiohttp.ClientTimeout(total=0.05)
    channel.hold()
    with pytest.raises(PerhapsSent):
        await Connector(http, allows=lambda url: True).post(place(channel), HELLO)


async def test_nobody_listening_surely_did_not_send(connector: Connector) -> None:
    async with FakeChannel("msteams") as gone:
        pass
    with pytest.raises(SendRefused):
        await connector.post(place(gone), HELLO)


async def test_a_channel_without_edits_is_gone_for_an_edit(channel: FakeChannel, connector: Connector) -> None:
    id = await connector.post(place(channel), HELLO)
    channel.edits = False
    with pytest.raises(Gone):
        await connector.edit(place(channel), id, HELLO)


async def test_a_creation_that_broke_had_sent_nothing(channel: FakeChannel, connector: Connector) -> None:
    channel.cut(on="create")
    with pytest.raises(SendRefused):
        await connector.create_personal(place(channel), "29:bo", HELLO)
    channel.cut(on="post", taken=True)
    with pytest.raises(PerhapsSent):
        await connector.create_personal(place(channel), "29:bo", HELLO)


async def test_the_address_is_asked_for_before_each_send(channel: FakeChannel, http: aiohttp.ClientSession) -> None:
    asked: list[str] = []

    def never(url: str) -> bool:
        asked.append(url)
        return False

    connector = Connector(http, allows=never)
    for call in (
        connector.post(place(channel), HELLO),
        connector.edit(place(channel), "1", HELLO),
        connector.create_personal(place(channel), "29:bo", HELLO),
    ):
        with pytest.raises(Rejected):
            await call
    assert asked == [channel.service_url] * 3
    assert channel.calls == []


async def test_the_token_goes_along(channel: FakeChannel, http: aiohttp.ClientSession) -> None:
    async def token() -> str:
        return "ours"

    channel.expected_token = "ours"
    assert await Connector(http, allows=lambda url: True, token=token).post(place(channel), HELLO)
    with pytest.raises(BadCredentials):
        await Connector(http, allows=lambda url: True).post(place(channel), HELLO)


@pytest.mark.parametrize("id", ["../../v3/x?y=#", "a/b", "ä ö", "%2e%2e", "a;messageid=1", "19:x@thread.v2"])
async def test_an_id_stays_one_segment(channel: FakeChannel, connector: Connector, id: str) -> None:
    await connector.post(place(channel, id), HELLO)
    assert channel.sent[0].conversation == id


@pytest.mark.parametrize("id", ["", ".", ".."])
async def test_an_id_that_would_change_the_path_is_refused(channel: FakeChannel, connector: Connector, id: str) -> None:
    with pytest.raises(Rejected):
        await connector.post(place(channel, id), HELLO)
    assert channel.calls == []


def test_retry_after_in_all_its_spellings() -> None:
    from bot.connector import _seconds

    soon = format_datetime(datetime.now(UTC) + timedelta(days=2), usegmt=True)
    assert [_seconds(text) for text in (None, "", "3", " 4 ", "999999", "nan", "-1", soon, "Mon, 99 Foo")] == [
        None, None, 3.0, 4.0, 3600.0, None, None, 3600.0, None,
    ]  # fmt: skip


def test_the_session_reads_nothing_from_the_environment(http: aiohttp.ClientSession) -> None:
    assert http.trust_env is False
    assert isinstance(http.cookie_jar, aiohttp.DummyCookieJar)
    assert http.timeout.total == 10
