"""Entries in words: none is left to a bare "Recorded"."""

import inspect
import re
from datetime import UTC, datetime
from typing import get_args

from cards import told
from playbook.model import Entry, Fact, SwarmEnded


def test_each_kind_of_entry_has_words_of_its_own() -> None:
    cases = set(re.findall(r"case (\w+)\(", inspect.getsource(told)))
    assert {kind.__name__ for kind in get_args(Fact)} <= cases


def test_the_end_of_a_swarm_names_who_helped() -> None:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    fact = SwarmEnded(swarm_id="s", outcome="solved", finding="A rule.", helped=("Bo", "Dana"))
    entry = Entry(id="e", case_id="c", by="t/ada", happened_at=at, recorded_at=at, fact=fact)
    assert told.told(entry, {}, str) == ("Swarm ended, with Bo and Dana: solved", "A rule.")
