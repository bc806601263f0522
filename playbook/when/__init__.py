"""Times and spans of days as people write them: "tomorrow 9am", "next bd", "23-27 Nov".

The language is ours, not a library's: what we'd get from one is a few spellings, and what we need to know is
where the time ends and what was left unsaid (docs/times.md has the measurements).

`pieces` are the values that a time is said in; `spans`, `dates` and `hours` are the patterns that find them; `read` puts
those of a line together; `resolve` makes an instant of what was said. `line` and `days` are the two ways in.
"""

from playbook.when.days import DaySpan, read_span_of_days
from playbook.when.line import When, read_when

__all__ = ["DaySpan", "When", "read_span_of_days", "read_when"]
