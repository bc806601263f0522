"""The base of all that is kept, and the words that several parts share."""

import msgspec

PersonId = str


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """Base of everything kept: immutable, compared by value, unknown fields ignored when read."""
