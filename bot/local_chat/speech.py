"""What the bot hears of what people write to each other."""

import re
from typing import Any

from bot.local_chat.conversations import BOT

_MENTION = re.compile(rf"(?<!\S)@{re.escape(BOT['name'])}\b[,:]?", re.IGNORECASE)
_COMMAND = re.compile(r"\s*/\w")


def as_heard(text: str, *, in_channel: bool) -> dict[str, Any] | None:
    """`text` and `entities` of the activity for the bot, or None where it isn't spoken to.

    In a channel, as in Teams, it hears what names it; and, for whoever tries it for the first time, a line that
    begins with a slash.
    """
    marked = f"<at>{BOT['name']}</at>"
    heard, mentions = _MENTION.subn(marked, text, count=1)
    if mentions:
        return {"text": heard, "entities": [{"type": "mention", "text": marked, "mentioned": dict(BOT)}]}
    if in_channel and not _COMMAND.match(text):
        return None
    return {"text": text}
