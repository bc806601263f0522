"""A team's own mail, as a file."""

from pathlib import Path

from playbook.mails import Mail

GOOD = """\
+++
id = "lqr/ours"
title = "Ours"
group = "other"
when = "When it fits."
parts = ["name"]

[[fields]]
id = "symptom"
label = "Symptom"
kind = "text"
required = true

[[fields]]
id = "partner_ticket"
label = "Ticket"

[sample]
symptom = "It broke."
+++
Hello {{ customer_name }},

{{ symptom }}
{% if partner_ticket %}Ticket {{ partner_ticket }}{% endif %}
"""


def put(folder: Path, text: str, name: str = "lqr/ours") -> Path:
    path = folder / f"{name}.md.j2"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return folder


def made(mail: Mail, **values: object) -> str:
    return mail.make(dict(mail.sample) | values).text
