"""A new version is brought to the place that `current` leads to, under readers."""

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.conf import settings

from articles.tests.gunicorn_server import until

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.no_database]
READERS = 4
MARK = "<!-- the next version -->"
OF_A_VERSION = ("articles", "deploy", "fixtures", "newsroom", "static", "templates")


@pytest.fixture
def next_version(paper):
    """A folder with a version whose pages can be told from those of this one."""
    folder = paper.folder / "srv" / "next"
    for name in OF_A_VERSION:
        ignored = shutil.ignore_patterns("tests", "__pycache__")
        shutil.copytree(settings.BASE_DIR / name, folder / name, ignore=ignored)
    (folder / "var").mkdir()
    (folder / "var" / "static").symlink_to(settings.STATIC_ROOT)
    base = folder / "templates" / "base.html"
    base.write_text(base.read_text().replace("</body>", f"{MARK}</body>"))
    return folder


class Reader:
    """Asks for the front page again and again, and notes what came when."""

    def __init__(self, paper, ended: Event):
        self.paper, self.ended = paper, ended
        self.answers: list[tuple[float, int, bool]] = []

    def read(self) -> None:
        """Ask until the end."""
        while not self.ended.is_set():
            answer = self.paper.get("/", Accept_Encoding="identity")
            self.answers.append((time.monotonic(), answer.status, MARK in answer.text))
            time.sleep(0.05)

    @property
    def has_news(self) -> bool:
        return bool(self.answers) and self.answers[-1][2]

    @property
    def gap(self) -> float:
        """The longest time in seconds between two answers."""
        times = [at for at, _, _ in self.answers]
        return max(later - at for at, later in zip(times, times[1:], strict=False))


def test_a_reload_runs_the_version_that_the_link_leads_to_and_every_request_is_answered(
    paper, next_version
):
    ended = Event()
    readers = [Reader(paper, ended) for _ in range(READERS)]
    with ThreadPoolExecutor(READERS) as pool:
        started = [pool.submit(reader.read) for reader in readers]
        try:
            until(lambda: all(len(reader.answers) > 5 for reader in readers), "the readers")
            paper.link_to(next_version)
            paper.reload()
            at = time.monotonic()
            until(lambda: all(reader.has_news for reader in readers), "the new version")
            until(lambda: all(len(r.answers) > 20 for r in readers), "what comes after")
        finally:
            ended.set()
        for reading in started:
            reading.result()
    answers = sorted(answer for reader in readers for answer in reader.answers)
    assert {status for _, status, _ in answers} == {200}
    # The old workers answered while the new ones loaded the paper.
    assert [is_new for when, _, is_new in answers if when > at][:READERS] == [False] * READERS
    print(f"{len(answers)} answers, longest gap {max(reader.gap for reader in readers):.2f} s")
