"""Trying a mail with its sample before anybody sees it: every way it can go is made, and read by the rules."""

from collections.abc import Iterator, Mapping
from typing import Any

from playbook.mail import Lint, Mail, MailError
from playbook.rules.base import Facts, kind_of
from playbook.toml_file import Mistake

# The sample of a file adds its own values to these.
SAMPLE_FACTS: Mapping[str, object] = {
    "case_number": "2611220030001234",
    "title": "Cannot connect to the build servers",
    "customer_name": "Kenji Tanaka",
    "address_as": "Tanaka-san",
    "severity": "B",
    "engineer_name": "Ana Lima",
    "engineer_email": "ana.lima@example.com",
    "engineer_phone": "+351 21 000 0000",
    "manager_name": "Rui Costa",
    "manager_email": "rui.costa@example.com",
    "manager_phone": "+351 21 000 0001",
    "engineer_hours": "Mon-Fri 8:00-17:00, Lisbon time",
    "stand_in": "Rui Costa (rui.costa@example.com)",
    "account_manager_name": "Emi Ito",
    "organisation": "Microsoft",
    "product": "Azure",
    "portal": "the Azure portal",
    "portal_url": "https://portal.azure.com",
    "survey": "a short survey",
    "forum_url": "https://feedback.azure.com",
    "files": "the upload of the case in the Azure portal",
    "local_time": "Tokyo time",
    "sober": False,
}


def check_sample(mail: Mail, lint: Lint | None, body_line: int) -> None:
    """Renders each way a mail can go; the full ones must pass the rules, plain and sober."""
    for n, field in enumerate(mail.fields):
        if field.required and not mail.sample.get(field.id):
            raise Mistake(("fields", n, "id"), f'the sample gives no "{field.id}", which is required.')
    try:
        for values in _ways(mail):
            mail.make(values)
        if lint is not None:
            for sober in (False, True):
                _pass(mail, dict(mail.sample) | {"sober": sober}, lint, body_line)
    except MailError as error:
        raise Mistake((body_line,), f"the sample can't be rendered: {error}") from None


def _ways(mail: Mail) -> Iterator[Mapping[str, Any]]:
    full = dict(mail.sample)
    bare = {field.id: full[field.id] for field in mail.fields if field.required}
    for sober in (False, True):
        yield full | {"sober": sober}
        yield bare | {"sober": sober}


def _pass(mail: Mail, values: Mapping[str, object], lint: Lint, body_line: int) -> None:
    made = mail.make(values)
    for finding in lint(made.text, sample_facts(mail, values)):
        if finding.severity == "error":
            way = "sober " if values["sober"] else ""
            raise Mistake((body_line,), f"the {way}sample does not pass {finding.rule}: {finding.message}")


def sample_facts(mail: Mail, values: Mapping[str, object]) -> Facts:
    """The facts of a sample, as the rules want them."""
    get = {name: str(value) for name, value in values.items()}
    return Facts(
        kind=kind_of(mail.kind),
        scenario=mail.scenario if mail.kind == "lqr" else "",
        parts=mail.asked,
        title=get["title"],
        customer_name=get["customer_name"],
        contacts=(get["address_as"],),
        severity=get["severity"],
        engineer=get["engineer_name"],
        engineer_reach=get["engineer_email"],
        manager=get["manager_name"],
        manager_reach=get["manager_email"],
    )
