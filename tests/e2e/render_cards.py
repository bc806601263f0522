"""Draw Adaptive Cards with the real renderer, in the local page's look: `python -m tests.e2e.render_cards IN [OUT]`.

Each `*.json` of the folder becomes `<name>.<scheme>.<width>.png`, in light and dark, as wide as a desktop's chat and
as narrow as a phone. What a person would stumble over is told: elements the renderer doesn't know, ids given twice,
wrong values, anything past the edge, button titles cut off, and anything fetched from elsewhere.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route, sync_playwright

ROOT = Path(__file__).parents[2]
WEB = ROOT / "bot" / "local_chat" / "web"
MODULES = ROOT / "node_modules"
SCHEMES = ("light", "dark")
WIDTHS = (560, 320)  # CSS pixels

_BASE = "http://cards.invalid/"
_FILES = {
    "page.css": WEB / "page.css",
    "look.js": WEB / "look.js",
    "adaptivecards.js": MODULES / "adaptivecards/dist/adaptivecards.min.js",
    "markdown-it.js": MODULES / "markdown-it/dist/markdown-it.min.js",
    "draw_card.js": Path(__file__).with_name("draw_card.js"),
}
_TYPES = {".css": "text/css", ".js": "text/javascript"}
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Cards</title>
<link rel="stylesheet" href="page.css">
<style>body { display: block; height: auto; padding: 12px }
#cm-chat { height: auto; background: var(--cm-surface); border: 1px solid var(--cm-line); border-radius: 8px }</style>
<div id="cm-chat"></div>
<script src="adaptivecards.js"></script><script src="markdown-it.js"></script>
<script type="module" src="draw_card.js"></script></html>"""


@contextmanager
def drawing_page(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page that can draw cards, and the list into which its complaints go."""
    complaints: list[str] = []
    page = browser.new_page(device_scale_factor=1.5)
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on("console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None)

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(_BASE)
        if name == "":
            route.fulfill(body=_PAGE, content_type="text/html")
        elif name in _FILES:
            file = _FILES[name]
            route.fulfill(body=file.read_text(encoding="utf-8"), content_type=_TYPES[file.suffix])
        else:
            complaints.append(f"fetches {route.request.url[:120]}")
            route.abort()

    page.route("**/*", answer)
    page.goto(_BASE)
    page.wait_for_function("() => Boolean(window.drawCard)")
    yield page, complaints
    page.close()


def draw(page: Page, complaints: list[str], card: dict[str, Any], name: str, out: Path) -> list[str]:
    """Draw one card in each scheme and width. Returns what is wrong with it, each thing once."""
    out.mkdir(parents=True, exist_ok=True)
    wrong: list[str] = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 600})
            wrong += page.evaluate("card => window.drawCard(card)", card)
            page.screenshot(path=out / f"{name}.{scheme}.{width}.png", full_page=True)
    wrong += complaints
    complaints.clear()
    return list(dict.fromkeys(wrong))


def main() -> int:
    """The command line. Exit status: 0, or 1 when something is wrong with a card."""
    parser = argparse.ArgumentParser(description="Draw Adaptive Cards and tell what is wrong with them.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path, nargs="?", default=Path(__file__).with_name("out") / "cards")
    asked = parser.parse_args()
    failing = 0
    with sync_playwright() as playwright:
        where = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=where, args=["--no-sandbox", "--disable-gpu"])
        with drawing_page(browser) as (page, complaints):
            for file in sorted(asked.folder.glob("*.json")):
                wrong = draw(page, complaints, json.loads(file.read_text(encoding="utf-8")), file.stem, asked.out)
                failing += bool(wrong)
                print("\n    ".join([f"{'FAIL' if wrong else 'ok  '} {file.name}", *wrong]))
        browser.close()
    return 1 if failing else 0


if __name__ == "__main__":
    sys.exit(main())
