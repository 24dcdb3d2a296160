"""What goes wrong while one request is served: at its n-th query, or its n-th file."""

import errno
import os
import pickle
import signal
import sqlite3
import traceback
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from django.core.cache.backends.filebased import FileBasedCache
from django.core.files.base import File
from django.db import OperationalError, connection, connections

from newsroom.storage import MediaStorage

DEATH, ELSEWHERE = "death", "elsewhere"
LOST_DATABASE, FULL_DATABASE, FULL_DISK = "lost database", "full database", "full disk"
AT_THE_END = 0
WRITES = ("INSERT", "UPDATE", "DELETE")


@dataclass
class Fault:
    """One fault: its kind, and at which query (or file) of a request it strikes.

    Death strikes at a query or a file, whichever has the number first, or at the end, when all is
    stored and nothing answered yet. `queries` and `files` count what the request did.
    """

    kind: str = ""
    at: int = 1
    queries: int = 0
    files: int = 0
    has_struck: bool = False

    def execute(self, execute, sql, params, many, context):
        """Stand around each query (`connection.execute_wrapper`)."""
        self.queries += 1
        self.die_at(self.queries)
        if self.kind == LOST_DATABASE and self.queries >= self.at:
            self.has_struck = True
            self.cut_connection()
        elif self.is_full_at(sql):
            self.has_struck = True
            raise OperationalError("no room") from full_database()
        return execute(sql, params, many, context)

    def is_full_at(self, sql: str) -> bool:
        """Tell whether a full disk refuses this statement, once."""
        is_due = self.kind == FULL_DATABASE and self.queries >= self.at and not self.has_struck
        return is_due and sql.startswith(WRITES)

    def cut_connection(self) -> None:
        """Let the database be out of reach from here to the end of the request."""
        if connection.vendor == "postgresql" and connection.connection and self.at % 2:
            connection.connection.close()  # What follows fails by itself.
        else:
            raise OperationalError("server closed the connection unexpectedly")

    def content(self, content: File) -> File:
        """Return what is written of a file; half of it where the disk is full."""
        self.files += 1
        self.die_at(self.files)
        if self.kind == FULL_DISK and self.files == self.at:
            self.has_struck = True
            return TornFile(content)
        return content

    def die_at(self, number: int) -> None:
        """End the process as the kernel does, if it is to end here."""
        if self.kind == DEATH and number == self.at:
            os.kill(os.getpid(), signal.SIGKILL)


def full_database() -> Exception:
    """Return what the driver raises where the database has no room."""
    if connection.vendor == "postgresql":
        return psycopg.errors.DiskFull("No space left on device")
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    return error


class TornFile(File):
    """A file of which a full disk takes the first half only."""

    def __init__(self, content: File):
        super().__init__(content)

    def chunks(self, chunk_size=None):
        """Yield half of the file, then fail as the disk does."""
        first = next(iter(self.file.chunks()))
        yield first[: len(first) // 2]
        raise OSError(errno.ENOSPC, "No space left on device")


current = Fault()


@contextmanager
def striking(fault: Fault):
    """Let a fault strike within a block."""
    global current
    current = fault
    try:
        with connection.execute_wrapper(fault.execute):
            yield
    finally:
        current = Fault()


class SimulatedStorage(MediaStorage):
    """The product's storage, on a disk that may be full."""

    def _save(self, name, content):
        return super()._save(name, current.content(content))


class SharedCache(FileBasedCache):
    """A cache that is none of files to the product: pages go to it as they go to Redis."""


def in_another_process(act: Callable[[], object]):
    """Return what an act returns in a worker of its own; None where it was killed.

    The worker has a connection of its own, and what this process remembers so far.
    """
    connections.close_all()
    read, write = os.pipe()
    child = os.fork()
    if not child:
        forget_connections()
        with os.fdopen(write, "wb") as file:
            file.write(pickle.dumps(outcome(act)))
        os.kill(os.getpid(), signal.SIGKILL)  # without what the tests do at exit
    os.close(write)
    with os.fdopen(read, "rb") as file:
        answered = file.read()
    os.waitpid(child, 0)
    found = pickle.loads(answered) if answered else None
    assert not isinstance(found, Failure), found
    return found


def forget_connections() -> None:
    """Let a process that was forked connect anew.

    Where a browser was started before, its event loop runs in the parent alone: the parent's
    connections of the time before it are those of the child, which would speak in their place.
    """
    for kept in connections.all(initialized_only=True):
        del connections[kept.alias]


class Failure(str):
    """The traceback of an act that failed in another process."""


def outcome(act: Callable[[], object]):
    """Return what an act returns, or its traceback."""
    try:
        return act()
    except BaseException:
        return Failure(traceback.format_exc())
