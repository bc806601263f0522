"""Cards on their way to Web Chat and clicks on their way back.

A real channel says with each click which card was clicked, and knows Action.Execute; Web Chat does neither. So each
action that leaves here is a submit that carries a note of ours, and the note is taken off again when it comes back.
"""

from typing import Any, NamedTuple

Activity = dict[str, Any]

NOTE = "casemateLocal"  # in an action's data, only between us and the page
CARD = "application/vnd.microsoft.card.adaptive"


class Click(NamedTuple):
    """What the bot is to hear of a click. Exactly one of `value`, `said` and `invoke` is set."""

    card: str  # activity id of the card
    value: dict[str, Any] | None = None  # a submit
    said: str = ""  # words spoken in the person's name (a submit of plain text, or Teams' imBack)
    invoke: dict[str, Any] | None = None  # the value of an `adaptiveCard/action`


def seen_by(person: str, activity: Activity) -> Activity:
    """The activity as this person's page gets it. The given one is left as it is."""
    hidden = {"replyToId", "recipient", "serviceUrl", "conversation"}  # Web Chat would wait for `replyToId`'s message
    seen = {key: value for key, value in activity.items() if key not in hidden}
    sender = activity.get("from") or {}
    seen["from"] = {**sender, "role": "user" if sender.get("id") == person else "bot"}
    if isinstance(seen.get("text"), str):
        seen["text"] = _mentions_shown(seen["text"], activity.get("entities"))
    if isinstance(seen.get("attachments"), list):
        seen["attachments"] = [_attachment(each, activity["id"]) for each in seen["attachments"]]
    return seen


def clicked(value: dict[str, Any]) -> Click:
    """What a click's data means, without our note. Data without a note is a submit of an unknown card."""
    data = dict(value)
    found = data.pop(NOTE, None)
    note: dict[str, Any] = found if isinstance(found, dict) else {}
    card = str(note.get("card", ""))
    teams = data.get("msteams")
    if isinstance(teams, dict) and teams.get("type") == "imBack":
        return Click(card, said=str(teams.get("value", "")))
    if note.get("text"):
        return Click(card, said=str(note["text"]))
    if note.get("execute"):
        action = {"type": "Action.Execute", "verb": note.get("verb") or "", "data": data}
        return Click(card, invoke={"action": action, "trigger": "manual"})
    return Click(card, value=data)


def _attachment(attachment: Any, activity_id: str) -> Any:
    if not isinstance(attachment, dict) or attachment.get("contentType") != CARD:
        return attachment
    card = attachment.get("content")
    entities = (card.get("msteams") or {}).get("entities") if isinstance(card, dict) else None
    return {**attachment, "content": _walk(card, activity_id, entities)}


def _walk(part: Any, activity_id: str, entities: Any) -> Any:
    if isinstance(part, list):
        return [_walk(each, activity_id, entities) for each in part]
    if not isinstance(part, dict):
        return part
    kind = part.get("type")
    if kind in ("Action.Submit", "Action.Execute"):
        return _action(part, activity_id)
    walked = {key: _walk(value, activity_id, entities) for key, value in part.items()}
    if kind == "TextBlock" and isinstance(walked.get("text"), str):
        walked["text"] = _mentions_shown(walked["text"], entities)
    return walked


def _action(action: dict[str, Any], activity_id: str) -> dict[str, Any]:
    data = action.get("data")
    note: dict[str, Any] = {"card": activity_id}
    if isinstance(data, str):
        note["text"] = data
    if action["type"] == "Action.Execute":
        note |= {"execute": True, "verb": action.get("verb")}
    rest = {key: value for key, value in action.items() if key not in ("verb", "fallback")}
    return {**rest, "type": "Action.Submit", "data": {**(data if isinstance(data, dict) else {}), NOTE: note}}


def _mentions_shown(text: str, entities: Any) -> str:
    """As Teams does: `<at>Ada</at>` is a mention only where an entity says so; anything else is text."""
    for entity in entities if isinstance(entities, list) else []:
        marked = entity.get("text") if isinstance(entity, dict) and entity.get("type") == "mention" else None
        if isinstance(marked, str) and marked:
            text = text.replace(marked, "@" + marked.removeprefix("<at>").removesuffix("</at>"))
    return text
