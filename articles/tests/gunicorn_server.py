"""The paper as `make run` serves it: real gunicorn, on a port, database and files of its own."""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import psycopg
import pytest
from django.conf import global_settings, settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection

BASE = settings.BASE_DIR
# Long enough for a machine that has other work too: a wait ends when what it waits for is there.
PATIENCE = 600


def until(condition: Callable[[], object], told: str, *, within: float = PATIENCE):
    """Return what a condition gives as soon as it is true; fail when that takes too long."""
    end = time.monotonic() + within
    while not (found := condition()):
        assert time.monotonic() < end, f"waited {within} s in vain: {told}"
        time.sleep(0.05)
    return found


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def command(port: int) -> list[str]:
    """Return the command by which the Makefile serves the paper, on a port."""
    makefile = (BASE / "Makefile").read_text().replace("\\\n", " ")
    words = re.search(r"^SERVE := (.+)$", makefile, re.M)[1]
    workers = re.search(r"^WORKERS \?= (\d+)$", makefile, re.M)[1]
    values = {"$(BIN)/python": sys.executable, "$(PORT)": str(port), "$(WORKERS)": workers}
    for name, value in values.items():
        words = words.replace(name, value)
    assert "$" not in words, words
    return shlex.split(words)


class Server:
    """One gunicorn with its workers; it can be killed, reloaded and started again."""

    def __init__(self, folder: Path, database: str):
        self.port, self.log = free_port(), folder / "server.log"
        self.master: subprocess.Popen | None = None
        self.environment = os.environ | {
            "DATABASE_URL": database,
            "MEDIA_ROOT": str(folder / "media"),
            "CACHE_URL": f"filecache://{folder / 'cache'}",
            "PAGE_CACHE_MB": "0",
            "DEBUG": "0",
            "LANGUAGE_CODE": "zh-hans",
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        }

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start gunicorn; return when it answers."""
        with self.log.open("ab") as log:
            self.master = subprocess.Popen(
                command(self.port),
                cwd=BASE,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until(self.answers, "the server to answer")

    def answers(self) -> bool:
        """Tell whether the server answers; fail where it has ended."""
        assert self.master.poll() is None, self.log.read_text()
        try:
            return urlopen(f"{self.address}/admin/login/", timeout=PATIENCE).status == 200
        except (OSError, HTTPException):
            return False

    def workers(self) -> set[int]:
        """Return the process ids of the workers that live."""
        shown = subprocess.run(
            ["ps", "-axo", "pid=,ppid=,stat="], capture_output=True, text=True, check=True
        )
        rows = [line.split() for line in shown.stdout.splitlines()]
        master = str(self.master.pid)
        return {int(pid) for pid, parent, state in rows if parent == master and state[0] != "Z"}

    def kill_workers(self, count: int) -> None:
        """Kill some workers, those first that have lived longest."""
        for pid in sorted(self.workers())[:count]:
            os.kill(pid, signal.SIGKILL)

    def kill(self) -> None:
        """Kill the master and the workers at once."""
        os.killpg(self.master.pid, signal.SIGKILL)
        self.master.wait()

    def reload(self) -> None:
        """Ask for a graceful reload; return when other workers have taken over."""
        before = self.workers()
        self.master.send_signal(signal.SIGHUP)
        until(lambda: len(now := self.workers()) >= 2 and not now & before, "other workers")

    def stop(self) -> None:
        """End what is left of it."""
        if self.master and self.master.poll() is None:
            self.kill()

    def faults(self) -> list[str]:
        """Return the lines of the log that tell of a failed request."""
        told = re.compile(r"Traceback|Error\b|locked|deadlock|Internal Server Error")
        return [line for line in self.log.read_text().splitlines() if told.search(line)]


@contextmanager
def own_database(folder: Path) -> Iterator[str]:
    """Make an empty database beside that of the tests, and drop it; gives its address."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / 'served.sqlite3'}"
        return
    server, name = urlsplit(os.environ["DATABASE_URL"]), f"served_{uuid.uuid4().hex[:12]}"
    maintenance_url = server._replace(path="/postgres").geturl()
    with psycopg.connect(maintenance_url, autocommit=True) as maintenance:
        maintenance.execute(f"CREATE DATABASE {name}")
        try:
            yield server._replace(path=f"/{name}").geturl()
        finally:
            maintenance.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def looking_at(database: str) -> Iterator[None]:
    """Let the rows that this process reads and writes be those of another database."""
    kept, own = connection.connection, connection.settings_dict["NAME"]
    path = urlsplit(database).path
    connection.connection = None
    connection.settings_dict["NAME"] = path if connection.vendor == "sqlite" else path[1:]
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = kept, own
        ContentType.objects.clear_cache()


@pytest.fixture
def served(settings, tmp_path, django_db_blocker) -> Iterator[Server]:
    """A server with a fresh paper that is not started yet; the test looks at its database."""
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS
    with own_database(tmp_path) as database, django_db_blocker.unblock(), looking_at(database):
        call_command("migrate", verbosity=0)
        server = Server(tmp_path, database)
        try:
            yield server
        finally:
            server.stop()


def assert_sound() -> None:
    """Let the database look itself over: its pages, its indexes, the rows that refer to others."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            assert cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.check_constraints()
