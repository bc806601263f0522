"""From a channel's activity to what was said: the same words, whichever channel they came by."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import uuid4

from bot.activity import Account, Conversation, WireActivity, tenant_of
from bot.clean import clean, one_line
from bot.mentions import without_mention
from dialogs.turn import Command, Event, Said, Submit, Text
from playbook.model import PersonId
from storage.records import Place, PlaceKind

Parse = Callable[[str], Command | Text]

CARD_ACTION = "adaptiveCard/action"
_MAX_INPUTS = 100
_ZONE = re.compile(r"[A-Za-z0-9_+/-]{1,64}")
_KINDS = {"personal": PlaceKind.PERSONAL, "channel": PlaceKind.CHANNEL, "groupChat": PlaceKind.GROUP}


class Incoming(NamedTuple):
    """One thing that a person said, clicked, or the channel told."""

    channel: str
    tenant: str
    person_id: PersonId  # "<tenant>/<aadObjectId>" on msteams, else "<channel>/<from.id>"; empty: nobody
    person_name: str
    person_address: str  # the channel's own id of them: for mentions, never a key
    conversation: str  # as the channel gave it, with its thread part
    place: Place
    thread: str  # the conversation where it has a thread part, else empty
    said: Said
    once: str  # the same for a redelivery
    reply_to: str  # the card that was clicked, or the message that was answered
    invoke: bool  # the channel waits for a body
    zone: str  # IANA name as the channel tells it, or empty
    mentioned: bool  # the bot was called by its name


def read(activity: WireActivity, *, parse: Parse, now: datetime) -> Incoming | None:
    """What the activity says to us; None when it is nothing for us: typing, a reaction, our own echo.

    The activity has passed `bot.ingress` and `bot.auth`. A submit that is not one of our cards' comes
    as a `Submit` with an empty `flow`, so that its sender gets a sentence and not silence.
    """
    conversation, channel = activity.conversation, activity.channel_id or ""
    if conversation is None or not conversation.id:
        return None
    who: Account | None = activity.sender
    mentioned = False
    said: Said | None
    if activity.type == "message":
        if who is None or _is_bot(who, activity.recipient):
            return None
        said, mentioned = _message(activity, parse)
    elif activity.type == "invoke":
        said = _card_action(activity.value) if activity.name == CARD_ACTION else None
    else:
        said, who = _event(activity)
    if said is None:
        return None
    tenant = tenant_of(activity)
    person = person_id(channel, tenant, who)
    place = _place(activity, conversation, channel, tenant, person, now)
    return Incoming(
        channel=channel,
        tenant=tenant,
        person_id=person,
        person_name=one_line(who.name) if who else "",
        person_address=who.id if who else "",
        conversation=conversation.id,
        place=place,
        thread=conversation.id if conversation.id != place.conversation else "",
        said=said,
        once=f"{channel}|{conversation.id}|{activity.id or uuid4().hex}",  # no id: can't be recognised
        reply_to=activity.reply_to_id or "",
        invoke=activity.type == "invoke",
        zone=_zone(activity),
        mentioned=mentioned,
    )


def person_id(channel: str, tenant: str, who: Account | None) -> PersonId:
    """The stable id of a person, from what the channel vouches for; empty without one.

    On Teams somebody without a directory id (or a test client that sends none) falls under the
    channel's own namespace, which can't be mistaken for a tenant's.
    """
    if who is None or not who.id:
        return ""
    if channel == "msteams" and tenant and who.aad_object_id:
        return f"{tenant}/{who.aad_object_id}"
    return f"{channel}/{who.id}"


def _is_bot(who: Account, recipient: Account | None) -> bool:
    return who.role == "bot" or (recipient is not None and who.id == recipient.id)


def _message(activity: WireActivity, parse: Parse) -> tuple[Said | None, bool]:
    text, mentioned = without_mention(activity)
    value = activity.value
    if isinstance(value, dict) and (not text or _is_ours(value)):
        return submit_of(value), mentioned
    if text or mentioned:
        return parse(text), mentioned
    return None, mentioned


def _card_action(value: Any) -> Submit | None:
    """The submit inside Teams' `adaptiveCard/action`; None when there is no action in it."""
    action = value.get("action") if isinstance(value, dict) else None
    if not isinstance(action, dict):
        return None
    data = action.get("data")
    return submit_of(data if isinstance(data, dict) else {}, verb=action.get("verb"))


def _is_ours(value: Mapping[str, Any]) -> bool:
    return isinstance(value.get("flow"), str) and "step" in value


def submit_of(data: Mapping[str, Any], verb: Any = None) -> Submit:
    """Our `{"flow", "id", "step", "rev"}` and, beside them, the card's inputs as clean text."""
    step = data.get("step") or verb
    values = {}
    for key, value in list(data.items())[:_MAX_INPUTS]:
        text = _text_of(value)
        if key not in ("flow", "id", "step", "rev", "msteams") and len(key) <= 100 and text is not None:
            values[key] = clean(text)
    return Submit(
        flow=_name(data.get("flow")),
        id=_name(data.get("id")),
        step=_name(step),
        rev=_rev(data.get("rev")),
        values=values,
    )


def _text_of(value: Any) -> str | None:
    """An input's value as text: channels send text, test clients also numbers and booleans."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    return "" if value is None else None


def _name(value: Any) -> str:
    return one_line(value, 200) if isinstance(value, str) else ""


def _rev(value: Any) -> int:
    """The revision that the card shows; 0 when the client sends nonsense, which is never current."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 12 else 0


def _event(activity: WireActivity) -> tuple[Event | None, Account | None]:
    """What the channel tells of comings and goings, and whom it is about."""
    bot = activity.recipient.id if activity.recipient else ""
    sender = activity.sender if activity.sender and activity.sender.id != bot else None
    if activity.type == "installationUpdate":
        kinds = {"add": Event("added"), "remove": Event("removed")}  # an upgrade is neither
        return kinds.get(activity.action or ""), sender
    if activity.type != "conversationUpdate":
        return None, None
    if any(member.id == bot for member in activity.members_removed or ()):
        return Event("removed"), sender
    added = activity.members_added or []
    people = [member for member in added if member.id and member.id != bot]
    if len(people) < len(added):
        return Event("added"), sender or next(iter(people), None)
    return (Event("joined"), people[0]) if people else (None, None)


def _place(
    activity: WireActivity, conversation: Conversation, channel: str, tenant: str, person: PersonId, now: datetime
) -> Place:
    plain = conversation.id.partition(";messageid=")[0]
    group = PlaceKind.GROUP if conversation.is_group else PlaceKind.PERSONAL
    kind = _KINDS.get(conversation.conversation_type or "", group)
    return Place(
        id=f"{channel}|{plain}",
        channel=channel,
        conversation=plain,
        service_url=activity.service_url or "",
        bot_id=activity.recipient.id if activity.recipient else "",
        tenant=tenant,
        kind=kind,
        name=_place_name(activity.channel_data) or one_line(conversation.name),
        person=person if kind is PlaceKind.PERSONAL else "",
        heard_at=now,
    )


def _place_name(data: Any) -> str:
    """ "Support › Escalations" of a Teams channel, as far as the channel tells."""
    parts = [data.get(part) for part in ("team", "channel")] if isinstance(data, dict) else []
    names = [part.get("name") for part in parts if isinstance(part, dict)]
    return " › ".join(one_line(name) for name in names if isinstance(name, str) and name)


def _zone(activity: WireActivity) -> str:
    told: list[Any] = [activity.local_timezone]
    told += [e.get("timezone") for e in (activity.entities or [])[:20] if isinstance(e, dict)]
    return next((zone for zone in told if isinstance(zone, str) and _ZONE.fullmatch(zone)), "")
