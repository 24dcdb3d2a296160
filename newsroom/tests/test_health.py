"""A load balancer learns whether this server can answer, and nothing else."""

from pathlib import Path

import pytest
from django.db import OperationalError, connection

from newsroom import health
from newsroom.backup import restoring_mark

ADDRESS = "/health/"


def test_a_server_that_is_well_says_so_with_one_query(db, client, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get(ADDRESS)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert client.head(ADDRESS).status_code == 200


def test_no_answer_is_kept_and_none_sets_a_cookie(db, client, settings):
    settings.PAGE_CACHE_MB = 10
    for _time in range(2):
        answer = client.get(ADDRESS)
        assert answer.headers["Cache-Control"] == "no-store"
        assert not answer.cookies
    kept = Path(settings.CACHES["default"]["LOCATION"], "pages").rglob("*")
    assert not [path for path in kept if path.is_file()]


@pytest.mark.parametrize("page_cache", [0, 10])
def test_a_server_without_a_database_answers_503_and_tells_no_reason(
    db, client, monkeypatch, settings, page_cache
):
    def fail(*args):
        raise OperationalError("password authentication failed for user paper at 10.0.0.7")

    settings.PAGE_CACHE_MB = page_cache
    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", fail)
        answer = client.get(ADDRESS)
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable"})


def test_a_database_without_migrations_is_not_well(db, client, monkeypatch):
    monkeypatch.setattr(health, "QUERY", "SELECT 1 FROM django_migrations WHERE id < 0")
    assert client.get(ADDRESS).status_code == 503


def test_a_half_restored_server_is_not_well(db, client, settings):
    restoring_mark.write(Path(settings.MEDIA_ROOT), "digest")
    assert client.get(ADDRESS).status_code == 503


def test_it_is_read_only_and_asked_over_plain_http_too(db, client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(ADDRESS).status_code == 200
    assert client.post(ADDRESS).status_code == 405
    assert client.get("/about/").status_code == 301
