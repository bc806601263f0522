"""What was said to the bot, without its being called by name."""

import re
from typing import Any

from bot.activity import WireActivity
from bot.clean import clean, one_line

# Bounded on purpose: a text full of "<at" must not cost more than reading it once.
_AT = re.compile(r"<at(?:\s[^<>]{0,200})?>([^<]{0,200})</at>", re.IGNORECASE)
_MANY = 50  # entities and repeated mentions beyond this are nobody's message


def without_mention(activity: WireActivity) -> tuple[str, bool]:
    """The message's clean text and whether the bot was called by its name.

    Others who are mentioned stay, as `@Name`. Entities may be malformed and the text may be missing.
    """
    text = (activity.text or "").replace("&nbsp;", " ").replace("\xa0", " ")
    bot = activity.recipient.id if activity.recipient else ""
    name = one_line(activity.recipient.name) if activity.recipient else ""
    called = False
    for words, id, other in _mentions(activity.entities or []):
        if id == bot:
            called = True
            text = text.replace(words, " ", _MANY)
        elif other:
            text = text.replace(words, f"@{other}", _MANY)

    def leftover(match: re.Match[str]) -> str:
        nonlocal called
        who = one_line(match[1])
        if who.casefold() == name.casefold():
            called = True
            return " "
        return f"@{who}"

    text = clean(_AT.sub(leftover, text)).strip()
    text, addressed = _without_address(text, name)
    return text, called or addressed


def _mentions(entities: list[Any]) -> list[tuple[str, str, str]]:
    """(the words in the text, id, name) of each well-formed mention."""
    found = []
    for entity in entities[:_MANY]:
        if not isinstance(entity, dict) or entity.get("type") != "mention":
            continue
        words, who = entity.get("text"), entity.get("mentioned")
        if not isinstance(words, str) or not words.strip() or not isinstance(who, dict):
            continue
        id, name = who.get("id"), who.get("name")
        if isinstance(id, str) and id:
            found.append((words.replace("&nbsp;", " "), id, one_line(name) if isinstance(name, str) else ""))
    return found


def _without_address(text: str, name: str) -> tuple[str, bool]:
    """Without a leading `@Casemate`, or Teams' `/Casemate lqr` and `/app lqr`."""
    if text[:1] not in ("@", "/"):
        return text, False
    said = text[1:]
    for word in (name, "app"):
        rest = said[len(word) :]
        if word and said[: len(word)].casefold() == word.casefold() and (not rest or rest[0] in " ,:\n\t"):
            return rest.lstrip(" ,:\n\t"), True
    return text, False
