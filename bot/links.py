"""Links to a mail's page: signed, so that nobody can make one up, and soon over, so that a leaked one is dead."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer

LIFE = timedelta(hours=8)  # a working day: an old card gets a fresh link whenever it is drawn anew
SHORTEST_SECRET = 16


class Bad(Exception):
    """Not a link that we made, or cut off when it was copied."""


class Expired(Exception):
    """One of ours, and too old."""


class Links:
    """Signs and reads the tokens in `<public_url>/mail/<token>`."""

    def __init__(self, secret: str, public_url: str, life: timedelta = LIFE) -> None:
        """`public_url`: where people's browsers reach the bot. Raises ValueError for a secret too short to be one."""
        if len(secret) < SHORTEST_SECRET:
            raise ValueError(f"LINK_SECRET needs at least {SHORTEST_SECRET} characters, better 32 at random.")
        self.public_url = public_url.rstrip("/")
        self.life = life
        self._signer = URLSafeSerializer(secret, salt="mail", signer_kwargs={"digest_method": hashlib.sha256})

    @classmethod
    def with_new_secret(cls, public_url: str) -> "Links":
        """For local mode: the links of one run."""
        return cls(secrets.token_hex(32), public_url)

    def sign(self, draft_id: str, now: datetime) -> str:
        """The link to a draft's page."""
        until = int((now + self.life).timestamp())
        return f"{self.public_url}/mail/{self._signer.dumps([draft_id, until])}"

    def read(self, token: str, now: datetime) -> str:
        """The draft's id. Raises `Bad` or `Expired`."""
        return self._read(token, now)[0]

    def until(self, token: str, now: datetime) -> datetime:
        """When the link ends. Raises as `read` does."""
        return self._read(token, now)[1]

    def _read(self, token: str, now: datetime) -> tuple[str, datetime]:
        try:
            draft_id, until = self._signer.loads(token)
            end = datetime.fromtimestamp(until, UTC)
        except (BadSignature, ValueError, TypeError):
            raise Bad from None
        if now >= end:
            raise Expired
        return str(draft_id), end
