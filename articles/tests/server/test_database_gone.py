"""The database is away for some seconds while readers read and an editor saves."""

import os
import threading
import time
from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from articles.models import Member
from articles.tests import factories
from articles.tests.gunicorn_server import until
from articles.tests.http_editors import Editor, few_words, make_articles

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite is a file: it is away with its disk"
    ),
]
SECONDS, READERS, LONGEST_ANSWER, BACK_WITHIN = 5, 4, 10, 30


@pytest.fixture
def site(served):
    """A server that keeps pages, with a published article."""
    served.environment |= {"PAGE_CACHE_MB": "16"}
    factories.make_masthead()
    issue = factories.make_issue(issued_on=timezone.localdate(), released_at=timezone.now())
    page = factories.make_page(issue=issue)
    served.kept, served.not_kept = (factories.make_article(page=page) for _ in range(2))
    (served.draft,) = make_articles(1, with_rows=False)
    served.start()
    return served


@contextmanager
def without_database():
    """Let the server's database refuse every connection, those that are open too."""
    url, name = urlsplit(os.environ["DATABASE_URL"]), connection.settings_dict["NAME"]
    connection.close()
    with psycopg.connect(url._replace(path="/postgres").geturl(), autocommit=True) as other:
        other.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        other.execute(ended, [name])
        try:
            yield
        finally:
            other.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def get(site, path: str) -> tuple[int, str | None, str | None]:
    """Return the status, and what the answer says of staleness and of trying again."""
    try:
        with urlopen(f"{site.address}{path}", timeout=60) as answer:
            answer.read()
            return answer.status, answer.headers["Warning"], None
    except HTTPError as error:
        return error.code, None, error.headers["Retry-After"]


class Reader(threading.Thread):
    """Asks for a page again and again; `answers` are what came, with seconds."""

    def __init__(self, site, path: str):
        super().__init__(daemon=True)
        self.site, self.path, self.is_reading, self.answers = site, path, True, []

    def run(self):
        while self.is_reading:
            began = time.monotonic()
            self.answers.append((*get(self.site, self.path), time.monotonic() - began))


def test_kept_pages_are_shown_and_all_is_back_by_itself(site):
    kept = site.kept.get_absolute_url()
    assert {get(site, path)[0] for path in ("/", kept) for _ in range(8)} == {200}
    editor = Editor(site, Member.objects.get(username="editor-0"))
    form = {"genre": "news", "_version": "1", **empty_rows()}
    address = f"/admin/articles/article/{site.draft.pk}/change/"
    editor.ask(address)
    readers = [Reader(site, path) for path in ("/", kept) * (READERS // 2)]
    for reader in readers:
        reader.start()
    with without_database():
        end = time.monotonic() + SECONDS
        assert get(site, kept)[:2] == (200, '110 - "Response is Stale"')
        status, _, again = get(site, site.not_kept.get_absolute_url())
        assert (status, again) == (503, "10")
        refused = editor.ask(address, **form | few_words(1))
        assert (refused.status, few_words(1)["headline"] in refused.content.decode()) == (503, True)
        time.sleep(max(0, end - time.monotonic()))
    back = time.monotonic()
    until(lambda: get(site, site.not_kept.get_absolute_url())[0] == 200, "the database", within=60)
    waited = time.monotonic() - back
    for reader in readers:
        reader.is_reading = False
        reader.join()
    answers = [answer for reader in readers for answer in reader.answers]
    print(f"{len(answers)} reads, at most {max(a[3] for a in answers):.1f} s; back in {waited:.1f}")
    assert {status for status, *_ in answers} == {200}
    assert max(seconds for *_, seconds in answers) < LONGEST_ANSWER
    assert waited < BACK_WITHIN
    assert editor.ask(address, **form | few_words(1)).status == 302


def empty_rows() -> dict[str, str]:
    """Return what a form says of bylines and captions where there are none."""
    counts = ("TOTAL_FORMS", "INITIAL_FORMS")
    return {f"{rows}-{name}": "0" for rows in ("bylines", "captions") for name in counts}
