"""Activities in the shapes that Teams, the Emulator, Web Chat and Direct Line really send."""

import itertools
from typing import Any, NamedTuple

TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47"
APP_ID = "11111111-2222-3333-4444-555555555555"
BOT_NAME = "Casemate"
AT = "2026-11-23T08:30:00.000Z"

Activity = dict[str, Any]


class Person(NamedTuple):
    """Somebody on the channel. `key` is what the bot knows them by."""

    name: str
    address: str
    directory_id: str
    key: str


class Where(NamedTuple):
    """A conversation. `id` is the one that activities carry, with its thread part."""

    id: str
    kind: str  # "personal", "channel", "groupChat"
    name: str = ""


class Shapes:
    """Builds what one channel sends. Ids are new with each call; nothing is sent."""

    def __init__(self, channel_id: str, service_url: str) -> None:
        self.channel_id, self.service_url = channel_id, service_url
        self.teams = channel_id == "msteams"
        self.bot = {"id": f"28:{APP_ID}" if self.teams else "bot", "name": BOT_NAME}
        self._ids = itertools.count(1)

    def person(self, name: str) -> Person:
        short = name.split()[0].lower()
        directory_id = f"00000000-0000-0000-0000-{short.encode().hex():0>12.12}"
        if self.teams:
            return Person(name, f"29:{short}-address", directory_id, f"{TENANT}/{directory_id}")
        return Person(name, short, "", f"{self.channel_id}/{short}")

    def message(self, where: Where, by: Person, text: str, *, mention: bool = False) -> Activity:
        activity = self._base("message", where, by) | {"text": text, "textFormat": "plain"}
        if mention:
            activity["text"] = f"<at>{BOT_NAME}</at>&nbsp;{text}"
            entity = {"type": "mention", "mentioned": self.bot, "text": f"<at>{BOT_NAME}</at>"}
            activity["entities"] = [entity, *activity.get("entities", [])]
        return activity

    def submit(self, where: Where, by: Person, card_id: str, action: Activity, values: dict[str, str]) -> Activity:
        """A click: Teams sends an invoke for `Action.Execute`, everybody else a message with a value."""
        data = {**(action.get("data") or {}), **values}
        if action["type"] == "Action.Execute":
            said = {"type": "Action.Execute", "verb": action.get("verb", ""), "data": data}
            value = {"action": said, "trigger": "manual"}
            invoke = self._base("invoke", where, by) | {"name": "adaptiveCard/action", "value": value}
            return invoke | {"replyToId": card_id}
        assert action["type"] == "Action.Submit", f"a {action['type']} is not sent to the bot"
        message = self._base("message", where, by) | {"value": data, "replyToId": card_id}
        return message | {"channelData": {**message.get("channelData", {}), "postBack": True}}

    def added(self, where: Where, *people: Person, by: Person | None = None, bot: bool = False) -> Activity:
        """People, or the bot, are new in the conversation."""
        members = [self._account(person) for person in people] + ([self.bot] if bot else [])
        return self._base("conversationUpdate", where, by or people[0]) | {"membersAdded": members}

    def removed(self, where: Where, by: Person) -> Activity:
        """The bot was taken out of the conversation."""
        return self._base("conversationUpdate", where, by) | {"membersRemoved": [self.bot]}

    def installation(self, where: Where, by: Person, action: str) -> Activity:
        return self._base("installationUpdate", where, by) | {"action": action}

    def _account(self, person: Person) -> Activity:
        account = {"id": person.address, "name": person.name}
        return account | ({"aadObjectId": person.directory_id} if self.teams else {"role": "user"})

    def _base(self, type: str, where: Where, by: Person) -> Activity:
        number = next(self._ids)
        conversation: Activity = {"id": where.id}
        activity: Activity = {
            "type": type,
            "id": f"17637{number:08}" if self.teams else f"{self.channel_id}-activity-{number}",
            "timestamp": AT,
            "channelId": self.channel_id,
            "serviceUrl": self.service_url,
            "from": self._account(by),
            "recipient": self.bot,
            "conversation": conversation,
            "locale": "en-GB",
        }
        if self.teams:
            conversation |= {"conversationType": where.kind, "tenantId": TENANT}
            if where.kind != "personal":
                conversation["isGroup"] = True
            channel_data: Activity = {"tenant": {"id": TENANT}}
            if where.kind == "channel":
                plain = where.id.partition(";")[0]
                channel_data |= {
                    "team": {"id": plain, "name": where.name},
                    "channel": {"id": plain},
                    "teamsChannelId": plain,
                }
            info = {"type": "clientInfo", "locale": "en-GB", "country": "GB", "timezone": "Europe/London"}
            activity |= {
                "localTimestamp": "2026-11-23T08:30:00.000+00:00",
                "localTimezone": "Europe/London",
                "channelData": channel_data,
                "entities": [info | {"platform": "Windows"}],
            }
        elif where.kind != "personal":
            conversation |= {"isGroup": True, "conversationType": where.kind, "name": where.name}
        return activity
