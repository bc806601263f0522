"""The signature of an intake: the specification's own example, and which secrets will do."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from bot.intake import keys_of, make_intake, verified
from bot.refusal import Refusal

# the example of the Standard Webhooks specification
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID, AT, BODY = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
SIGNED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
NOW = datetime.fromtimestamp(AT, UTC)


def headers(signature: str = SIGNED) -> dict[str, str]:
    return {"webhook-id": ID, "webhook-timestamp": str(AT), "webhook-signature": signature}


def test_the_specifications_own_example_is_taken() -> None:
    assert verified(keys_of(SECRET), headers(), BODY, NOW) == ID


def test_one_of_several_secrets_and_of_several_signatures_is_enough() -> None:
    keys = keys_of(f"the new one of at least 24 bytes, {SECRET},")
    assert len(keys) == 2
    assert verified(keys, headers(f"v1a,xyz v1,AAAA {SIGNED}"), BODY, NOW) == ID


@pytest.mark.parametrize(
    "signature", [SIGNED.replace("v1,", "v2,"), SIGNED[3:], SIGNED[:-4], f"{'v1,AAAA ' * 10}{SIGNED}"]
)
def test_another_shape_is_not(signature: str) -> None:
    with pytest.raises(Refusal) as refused:
        verified(keys_of(SECRET), headers(signature), BODY, NOW)
    assert refused.value.status == 401


def test_what_is_off_in_time_is_told_only_to_who_has_the_secret() -> None:
    late = NOW + timedelta(minutes=6)
    with pytest.raises(Refusal, match="401") as signed:
        verified(keys_of(SECRET), headers(), BODY, late)
    with pytest.raises(Refusal, match="401") as forged:
        verified(keys_of(SECRET), headers("v1,AAAA"), BODY, late)
    assert "clock" in signed.value.message
    assert "clock" not in forged.value.message


@pytest.mark.parametrize(
    "secret", ["short", "whsec_%%%", f"whsec_{base64.b64encode(b'x' * 23).decode()}", f"{SECRET},short"]
)
def test_a_secret_that_will_not_do_is_refused_in_a_sentence(secret: str) -> None:
    with pytest.raises(ValueError, match="INTAKE_SECRET") as problem:
        keys_of(secret)
    assert str(problem.value).endswith(".")
    assert "short," not in str(problem.value)


@pytest.mark.parametrize("secret", ["", " , ,"])
def test_without_a_secret_there_is_no_route(secret: str) -> None:
    assert make_intake(secret, None, None, lambda: NOW, lambda: None) == []  # type: ignore[arg-type]
