"""The time, which stands still until a test moves it."""

from datetime import datetime, timedelta


class Clock:
    """Any part's `now`: an aware instant."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def tick(self, **how_far: float) -> None:
        """So much later; `how_far` is timedelta's: `tick(hours=1, minutes=30)`."""
        self.at += timedelta(**how_far)
