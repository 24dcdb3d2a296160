"""How far a long command has come, as it is told."""

from io import StringIO

from django.core.management.base import OutputWrapper

from articles.management.progress import Progress


class Terminal(StringIO):
    def isatty(self):
        return True


def test_a_terminal_shows_a_bar_with_what_is_done_and_the_time_left():
    screen, ticks = Terminal(), iter(range(0, 1000, 2))
    progress = Progress(OutputWrapper(screen), 4, clock=lambda: next(ticks))
    progress.step(100)
    assert screen.getvalue().startswith("\r\x1b[K[######------------------] ")
    assert all(each in screen.getvalue() for each in ("1", "4", "25", "0:12"))
    for _ in range(3):
        progress.step(100)
    assert "[########################] " in screen.getvalue()
    progress.clear()
    assert screen.getvalue().endswith("\r\x1b[K")


def test_a_file_gets_a_plain_line_every_few_seconds():
    file, ticks = StringIO(), iter(range(1000))
    progress = Progress(OutputWrapper(file), 20, clock=lambda: next(ticks))
    for _ in range(20):
        progress.step(10)
    assert 2 <= file.getvalue().count("\n") <= 4
    assert "\r" not in file.getvalue() and "[" not in file.getvalue()
