"""The file: an unsent draft whose recipients are those of the card and nobody else."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.eml import address, to_eml
from playbook.mail_text import to_plain
from playbook.model import Recipient

KENJI = Recipient(name="Kenji Tanaka", email="kenji@example.com")


def read(to: tuple[Recipient, ...] = (KENJI,), subject: str = "s", text: str = "t") -> EmailMessage:
    return message_from_bytes(to_eml(to, (), subject, text), policy=default)


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return cast(str, body.get_content()).replace("\r\n", "\n")


def test_it_opens_as_a_draft_with_both_texts() -> None:
    message = read(subject="[1] Größe\r\nBcc: x@example.com", text="Hello,\n\n1. one\n2. zwölf")
    assert message["X-Unsent"] == "1"
    assert message["Subject"] == "[1] Größe Bcc: x@example.com"
    assert message["Bcc"] is None
    assert message["From"] is None
    assert part(message, "plain") == "Hello,\n\n1. one\n2. zwölf\n"
    assert '<li value="2">zwölf</li>' in part(message, "html")


@pytest.mark.parametrize(
    "name",
    [
        "a, evil@example.org",
        'Kenji" <evil@example.org>, "x',
        "a\r\nBcc: evil@example.org",
        "Ünal; b",
        "日本 太郎",
        "Kenji, evil@example.org, and words that make the line too long to stay whole, so that it folds",
        "J. R. " * 20,
    ],
)
def test_a_name_never_adds_a_recipient(name: str) -> None:
    message = read((Recipient(name=name, email="kenji@example.com"),))
    assert [one.addr_spec for one in message["To"].addresses] == ["kenji@example.com"]
    assert set(message.keys()) == {"X-Unsent", "To", "Subject", "MIME-Version", "Content-Type"}


@given(st.text(max_size=60), st.text(max_size=60))
def test_one_recipient_is_one_address_or_none(name: str, email: str) -> None:
    message = read((Recipient(name=name, email=email), KENJI))
    found = [one.addr_spec for one in message["To"].addresses]
    assert found[-1] == "kenji@example.com"
    assert len(found) == (2 if address(Recipient(name=name, email=email)) else 1)
    assert "X-Unsent" in message


@pytest.mark.parametrize(
    "email",
    ["", "kenji", "a@b", "a@b.example, c@d.example", "a@b.example\nBcc: x@y.example", "ä@b.example", "<a@b.example>"],
)
def test_what_is_no_address_is_left_out(email: str) -> None:
    one = Recipient(name="X", email=email)
    assert address(one) is None
    assert read((one,))["To"] is None


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_the_text_arrives_as_it_was(text: str) -> None:
    assert part(read(text=text), "plain") == to_plain(text)
