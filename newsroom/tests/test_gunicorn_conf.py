"""A reload: who serves while the new workers load the paper, and how many there are afterwards."""

import signal
from types import SimpleNamespace

import pytest

from newsroom import gunicorn_conf


@pytest.fixture(autouse=True)
def told(monkeypatch):
    """The signals sent, none of them for real."""
    sent = []
    monkeypatch.setattr(gunicorn_conf.os, "kill", lambda pid, kind: sent.append((pid, kind)))
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
