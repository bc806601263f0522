"""Chromium, once for all tests here; each test gets a context of its own."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's Chromium: CHROMIUM names it, where it isn't in its usual place."""
    with sync_playwright() as playwright:
        where = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        chromium = playwright.chromium.launch(executable_path=where, headless=True, args=ARGS)
        yield chromium
        chromium.close()


@pytest.fixture
def window(browser: Browser) -> Iterator[BrowserContext]:
    """A window in which tabs can be opened, for one test."""
    with browser.new_context(timezone_id="Europe/Stockholm", viewport={"width": 1200, "height": 860}) as context:
        yield context
