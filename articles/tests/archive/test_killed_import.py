"""An import that is killed leaves whole issues only, and goes on where it was."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db.models import Count, F

from articles.models import Article, Issue, Review
from articles.tests.archive_records import exported, row, written
from articles.tests.gunicorn_server import assert_sound, looking_at, own_database

pytestmark = [pytest.mark.slow, pytest.mark.long]
KILLS, ARTICLES = 10, 24
DAYS = [f"2019-{month:02d}-{day:02d}" for month in (9, 10) for day in range(1, 31)]
ROWS = [row(date=day, order=order) for day in DAYS for order in range(1, ARTICLES + 1)]


def importing(file, database: str) -> subprocess.Popen:
    command = [sys.executable, "manage.py", "import_archive", str(file), "--release"]
    return subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": database},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def test_ten_kills_leave_whole_issues_and_the_rest_is_stored_afterwards(
    tmp_path, django_db_blocker
):
    file, chance, during = written(tmp_path / "a.jsonl.gz", ROWS), random.Random(20191001), 0
    with own_database(tmp_path) as database, django_db_blocker.unblock(), looking_at(database):
        call_command("migrate", verbosity=0)
        for _ in range(KILLS):
            before, process = Issue.objects.count(), importing(file, database)
            while process.poll() is None and Issue.objects.count() == before:
                time.sleep(0.02)
            time.sleep(chance.uniform(0, 0.1))
            process.send_signal(signal.SIGKILL)
            process.communicate()
            during += process.returncode == -signal.SIGKILL
            assert_whole()
        assert during >= KILLS / 2, "the kills do not meet the import"
        last = importing(file, database)
        last.communicate()
        assert last.returncode == 0
        assert_whole()
        assert_sound()
        assert exported(tmp_path) == ROWS


def assert_whole() -> None:
    """Let every issue have all its articles, each with one revision, and be released."""
    held = Issue.objects.annotate(articles=Count("pages__articles")).exclude(
        articles=ARTICLES, released_at__isnull=False
    )
    assert list(held) == []
    kept = Article.objects.annotate(kept=Count("revisions")).exclude(kept=F("version"))
    assert list(kept) == []
    assert Review.objects.count() == Article.objects.published().count()
