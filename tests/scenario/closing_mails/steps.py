"""Closing mails of each scenario: what is typed, drafted, marked as sent and opened."""

import email
import email.policy
from datetime import UTC, datetime
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path

from playbook.mails import OURS, Mails
from playbook.rules import lint
from tests.fakes.channel import Chat, Sent
from tests.scenario.scene import MAILS, NUMBER, Scene, inputs

TITLE = "Cannot connect to the build servers"

TANAKA = {
    "title": TITLE,
    "customer_name": "Kenji Tanaka",
    "customer_email": "kenji@example.com",
    "address_as": "Tanaka-san",
    "severity": "B",
    "plan": "premier_unified",
    "zone": "Asia/Tokyo",
    "country": "JP",
}

TUESDAY_IN_TOKYO = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # 10:00 there; the Monday is a holiday in Japan
EMI = "Emi Ito, emi.ito@example.org, account_manager"
OWN = """\
+++
id = "lqr/hardware-swap"
title = "Hardware swap"
group = "resolved"
when = "A part was replaced, and the customer says that it works."
parts = ["name", "thanks", "resolution", "contact", "reopen"]

[[fields]]
id = "resolution"
label = "What was replaced"
kind = "text"
required = true

[[fields]]
id = "personal_line"
label = "A personal line"
kind = "text"

[sample]
resolution = "The power supply of rack 4 was replaced on 20 November."
+++
Hello {{ address_as or customer_name }},

Your server runs again. {{ resolution | labelled("Resolution") }}

{{ personal_line }}

If it fails again, reply to this mail, and I will reopen the case. You can reach me on {{ engineer_phone or engineer_email }}.
{%- if manager_name %} My manager is {{ manager_name }} ({{ manager_email }}).{% endif %}


Thank you for working on this with us.

Kind regards,
{{ engineer_name }}
"""


class Words(HTMLParser):
    """The text of a page or of a formatted mail, a block a paragraph."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.text += "\n\n" if tag in ("p", "li", "ol", "ul", "div") else "\n" if tag == "br" else ""

    def handle_data(self, data: str) -> None:
        self.text += data


def typed(scenario: str, mails: Mails = MAILS) -> dict[str, str]:
    """What the engineer types: the sample's own answers."""
    mail = mails.get(f"lqr/{scenario}")
    return {field.id: str(mail.sample[field.id]) for field in mail.fields if field.id in mail.sample}


async def drafted(scene: Scene, chat: Chat, scenario: str, **more: str) -> Sent:
    await scene.registered(chat, **(TANAKA | {"contacts": EMI} | more))
    form = await scene.say(chat, f"/lqr {NUMBER} {scenario}")
    answers = typed(scenario, scene.mails)
    if "confirmed_by" in inputs(form):  # FLOW-07 asks it of every mail for a solved issue
        answers = {"confirmed_by": "Kenji Tanaka"} | answers
    return await scene.press(chat, form, "Draft", **answers)


async def marked(scene: Scene, chat: Chat, draft: Sent) -> Sent:
    """Sent on Tuesday morning in Tokyo (LQR-02); an attempt that skips one takes its reason."""
    scene.clock.at = max(scene.clock.at, TUESDAY_IN_TOKYO)
    why = {"sooner_reason": "Agreed with Dana."} if "sooner_reason" in inputs(draft) else {}
    return await scene.press(chat, draft, "I sent it", **why)


async def opened(scene: Scene, draft: Sent) -> tuple[EmailMessage, str]:
    """The mail's file, and the text of its page."""
    _, page, _ = await scene.fetch(draft.link("Open mail"))
    _, file, _ = await scene.fetch(f"{draft.link('Open mail')}/mail.eml")
    mail = email.message_from_string(file, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    return mail, Words(page).text


async def with_own_scenario(scene: Scene, folder: Path) -> None:
    """Starts the bot again with a team's folder of mails, in which `OWN` is."""
    own = folder / "mails" / "lqr"
    own.mkdir(parents=True)
    (own / "hardware-swap.md.j2").write_text(OWN, "utf-8")
    scene.mails = Mails.load(OURS, folder / "mails", lint=lint)
    await scene.restart()
