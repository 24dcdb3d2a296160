"""Run every test: the linter, the migrations, and pytest on SQLite and PostgreSQL at once.

Options are those of pytest, and --sqlite, which leaves PostgreSQL out.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain, repeat

import psycopg

from articles.sharing.fonts import find_font
from articles.tests.browser.screens.firefox import firefox_path
from articles.tests.chromium import chromium_path
from newsroom.tests.deploy.nginx_path import nginx_path

POSTGRESQL = os.environ.get(
    "TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres"
)  # The tests make and drop a database of their own beside it.

SQLITE_ALONE = "--sqlite"
# What single tests are made with, besides the browsers.
PROGRAMS = ("redis-server", "strace", "shellcheck", "systemd-analyze")
# Browser tests look at pages and scripts, which are the same on every database, and take most of
# the time: where both are there, they run on the one that answers several people at once. The
# other has the tests that need no database, and long ones that are the same on every database.
BROWSER_DATABASE = "PostgreSQL"
NO_BROWSER = ("-m", "not browser")
ON_EACH = ("-m", "not no_database and not any_database")
NEITHER = ("-m", "not browser and not no_database and not any_database")


@dataclass
class Report:
    """What was used, what was skipped and why, what failed."""

    used: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def __str__(self):
        text = f"Tested with {', '.join(self.used)}."
        if self.skipped:
            text += f" Skipped: {'; '.join(self.skipped)}."
        return f"{text} {'FAILED: ' + ', '.join(self.failed) if self.failed else 'All passed'}."


def run(report: Report, name: str, *command: str) -> None:
    """Run a Python module; note its name where it fails."""
    print(f"── {name}", flush=True)
    if subprocess.run([sys.executable, *command]).returncode:
        report.failed.append(name)


def postgresql_error() -> str:
    """Return why the PostgreSQL server cannot be used; empty where it answers."""
    if SQLITE_ALONE in sys.argv:
        return f"left out by {SQLITE_ALONE}"
    try:
        psycopg.connect(POSTGRESQL, connect_timeout=3).close()
    except psycopg.Error as error:
        return str(error).strip().splitlines()[0]
    return ""


def selections(databases: Collection[str], *, has_chromium: bool) -> list[tuple[str, ...]]:
    """Return pytest's options that select the tests of each database.

    Browser tests run once, and so does what needs no database, or any one.
    """
    if len(databases) == 1:
        return [() if has_chromium else NO_BROWSER]
    second = ON_EACH if has_chromium else NEITHER
    return [second if name == BROWSER_DATABASE else NO_BROWSER for name in databases]


def run_pytest(report: Report, databases: dict[str, str], *, has_chromium: bool) -> None:
    """Run the tests on each database (name: address) at the same time, a process per core each.

    What waits on one database leaves its core to the other. The output of the first is shown as
    it comes, that of the others afterwards.
    """
    command = [sys.executable, "-m", "pytest", "-n", "auto", "--dist", "worksteal", "-rs"]
    options = [option for option in sys.argv[1:] if option != SQLITE_ALONE]

    def start(url, output, selection):
        environment = os.environ | {"DATABASE_URL": url}
        words = [*command, *selection, *options]
        return pool.submit(subprocess.run, words, env=environment, stdout=output)

    with ThreadPoolExecutor() as pool:
        outputs = chain([None], repeat(subprocess.PIPE))
        chosen = selections(databases, has_chromium=has_chromium)
        started = [*map(start, databases.values(), outputs, chosen)]
        for name, process in zip(databases, started, strict=True):
            print(f"── tests on {name}", flush=True)
            ended = process.result()
            print((ended.stdout or b"").decode(), flush=True)
            if ended.returncode:
                report.failed.append(f"tests on {name}")


def main() -> int:
    """Run everything and print one line about it; return the exit status."""
    report = Report()
    reason, chromium = postgresql_error(), chromium_path()
    databases = {"SQLite": ""} | ({} if reason else {"PostgreSQL": POSTGRESQL})
    run(report, "ruff check", "-m", "ruff", "check", ".")
    run(report, "ruff format", "-m", "ruff", "format", "--check", ".")
    run(report, "migrations", "manage.py", "makemigrations", "--check", "--dry-run")
    run_pytest(report, databases, has_chromium=bool(chromium))
    report.used += databases
    if reason:
        report.skipped.append(f"PostgreSQL ({reason})")
    if chromium:
        report.used.append("Chromium")
    else:
        report.skipped.append("browser tests (no Chromium found)")
    if chromium and firefox_path():
        report.used.append("Firefox")
    else:
        report.skipped.append("tests in Firefox (it needs Chromium too, or was not found)")
    if find_font("") is None:
        report.skipped.append("share cards (no Song font found)")
    if nginx_path():
        report.used.append("nginx")
    else:
        report.skipped.append("the configuration of nginx (nginx or its Brotli module not found)")
    report.skipped += [f"tests with {name}" for name in PROGRAMS if not shutil.which(name)]
    if os.environ.get("CI") == "true" and report.skipped:
        report.failed.append("nothing may be skipped here")
    print(report)
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
