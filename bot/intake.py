"""`POST /api/cases`: a ticketing system registers a case. Signed as the Standard Webhooks specification has it.

The signature covers the delivery's id, its time and the body as it was sent. The id is kept with the commit, so
that a request sent again has one effect and gets the same answer.
"""

import base64
import binascii
import hashlib
import hmac
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec
from aiohttp import web

from bot.ingress import depth_ok, read_body
from bot.refusal import Refusal, json_answer
from dialogs.intake import NumberExists, WrongFields, read_fields, received
from playbook.team import Team
from storage.base import Committed, Conflict, Once, Store, StoreError

log = logging.getLogger(__name__)

PATH = "/api/cases"
ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
WINDOW = timedelta(minutes=5)  # that a request's time may be off ours, either way
SIZE_LIMIT = 64 * 1024  # bytes of a body
SHORTEST = 24  # bytes of a secret, by the specification
ID_LIMIT = 200
SIGNATURES = 10  # of one request that are looked at
TRIES = 5


class Kept(msgspec.Struct, frozen=True):
    """What a delivery's id is remembered with: the body that came with it, and what was answered."""

    body: str  # SHA-256, hexadecimal
    answer: dict[str, str]


def keys_of(secret: str) -> tuple[bytes, ...]:
    """The keys of a comma-separated `INTAKE_SECRET`. Raises ValueError with a sentence.

    One that begins with `whsec_` is base64, as in the specification; any other is the key as it stands.
    """
    keys = []
    for one in filter(None, (part.strip() for part in secret.split(","))):
        try:
            key = base64.b64decode(one[6:], validate=True) if one.startswith("whsec_") else one.encode()
        except (binascii.Error, ValueError):
            raise ValueError("INTAKE_SECRET begins with whsec_, but what follows is not base64.") from None
        if len(key) < SHORTEST:
            raise ValueError(f"INTAKE_SECRET is too short: it needs {SHORTEST} bytes or more, such as of a generator.")
        keys.append(key)
    return tuple(keys)


def make_intake(
    secret: str, store: Store, team: Team, now: Callable[[], datetime], ring: Callable[[], None]
) -> list[web.RouteDef]:
    """The route; none without a secret. `ring` is called when something has to go out. Raises ValueError."""
    keys = keys_of(secret)

    async def post(request: web.Request) -> web.Response:
        body = await read_body(request, SIZE_LIMIT, "A case")
        delivery_id = verified(keys, request.headers, body, now())
        once, digest = f"intake|{delivery_id}", hashlib.sha256(body).hexdigest()
        for _ in range(TRIES):
            try:
                done = await store.seen(once) or await _register(store, team, now(), body, once, digest)
            except Conflict:  # another request came between: look again
                continue
            except StoreError as problem:
                log.error("store", extra={"error": type(problem).__name__})
                raise _unavailable() from None
            kept = msgspec.json.decode(done.shows, type=Kept)
            if kept.body != digest:
                raise Refusal(422, "IdReused", f"This {ID} came with another body before; nothing was changed.")
            if not done.repeated:
                ring()
            return json_answer(kept.answer, 201)
        raise _unavailable()

    return [web.post(PATH, post)] if keys else []


def verified(keys: Sequence[bytes], headers: Mapping[str, str], body: bytes, now: datetime) -> str:
    """The id of a request that was signed with one of the keys within the window; else a `Refusal` with 401."""
    id, at = headers.get(ID, ""), headers.get(TIMESTAMP, "")
    if not (0 < len(id) <= ID_LIMIT and at.isascii() and at.isdigit() and len(at) < 13):
        raise _unproven("a header is missing or has a wrong shape")
    content = f"{id}.{at}.".encode("utf-8", "surrogateescape") + body
    right = [hmac.new(key, content, hashlib.sha256).digest() for key in keys]
    if not any(hmac.compare_digest(sent, one) for sent in _signatures(headers.get(SIGNATURE, "")) for one in right):
        raise _unproven("no signature fits")
    if abs(now.timestamp() - int(at)) > WINDOW.total_seconds():  # told only to whoever has the secret
        raise _unproven(
            "signed too long ago", "It was signed more than five minutes from now: please look at the clock."
        )
    return id


def _signatures(header: str) -> list[bytes]:
    """`v1,<base64>` pieces, apart by blanks; those of other versions are left out."""
    found = []
    for piece in header.split(" ", SIGNATURES)[:SIGNATURES]:
        version, _, signature = piece.partition(",")
        if version == "v1":
            try:
                found.append(base64.b64decode(signature, validate=True))
            except (binascii.Error, ValueError):
                continue
    return found


async def _register(store: Store, team: Team, now: datetime, body: bytes, once: str, digest: str) -> Committed:
    """Commits the case. Raises `Refusal` where it can't be used, and `Conflict`."""
    if not depth_ok(body):
        raise Refusal(400, "TooDeep", "The body is nested too deep.")
    try:
        sent = msgspec.json.decode(body)
    except (ValueError, RecursionError):
        raise Refusal(400, "BadJson", "The body is not valid JSON.") from None
    if not isinstance(sent, dict):
        raise Refusal(400, "BadJson", "The body is a JSON object with a case's fields.")
    try:
        told = read_fields(sent, team, now)
        arrived = await received(store, team, now, told)
    except WrongFields as wrong:
        many = f"{len(wrong.fields)} fields" if len(wrong.fields) > 1 else "One field"
        raise Refusal(422, "WrongFields", f"{many} can't be used; nothing was changed.", fields=wrong.fields) from None
    except NumberExists:
        message = "A case with this number is registered already; nothing was changed."
        raise Refusal(409, "NumberExists", message, fields={"case_number": "It is taken."}) from None
    case = arrived.case
    answer = {
        "id": case.id,
        "case_number": case.number,
        "stage": case.stage.value,
        "created_at": case.created_at.isoformat().replace("+00:00", "Z"),
    }
    shows = msgspec.json.encode(Kept(digest, answer)).decode()
    done = await store.commit(arrived.changes, once=Once(once, now, shows))
    return msgspec.structs.replace(done, shows=done.shows if done.repeated else shows)


def _unproven(why: str, message: str = "") -> Refusal:
    return Refusal(
        401,
        "Unauthorized",
        message or f"This request carries no valid signature in {ID}, {TIMESTAMP} and {SIGNATURE}.",
        why=why,
        challenge="Webhook-Signature",
    )


def _unavailable() -> Refusal:
    return Refusal(503, "Unavailable", "This can't be saved now; please send it again.", retry_after=5)
