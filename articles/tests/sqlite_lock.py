"""The live server's threads and the test take turns. No Django here.

SQLite's database in memory is one connection, which they share; and the article form sends
messages of its own accord, also while another request is answered and when it is closed.
"""

import os
import threading
import time

QUIET_FOR = 0.3
turn = threading.RLock()
answered_at = 0.0


def in_turn(application):
    """Return a WSGI application that answers one request at a time."""

    def answer(environ, start_response):
        global answered_at
        with turn:
            try:
                return application(environ, start_response)
            finally:
                answered_at = time.monotonic()

    return answer


def rest():
    """Wait until no request has come for a moment: what a closing window says has arrived.

    The moment is longer where the machine has more to do than it has processors.
    """
    closed_at = time.monotonic()
    quiet_for = QUIET_FOR * max(1, os.getloadavg()[0] / (os.cpu_count() or 1))
    while True:
        with turn:
            idle = time.monotonic() - max(answered_at, closed_at)
        if idle > quiet_for:
            return
        time.sleep(0.05)
