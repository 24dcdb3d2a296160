"""Measure the import and export of a month of back issues.

The month is generated, as large as one of a national daily, unless an archive is given. Each
command runs as a process of its own on an empty database, timed by the clock: a file of SQLite,
and PostgreSQL where a server answers (TEST_DATABASE_URL).
"""

import gzip
import json
import os
import random
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

import psycopg

from .invented import DID, WHAT, WHO, paragraphs

FIRST_DAY, ISSUES, ARTICLES, ON_A_PAGE = date(2019, 10, 1), 31, 2109, 5
SECONDS = 30
POSTGRESQL = os.environ.get(
    "TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres"
)  # A database is created and dropped on its server.
STEPS = {
    "import": ("import_archive", "{archive}"),
    "import again": ("import_archive", "{archive}"),
    "import, release": ("import_archive", "{archive}", "--release"),
    "export": ("export_archive", "{folder}/out.jsonl.gz"),
}


def write_month(file: Path) -> Path:
    """Write a generated month; return its file."""
    rng = random.Random(20191001)
    with gzip.open(file, "wt", encoding="utf-8") as archive:
        for number in range(ARTICLES):
            place, day = divmod(number, ISSUES)
            row = {
                "date": (FIRST_DAY + timedelta(days=day)).isoformat(),
                "page": 1 + place // ON_A_PAGE,
                "order": 1 + place % ON_A_PAGE,
                "headline": f"{rng.choice(WHO)}{rng.choice(DID)}{rng.choice(WHAT)}",
                "paragraphs": paragraphs(rng),
            }
            archive.write(json.dumps(row, ensure_ascii=False) + "\n")
    return file


@contextmanager
def databases(folder: Path) -> Iterator[dict[str, str]]:
    """Yield the URLs of empty databases by the names of their systems; drop them afterwards."""
    urls = {"SQLite": f"sqlite:///{folder}/archive.sqlite3"}
    try:
        server = psycopg.connect(POSTGRESQL, autocommit=True, connect_timeout=3)
    except psycopg.Error:
        yield urls
        return
    name = f"bench_{uuid.uuid4().hex[:12]}"
    with server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield urls | {"PostgreSQL": urlsplit(POSTGRESQL)._replace(path=f"/{name}").geturl()}
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def manage(*command: str, environment: dict[str, str]) -> float:
    """Run one management command; return its seconds."""
    started = monotonic()
    run = [sys.executable, "manage.py", *command, "--verbosity=0"]
    subprocess.run(run, env=environment, check=True)
    return monotonic() - started


def measure(
    folder: Path, environment: dict[str, str], archive: Path | None
) -> list[tuple[str, float]]:
    """Return each step and database with its seconds."""
    archive = archive or write_month(folder / "month.jsonl.gz")
    measured = []
    with databases(folder) as urls:
        for system, url in urls.items():
            own = environment | {"DATABASE_URL": url}
            manage("migrate", environment=own)
            for name, command in STEPS.items():
                arguments = [each.format(archive=archive, folder=folder) for each in command]
                measured.append((f"{system}: {name}", manage(*arguments, environment=own)))
    return measured


def report(measured: list[tuple[str, float]]) -> bool:
    """Print the table; return whether every limit holds."""
    print(f"\n{'A month of back issues':<32}{'clock':>9}{'limit':>13}")
    for name, seconds in measured:
        print(f"{name:<32}{seconds:>7.1f} s{SECONDS:>11} s")
    return all(seconds <= SECONDS for _, seconds in measured)
