"""LEAK-01 and masking: what must not leave the house, and what only looks like it."""

import pytest

from playbook.rules import lint, mask
from playbook.rules.base import Facts

KEY64 = "Zm9vYmFyYmF6" * 7 + "Zg"  # 86 characters
SECRETS = (
    ("AccountName=shop;AccountKey=dGhpcyBpcyBhIHRlc3Qga2V5IQ==;EndpointSuffix=x", "dGhpcyBpcyBhIHRlc3Qga2V5IQ=="),
    (
        "https://shop.blob.example.com/x?sv=2022&sig=aB3dEfGh1jKlMn0pQrStUvWxYz%2B12%3D",
        "aB3dEfGh1jKlMn0pQrStUvWxYz%2B12%3D",
    ),
    ("Server=db;User Id=sa;Password=S3cr3t!x;", "S3cr3t!x"),
    ("the password: Winter2024!", "Winter2024!"),
    ("Passwort: geheim123", "geheim123"),
    ("client secret = q1w2-e3r4-t5y6", "q1w2-e3r4-t5y6"),
    ("Authorization: Bearer abcDEF123456ghiJKL7890mnoPQR", "abcDEF123456ghiJKL7890mnoPQR"),
    (
        "token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl is",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl",
    ),
    (f"key {KEY64}== here", f"{KEY64}=="),
    ("postgres://shop:hunter22@db.example.com/x", "hunter22"),
    ("AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE"),
    (
        "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
    ),
    ("abc8Q~" + "x" * 34, "abc8Q~" + "x" * 34),
)
INNOCENT = (
    "Your password: expired on Monday.",
    "The password is required.",
    "Token: none was sent.",
    "Please never send a password: we don't need it.",
    "The key: patience.",
    "Token: expired/invalid, says the log.",
    "Password: as agreed.",
    "password: ********",
    "The secret: use https://example.com/vault instead.",
    "Reset your password at https://example.com/reset?x=1.",
    "sig= is a part of a SAS address.",
    "The bearer token is refused with 401.",
    "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----",
    "The commit 7d1c40aa52f04e1b9a770c6f5be2d913 is the last good one.",
    "Subscription 7d1c40aa-52f0-4e1b-9a77-0c6f5be2d913",
)


def leaks(text: str, **facts: object) -> list[str]:
    told = Facts(kind="fqr", leaks=True, **facts)  # type: ignore[arg-type]
    return [text[slice(*one.span)] for one in lint(text, told) if one.rule == "LEAK-01" and one.span]


@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_secrets_are_shown_and_masked(text: str, secret: str) -> None:
    assert leaks(text) == [secret]
    assert secret not in mask(text)
    assert mask(mask(text)) == mask(text)
    assert set(leaks(mask(text))) == {"••••••••"}  # what was blotted out holds the mail until it is written anew


@pytest.mark.parametrize("text", INNOCENT)
def test_words_about_secrets_are_none(text: str) -> None:
    assert leaks(text) == []
    assert mask(text) == text


def test_nothing_is_told_where_it_is_not_asked_for() -> None:
    assert lint("password: Winter2024! I'll call on Monday.", Facts(kind="other")) == ()


def test_internal_hosts_and_what_is_below_them() -> None:
    text = (
        "See https://wiki.corp.example.net/x and corp.example.net, not mycorp.example.network or notcorp.example.net."
    )
    assert leaks(text, internal_hosts=("corp.example.net",)) == ["wiki.corp.example.net", "corp.example.net"]


def test_addresses_of_nobody_on_the_case() -> None:
    text = "Cc jo@other.example, ida@team.example, olav@team.example, brian@gmail.com, eve@gmail.com, support@maker.example."
    own = ("ida@team.example", "brian@gmail.com")
    assert leaks(text, own_addresses=own) == ["jo@other.example", "eve@gmail.com"]
    assert leaks(text) == []
    assert leaks(text, own_addresses=own, any_address=True) == []


def test_numbers_of_other_cases() -> None:
    text = "Case 2611220030001234, not 2611220030009999, and by phone +2611220030001111."
    assert leaks(text, own_numbers=("2611220030001234",)) == ["2611220030009999"]
    assert leaks(text, own_numbers=("2611220030001234",), known={"duplicate_case": "2611220030009999"}) == []
    assert leaks(text) == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Please send me the admin password of the server.", "send me the admin password"),
        ("Could you share your local administrator's credentials?", "share your local administrator's credentials"),
        ("To test it I need the storage account key.", "need the storage account key"),
        ("Please never send your password by mail.", ""),
        ("Tell me whether the password prompt appears.", ""),
        ("I need the name of the user, not the password.", ""),
        ("We will send you a link to set your new password.", ""),
        ("Did you share the access key with somebody?", ""),
    ],
)
def test_a_secret_that_is_asked_for(text: str, asked: str) -> None:
    found = [one for one in lint(text, Facts(kind="other", leaks=True)) if "asks for a secret" in one.message]
    assert [text[slice(*one.span)] for one in found if one.span] == ([asked] if asked else [])
