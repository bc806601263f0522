"""Whatever is typed into any field, through the real entry: it is kept, shown as text only, and bursts nothing."""

import json
import re
from email import message_from_string, policy

import pytest

from playbook.model import Case
from tests.fakes import cards
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import NUMBER, Scene

MARK = "Zyx"  # stands in each hostile string, so that it can be found again
LIMIT = 80_000  # bytes of an activity as UTF-16
FITS = 200  # characters that every text of several lines takes
HOSTILE = {
    "html": f'<img src=x onerror="alert(1)"><b>{MARK}</b><script>alert(1)</script>&lt;',
    "markdown": f"[{MARK}](https://evil.example) **bold** _it_ # head ![i](http://x/y.png) `code`",
    "mention": f"<at>Everyone</at> {MARK} @channel <at id='29:1x'>x</at>",
    "bidi": f"safe \u202e{MARK}\u202c \u2066evil\u2069 \u200f\u202bx",
    "controls": f"a\x00b\x07\x1b[31m{MARK}\u2028d\ufeff\x85e\r\nBcc: evil@example.com",
    "emoji": f"{MARK} 👩🏽‍💻🏳️‍🌈 " * 200,
    "quotes": f'{MARK}"\\"\\n{{{{DATE(2026-01-01T00:00:00Z, SHORT)}}}} ${{x}} {{{{ 7*7 }}}} {{% raw %}}',
    "long": f"{MARK} " + "lorem ipsum " * 5_500,
    "one word": MARK + "a" * 65_536,
    "wide": MARK + "🧨" * 12_000,
}
_BAD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066\u2067\ufeff]")
_ACTIVE = re.compile(r"[\[\]<>*_`]")
READ = ("TextRun", "Input.Text")  # where words are shown as they are

hostile = pytest.mark.parametrize("bad", HOSTILE.values(), ids=HOSTILE)
anywhere = pytest.mark.parametrize("channel_id", ["msteams", "webchat"])


def check_all(scene: Scene) -> None:
    """Every version of every activity that was sent."""
    for sent in scene.channel.sent:
        for activity in sent.versions:
            text = json.dumps(activity, ensure_ascii=False)
            assert len(text.encode("utf-16-le")) < LIMIT, sent.words[:200]
            assert "entities" not in activity
            assert not _ACTIVE.search(activity.get("summary", "")) or "attachments" not in activity
            if "attachments" not in activity:
                assert activity["textFormat"] == "plain"
                continue
            card = activity["attachments"][0]["content"]
            assert not _ACTIVE.search(card["fallbackText"])
            for element in cards.walk(card):
                check_element(element)


def check_element(element: cards.Card) -> None:
    for name, value in element.items():
        if isinstance(value, str):
            assert not _BAD.search(value), (element["type"], name)
            if MARK in value and not (name in ("text", "value") and element["type"] in READ):
                assert not _ACTIVE.search(value), (element["type"], name, value)  # words that nothing can be read into


def filled(sent: Sent, bad: str, *, fits: bool) -> dict[str, str]:
    """Every text input with the bad text, cut to what the field takes if it is to fit."""
    typed = {}
    inputs = [
        one for one in cards.inputs(sent.card).values() if one["type"] == "Input.Text" and one.get("style") != "email"
    ]
    share = 200_000 // max(len(inputs), 1) // (1 if bad.isascii() else 12)  # a request holds 256 kB
    for one in inputs:
        text = bad if one.get("isMultiline") else re.sub(r"[\r\n\u2028\x85]+", " ", bad)
        typed[one["id"]] = text[: one.get("maxLength", FITS)] if fits else text[:share]
    if "next_step" in typed and not cards.inputs(sent.card)["next_step_on"].get("value"):
        typed["next_step_on"] = "2026-12-18"  # a step has its day (TALK-01)
    return typed | {"contacts": ""} if "contacts" in typed else typed


async def attack(scene: Scene, chat: Chat, form: Sent, title: str, bad: str, **valid: str) -> Sent:
    """The form with all of it, and, where that is too much, with as much as it takes; it must go on then."""
    await scene.heard(chat, form, title, forge=True, **(filled(form, bad, fits=False) | valid))
    check_all(scene)
    if title in form.titles:
        await scene.heard(chat, form, title, forge=True, **(filled(form, bad, fits=True) | valid))
        check_all(scene)
    assert title not in form.titles, form.words[-2000:]
    return chat.sent[-1]


@anywhere
@hostile
async def test_the_whole_way_of_a_hostile_mail(scene: Scene, bad: str) -> None:
    chat = scene.chat()
    form = await scene.say(chat, "/lqr new standard-closure")
    known = {"customer_email": "kenji@example.com", "zone": "", "country": ""}
    draft = await attack(scene, chat, form, "Draft", bad, **known)
    case = (await scene.all(Case))[0]
    assert MARK in case.symptom
    await scene.heard(chat, draft, "Check", forge=True, text=f"Hello {bad[:19_000]}")
    check_all(scene)
    if "Open mail" in draft.titles:
        await check_page(scene, draft.link("Open mail"))
    await scene.heard(chat, draft, "I sent it", forge=True)
    assert "Undo" in draft.titles
    await scene.heard(chat, draft, "Undo")
    await scene.heard(chat, draft, "Back", forge=True)
    await scene.heard(chat, draft, "Draft", forge=True)
    await scene.heard(chat, draft, "Cancel")
    check_all(scene)


async def check_page(scene: Scene, link: str) -> None:
    status, page, headers = await scene.fetch(link)
    assert status == 200
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "<img" not in page
    assert "<at" not in page
    assert page.count("<script") == page.count("<script nonce") + page.count('<script type="application/json"')
    status, file, _ = await scene.fetch(f"{link}/mail.eml")
    mail = message_from_string(file, policy=policy.default)
    assert status == 200
    assert [one.addr_spec for one in mail["To"].addresses] == ["kenji@example.com"]
    assert mail["Bcc"] is None
    html = mail.get_body(("html",))
    assert html is None or "<script" not in html.get_content()


@hostile
async def test_every_form_of_a_case(scene: Scene, bad: str) -> None:
    chat = scene.chat()
    known = {"customer_email": "kenji@example.com", "zone": "Asia/Tokyo", "country": "JP", "tenant": "contoso.com"}
    form = await scene.say(chat, "/case new")
    await attack(scene, chat, form, "Register", bad, **known)
    card = chat.sent[-1]
    assert "Record" in card.titles
    edit = await scene.opens(chat, card, "Edit")
    await attack(scene, chat, edit, "Save", bad, **known, case_number=NUMBER)
    for kind, valid in {
        "note": {},
        "attempt": {"channel": "phone", "outcome": "no_answer"},
        "answered": {"answer": "thanks"},
        "confirmed": {},
        "promise": {"due_on": "2026-11-30"},
    }.items():
        scene.clock.tick(minutes=1)
        record = await scene.say(chat, f"/case {NUMBER} {kind}")
        await attack(scene, chat, record, "Record", bad, **valid)
    contacts = await scene.say(chat, f"/case {NUMBER} contacts")
    await scene.press(chat, contacts, "Change")
    theirs = {"role": "accepts", "contact_email": "emi@example.com", "contact_zone": "Asia/Tokyo", "language": "ja"}
    await attack(scene, chat, contacts, "Save", bad, **theirs)
    ledger = await scene.say(chat, f"/case {NUMBER} promises")
    await attack(scene, chat, ledger, "Kept", bad)
    bo = scene.chat("Bo Okafor")
    await scene.say(bo, "/help")
    offer = await scene.say(chat, f"/case {NUMBER} handover")
    await attack(scene, chat, offer, "Offer", bad, to_person="Bo Okafor")
    await scene.look()
    await attack(scene, bo, bo.sent[-1], "Decline", bad)
    await scene.look()
    await scene.say(chat, f"/case {NUMBER}")
    await scene.say(chat, "/case list")
    check_all(scene)


@anywhere
@hostile
async def test_every_line_that_can_be_typed(scene: Scene, bad: str) -> None:
    chat, room = scene.chat(), scene.channel.room()
    await scene.registered(chat)
    for line in (
        "/{}",
        "/help {}",
        "/case {}",
        f"/case {NUMBER} {{}}",
        "/case new 1 {}",
        "/note {}",
        f"/note {NUMBER} {{}}",
    ):
        await chat.say(line.replace("{}", bad))
        await room.say(line.replace("{}", bad))
        await scene.settled()
    for line in ("/lqr {}", f"/lqr {NUMBER} {{}}", "/check {}", "{}"):
        scene.clock.tick(minutes=1)
        await chat.say(line.replace("{}", bad))
        await room.say(line.replace("{}", bad))
        await scene.settled()
    check_all(scene)
    assert "Something went wrong" not in scene.channel.transcript()


@hostile
async def test_names_of_people_and_places(scene: Scene, bad: str) -> None:
    who = scene.channel.person("Sam")._replace(name=bad)
    chat = scene.channel.own_chat(who)
    await scene.deliver(scene.channel.shapes.added(chat.where, who, bot=True))
    await scene.registered(chat)
    draft = await scene.drafted_for(chat)
    await scene.press(chat, draft, "Cancel")
    room = scene.channel.room(name=bad[:500])
    await room.say("/help", by=who)
    await scene.settled()
    check_all(scene)


@hostile
async def test_a_pasted_text(scene: Scene, bad: str) -> None:
    chat = scene.chat()
    form = await scene.say(chat, "/check")
    await scene.heard(chat, form, "Check", forge=True, text=bad, scenario="standard-closure", customer_name=bad[:120])
    check_all(scene)


@hostile
async def test_what_a_forged_card_carries(scene: Scene, bad: str) -> None:
    chat = scene.chat()
    form = await scene.say(chat, f"/lqr {NUMBER} standard-closure")
    for name in ("flow", "id", "step", "rev"):
        click = chat.clicked(form, "Draft", forge=True)
        click["value"]["action"]["data"][name] = bad
        heard = await scene.deliver(click)
        assert heard.status == 200
        assert "Something went wrong" not in str(heard.body)
    check_all(scene)
