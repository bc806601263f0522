"""The page of a mail: what it shows, what it keeps back, and that looking has no effect."""

import json
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from html import unescape

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.drafts_page import DraftView, make_routes
from bot.links import Links
from playbook.model import Recipient

NOW = datetime(2026, 11, 23, 9, 42, tzinfo=UTC)
LINKS = Links("a secret of some length", "")
EVIL = "</script><script>alert(1)</script>\"'&<b>"

GOOD = DraftView(
    case_number="2611220030001234",
    title="Standard closure",
    to=(Recipient(name="Kenji, Tanaka", email="kenji@example.com", rule="main contact"), Recipient(name="Mika Sato")),
    cc=(Recipient(name="Rui Costa", email="rui@example.com", rule="LQR-04"),),
    subject="[2611220030001234] Cannot connect",
    text="Hello Tanaka-san,\n\n1. one\n2. two\n\nSee https://example.com/x",
    saved_at=NOW - timedelta(minutes=2),
    zone="Europe/Madrid",
)
DRAFTS = {
    "good": GOOD,
    "held": GOOD._replace(holds=("A placeholder is left: XXX.", "A password stands in the text.")),
    "evil": GOOD._replace(
        case_number=EVIL, title=EVIL, subject=EVIL, text=EVIL, to=(Recipient(name=EVIL, email=EVIL, rule=EVIL),)
    ),
    "nobody": GOOD._replace(to=(), cc=()),
    "sent": GOOD._replace(sent_at=NOW - timedelta(minutes=1)),
    "later": GOOD._replace(sent_at=NOW + timedelta(days=2)),
}


@pytest.fixture
async def client() -> AsyncIterator[TestClient[web.Request, web.Application]]:
    async def load(draft_id: str) -> DraftView | None:
        return DRAFTS.get(draft_id)

    app = web.Application()
    app.add_routes(make_routes(LINKS, load, lambda: NOW))
    async with TestClient(TestServer(app)) as one:
        yield one


Client = TestClient[web.Request, web.Application]


async def text_of(client: Client, draft_id: str, ending: str = "", status: int = 200, at: datetime = NOW) -> str:
    async with client.get(LINKS.sign(draft_id, at) + ending) as answer:
        assert answer.status == status
        return await answer.text()


def copies(page: str) -> dict[str, str]:
    found = re.search(r'id="copies">(.*?)</script>', page)
    assert found is not None
    values: dict[str, str] = json.loads(found[1])
    return values


async def test_the_page_shows_the_mail_and_where_each_name_comes_from(client: Client) -> None:
    page = await text_of(client, "good")
    for words in ("Standard closure", "Case 2611220030001234", "Kenji, Tanaka", "kenji@example.com", "main contact"):
        assert words in page
    assert "LQR-04" in page
    assert "no address on the case" in page
    assert '<li value="2">two</li>' in page
    assert "Saved today, 10:40 CET" in page
    assert "This link works until 18:42 CET" in page
    assert "click <b>Check</b> on the card" in page


async def test_what_is_copied_is_the_mail_and_addresses_without_names(client: Client) -> None:
    copied = copies(await text_of(client, "good"))
    assert copied["to"] == "kenji@example.com", "a comma in a name would make two people"
    assert copied["cc"] == "rui@example.com"
    assert copied["subject"] == GOOD.subject
    assert copied["plain"] == GOOD.text + "\n"
    assert '<a href="https://example.com/x">' in copied["html"]


async def test_the_page_lets_nothing_in_and_nothing_out(client: Client) -> None:
    async with client.get(LINKS.sign("good", NOW)) as first, client.get(LINKS.sign("good", NOW)) as second:
        headers, page = first.headers, await first.text()
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none';")
        assert "frame-ancestors 'none'" in policy
        assert "unsafe-inline" not in policy
        nonce = re.search(r"script-src 'nonce-([^']+)'", policy)
        assert nonce is not None
        assert page.count(f'nonce="{nonce[1]}"') == 2
        assert nonce[1] not in second.headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Robots-Tag"] == "noindex, nofollow"
        assert headers["X-Content-Type-Options"] == "nosniff"


async def test_whatever_was_typed_is_shown_as_text(client: Client) -> None:
    page = await text_of(client, "evil")
    assert "<script>alert" not in page
    assert page.count("</script>") == 2
    assert unescape(page).count("<script>alert(1)</script>") >= 5, "shown, not dropped"
    assert copies(page)["to"] == ""


async def test_nobody_to_write_to_is_said(client: Client) -> None:
    page = await text_of(client, "nobody")
    assert "Nobody yet" in page
    assert copies(page)["to"] == ""


async def test_a_mail_marked_sent_says_so(client: Client) -> None:
    assert "Marked as sent today, 10:41 CET." in await text_of(client, "sent")
    assert "Scheduled for Wed 25 Nov, 10:42 CET." in await text_of(client, "later")


@pytest.mark.parametrize("ending", ["", "/mail.eml"])
async def test_a_text_that_must_not_go_out_stays_here_and_the_page_says_why(client: Client, ending: str) -> None:
    page = await text_of(client, "held", ending, status=409)
    assert "A placeholder is left: XXX." in page
    assert "A password stands in the text." in page
    assert "click Check" in page
    assert "Tanaka" not in page


@pytest.mark.parametrize("ending", ["", "/mail.eml"])
async def test_an_old_link_says_how_to_get_a_new_one(client: Client, ending: str) -> None:
    page = await text_of(client, "good", ending, status=410, at=NOW - timedelta(hours=8))
    assert "expired" in page
    assert "fresh link" in page
    assert "Tanaka" not in page


async def test_a_link_that_is_none_of_ours_and_a_mail_that_is_gone(client: Client) -> None:
    async with client.get("/mail/abc.def") as answer:
        assert answer.status == 404
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "can't be read" in unescape(await answer.text())
    assert "not there any more" in await text_of(client, "swept", status=404)


async def test_the_file_is_the_same_mail(client: Client) -> None:
    async with client.get(LINKS.sign("good", NOW) + "/mail.eml") as answer:
        assert answer.status == 200
        assert answer.content_type == "message/rfc822"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="2611220030001234.eml"'
        assert answer.headers["Cache-Control"] == "no-store"
        message = message_from_bytes(await answer.read(), policy=default)
    assert message["Subject"] == GOOD.subject
    assert message["Cc"] == "Rui Costa <rui@example.com>"


async def test_a_file_name_is_made_of_harmless_characters(client: Client) -> None:
    async with client.get(LINKS.sign("evil", NOW) + "/mail.eml") as answer:
        assert re.fullmatch(r'attachment; filename="[A-Za-z0-9-]+\.eml"', answer.headers["Content-Disposition"])


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_the_page_can_only_be_looked_at(client: Client, method: str) -> None:
    async with client.request(method, LINKS.sign("good", NOW)) as answer:
        assert answer.status == 405
