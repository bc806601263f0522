"""The result of the questions, and why not the others."""

from cards.elements import Card, Ref
from cards.form import Field, Form, form_card
from cards.way import Other, found_card, others_card
from tests.unit.cards.valid import nodes, texts

REF = Ref("lqr", "f1", 3)
HOSTILE = "<at>Zyx</at> [Zyx](https://evil.example) **Zyx** \u202eZyx"


def steps(card: Card) -> dict[str, str]:
    return {node["title"]: node["data"]["step"] for _, node in nodes(card) if node["type"] == "Action.Submit"}


def test_the_result_says_why_and_leads_on_and_back() -> None:
    card = found_card("Transient issue", "It works again.", "Gone.", REF, because="Ken said so.", against=("But no.",))
    said = [text for where, text in texts(card) if where == "TextRun.text"]
    assert said == ["It works again.", "From the case: ", "Ken said so.", "▲ ", "But no.", "Meant for: ", "Gone."]
    assert steps(card) == {
        "Next": "take",
        "The others": "others",
        "Back": "way_back",
        "All closings": "another",
        "Cancel": "cancel",
    }


def test_a_teams_own_stand_apart() -> None:
    card = others_card("Transient issue", [Other("By design", "No.")], [Other("Hardware swap", "A part.")], REF)
    said = [text for _, text in texts(card)]
    own = said.index("Your team's own, which the questions don't know:")
    assert said.index("By design") < own < said.index("Hardware swap")
    bare = others_card("Transient issue", [Other("By design", "No.")], [], REF)
    assert "Your team's own, which the questions don't know:" not in [text for _, text in texts(bare)]


def test_anybodys_words_are_shown_as_text_only() -> None:
    for card in (
        found_card(HOSTILE, HOSTILE, HOSTILE, REF, because=HOSTILE, against=(HOSTILE,), note=HOSTILE),
        others_card(HOSTILE, [Other(HOSTILE, HOSTILE)], [Other(HOSTILE, HOSTILE)], REF),
        form_card(Form("X", (Field("x", "X", offers=(HOSTILE,)),), ("Draft", "draft")), {}, {}, REF),
    ):
        for where, text in texts(card):
            if "Zyx" in text and where != "TextRun.text":
                assert not set("<>[]*\u202e") & set(text), where
            assert "\u202e" not in text


def test_an_offer_goes_once_it_stands_in_its_field() -> None:
    form = Form("X", (Field("x", "X", offers=("one", "two")),), ("Draft", "draft"))
    left = [
        node["data"]["offer"] for _, node in nodes(form_card(form, {"x": "one"}, {}, REF)) if node.get("title") == "Use"
    ]
    assert left == ["1"]
