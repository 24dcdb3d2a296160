"""The progress of a long command on a terminal and in a log."""

from contextlib import redirect_stderr
from io import StringIO

import pytest

from articles.management.commands.import_archive import progress_bar


class Terminal(StringIO):
    def isatty(self):
        return True


@pytest.fixture
def output(monkeypatch, request):
    """Give a stream as the standard error, on a clock that two seconds pass between looks at."""
    ticks = iter(range(0, 1000, 2))
    monkeypatch.setattr("tqdm.std.time", lambda: next(ticks))
    return request.param()


@pytest.mark.parametrize("output", [Terminal], indirect=True)
def test_a_terminal_shows_a_bar_with_what_is_done_and_the_time_left(output):
    with redirect_stderr(output), progress_bar(400, is_shown=True) as bar:
        bar.update(100)
        text = output.getvalue()
        assert "\n" not in text
        assert all(part in text for part in ("稿件:  25%|", "100/400 [00:0", "/s]"))
        for _ in range(3):
            bar.update(100)
        assert "400/400 [" in output.getvalue()
    assert output.getvalue().rstrip("\r").rpartition("\r")[2].strip() == ""


@pytest.mark.parametrize("output", [StringIO], indirect=True)
def test_a_file_gets_a_plain_line_every_few_seconds(output):
    with redirect_stderr(output), progress_bar(200, is_shown=True) as bar:
        for _ in range(20):
            bar.update(10)
            bar.clear()
    assert 2 <= output.getvalue().count("\n") <= 10
    assert "稿件: 30/200, " in output.getvalue()
    assert "\r" not in output.getvalue() and "[" not in output.getvalue()


@pytest.mark.parametrize("output", [Terminal, StringIO], indirect=True)
def test_silence_can_be_asked_for(output):
    with redirect_stderr(output), progress_bar(200, is_shown=False) as bar:
        bar.update(200)
        bar.clear()
    assert output.getvalue() == ""
