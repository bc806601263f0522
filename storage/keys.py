"""The text form of a document's address, `kind/id`, and back."""

from playbook.model import Value
from storage.base import Change, Delete, Key
from storage.kinds import BY_TYPE


def key_of(change: Change) -> Key:
    """The address of what a change saves or deletes."""
    if isinstance(change, Delete):
        return Key(BY_TYPE[change.kind].name, change.id)
    return key(change.value)


def key(value: Value) -> Key:
    return Key(BY_TYPE[type(value)].name, value.id)  # type: ignore[attr-defined]


def parse_key(text: str) -> Key:
    """`"flow/3f2a"` → `Key("flow", "3f2a")`; anything else raises ValueError."""
    kind, slash, id = text.partition("/")
    if not (kind and slash and id):
        raise ValueError(f"{text!r} is no address of a document")
    return Key(kind, id)
