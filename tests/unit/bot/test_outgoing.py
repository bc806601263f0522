"""Cards and texts as each channel can show them."""

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from bot.outgoing import CARD_TYPE, LAST, SIZE_LIMIT, TOO_LARGE, Fitter, first_words, fit
from storage.records import Place
from tests.fakes import cards

SUBMIT = {
    "type": "Action.Submit",
    "title": "Next",
    "style": "positive",
    "data": {"flow": "case", "id": "1", "step": "save", "rev": 2},
}
MAIL = {"type": "Action.OpenMail", "title": "Open mail", "draft_id": "d1"}
CARD: dict[str, Any] = {
    "type": "AdaptiveCard",
    "version": "1.5",
    "body": [
        {"type": "TextBlock", "text": "Case 2611", "wrap": True},
        {"type": "Container", "items": [{"type": "ActionSet", "actions": [MAIL]}], "selectAction": SUBMIT},
    ],
    "actions": [SUBMIT, {"type": "Action.ShowCard", "title": "More", "card": {"body": [], "actions": [SUBMIT]}}],
}


def link(draft_id: str) -> str:
    return f"https://casemate.example/{draft_id}"


def place(channel: str) -> Place:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    return Place(
        id=f"{channel}|c", channel=channel, conversation="c", service_url="http://x", bot_id="28:bot", heard_at=at
    )


def test_teams_gets_execute_with_submit_to_fall_back_to() -> None:
    fitted = fit(CARD, "msteams", link=link)
    execute = {**SUBMIT, "type": "Action.Execute", "verb": "save", "fallback": SUBMIT}
    assert fitted["actions"][0] == execute
    assert fitted["actions"][1]["card"]["actions"] == [execute]
    assert fitted["body"][1]["selectAction"] == execute


@pytest.mark.parametrize("channel", ["emulator", "webchat", "directline"])
def test_others_get_submit(channel: str) -> None:
    fitted = fit(CARD, channel, link=link)
    assert fitted["actions"][0] == SUBMIT
    assert "Action.Execute" not in msgspec.json.encode(fitted).decode()


@pytest.mark.parametrize("channel", ["msteams", "webchat"])
def test_open_mail_becomes_its_link(channel: str) -> None:
    fitted = fit(CARD, channel, link=link)
    assert cards.button(fitted, "Open mail") == {
        "type": "Action.OpenUrl",
        "title": "Open mail",
        "url": "https://casemate.example/d1",
    }


def test_the_card_itself_is_left_alone() -> None:
    before = deepcopy(CARD)
    fit(CARD, "msteams", link=link)
    assert before == CARD


def test_what_a_button_carries_is_never_rewritten() -> None:
    carried = {**SUBMIT, "data": {"step": "s", "inner": {"type": "Action.Submit"}}}
    fitted = fit({"type": "AdaptiveCard", "body": [], "actions": [carried]}, "msteams", link=link)
    assert fitted["actions"][0]["data"] == carried["data"]


def test_an_activity_with_a_card() -> None:
    activity = Fitter(link).activity(CARD, place("webchat"))
    content = activity["attachments"][0]["content"]
    assert activity["attachments"][0]["contentType"] == CARD_TYPE
    assert (activity["type"], activity["from"]) == ("message", {"id": "28:bot"})
    assert activity["summary"] == content["fallbackText"] == "Case 2611"
    assert content["lang"] == activity["locale"] == "en"
    assert msgspec.json.encode(activity)


def test_a_text_is_shown_as_it_is() -> None:
    activity = Fitter(link).activity("**x** <b>y</b>", place("msteams"))
    assert (activity["text"], activity["textFormat"]) == ("**x** <b>y</b>", "plain")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ([], ""),
        ([{"type": "Image"}, {"type": "TextBlock", "text": "a"}], "a"),
        ([{"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "a"}, {"text": "b"}]}], "ab"),
        ([{"type": "Container", "items": [{"type": "TextBlock", "text": "in"}]}], "in"),
    ],
)
def test_first_words(body: list[Any], words: str) -> None:
    assert first_words({"body": body}) == words


@pytest.mark.parametrize(("text", "fits"), [("a" * 39_000, True), ("a" * 41_000, False), ("ä" * 39_000, True),
                                            ("\U0001f600" * 19_000, True), ("\U0001f600" * 21_000, False)])  # fmt: skip
def test_size_counts_as_utf_16(text: str, fits: bool) -> None:
    card = {**CARD, "body": [{"type": "TextBlock", "text": text}]}
    fitted = fit(card, "msteams", link=link)
    assert (TOO_LARGE not in cards.words(fitted)) is fits
    assert len(msgspec.json.encode(fitted).decode().encode("utf-16-le")) <= SIZE_LIMIT


def test_a_card_that_would_burst_keeps_its_buttons() -> None:
    card = {**CARD, "body": [{"type": "TextBlock", "text": "x" * 50_000}]}
    fitted = fit(card, "msteams", link=link)
    assert cards.titles(fitted)[0] == "Next"
    bursting = {**card, "actions": [{**SUBMIT, "data": {"step": "x" * 50_000}}]}
    assert cards.titles(fit(bursting, "msteams", link=link)) == []


def test_people_are_called_by_the_channels_own_id_and_a_name_that_is_no_more_than_a_name() -> None:
    card = {**CARD, "mentions": [{"id": "29:bo", "name": "Bo</at><at>Everyone</at> [x](y) & *b*"}]}
    sent = Fitter(str).activity(card, place("msteams"))
    assert sent["text"] == "<at>Bo at at Everyone at x y b</at>"
    assert sent["entities"] == [
        {
            "type": "mention",
            "text": sent["text"],
            "mentioned": {"id": "29:bo", "name": "Bo at at Everyone at x y b"},
        }
    ]
    assert "mentions" not in sent["attachments"][0]["content"]


def test_elsewhere_nobody_is_called() -> None:
    card = {**CARD, "mentions": [{"id": "29:bo", "name": "Bo"}]}
    sent = Fitter(str).activity(card, place("webchat"))
    assert "text" not in sent
    assert "entities" not in sent
    assert "mentions" not in sent["attachments"][0]["content"]


def test_a_card_is_fitted_once_for_its_answer_and_its_edit_and_for_each_channel() -> None:
    signed: list[str] = []

    def sign(draft_id: str) -> str:
        signed.append(draft_id)
        return f"https://x/{draft_id}"

    fitter = Fitter(sign)
    card = {
        "type": "AdaptiveCard",
        "body": [],
        "actions": [{"type": "Action.OpenMail", "title": "Open", "draft_id": "d"}],
    }
    first = fitter(card, "msteams")
    assert fitter.activity(card, place("msteams"))["attachments"][0]["content"] is first
    assert signed == ["d"]
    assert fitter(card, "webchat") is not first
    assert fitter(dict(card), "msteams") is not first  # another card, however alike
    for _ in range(LAST):
        fitter({"type": "AdaptiveCard", "body": []}, "msteams")
    assert fitter(card, "msteams") is not first  # forgotten, and made anew
