"""The SDK's view of our connector: whatever of botbuilder asks for a client gets the same pool."""

from typing import Any

from botbuilder.schema import Activity, ConversationParameters, ConversationResourceResponse, ResourceResponse
from botframework.connector.auth import ConnectorFactory

from bot.connector import Connector, activities_path


class PooledConnectorFactory(ConnectorFactory):
    """Makes clients that cost nothing: no session, no retries, no credentials of their own."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    async def create(self, service_url: str, audience: str | None = None) -> "PooledClient":
        return PooledClient(PooledConversations(self._connector, service_url))


class PooledClient:
    def __init__(self, conversations: "PooledConversations") -> None:
        self.conversations = conversations


class PooledConversations:
    """The operations that the SDK's adapter uses. Errors are those of `bot.connector`."""

    def __init__(self, connector: Connector, service_url: str) -> None:
        self._connector, self._service_url = connector, service_url

    async def send_to_conversation(self, conversation_id: str, activity: Activity) -> ResourceResponse:
        return await self._send("POST", activities_path(conversation_id), activity)

    async def reply_to_activity(self, conversation_id: str, activity_id: str, activity: Activity) -> ResourceResponse:
        return await self._send("POST", activities_path(conversation_id, activity_id), activity)

    async def update_activity(self, conversation_id: str, activity_id: str, activity: Activity) -> ResourceResponse:
        return await self._send("PUT", activities_path(conversation_id, activity_id), activity)

    async def delete_activity(self, conversation_id: str, activity_id: str) -> None:
        await self._connector.call("DELETE", self._service_url, activities_path(conversation_id, activity_id))

    async def create_conversation(self, parameters: ConversationParameters) -> ConversationResourceResponse:
        body: dict[str, Any] = parameters.serialize()
        done = await self._connector.call("POST", self._service_url, "/v3/conversations", body)
        return ConversationResourceResponse(id=done.get("id"), activity_id=done.get("activityId"))

    async def _send(self, method: str, path: str, activity: Activity) -> ResourceResponse:
        done = await self._connector.call(method, self._service_url, path, activity.serialize())
        return ResourceResponse(id=done.get("id"))
