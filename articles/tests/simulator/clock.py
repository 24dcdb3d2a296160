"""The clock of a simulated newsroom."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from django.utils import timezone

# In the future of any machine: files are never younger than the simulated hour.
BEGINNING = datetime(2041, 3, 1, 9, 0, tzinfo=UTC)


class Clock:
    """A clock that stands still until it is moved, forward or back."""

    def __init__(self):
        self.now = BEGINNING

    def move(self, delta: timedelta) -> None:
        """Move the clock."""
        self.now += delta

    @contextmanager
    def running(self):
        """Let `timezone.now()` tell this clock, also where a field has it as its default."""
        clock = self

        class Told(datetime):
            """A datetime whose now is that of the clock."""

            @classmethod
            def now(cls, tz=None):
                return clock.now.astimezone(tz)

        with patch.object(timezone, "datetime", Told):
            yield
