"""Runs every test: the linter, the migrations, then pytest on each database there is."""

import os
import subprocess
import sys
from dataclasses import dataclass, field

import psycopg

from articles.tests.browser import chromium_path

POSTGRESQL = os.environ.get(
    "TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres"
)  # The tests make and drop a database of their own beside it.
# What pytest exits with where it has collected no test.
NOTHING = 5


@dataclass
class Report:
    """What was used, what was skipped and why, what failed."""

    used: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def __str__(self):
        said = f"Tested with {', '.join(self.used)}."
        if self.skipped:
            said += f" Skipped: {'; '.join(self.skipped)}."
        if self.again:
            said += f" BROWSER TESTS PASSED ONLY WHEN RUN AGAIN ALONE: {', '.join(self.again)}."
        return f"{said} {'FAILED: ' + ', '.join(self.failed) if self.failed else 'All passed'}."


def run(report: Report, name: str, *command: str, **environment: str) -> None:
    """Run a Python module; note its name where it fails."""
    if status(name, *command, **environment):
        report.failed.append(name)


def status(name: str, *command: str, **environment: str) -> int:
    """Run a Python module; return its exit status."""
    print(f"── {name}", flush=True)
    return subprocess.run([sys.executable, *command], env=os.environ | environment).returncode


def why_no_postgresql() -> str:
    """Return why the PostgreSQL server cannot be used; empty where it answers."""
    try:
        psycopg.connect(POSTGRESQL, connect_timeout=3).close()
    except psycopg.Error as error:
        return str(error).strip().splitlines()[0]
    return ""


def run_pytest(report: Report, database: str, *selection: str, **environment: str) -> None:
    """Run all tests on one database, one process per core.

    A browser waits for a machine that does too much at once longer than a test does: where
    only browser tests fail they are run once more, alone, and the report says so.
    """
    name, pytest = f"tests on {database}", ("-m", "pytest")
    parallel = ("-n", "auto", "--dist", "worksteal")
    if not status(name, *pytest, *parallel, *selection, *sys.argv[1:], **environment):
        return
    failed = (*pytest, "--last-failed", "--last-failed-no-failures", "none")
    others = (*failed, "-m", "not browser", "--collect-only")
    is_browsers = status(f"{name}: others that failed", *others, **environment) == NOTHING
    if is_browsers and not status(f"{name}: again", *failed, "-m", "browser", **environment):
        report.again.append(database)
    else:
        report.failed.append(name)


def main() -> int:
    """Run everything and print one line about it; return the exit status."""
    report = Report()
    reason, chromium = why_no_postgresql(), chromium_path()
    selection = () if chromium else ("-m", "not browser")
    run(report, "ruff check", "-m", "ruff", "check", ".")
    run(report, "ruff format", "-m", "ruff", "format", "--check", ".")
    run(report, "migrations", "manage.py", "makemigrations", "--check", "--dry-run")
    run_pytest(report, "SQLite", *selection, DATABASE_URL="")
    report.used.append("SQLite")
    if reason:
        report.skipped.append(f"PostgreSQL ({reason})")
    else:
        run_pytest(report, "PostgreSQL", *selection, DATABASE_URL=POSTGRESQL)
        report.used.append("PostgreSQL")
    if chromium:
        report.used.append("Chromium")
    else:
        report.skipped.append("browser tests (no Chromium found)")
    if os.environ.get("CI") == "true" and report.skipped:
        report.failed.append("nothing may be skipped here")
    print(report)
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
