"""What a rule is, what it is given, and what it returns."""

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

import msgspec

# "other": a mail that is neither; it is held to TEXT-01, LEAK-01 and the parts it names.
Kind = Literal["fqr", "lqr", "other"]


class Finding(msgspec.Struct, frozen=True):
    """One thing a rule found in a text. `span` counts characters; None: something is missing."""

    rule: str
    severity: Literal["error", "warning"]
    message: str
    span: tuple[int, int] | None = None
    fix: str = ""  # a line that would mend it, ready to insert

    @property
    def key(self) -> str:
        """Tells it from others of one reading: the rule, and where it begins."""
        return f"{self.rule}@{self.span[0] if self.span else ''}"

    @property
    def insertable(self) -> bool:
        """Whether its line can be put into the text; what LQR-09 offers is for the title."""
        return bool(self.fix) and self.rule != "LQR-09"


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known beside the text. Anything empty is unknown, and unknown never makes a finding."""

    kind: Kind
    scenario: str = ""
    title: str = ""
    customer_name: str = ""
    contacts: tuple[str, ...] = ()  # other right names
    severity: str = ""
    known: dict[str, str] = {}
    parts: tuple[str, ...] = ()  # what this mail is held to, in place of its kind's own (LQR-13): ".name", "LQR-05", …
    # for LEAK-01 only (drafts and /check):
    leaks: bool = False  # whether LEAK-01 is asked for
    internal_hosts: tuple[str, ...] = ()
    own_addresses: tuple[str, ...] = ()  # addresses that may stand in this mail
    own_numbers: tuple[str, ...] = ()  # case numbers that may
    any_address: bool = False  # /check: there is no case that could say whose an address is
    # for mending lines:
    engineer: str = ""
    engineer_reach: str = ""
    manager: str = ""
    manager_reach: str = ""


def kind_of(folder: str) -> Kind:
    """The kind of a mail by the folder of its file: "lqr", "fqr", and anything else is "other"."""
    return "lqr" if folder == "lqr" else "fqr" if folder == "fqr" else "other"


class Rule(NamedTuple):
    """A rule is its id (playbook), the document it comes from, and the check."""

    id: str
    source: Literal["lqr", "css", "icm", "flow", "ours"]
    check: Callable[..., Iterable[Finding]]
