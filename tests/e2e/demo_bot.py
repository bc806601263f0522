"""A bot of a few cards, to try the local page without Casemate: `python -m tests.e2e.demo_bot --port N`.

It calls the connector's REST API itself, as any bot would, and knows nothing of what serves the page.
"""

import argparse
import asyncio
import os
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from bot.local_chat.mount import add_local_chat

CARD = "application/vnd.microsoft.card.adaptive"
votes: dict[str, list[str]] = {}


def text(words: str, **more: Any) -> dict[str, Any]:
    return {"type": "TextBlock", "text": words, "wrap": True, **more}


def rich(*runs: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": words, **how} for words, how in runs]}


def submit(title: str, step: str, **more: Any) -> dict[str, Any]:
    return {"type": "Action.Submit", "title": title, "data": {"step": step}, **more}


def card(body: list[dict[str, Any]], actions: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    content = {"type": "AdaptiveCard", "version": "1.5", "body": body, "actions": actions or []}
    return {"type": "message", "attachments": [{"contentType": CARD, "content": content}]}


def field(id: str, label: str, **more: Any) -> dict[str, Any]:
    return {"type": "Input.Text", "id": id, "label": label, **more}


FORM = card(
    [
        text("Closing mail: standard closure", size="Large", weight="Bolder"),
        text("What was it, why, and what mended it?", isSubtle=True),
        field("case_number", "Case number", isRequired=True, errorMessage="Which case is it?"),
        field("customer_name", "Customer name", placeholder="As you would greet them"),
        {
            "type": "Input.ChoiceSet",
            "id": "severity",
            "label": "Severity",
            "value": "B",
            "choices": [{"title": "A, critical", "value": "A"}, {"title": "B, serious", "value": "B"}],
        },
        field("symptom", "Symptom", isMultiline=True, placeholder="What the customer saw"),
        {"type": "Input.Date", "id": "on", "label": "Confirmed on"},
        {"type": "Input.Toggle", "id": "told", "title": "The customer has confirmed it"},
        {
            "type": "ActionSet",
            "actions": [{"type": "Action.ToggleVisibility", "title": "More", "targetElements": ["more"]}],
        },
        {"type": "Container", "id": "more", "isVisible": False, "items": [field("cause", "Cause", isMultiline=True)]},
    ],
    [
        submit("Draft", "draft", style="positive"),
        submit("Write it", "write"),
        submit("Cancel", "cancel", associatedInputs="none"),
    ],
)

KITCHEN = card(
    [
        {
            "type": "ColumnSet",
            "columns": [
                {
                    "type": "Column",
                    "width": "stretch",
                    "items": [
                        text("2611220030001234", size="Small", isSubtle=True, spacing="None"),
                        text("Blob uploads time out from Singapore", size="Medium", weight="Bolder", spacing="None"),
                    ],
                },
                {"type": "Column", "width": "auto", "items": [text("Investigation", color="Accent", weight="Bolder")]},
            ],
        },
        {
            "type": "FactSet",
            "facts": [
                {"title": "Customer", "value": "Contoso, Mika Tanaka"},
                {"title": "Severity", "value": "B"},
                {"title": "Owner", "value": "Ada Lindqvist"},
                {"title": "Waiting on", "value": "customer, since Mon 16 Nov, 09:00 CET"},
            ],
        },
        rich(("To  ", {"isSubtle": True}), ("mika.tanaka@contoso.example", {})),
        {
            "type": "Container",
            "style": "emphasis",
            "items": [
                rich(("Dear Tanaka-san,", {})),
                rich(
                    ("Your uploads are fast again: <b>not bold</b>, *not italic*, https://example.org/a/long/path", {})
                ),
            ],
        },
        {
            "type": "Container",
            "style": "attention",
            "items": [
                rich(
                    ("✕ LQR-01.survey  ", {"weight": "Bolder", "color": "Attention"}), ("The survey isn’t named.", {})
                ),
                rich(
                    ("Add: ", {"isSubtle": True}), ("You may get a short survey; I read each answer.", {"italic": True})
                ),
            ],
        },
        {"type": "Container", "style": "good", "items": [rich(("✓ Ready to send", {"color": "Good"}))]},
        {"type": "Container", "style": "warning", "items": [rich(("! Look at the title", {"color": "Warning"}))]},
    ],
    [
        submit("Check", "check", style="positive"),
        {"type": "Action.OpenUrl", "title": "Open mail", "url": "http://localhost/"},
        submit("I sent it", "sent"),
        submit("Next", "next"),
        submit("Cancel", "cancel", style="destructive"),
    ],
)


def swarm(names: list[str]) -> dict[str, Any]:
    who = ", ".join(names) or "nobody yet"
    join = {"type": "Action.Execute", "title": "Join", "verb": "join", "data": {"step": "join"}}
    return card([text("Who can help with DNS?", weight="Bolder"), text(f"Helping: {who}")], [join])


async def answer(heard: dict[str, Any], call: Any) -> dict[str, Any] | None:
    """What the bot does; the body of an invoke's answer."""
    here, who = heard["conversation"]["id"], heard["from"]["name"].split()[0]
    posts = f"/v3/conversations/{here}/activities"
    if heard["type"] == "invoke":
        names = votes.setdefault(heard["replyToId"], [])
        names.append(who)
        content = swarm(names)["attachments"][0]["content"]
        await call("PUT", f"{posts}/{heard['replyToId']}", swarm(names))
        return {"statusCode": 200, "type": CARD, "value": content}
    if heard["type"] != "message":
        return None
    if isinstance(heard.get("value"), dict):
        said = card(
            [
                text(f"{who}: {heard['value']['step']}", weight="Bolder"),
                text("; ".join(f"{key}={value}" for key, value in heard["value"].items())),
            ]
        )
        await call("PUT", f"{posts}/{heard['replyToId']}", said)
        return None
    words = heard["text"].replace("<at>Casemate</at>", "").strip()
    replies = {"/lqr": FORM, "/case": KITCHEN, "/swarm": swarm([])}
    if words == "/gone":
        posted = await call("POST", posts, {"type": "message", "text": "soon gone"})
        await call("DELETE", f"{posts}/{posted['id']}", None)
    elif words == "/private":
        own = await call("POST", "/v3/conversations", {"members": [{"id": heard["from"]["id"]}]})
        await call("POST", f"/v3/conversations/{own['id']}/activities", {"type": "message", "text": "between us"})
    else:
        said = {"type": "message", "text": f"You said: {words} ({heard['localTimezone']})", "textFormat": "plain"}
        await call("POST", posts, replies.get(words, said))
    return None


def make_app(port: int, data_dir: Path) -> web.Application:
    app = web.Application()
    add_local_chat(app, port=port, data_dir=data_dir)

    async def messages(request: web.Request) -> web.Response:
        heard = await request.json()

        async with aiohttp.ClientSession(heard["serviceUrl"]) as session:

            async def call(method: str, path: str, body: Any) -> Any:
                async with session.request(method, path, json=body) as answered:
                    answered.raise_for_status()
                    return await answered.json() if answered.content_length else None

            body = await answer(heard, call)
        return web.json_response(body) if body else web.Response(status=202)

    async def ready(_: web.Request) -> web.Response:
        return web.Response(text="ok")

    app.add_routes([web.post("/api/messages", messages), web.get("/readyz", ready)])
    return app


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=3979)
    port = parser.parse_args().port
    runner = web.AppRunner(make_app(port, Path(os.environ.get("DATA_DIR", "data"))))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
