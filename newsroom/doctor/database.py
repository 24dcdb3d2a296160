"""Looks at the database: whether it answers, its migrations, its clock, and the system checks."""

from collections.abc import Callable, Iterator

from django.core import checks
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.ledger import verification
from newsroom.backup import media
from newsroom.backup.snapshots import file_name_queries

from .diagnosis import ERROR, OK, WARNING, Diagnosis

# Seconds by which two clocks may differ; how many names of lost files are told.
MOST_SECONDS, MOST_NAMES = 2, 5
# How many entries of the ledger are looked at: all of them takes minutes in a large paper.
LAST_ENTRIES = 1000


def system_checks() -> Iterator[Diagnosis]:
    """Yield what Django's and our own checks of a deployment report. Some queries."""
    subject = _("Settings")
    found = checks.run_checks(include_deployment_checks=True, databases=["default"])
    told = [each for each in found if each.level >= checks.WARNING and not each.is_silenced()]
    for each in told:
        level = ERROR if each.level >= checks.ERROR else WARNING
        yield Diagnosis(level, subject, f"{each.msg} ({each.id})", str(each.hint or ""))
    if not told:
        yield Diagnosis(OK, subject, _("All checks of a deployment pass."))


def answers() -> Iterator[Diagnosis]:
    """Yield whether the database answers. One query."""
    connection.ensure_connection()
    version = ".".join(map(str, connection.get_database_version()))
    yield Diagnosis(OK, _("Database"), f"{connection.display_name} {version}")


def migrations() -> Iterator[Diagnosis]:
    """Yield whether all migrations are applied. One query."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        names = ", ".join(str(migration) for migration, _backwards in plan[:MOST_NAMES])
        words = _("%(count)d migrations are not applied: %(names)s")
        told = words % {"count": len(plan), "names": names}
        yield Diagnosis(ERROR, _("Migrations"), told, _("Run: manage.py migrate"))
    else:
        yield Diagnosis(OK, _("Migrations"), _("All migrations are applied."))


def clock() -> Iterator[Diagnosis]:
    """Yield whether this machine and the server of the database agree on the time. One query."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        apart = abs((cursor.fetchone()[0] - timezone.now()).total_seconds())
    if apart > MOST_SECONDS:
        words = _("The clocks of this machine and of the database are %(count)d seconds apart.")
        advice = _("Set both by NTP: issues go live by the clock.")
        yield Diagnosis(ERROR, _("Clock"), words % {"count": round(apart)}, advice)
    else:
        yield Diagnosis(OK, _("Clock"), _("This machine and the database agree on the time."))


def ledger() -> Iterator[Diagnosis]:
    """Yield whether the last entries of the ledger are as they were entered. Three queries."""
    subject, found = _("Ledger"), verification.verify_end(LAST_ENTRIES)
    advice = _("Find out who was at the database, and run: manage.py verify_ledger")
    for defect in found.defects[:MOST_NAMES]:
        yield Diagnosis(ERROR, subject, defect, advice)
    if not found.count:
        words = _("The last %(count)d entries are intact; manage.py verify_ledger reads all.")
        yield Diagnosis(OK, subject, words % {"count": found.entries})


def restored_whole() -> Iterator[Diagnosis]:
    """Yield that a restore was left half done, if so. No query."""
    if media.current().mark():
        yield Diagnosis(
            ERROR,
            _("Restore"),
            _("This installation is only half restored."),
            _("Start manage.py restore_backup again with the same backup."),
        )


def _presence() -> Callable[[str], bool]:
    """Return what tells whether a file is there; object storage lists all, a thousand at once."""
    files = media.current()
    if isinstance(files, media.FolderMedia):
        return default_storage.exists
    return {*files.files()}.__contains__


def stored_files() -> Iterator[Diagnosis]:
    """Yield the files that rows name and that are gone. A query for each field of files."""
    lost, count, is_there = [], 0, _presence()
    for sql in file_name_queries():
        with connection.cursor() as cursor:
            cursor.execute(sql)
            while rows := cursor.fetchmany(1_000):
                count += len(rows)
                lost += [name for (name,) in rows if not is_there(name)]
    if lost:
        words = _("%(count)d files that the database names are lost: %(names)s")
        told = words % {"count": len(lost), "names": ", ".join(lost[:MOST_NAMES])}
        yield Diagnosis(ERROR, _("Files"), told, _("Copy them from data/media of a backup."))
    else:
        words = _("All %(count)d files that the database names are there.")
        yield Diagnosis(OK, _("Files"), words % {"count": count})
