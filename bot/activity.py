"""The activity as a channel sends it: the few fields that we read, their shapes checked while parsing.

A field that the Bot Framework protocol makes optional is optional here. What channels fill in freely
(`value`, `channelData`, entities) is taken as it is, and read with care by `bot.incoming`.
"""

from typing import Annotated, Any

import msgspec

# Ids go into URLs, keys and logs: no control characters, and no longer than any channel's.
Id = Annotated[str, msgspec.Meta(max_length=1024, pattern=r"^[^\x00-\x1f\x7f]*$")]


class Account(msgspec.Struct, frozen=True, rename="camel"):
    """A person or the bot, as `from`, `recipient` or a member. `id` is the channel's address of them."""

    id: Id = ""
    name: str | None = None
    aad_object_id: Id | None = None
    role: str | None = None


class Conversation(msgspec.Struct, frozen=True, rename="camel"):
    id: Id = ""
    name: str | None = None
    conversation_type: str | None = None  # "personal", "channel", "groupChat"; the Emulator sends none
    is_group: bool | None = None
    tenant_id: Id | None = None


class WireActivity(msgspec.Struct, frozen=True, rename="camel"):
    """What arrives at `/api/messages`."""

    type: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    id: Id | None = None
    channel_id: Annotated[str, msgspec.Meta(max_length=64, pattern=r"^[A-Za-z0-9_.-]*$")] | None = None
    service_url: Annotated[str, msgspec.Meta(max_length=2048)] | None = None
    sender: Account | None = msgspec.field(name="from", default=None)
    recipient: Account | None = None
    conversation: Conversation | None = None
    text: str | None = None
    value: Any = None
    name: Annotated[str, msgspec.Meta(max_length=128)] | None = None  # of an invoke or an event
    action: str | None = None  # of an installationUpdate
    reply_to_id: Id | None = None
    channel_data: Any = None
    entities: list[Any] | None = None
    members_added: list[Account] | None = None
    members_removed: list[Account] | None = None
    local_timezone: str | None = None
    locale: str | None = None
    delivery_mode: str | None = None


def tenants(channel_data: Any, other: str | None) -> frozenset[str]:
    """Every tenant that an activity names: Teams names one, in its channel data and in its conversation."""
    tenant = channel_data.get("tenant") if isinstance(channel_data, dict) else None
    named = tenant.get("id") if isinstance(tenant, dict) else None
    return frozenset(name for name in (named, other) if isinstance(name, str) and name)


def tenant_of(activity: WireActivity) -> str:
    """The activity's tenant; empty when it names none, or two."""
    named = tenants(activity.channel_data, activity.conversation.tenant_id if activity.conversation else None)
    return next(iter(named)) if len(named) == 1 else ""
