"""A PostgreSQL server of a test's own, which it may stop as a power cut does."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg

from articles.tests.gunicorn_server import free_port

# Debian keeps the programs of the server apart, one folder for each version.
FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
PROGRAM = shutil.which("initdb") or next((str(f / "initdb") for f in FOLDERS[-1:]), "")
# The server refuses to run as root.
AS_SOMEBODY = ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []
Refused = psycopg.errors.ReadOnlySqlTransaction


def is_there() -> bool:
    """Tell whether the programs of a server are installed."""
    return bool(PROGRAM) and Path(PROGRAM).exists()


class Cluster:
    """A PostgreSQL server with the settings that it has by itself, or the standby `of` another."""

    def __init__(self, *, of: "Cluster | None" = None):
        # pytest's own folders are closed to anybody else.
        self.folder, self.port = Path(tempfile.mkdtemp(prefix="cluster-")), free_port()
        self.programs = Path(PROGRAM).resolve().parent
        if AS_SOMEBODY:
            shutil.chown(self.folder, "nobody")
        if of:
            source = ("-h", "127.0.0.1", "-p", of.port, "-U", "postgres", "-c", "fast")
            self.folder.chmod(0o700)
            self.run("pg_basebackup", "-R", "-X", "stream", "-D", self.folder, *source)
        else:
            self.run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "-D", self.folder)

    def run(self, program: str, *arguments) -> None:
        """Run a program of the server."""
        command = [*AS_SOMEBODY, str(self.programs / program), *map(str, arguments)]
        done = subprocess.run(command, cwd="/", capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    def start(self) -> None:
        """Start the server; return when it answers."""
        # A socket in the folder would have too long a name.
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        log = self.folder / "log"
        self.control("start", "-w", "-t", "300", "-l", log, "-o", options)

    def cut_power(self) -> None:
        """Stop it at once, with nothing written that was not yet."""
        self.control("stop", "-m", "immediate")

    def remove(self) -> None:
        """Stop it and delete its files."""
        self.cut_power()
        shutil.rmtree(self.folder)

    def control(self, action: str, *options) -> None:
        """Run pg_ctl, whose server must not hold the pipes of this process."""
        command = [*AS_SOMEBODY, str(self.programs / "pg_ctl"), action, "-D", str(self.folder)]
        command += map(str, options)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        assert subprocess.run(command, cwd="/", **quiet).returncode == 0, action

    def create_database(self) -> str:
        """Make an empty database; return its address."""
        at = ("-h", "127.0.0.1", "-p", self.port, "-U", "postgres")
        self.run("createdb", *at, "paper")
        return f"postgres://postgres@127.0.0.1:{self.port}/paper"


def connected(cluster: Cluster, **asked: str) -> psycopg.Connection:
    """Connect to a cluster; each statement is a transaction."""
    return psycopg.connect(port=cluster.port, autocommit=True, **asked)
