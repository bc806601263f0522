"""Requests that are answered with an error the sender can act on."""

from collections.abc import Mapping
from typing import Any

import msgspec
from aiohttp import web


class Refusal(Exception):
    """Ends a request: `status`, a short `code` for machines, a sentence for people."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        why: str = "",
        retry_after: int = 0,
        fields: Mapping[str, str] | None = None,
        challenge: str = "Bearer",
    ) -> None:
        """`why` is for the log only. `retry_after` is in seconds. `fields`: what is wrong with each, in sentences.

        `challenge`: of a 401, how one proves oneself.
        """
        super().__init__(f"{status} {code}: {why or message}")
        self.fields, self.challenge = dict(fields or {}), challenge
        self.status, self.code, self.message, self.why, self.retry_after = status, code, message, why, retry_after


class Unauthorized(Refusal):
    """The sender did not prove to be a channel that may talk to us. The answer doesn't say what failed."""

    def __init__(self, why: str) -> None:
        super().__init__(401, "Unauthorized", "This request carries no proof that we accept.", why=why)


class KeysUnavailable(Refusal):
    """The issuer's signing keys can't be had now, so nobody can be authenticated; the channel tries again."""

    def __init__(self, retry_after: int) -> None:
        message = "Signing keys can't be fetched at the moment, please try again."
        super().__init__(503, "KeysUnavailable", message, retry_after=retry_after)


def json_answer(body: Any, status: int = 200, **headers: str) -> web.Response:
    """A JSON response that no cache keeps."""
    return web.Response(
        body=msgspec.json.encode(body),
        status=status,
        content_type="application/json",
        headers={"Cache-Control": "no-store", **headers},
    )


def error_answer(error: Refusal) -> web.Response:
    headers = {"Retry-After": str(error.retry_after)} if error.retry_after else {}
    if error.status == 401:
        headers["WWW-Authenticate"] = error.challenge
    fields = {"fields": error.fields} if error.fields else {}
    return json_answer({"error": {"code": error.code, "message": error.message, **fields}}, error.status, **headers)
