"""Reload gunicorn without an interruption: old workers serve until a new one is ready.

By itself gunicorn stops the old ones first, and nobody is served while the new ones load the
project: seconds on a small machine, and many where it is busy. A new one asks itself for a page
first: addresses, forms and templates are loaded with the first request. Read again at every reload
(`gunicorn --config newsroom/gunicorn_conf.py`).
"""

import os
import signal
from contextlib import closing, suppress
from wsgiref.util import setup_testing_defaults

# Of readers and of the desk.
FIRST_PAGES = ("/", "/admin/login/")

# The process ids of the workers that a reload replaces.
replaced: set[int] = set()


def on_reload(server):
    """Raise the number of workers, so that the old ones run beside the new ones."""
    replaced.clear()
    replaced.update(server.WORKERS)
    server.num_workers += len(replaced)


def post_fork(server, worker):
    """Let a worker give the memory of large photos back at once."""
    from newsroom.memory import return_large_blocks  # noqa: PLC0415  The folder is known by now.

    return_large_blocks()


def post_worker_init(worker):
    """Stop the replaced workers gracefully, now that a new one is ready."""
    if replaced:
        with suppress(Exception):  # A worker that fails at a page may still serve others.
            warm_up(worker.wsgi)
    for pid in replaced:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)


def warm_up(application):
    """Ask an application for the first pages, as readers would."""
    from django.conf import settings  # noqa: PLC0415  The project is loaded by now.
    from django.db import connections  # noqa: PLC0415

    scheme = "https" if settings.SECURE_SSL_REDIRECT else "http"
    host = settings.ALLOWED_HOSTS[0].removeprefix(".")
    for path in FIRST_PAGES:
        facts = {"HTTP_HOST": host, "HTTP_X_FORWARDED_PROTO": scheme, "PATH_INFO": path}
        setup_testing_defaults(facts)
        with closing(application(facts, lambda *answer: None)) as response:
            b"".join(response)
    connections.close_all()  # This thread serves nobody.


def child_exit(server, worker):
    """Lower the number of workers again when a replaced one has ended."""
    if worker.pid in replaced:
        replaced.discard(worker.pid)
        server.num_workers -= 1
