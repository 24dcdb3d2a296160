"""What is saved while the index is made anew, or at the same time: nobody waits in a circle."""

import threading
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.editing import placement
from articles.lists.entries import follow
from articles.models import Article, SearchBuild, SearchEntry
from articles.search import build, entries
from articles.tests.archive_records import row, stored
from articles.tests.factories import (
    PAST,
    make_article,
    make_byline,
    make_chief,
    make_column,
    make_issue,
    make_page,
)
from articles.tests.workflow_factories import member_who_may, rewritten, written
from articles.workflow import move, release

WAITING = "SELECT 1 FROM pg_locks WHERE NOT granted"


def wait_until_somebody_waits() -> None:
    """Return when a transaction waits for a lock; at once on SQLite, which does not tell."""
    for _ in range(200):
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite" or cursor.execute(WAITING).fetchone():
                return
        time.sleep(0.02)
    raise TimeoutError


@pytest.mark.django_db(transaction=True)
def test_what_an_editor_saves_during_a_rebuild_is_what_is_searched(together):
    article = make_article(headline="旧题")
    entries.index_articles([article.pk])
    SearchEntry.objects.update(text="\x02\x02\x02")
    SearchBuild.objects.create()
    is_saved = threading.Event()

    def save():
        with transaction.atomic():
            Article.objects.filter(pk=article.pk).update(headline="新题")
            entries.index_articles([article.pk])
            is_saved.set()
            wait_until_somebody_waits()

    def rebuild():
        is_saved.wait()
        build.rebuild()

    together([save, rebuild])
    assert SearchEntry.objects.get().text.startswith("新题\x02")


def in_print(*, released_at=PAST) -> Article:
    """Make a signed article in a column, with its entries in the search and in lists."""
    page = make_page(issue=make_issue(released_at=released_at))
    facts = {"status": "signed", "page": page, "position": 1, "column": make_column()}
    article = written(by=member_who_may(), **facts)
    entries.index_articles([article.pk])
    follow([article.pk])
    return article


def correct():
    article = in_print()
    return lambda: rewritten(article, by=make_chief(), headline="新题", reason="有误")


def withdraw():
    article = in_print()
    return lambda: move(article, "withdraw", by=make_chief(), note="有误")


def move_to_another_page():
    article = in_print()
    page = make_page(issue=article.page.issue, label="A2")
    return lambda: placement.place(article, page, by=make_chief())


def release_and_recall():
    article = in_print(released_at=None)
    issue, chief = article.page.issue, make_chief()

    def act():
        release.release(issue, by=chief, at=timezone.now() + timedelta(hours=1))
        release.recall(issue, by=chief)

    return act


def import_archive():
    who = {"role": "记者", "name": "周一鸣"}
    make_byline(article=in_print(), name="周一鸣")
    return lambda: stored(row(bylines=[who | {"contributor": ["周一鸣", ""]}]), release=True)


def load_a_fixture():
    return lambda: call_command("loaddata", "sample_issue", verbosity=0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "prepare",
    [correct, withdraw, move_to_another_page, release_and_recall, import_archive, load_a_fixture],
)
def test_the_counts_of_the_search_are_locked_before_those_of_lists(prepare):
    act = prepare()
    with CaptureQueriesContext(connection) as queries:
        act()
    tables = [query["sql"].split('"')[1] for query in queries if "INSERT" in query["sql"][:7]]
    locked = [table for table in tables if table in ("articles_searchyear", "articles_listyear")]
    is_first_of_lists = prepare is import_archive and connection.vendor == "sqlite"  # No row locks.
    assert locked[0] == f"articles_{'list' if is_first_of_lists else 'search'}year"
    assert len({*locked}) == 2
