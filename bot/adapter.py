"""One turn: a request comes in, an activity is let in and understood, an answer goes back.

A thin seam over botbuilder's CloudAdapter: its pipeline and its authentication, without its costs
(findings §1). What the bot says goes out through `bot.connector` after the commit, by the handler;
only an invoke is answered in the response's body.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from http import HTTPStatus
from time import perf_counter
from typing import Any

from aiohttp import web
from botbuilder.core import BotAdapter, InvokeResponse, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter
from botbuilder.schema import Activity, ActivityTypes, ChannelAccount, ConversationAccount
from botframework.connector.auth import BotFrameworkAuthentication

from bot import incoming
from bot.activity import Account, WireActivity
from bot.incoming import CARD_ACTION, Incoming, Parse
from bot.ingress import KNOWN_TYPES, read_activity
from bot.metrics import Metrics
from bot.outgoing import CARD_TYPE, Answer
from bot.refusal import json_answer

TurnHandler = Callable[[Incoming], Awaitable[Answer]]

MESSAGE_TYPE = "application/vnd.microsoft.activity.message"
ERROR_TYPE = "application/vnd.microsoft.error"
NOT_HERE = "I can't do that here. Type help to see what I can do."
DONE = "Done."


class Adapter(CloudAdapter):
    """Turns requests to `/api/messages` into calls of the handler, and its answers into responses."""

    def __init__(
        self,
        authentication: BotFrameworkAuthentication,
        handle: TurnHandler,
        *,
        parse: Parse,
        metrics: Metrics,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`handle` returns after its commit: only then is the activity acknowledged.

        It is not called for what says nothing to the bot. What it raises goes to the caller of
        `process`. `parse` reads a typed line.
        """
        super().__init__(authentication)
        self._handle, self._parse, self._metrics, self._now = handle, parse, metrics, now

    async def process(self, request: web.Request, bot: Any = None, ws_response: Any = None) -> web.Response:
        """The response to one request. Raises `bot.refusal.Refusal` for what isn't let in."""
        started = perf_counter()
        wire = await read_activity(request)
        activity = sdk_activity(wire)
        header = request.headers.get("Authorization", "")
        proof = await self.bot_framework_authentication.authenticate_request(activity, header)
        if wire.type not in KNOWN_TYPES:
            return web.Response()
        heard = incoming.read(wire, parse=self._parse, now=self._now())

        async def turn(context: TurnContext) -> None:
            answer = await self._handle(heard) if heard is not None else None
            if wire.type == ActivityTypes.invoke:
                value = InvokeResponse(status=HTTPStatus.OK, body=invoke_body(wire, answer))
                said = Activity(type=ActivityTypes.invoke_response, value=value)
                context.turn_state[BotAdapter._INVOKE_RESPONSE_KEY] = said

        response = await self.process_activity(proof, activity, turn)
        self._metrics.turns.observe(perf_counter() - started)
        return web.Response() if response is None else json_answer(response.body, int(response.status))


def invoke_body(wire: WireActivity, answer: Answer | None) -> dict[str, Any]:
    """What the channel shows to who clicked; `answer` is None for what we don't understand."""
    name = wire.name or ""
    if name == CARD_ACTION:
        if answer is None:
            error = {"code": "BadRequest", "message": NOT_HERE}
            return {"statusCode": 400, "type": ERROR_TYPE, "value": error}
        if answer.card is not None:
            return {"statusCode": 200, "type": CARD_TYPE, "value": answer.card}
        return {"statusCode": 200, "type": MESSAGE_TYPE, "value": answer.text or DONE}
    if name.startswith("task/"):
        return {"task": {"type": "message", "value": NOT_HERE}}
    if name.startswith("composeExtension/"):
        return {"composeExtension": {"type": "message", "text": NOT_HERE}}
    return {}


def sdk_activity(wire: WireActivity) -> Activity:
    """The SDK's Activity of what we read, made directly: its own deserialiser takes half a millisecond."""
    there = wire.conversation
    return Activity(
        type=wire.type,
        id=wire.id,
        channel_id=wire.channel_id,
        service_url=wire.service_url,
        from_property=_account(wire.sender),
        recipient=_account(wire.recipient),
        conversation=there
        and ConversationAccount(
            id=there.id,
            name=there.name,
            conversation_type=there.conversation_type,
            is_group=there.is_group,
            tenant_id=there.tenant_id,
        ),
        text=wire.text,
        value=wire.value,
        name=wire.name,
        action=wire.action,
        reply_to_id=wire.reply_to_id,
        channel_data=wire.channel_data,
        locale=wire.locale,
        local_timezone=wire.local_timezone,
        delivery_mode=wire.delivery_mode,
    )


def _account(account: Account | None) -> ChannelAccount | None:
    if account is None:
        return None
    return ChannelAccount(id=account.id, name=account.name, aad_object_id=account.aad_object_id, role=account.role)
