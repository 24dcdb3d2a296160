"""No test reaches the database, the media or the cache of an installation."""

import contextlib
import os
import subprocess
import sys

import psycopg
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.db import OperationalError, connection

from articles.tests.gunicorn_server import own_database


def run(*command: str, **environment: str) -> int:
    """Run Python in the project's folder; return the exit status."""
    environment = os.environ | environment
    return subprocess.run(
        [sys.executable, *command], cwd=settings.BASE_DIR, env=environment
    ).returncode


def test_nothing_outside_of_the_test_database_is_written(django_db_blocker):
    FileSystemStorage().save("probe.txt", ContentFile(b"probe"))
    cache.set("probe", "probe")
    # On PostgreSQL there is no such database.
    with django_db_blocker.unblock(), contextlib.suppress(OperationalError):
        call_command("migrate", verbosity=0)
        connection.close()
    is_possible = connection.vendor == "sqlite"
    assert (run("manage.py", "migrate", "--verbosity", "0") == 0) == is_possible


@pytest.mark.slow
def test_an_installation_named_in_the_environment_is_never_written(tmp_path):
    probe = f"{__file__}::test_nothing_outside_of_the_test_database_is_written"
    folder = tmp_path / "paper"
    folder.mkdir()
    with own_database(folder) as database:
        ran = run(
            *("-m", "pytest", "-p", "no:cacheprovider", probe),
            DATABASE_URL=database,
            MEDIA_ROOT=str(folder / "media"),
            CACHE_URL=f"filecache://{folder / 'cache'}",
        )
        assert (ran, list(folder.iterdir())) == (0, [])
        if connection.vendor == "postgresql":
            with psycopg.connect(database) as paper:
                tables = paper.execute("SELECT * FROM pg_tables WHERE schemaname = 'public'")
                assert tables.fetchall() == []
