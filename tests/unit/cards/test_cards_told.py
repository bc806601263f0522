"""Entries in words: none is left to a bare "Recorded"."""

import inspect
import re
from typing import get_args

from cards import told
from playbook.model import Fact


def test_each_kind_of_entry_has_words_of_its_own() -> None:
    cases = set(re.findall(r"case (\w+)\(", inspect.getsource(told)))
    assert {kind.__name__ for kind in get_args(Fact)} <= cases
