"""Who may talk to the local server, and what the page brings along."""

import html
import json
import re
from pathlib import Path

import pytest

from bot.local_chat import page
from tests.fakes.local import HearingBot, Local, running


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost:1", "", "192.168.1.7"])
async def test_a_foreign_host_is_refused(local: Local, host: str) -> None:
    async with local.client.get("/", headers={"Host": host}) as answer:
        assert answer.status == 403
        assert f"http://localhost:{local.port}/" in await answer.text()


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]", "LOCALHOST"])
async def test_the_names_of_this_machine_are_not(local: Local, name: str) -> None:
    async with local.client.get("/", headers={"Host": f"{name}:{local.port}"}) as answer:
        assert answer.status == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:1", "https://localhost:{port}"])
@pytest.mark.parametrize("path", ["/directline/conversations", "/v3/conversations", "/api/messages", "/local/alive"])
async def test_another_pages_requests_are_refused(local: Local, origin: str, path: str) -> None:
    headers = {"Origin": origin.format(port=local.port), "Authorization": "Bearer ada@own"}
    async with local.client.post(path, headers=headers, json={}) as answer:
        assert answer.status == 403


async def test_the_pages_own_requests_are_not(local: Local) -> None:
    headers = {"Origin": f"http://localhost:{local.port}", "Authorization": "Bearer ada@own"}
    async with local.client.post("/directline/conversations", headers=headers) as answer:
        assert answer.status == 200


async def test_the_policy_allows_nothing_but_what_carries_the_nonce(local: Local) -> None:
    async with local.client.get("/") as answer:
        policy, page = answer.headers["Content-Security-Policy"], await answer.text()
    async with local.client.get("/") as answer:
        another = answer.headers["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert policy != another
    (nonce,) = re.findall(r"script-src 'nonce-([^']+)'", policy)
    tags = re.findall(r"<(?:script(?! type=\"application/json\")|link rel=\"stylesheet\"|style)[^>]*>", page)
    assert len(tags) == 2
    assert all(f'nonce="{nonce}"' in tag for tag in tags)
    assert not re.findall(r'\s(?:style|on\w+)="', page)


async def test_the_pages_files_are_there(local: Local) -> None:
    async with local.client.get("/") as answer:
        page = await answer.text()
    paths = re.findall(r'(?:src|href)="(/local/[^"]+)"', page)
    assert len(paths) == 2
    for path in [*paths, "/local/look.js", "/local/people.js"]:
        async with local.client.get(path) as answer:
            assert answer.status == 200
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_the_page_knows_the_people_by_name_only(local: Local) -> None:
    async with local.client.get("/") as answer:
        page = await answer.text()
    for name in ("Ada Lindqvist", "Bo Okafor", "Chen Wei", "Dana Reyes"):
        assert name in page
    assert "@example.com" not in page
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert all(id.startswith("cm-") for id in ids)  # a card's input id becomes an element's id
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("installed", [True, False])
async def test_web_chat_comes_from_here_where_it_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, installed: bool
) -> None:
    file = tmp_path / "webchat.js"
    if installed:
        file.write_text("// Web Chat")
    monkeypatch.setattr(page, "_INSTALLED", file)
    async with running(tmp_path, HearingBot()) as local:
        async with local.client.get("/") as answer:
            (facts,) = re.findall(r'id="cm-facts">(.*)</script>', await answer.text())
        address = json.loads(html.unescape(facts))["webchat"]
        async with local.client.get("/local/webchat.js") as answer:
            served = answer.status == 200

    assert served == installed
    assert address.startswith("/local/" if installed else "https://")
    assert json.loads(facts)["integrity"].startswith("sha384-")
