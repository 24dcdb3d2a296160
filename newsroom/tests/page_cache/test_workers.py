"""Four workers of gunicorn: a withdrawal, the minute of release, a crowd at one page."""

import threading
import time
from datetime import timedelta
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.utils import timezone

from articles import publication
from articles.models import Issue
from articles.tests import factories
from articles.tests.gunicorn_server import command as two_workers
from articles.workflow import move

pytestmark = [pytest.mark.slow]
WORKERS, READERS = 4, 8


@pytest.fixture
def site(served, monkeypatch, tmp_path):
    """A server of four workers that keeps pages; the test looks at its database."""
    served.built = tmp_path / "built"
    served.environment |= {
        "PAGE_CACHE_MB": "16",
        "BUILT": str(served.built),
        "DJANGO_SETTINGS_MODULE": "newsroom.tests.page_cache.counting_settings",
    }
    line = two_workers(served.port)
    line[line.index("--workers") + 1] = str(WORKERS)
    monkeypatch.setattr("articles.tests.gunicorn_server.command", lambda port: line)
    factories.make_masthead()
    issue = factories.make_issue(issued_on=timezone.localdate(), released_at=timezone.now())
    page = factories.make_page(issue=issue)
    for _ in range(3):
        factories.make_article(page=page)
    served.start()
    served.issue = issue
    return served


def get(site, path: str) -> tuple[int, str]:
    """Return the status and the text of an answer."""
    try:
        with urlopen(f"{site.address}{path}", timeout=60) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def together(act, count: int = READERS) -> list:
    """Return what an act returns in so many threads at once."""
    found, start = [], threading.Barrier(count)

    def run():
        start.wait()
        found.append(act())

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_a_withdrawal_is_seen_by_the_next_request_at_every_worker(site):
    chief = factories.make_chief()
    for article in site.issue.pages.get().articles.all():
        url = article.get_absolute_url()
        assert {status for status, _ in together(lambda: get(site, url))} == {200}  # noqa: B023
        move(article, "withdraw", by=chief, note="有误")
        for path, status in ((url, 410), ("/", 200)):
            for found, text in together(lambda: get(site, path)):  # noqa: B023
                assert (found, article.headline in text) == (status, False)


def test_the_minute_of_release_is_crossed_without_a_step_back(site):
    issued_on = site.issue.issued_on + timedelta(days=1)
    released_at = timezone.now() + timedelta(seconds=3)
    issue = Issue.objects.create(issued_on=issued_on, released_at=released_at)
    factories.make_article(page=factories.make_page(issue=issue))
    publication.release_changed(issue)
    end, new = released_at + timedelta(seconds=1), f'"{issue.get_absolute_url()}A1/"'

    def read() -> list[tuple[float, float, bool]]:
        found = []
        while timezone.now() < end:
            began = time.time()
            _, text = get(site, "/")
            found.append((began, time.time(), new.strip('"') in text))
        return found

    reads = sorted(each for reader in together(read) for each in reader)
    news = [ended for _, ended, is_new in reads if is_new]
    # No reader who asks after anybody has seen the new paper gets the old one.
    assert [began for began, _, is_new in reads if not is_new and began > min(news)] == []
    # And nobody gets it before its minute, or the old one after it.
    minute = released_at.timestamp()
    assert all((ended >= minute) if is_new else (began < minute) for began, ended, is_new in reads)
    print(f"{len(reads)} reads, {len(news)} of the new paper")


def test_a_crowd_lets_a_page_be_built_once(site):
    path = f"{site.issue.get_absolute_url()}pages/"
    for count in (1, 2):
        pages = together(lambda: get(site, path), 40)
        assert {status for status, _ in pages} == {200}
        assert len({text for _, text in pages}) == 1
        assert site.built.read_text().splitlines().count(path) == count
        publication.everything_changed()
    assert site.faults() == []
