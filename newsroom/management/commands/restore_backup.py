"""Restore a backup into an empty installation."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

from articles import ledger
from articles.management.commands.import_archive import progress_bar
from articles.models import LedgerHead, LedgerKind
from newsroom.backup import drill as trial
from newsroom.backup import error_messages, places, record, restoration
from newsroom.backup.defect_messages import message
from newsroom.backup.ledger_end import differences

from .verify_backup import chosen


class Command(BaseCommand):
    """Restores database and files, after the whole backup has been verified.

    FOLDER is a backup, or a folder or s3://bucket/prefix of backups, of which the newest is taken.
    An installation that is not empty is refused; a restore that was interrupted is gone on with.
    With --drill it is restored into a temporary place, looked over there, and removed: nothing
    else is touched.
    """

    help = __doc__

    def add_arguments(self, parser):
        """Take the folder."""
        parser.add_argument("folder", metavar="FOLDER")
        parser.add_argument(
            "--drill", action="store_true", help="only try it, in a temporary place (TMPDIR)"
        )

    def handle(self, *, folder: str, drill: bool, verbosity: int, **options):
        """Verify and restore; print what is left to do, or what a drill has found."""
        with error_messages.told(Path(folder), Path(settings.MEDIA_ROOT)):
            [chosen_one] = chosen(folder, is_all=False)
            with places.readable(chosen_one) as backup:
                if drill:
                    self.drill(backup, verbosity)
                else:
                    self.restore(backup, verbosity)

    def restore(self, backup: places.Readable, verbosity: int) -> None:
        """Restore a backup that is whole."""
        self.refuse_damaged(backup)
        self.tell_differences(backup)
        self.act_with_bar(restoration.restore, backup, verbosity)
        enter(backup.shell)
        if verbosity:
            told = _("%(path)s is restored. Now run: manage.py migrate")
            self.stdout.write(told % {"path": backup})

    def act_with_bar(self, act, backup: places.Readable, verbosity: int):
        """Return what an act on a backup returns, and show how many files are done."""
        with progress_bar(0, is_shown=verbosity > 0, unit=_("files")) as bar:
            return act(backup.shell, bar.update, backup.opened)

    def drill(self, backup: places.Readable, verbosity: int) -> None:
        """Try a backup, print and record how it went; raise CommandError where it did not."""
        with recorded_failure():
            self.refuse_damaged(backup)
            is_other = self.tell_differences(backup)
            found = self.act_with_bar(trial.drill, backup, verbosity)
            self.refuse_faults(found, is_other=is_other)
        record.succeeded(record.DRILL, backup.backup)
        if verbosity:
            self.stdout.write(
                _("The drill went well: %(path)s, %(rows)d rows, %(pages)d pages opened.")
                % {"path": backup, "rows": found["rows"], "pages": found["pages"]}
            )

    def tell_differences(self, backup: places.Readable) -> bool:
        """Print how the ledger in a backup differs from what the backup tells; tell whether.

        A restore goes on all the same: it may be the only backup that there is.
        """
        found = differences(backup.shell)
        for difference in found:
            self.stderr.write(difference)
        return bool(found)

    def refuse_faults(self, found: dict, *, is_other: bool) -> None:
        """Raise CommandError where a drill has found faults, or another ledger; print them."""
        for fault in found["faults"]:
            self.stderr.write(fault)
        if found["faults"] or is_other:
            raise CommandError(_("The drill failed: the restored copy is not sound."))

    def refuse_damaged(self, backup: places.Readable) -> None:
        """Raise CommandError where a backup is not whole, and print why."""
        found = 0
        for defect in backup.defects():
            self.stderr.write(message(defect))
            found += 1
        if found:
            raise CommandError(_("Nothing was restored: the backup is not whole."))


def enter(backup: Path) -> None:
    """Enter in the restored ledger that it was restored; a backup of before has none."""
    if LedgerHead._meta.db_table in connection.introspection.table_names():
        ledger.record(LedgerKind.RESTORE, name=backup.name)


@contextmanager
def recorded_failure() -> Iterator[None]:
    """Record that a drill failed, where it does."""
    try:
        yield
    except Exception:
        record.failed(record.DRILL)
        raise
