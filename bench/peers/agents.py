"""The successor's echo: microsoft-agents-hosting-aiohttp as it comes, without its token check."""

import os

from aiohttp import web
from microsoft_agents.hosting.aiohttp import CloudAdapter
from microsoft_agents.hosting.core import ActivityHandler, MessageFactory, RestChannelServiceClientFactory, TurnContext


class Echo(ActivityHandler):
    async def on_message_activity(self, turn_context: TurnContext) -> None:
        await turn_context.send_activity(MessageFactory.text(f"You said: {turn_context.activity.text}"))


# A request without a claims identity is anonymous, so no connection is ever asked for.
adapter = CloudAdapter(channel_service_client_factory=RestChannelServiceClientFactory(None))
echo = Echo()


async def messages(request: web.Request) -> web.Response:
    return await adapter.process(request, echo)


app = web.Application()
app.router.add_post("/api/messages", messages)
web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), access_log=None, print=None)
