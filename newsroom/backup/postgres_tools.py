"""pg_dump and pg_restore: found in a version that fits the server, and run.

No password is on a command line, where every user of the machine could read it.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from subprocess import PIPE, Popen
from tempfile import TemporaryFile

from django.db.backends.postgresql.client import DatabaseClient
from django.utils.translation import gettext as _

from .bag import BackupError

# Where Debian and its kin keep the programs of each version.
VERSIONS = Path("/usr/lib/postgresql")
OPTIONS = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "NAME": "PGDATABASE"}


def program(name: str, server: int) -> str:
    """Return the path of a program of a server's version (15, 16 …), or of the next newer one.

    An older pg_dump cannot read the server; a much newer pg_restore sends settings that the
    server does not know. Raises BackupError where there is none.
    """
    found = [shutil.which(name), *map(str, VERSIONS.glob(f"*/bin/{name}"))]
    fitting = [
        (number, path) for path in filter(None, found) if (number := version(path)) >= server
    ]
    if fitting:
        return min(fitting)[1]
    message = _(
        "There is no %(program)s for PostgreSQL %(version)d here. Install the package "
        "postgresql-client-%(version)d."
    )
    raise BackupError(message % {"program": name, "version": server})


def version(path: str) -> int:
    """Return the version of a program of PostgreSQL; 0 where it tells none. Raises OSError."""
    told = subprocess.run([path, "--version"], capture_output=True, text=True)
    match = re.search(r"\) (\d+)", told.stdout)
    return int(match[1]) if match else 0


def environment(settings: dict) -> dict[str, str]:
    """Return the environment in which programs of PostgreSQL reach a database."""
    own = {variable: str(settings[name]) for name, variable in OPTIONS.items() if settings[name]}
    more = DatabaseClient.settings_to_cmd_args_env(settings, [])[1] or {}
    return os.environ | own | {name: str(value) for name, value in more.items()}


def dump(settings: dict, target: Path, snapshot: str, server_version: int) -> None:
    """Write a database as it was in an exported snapshot. Raises BackupError."""
    target.touch(mode=0o600)
    command = [program("pg_dump", server_version // 10_000), "--format=custom", "--compress=3"]
    command += ["--no-owner", "--no-acl", f"--snapshot={snapshot}", f"--file={target}"]
    _run(command, settings)


def load(settings: dict, source: Path, server_version: int) -> None:
    """Replace the content of a database by a dump, in one transaction. Raises BackupError."""
    command = [program("pg_restore", server_version // 10_000), "--single-transaction", "--clean"]
    command += ["--if-exists", "--exit-on-error", "--no-owner", "--no-acl"]
    _run([*command, f"--dbname={settings['NAME']}", str(source)], settings)


def dumped_rows(
    source: Path, table: str, columns: Sequence[str], version: int
) -> Iterator[tuple[str, ...]]:
    """Yield some columns of the rows of a table in a dump, as PostgreSQL writes them; streamed.

    `version` is that of the server. Raises BackupError.
    """
    command = [program("pg_restore", version), "--data-only", f"--table={table}", "--file=-"]
    with (
        TemporaryFile("w+") as errors,
        Popen([*command, str(source)], stdout=PIPE, stderr=errors, text=True) as process,
    ):
        places = None
        for line in process.stdout:
            if line.startswith("COPY ") and f".{table} (" in line:
                names = line.partition("(")[2].partition(")")[0].split(", ")
                places = [names.index(name) for name in columns]
            elif line.rstrip() == "\\.":
                places = None
            elif places:
                values = line.rstrip("\n").split("\t")
                yield tuple(values[place] for place in places)
        if process.wait():
            errors.seek(0)
            raise _failure(command, errors.read())


def _run(command: list[str], settings: dict) -> None:
    done = subprocess.run(command, env=environment(settings), capture_output=True, text=True)
    if done.returncode:
        raise _failure(command, done.stderr)


def _failure(command: list[str], told: str) -> BackupError:
    return BackupError(f"{Path(command[0]).name}: {told.strip()[-2_000:]}")
