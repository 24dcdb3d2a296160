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


@dataclass
class Report:
    """What was used, what was skipped and why, what failed."""

    used: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def __str__(self):
        said = f"Tested with {', '.join(self.used)}."
        if self.skipped:
            said += f" Skipped: {'; '.join(self.skipped)}."
        return f"{said} {'FAILED: ' + ', '.join(self.failed) if self.failed else 'All passed'}."


def run(report: Report, name: str, *command: str, **environment: str) -> None:
    """Run a Python module; note its name where it fails."""
    print(f"── {name}", flush=True)
    ended = subprocess.run([sys.executable, *command], env=os.environ | environment)
    if ended.returncode:
        report.failed.append(name)


def why_no_postgresql() -> str:
    """Return why the PostgreSQL server cannot be used; empty where it answers."""
    try:
        psycopg.connect(POSTGRESQL, connect_timeout=3).close()
    except psycopg.Error as error:
        return str(error).strip().splitlines()[0]
    return ""


def run_pytest(report: Report, database: str, *selection: str, **environment: str) -> None:
    """Run all tests on one database, one process per core."""
    command = ["-m", "pytest", "-n", "auto", "--dist", "worksteal", *selection, *sys.argv[1:]]
    run(report, f"tests on {database}", *command, **environment)


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
