"""How far a long command has come: a bar on a terminal, a line now and then elsewhere."""

import time
from collections.abc import Callable

from django.core.management.base import OutputWrapper
from django.utils.translation import gettext as _

WIDTH, EVERY_ON_TERMINAL, EVERY_ELSEWHERE = 24, 0.1, 5.0
CLEAR = "\r\x1b[K"


class Progress:
    """Tells of issues done, articles a second and the time left; silent where not wanted."""

    def __init__(
        self,
        stream: OutputWrapper,
        total: int,
        *,
        is_shown: bool = True,
        clock: Callable[[], float] = time.monotonic,
    ):
        self.stream, self.total, self.is_shown, self.clock = stream, total, is_shown, clock
        self.is_terminal = stream.isatty()
        self.done = self.articles = 0
        self.began = self.told = clock()

    def step(self, articles: int) -> None:
        """Count one issue with so many articles, and tell of it if it is time to."""
        self.done += 1
        self.articles += articles
        now = self.clock()
        every = EVERY_ON_TERMINAL if self.is_terminal else EVERY_ELSEWHERE
        if self.is_shown and (now - self.told >= every or self.is_last and self.is_terminal):
            self.told = now
            self._write(f"{CLEAR}{self.line}" if self.is_terminal else f"{self.line}\n")

    def clear(self) -> None:
        """Take the bar away, so that something else can be written."""
        if self.is_shown and self.is_terminal:
            self._write(CLEAR)

    def _write(self, text: str) -> None:
        self.stream.write(text, style_func=str, ending="")
        self.stream.flush()

    @property
    def is_last(self) -> bool:
        """Whether everything is done."""
        return self.done >= self.total

    @property
    def line(self) -> str:
        """The state in one line."""
        spent = max(self.clock() - self.began, 0.001)
        left = round(spent / max(self.done, 1) * (self.total - self.done))
        filled = WIDTH * self.done // max(self.total, 1)
        told = _("%(done)d of %(total)d issues, %(rate)d articles/s, %(left)s left") % {
            "done": self.done,
            "total": self.total,
            "rate": self.articles / spent,
            "left": f"{left // 60}:{left % 60:02d}",
        }
        return f"[{'#' * filled}{'-' * (WIDTH - filled)}] {told}" if self.is_terminal else told
