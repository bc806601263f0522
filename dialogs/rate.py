"""How fast one person may act: enough for the quickest hand, too little for a loop."""

from collections import OrderedDict
from datetime import datetime

BURST = 120  # turns
REFILL = 5.0  # turns a second
REMEMBERED = 10_000  # people


class Rate:
    """A token bucket for each actor."""

    def __init__(self) -> None:
        self._left: OrderedDict[str, tuple[float, datetime]] = OrderedDict()

    def allows(self, person: str, now: datetime) -> bool:
        left, at = self._left.get(person, (float(BURST), now))
        left = min(float(BURST), left + max(0.0, (now - at).total_seconds()) * REFILL)
        allowed = left >= 1
        self._left[person] = (left - 1 if allowed else left, now)
        self._left.move_to_end(person)
        if len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        return allowed
