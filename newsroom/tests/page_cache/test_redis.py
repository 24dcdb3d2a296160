"""Pages and numbers in Redis: no query, and nothing older than the database."""

import shutil
import subprocess
import time

import pytest
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache

from articles import publication
from articles.models import Masthead
from articles.publication import LISTS, MOVING, NAMES, number_key
from articles.tests import factories
from articles.tests.gunicorn_server import free_port, until
from articles.workflow import move
from newsroom.page_cache import redis_numbers, scope_numbers
from newsroom.page_cache.scope_numbers import current_numbers

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not shutil.which("redis-server"), reason="no Redis server"),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A Redis server of the tests' own; its port."""
    folder, port = tmp_path_factory.mktemp("redis"), free_port()
    line = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    with subprocess.Popen([*line, "--dir", str(folder)], stdout=subprocess.DEVNULL) as process:
        yield port
        process.terminate()


@pytest.fixture(autouse=True)
def redis(settings, server):
    settings.CACHES = {
        "default": {"BACKEND": publication.REDIS, "LOCATION": f"redis://127.0.0.1:{server}/0"}
    }
    settings.PAGE_CACHE_MB = 16
    until(is_there, "Redis", within=30)
    cache.clear()


def is_there():
    try:
        return cache.set("there", True) or True
    except Exception:
        return False


def test_a_page_that_is_asked_for_again_costs_no_query(client, paper, django_assert_num_queries):
    first = client.get("/about/")
    with django_assert_num_queries(1):
        client.get("/about/")
    with django_assert_num_queries(0):
        again = client.get("/about/")
    assert (again.content, dict(again.headers)) == (first.content, dict(first.headers))


def test_a_change_is_seen_with_the_next_request(client, paper):
    for _ in range(3):
        client.get(paper["article"].get_absolute_url())
    move(paper["article"], "withdraw", by=factories.make_chief(), note="有误")
    assert client.get(paper["article"].get_absolute_url()).status_code == 410
    Masthead.objects.update(name="另一个名字")
    publication.everything_changed()
    assert "另一个名字" in client.get("/about/").content.decode()


def test_who_has_read_an_older_number_cannot_put_it_there(db):
    before = publication.numbers([LISTS])[LISTS]
    publication.change(LISTS)
    cache.add(number_key(LISTS), before)
    assert cache.get(number_key(LISTS)) == MOVING
    assert current_numbers([LISTS]) == publication.numbers([LISTS])
    assert cache.get(number_key(LISTS)) == MOVING


@pytest.mark.parametrize(("failures", "known"), [(1, MOVING), (2, None)])
def test_a_number_that_cannot_be_marked_is_not_known(db, monkeypatch, failures, known):
    current_numbers([LISTS])
    set_many, failed = RedisCache.set_many, []

    def fail_first(self, *args):
        if len(failed) < failures:
            failed.append(args)
            raise ConnectionError
        return set_many(self, *args)

    monkeypatch.setattr(RedisCache, "set_many", fail_first)
    publication.change(LISTS)
    assert cache.get(number_key(LISTS)) == known


def test_a_number_that_took_long_to_read_is_not_told(db, monkeypatch):
    monkeypatch.setattr(scope_numbers, "FRESH", 0)
    current_numbers([LISTS])
    assert cache.get(number_key(LISTS)) is None


def test_a_number_is_known_for_a_second(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        current_numbers([LISTS])
        current_numbers([LISTS])
    time.sleep(1.1)
    with django_assert_num_queries(1):
        current_numbers([LISTS])


def test_a_connection_that_the_server_has_closed_is_opened_again(db):
    cache.set(number_key(LISTS), "7", 60)
    assert current_numbers([LISTS]) == {LISTS: "7"}
    client = cache._cache.get_client()
    client.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
    for _ in range(2):
        assert current_numbers([LISTS]) == {LISTS: "7"}


def test_an_answer_that_came_too_late_is_not_taken_for_another(db, monkeypatch):
    for scope in (LISTS, NAMES):
        cache.set(number_key(scope), scope, 60)
    current_numbers([LISTS])

    def fail():
        raise TimeoutError

    with monkeypatch.context() as patched:
        patched.setattr(redis_numbers._held.connection, "read_response", fail)
        assert current_numbers([LISTS]) == publication.numbers([LISTS])
    assert current_numbers([NAMES]) == {NAMES: NAMES}


def test_without_redis_pages_are_built(client, paper, settings, caplog):
    settings.CACHES = {
        "default": {"BACKEND": publication.REDIS, "LOCATION": "redis://127.0.0.1:1/0"}
    }
    for _ in range(2):
        assert client.get("/about/").status_code == 200
    move(paper["article"], "withdraw", by=factories.make_chief(), note="有误")
    assert client.get(paper["article"].get_absolute_url()).status_code == 410
