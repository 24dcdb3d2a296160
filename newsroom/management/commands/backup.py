"""Back up the database and the files to a folder or to object storage."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import ledger
from articles.management.commands.import_archive import progress_bar
from articles.models import LedgerKind
from articles.query_planner import refresh_statistics
from newsroom.backup import creation, error_messages, folder, places, record
from newsroom.backup.store.place import SCHEME

EXIT_OPTIONS, EXIT_LOST = 2, 3  # With 2 argparse, too, refuses options that make no sense.


class Command(BaseCommand):
    """Writes a backup of this instant into FOLDER or s3://bucket/prefix, while the desk works on.

    Files that the backup before has are linked to it. The exit status is 1 where no backup was
    written, 2 where options make no sense, 3 where files that the database names were lost before.
    """

    help = __doc__

    def add_arguments(self, parser):
        """Take the folder, and how long backups are kept."""
        parser.add_argument("folder", metavar="FOLDER")
        parser.add_argument(
            "--keep",
            metavar="7d,4w,12m,30y",
            help="then remove backups, but for the last of so many days, weeks, months and years",
        )
        parser.add_argument(
            "--whole", action="store_true", help="copy every file, and link none to another backup"
        )

    def handle(self, *, folder: str, keep: str | None, whole: bool, verbosity: int, **options):
        """Write the backup, remove old ones, and print a summary in one line."""
        if "://" in folder and not folder.startswith(SCHEME):
            raise CommandError(_("Backups are written to folders and to s3://bucket/prefix."))
        rules = parsed(keep)
        with error_messages.told(Path(settings.MEDIA_ROOT), Path(folder)):
            where = places.at(folder)
            result = self.written(where, verbosity, is_whole=whole)
            record.succeeded(record.BACKUP, result.path)
            facts = {"name": result.path.name, "digest": result.digest, "files": result.file_count}
            ledger.record(LedgerKind.BACKUP, **facts)
            zone = timezone.get_default_timezone()
            # The one just written stays, even if a clock that was ahead has named another later.
            removed = where.remove_old(result.path, rules, zone) if rules else 0
        # Every night is often enough: a paper grows slowly.
        refresh_statistics()
        self.tell(result, removed, verbosity)

    def written(self, where, verbosity: int, *, is_whole: bool) -> creation.BackupResult:
        """Write the backup, and show how far it is. Raises as `creation.create` does."""
        with progress_bar(0, is_shown=verbosity > 0, unit=_("files")) as bar:

            def tick(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            return where.create(tick, is_whole=is_whole)

    def tell(self, result: creation.BackupResult, removed: int, verbosity: int) -> None:
        """Print what was done; exit with 3 where files are lost."""
        if verbosity:
            told = _(
                "%(path)s: %(files)d files, %(copied)d of them copied, %(size)d MB; %(removed)d "
                "old backups removed. Its digest: %(digest)s"
            )
            self.stdout.write(
                told
                % {
                    "path": result.path,
                    "files": result.file_count,
                    "copied": result.copied,
                    "size": round(result.size / 1e6),
                    "removed": removed,
                    "digest": result.digest,
                }
            )
        for path in result.lost:
            self.stderr.write(_("Lost before this backup: %(path)s") % {"path": path})
        if result.lost:
            raise SystemExit(EXIT_LOST)


def parsed(keep: str | None) -> dict[str, int]:
    """Return the rules of --keep; raise CommandError with exit status 2."""
    try:
        return folder.parse_rules(keep) if keep else {}
    except ValueError as error:
        message = _("--keep takes numbers of days, weeks …: 7d,4w,12m,30y")
        raise CommandError(message, returncode=EXIT_OPTIONS) from error
