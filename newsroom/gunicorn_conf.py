"""Reload gunicorn without an interruption: old workers serve until a new one is ready.

By itself gunicorn stops the old ones first, and nobody is served while the new ones load the
project: seconds on a small machine, and many where it is busy. Read again at every reload
(`gunicorn --config newsroom/gunicorn_conf.py`).
"""

import os
import signal
from contextlib import suppress

# The process ids of the workers that a reload replaces.
replaced: set[int] = set()


def on_reload(server):
    """Raise the number of workers, so that the old ones run beside the new ones."""
    replaced.clear()
    replaced.update(server.WORKERS)
    server.num_workers += len(replaced)


def post_worker_init(worker):
    """Stop the replaced workers gracefully, now that a new one is ready."""
    for pid in replaced:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)


def child_exit(server, worker):
    """Lower the number of workers again when a replaced one has ended."""
    if worker.pid in replaced:
        replaced.discard(worker.pid)
        server.num_workers -= 1
