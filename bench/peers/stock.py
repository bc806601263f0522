"""Bot Framework's own echo bot: botbuilder's CloudAdapter as it comes, token checks off (no app id)."""

import os

from aiohttp import web
from botbuilder.core import ActivityHandler, MessageFactory, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication


class Settings:
    APP_ID = ""
    APP_PASSWORD = ""
    APP_TYPE = "MultiTenant"
    APP_TENANTID = ""


class Echo(ActivityHandler):
    async def on_message_activity(self, turn_context: TurnContext) -> None:
        await turn_context.send_activity(MessageFactory.text(f"You said: {turn_context.activity.text}"))


adapter = CloudAdapter(ConfigurationBotFrameworkAuthentication(Settings()))
echo = Echo()


async def messages(request: web.Request) -> web.Response:
    return await adapter.process(request, echo) or web.Response(status=201)


app = web.Application()
app.router.add_post("/api/messages", messages)
web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), access_log=None, print=None)
