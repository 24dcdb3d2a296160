"""How gunicorn changes its workers at a reload: the old ones serve until a new one is ready.

By itself it sends the old ones away first, and nobody is served while the new ones load the
paper: seconds on a small machine, and many where it is busy. Read anew at every reload
(`gunicorn --config newsroom/serving.py`).
"""

import os
import signal
from contextlib import suppress

# The process ids of the workers that a reload replaces.
leaving: set[int] = set()


def on_reload(server):
    """Note who leaves, and let the master keep them beside the new ones."""
    leaving.clear()
    leaving.update(server.WORKERS)
    server.num_workers += len(leaving)


def post_worker_init(worker):
    """A new worker is ready: those it replaces take no more requests and end."""
    for pid in leaving:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)


def child_exit(server, worker):
    """One that was to leave has left: the master need not replace it."""
    if worker.pid in leaving:
        leaving.discard(worker.pid)
        server.num_workers -= 1
