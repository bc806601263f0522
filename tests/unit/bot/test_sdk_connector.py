"""Code of the SDK that asks for a connector client gets ours, and its calls reach the channel."""

from botbuilder.core import MessageFactory, TurnContext
from botbuilder.schema import Activity, ChannelAccount, ConversationAccount, ConversationParameters

from bot.connector import Connector, open_session
from bot.sdk_connector import PooledConnectorFactory
from tests.fakes.channel import FakeChannel
from tests.fakes.host import app_for, running


async def test_the_operations() -> None:
    async with FakeChannel("msteams") as channel, open_session() as http:
        factory = PooledConnectorFactory(Connector(http, allows=lambda url: True))
        conversations = (await factory.create(channel.service_url)).conversations
        said = MessageFactory.text("hello")
        id = (await conversations.send_to_conversation("a:ada", said)).id
        await conversations.update_activity("a:ada", id, MessageFactory.text("changed"))
        bo = ChannelAccount(id="29:bo-address")
        opened = await conversations.create_conversation(ConversationParameters(members=[bo]))
        [sent] = channel.own_chat().sent
        assert (sent.id, sent.words) == (id, "changed")
        assert opened.id == channel.own_chat(channel.person("Bo")).where.id


async def test_the_adapters_own_way_to_speak_goes_through_the_same_pool() -> None:
    from bot.incoming import Incoming
    from bot.outgoing import Answer

    async def silent(incoming: Incoming) -> Answer:
        return Answer()

    async with FakeChannel("emulator") as channel, open_session() as http:
        app = app_for(http, silent)
        async with running(app):
            adapter = next(
                route.handler.__self__  # type: ignore[attr-defined]
                for route in app.router.routes()
                if route.method == "POST"
            )
            activity = Activity(
                type="message",
                channel_id="emulator",
                service_url=channel.service_url,
                conversation=ConversationAccount(id="a:ada"),
                from_property=ChannelAccount(id="ada"),
                recipient=ChannelAccount(id="bot"),
            )

            async def speak(context: TurnContext) -> None:
                await context.send_activity("by the SDK")

            await adapter.process_activity("", activity, speak)
        assert [sent.words for sent in channel.own_chat().sent] == ["by the SDK"]
