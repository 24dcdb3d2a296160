"""Commands by which much comes in let the database look at its tables anew."""

import sqlite3

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.query_planner import refresh_statistics
from articles.tests.archive_records import row, run, written

pytestmark = pytest.mark.django_db


def asked_by(act) -> list[str]:
    """Return the queries that an act makes."""
    with CaptureQueriesContext(connection) as queries:
        act()
    return [query["sql"] for query in queries]


@pytest.mark.parametrize("command", ["rebuild_lists", "rebuild_search"])
def test_a_rebuild_ends_with_new_statistics(command):
    assert asked_by(lambda: call_command(command, verbosity=0))[-1] == "ANALYZE"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite locks the whole database")
def test_where_others_write_the_statistics_stay_as_they_are(settings, caplog):
    name = connection.settings_dict["NAME"]
    with sqlite3.connect(name, isolation_level=None, uri=True) as other, connection.cursor() as own:
        usual = own.execute("PRAGMA busy_timeout").fetchone()[0]
        own.execute("PRAGMA busy_timeout = 10")
        other.execute("BEGIN IMMEDIATE")
        refresh_statistics()
        other.execute("ROLLBACK")
        own.execute(f"PRAGMA busy_timeout = {usual}")
    assert "No new statistics of the tables" in caplog.text


def test_an_import_takes_new_statistics_where_something_came_in(tmp_path):
    file = written(tmp_path / "a.jsonl", [row()])
    assert "ANALYZE" in asked_by(lambda: run("import_archive", file))
    assert "ANALYZE" not in asked_by(lambda: run("import_archive", file))
