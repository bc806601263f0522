"""The golden cards, drawn by the real renderer. The pictures are in out/cards, for human eyes."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.render_cards import ROOT, draw, drawing_page

pytestmark = pytest.mark.e2e

GOLDEN = sorted((ROOT / "tests" / "unit" / "cards" / "golden").glob("*.json"))
TEXT = {"type": "TextBlock", "text": "x"}
OUT = Path(__file__).with_name("out") / "cards"


@pytest.fixture(scope="module")
def drawing(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    with drawing_page(browser) as page_and_complaints:
        yield page_and_complaints


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.stem)
def test_a_golden_card_looks_well(drawing: tuple[Page, list[str]], file: Path) -> None:
    page, complaints = drawing
    assert draw(page, complaints, json.loads(file.read_text(encoding="utf-8")), file.stem, OUT) == []


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ([{"type": "Marquee", "text": "x"}], "UnknownElementType"),
        ([{"type": "TextBlock", "text": "x", "id": "a"}, {"type": "TextBlock", "text": "y", "id": "a"}], "DuplicateId"),
        ([{"type": "TextBlock", "text": "x", "size": "Gigantic"}], "InvalidPropertyValue"),
        ([{"type": "Image", "url": "https://example.org/x.png"}], "fetches https://example.org"),
        ([{"type": "ColumnSet", "columns": [{"type": "Column", "width": "400px", "items": [TEXT]}]}], "past the edge"),
        ([{"type": "Input.Text", "id": "a"}], "without a label"),
    ],
)
def test_what_people_would_stumble_over_is_told(
    drawing: tuple[Page, list[str]], tmp_path: Path, body: list[dict[str, Any]], told: str
) -> None:
    page, complaints = drawing
    wrong = draw(page, complaints, {"type": "AdaptiveCard", "version": "1.5", "body": body}, "bad", tmp_path)
    assert any(told in each for each in wrong), wrong
