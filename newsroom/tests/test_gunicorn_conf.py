"""A reload: who serves while the new workers load the paper, and how many there are afterwards."""

import signal
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections

from newsroom import gunicorn_conf


@pytest.fixture(autouse=True)
def told(monkeypatch):
    """The signals sent, none of them for real."""
    sent = []
    monkeypatch.setattr(gunicorn_conf.os, "kill", lambda pid, kind: sent.append((pid, kind)))
    monkeypatch.setattr(connections, "close_all", lambda: None)
    yield sent
    gunicorn_conf.replaced.clear()


def make_server(*pids):
    return SimpleNamespace(WORKERS=dict.fromkeys(pids), num_workers=2)


def left(server, pid):
    gunicorn_conf.child_exit(server, SimpleNamespace(pid=pid))


def test_the_old_workers_are_kept_until_a_new_one_is_ready(told):
    server = make_server(11, 12)
    gunicorn_conf.on_reload(server)
    assert server.num_workers == 4
    assert told == []
    gunicorn_conf.post_worker_init(SimpleNamespace(pid=21))
    assert sorted(told) == [(11, signal.SIGTERM), (12, signal.SIGTERM)]


def test_a_new_worker_has_shown_itself_the_first_pages_before_the_old_ones_stop(told):
    asked = []

    def application(facts, start_response):
        asked.append((facts["PATH_INFO"], facts["HTTP_HOST"], list(told)))
        return BytesIO(b"page")

    gunicorn_conf.on_reload(make_server(11))
    gunicorn_conf.post_worker_init(SimpleNamespace(pid=21, wsgi=application))
    host = settings.ALLOWED_HOSTS[0]
    assert asked == [("/", host, []), ("/admin/login/", host, [])]
    assert told == [(11, signal.SIGTERM)]


@pytest.mark.django_db(transaction=True)  # The connection is closed, as in a worker.
def test_the_first_pages_are_answered():
    statuses = []
    application = get_wsgi_application()

    def listen(facts, start_response):
        return application(facts, lambda status, headers: statuses.append(status))

    gunicorn_conf.warm_up(listen)
    assert [status[:3] for status in statuses] == ["200", "200"]


def test_a_worker_that_fails_at_a_page_takes_over_even_so(told):
    def application(facts, start_response):
        raise RuntimeError

    gunicorn_conf.on_reload(make_server(11))
    gunicorn_conf.post_worker_init(SimpleNamespace(pid=21, wsgi=application))
    assert told == [(11, signal.SIGTERM)]


def test_who_has_left_is_not_replaced(told):
    server = make_server(11, 12)
    gunicorn_conf.on_reload(server)
    left(server, 11)
    left(server, 12)
    assert server.num_workers == 2


def test_who_dies_at_other_times_is_replaced(told):
    server = make_server(11, 12)
    left(server, 11)
    assert server.num_workers == 2
    gunicorn_conf.post_worker_init(SimpleNamespace(pid=21))
    assert told == []


def test_a_reload_within_a_reload_replaces_all_that_are_there(told):
    server = make_server(11, 12)
    gunicorn_conf.on_reload(server)
    server.WORKERS, server.num_workers = dict.fromkeys((11, 12, 21, 22)), 2
    gunicorn_conf.on_reload(server)
    for pid in (11, 12, 21, 22):
        left(server, pid)
    assert server.num_workers == 2
