"""What Teams sends: a person's message, and a click on a card, of the usual size and shape."""

import itertools
from typing import Any
from uuid import UUID

_ids = itertools.count(1)
TENANT = "6f1c7ad1-5f3f-4f27-9a55-0f2b7f5f1c11"


def message(service_url: str, person: int, text: str) -> dict[str, Any]:
    """A message in the person's own chat. Person n is always the same person and chat."""
    object_id = str(UUID(int=0xA5 << 120 | person))
    return {
        "type": "message",
        "id": f"{1763780400000 + next(_ids)}",
        "timestamp": "2026-11-23T09:00:00.1234567Z",
        "localTimestamp": "2026-11-23T10:00:00.1234567+01:00",
        "localTimezone": "Europe/Berlin",
        "serviceUrl": service_url,
        "channelId": "msteams",
        "from": {"id": f"29:1person-{person}", "name": f"Kim Beispiel {person}", "aadObjectId": object_id},
        "conversation": {
            "conversationType": "personal",
            "tenantId": TENANT,
            "id": f"a:1conversation-{person}",
        },
        "recipient": {"id": "28:8d4a6f6e-0000-4000-8000-000000000001", "name": "Casemate"},
        "text": text,
        "textFormat": "plain",
        "attachments": [
            {"contentType": "text/html", "content": f"<p>{text}</p>"},
        ],
        "entities": [
            {
                "type": "clientInfo",
                "locale": "en-GB",
                "country": "DE",
                "platform": "Windows",
                "timezone": "Europe/Berlin",
            }
        ],
        "channelData": {"tenant": {"id": TENANT}, "source": {"name": "message"}, "legacy": {"replyToId": "1:1"}},
        "locale": "en-GB",
    }


def click(service_url: str, person: int, card_id: str, value: dict[str, Any]) -> dict[str, Any]:
    """A submit of the card with that activity id."""
    activity = message(service_url, person, "")
    del activity["text"], activity["attachments"]
    return {**activity, "replyToId": card_id, "value": value}
