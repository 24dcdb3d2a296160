"""Back up the database and the files to a folder."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import ledger
from articles.management.commands.import_archive import progress_bar
from articles.models import LedgerKind
from articles.query_planner import refresh_statistics
from newsroom.backup import creation, error_messages, folder, record

EXIT_OPTIONS, EXIT_LOST = 2, 3  # With 2 argparse, too, refuses options that make no sense.


class Command(BaseCommand):
    """Writes a backup of this instant into a folder, while the desk works on.

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
        if "://" in folder:
            raise CommandError(
                _("Backups are written to folders only. Copy them on by a program of the storage.")
            )
        where, rules = Path(folder), parsed(keep)
        with error_messages.told(Path(settings.MEDIA_ROOT), where):
            result = self.written(where, verbosity, is_whole=whole)
            record.succeeded(record.BACKUP, result.path)
            facts = {"name": result.path.name, "digest": result.digest, "files": result.file_count}
            ledger.record(LedgerKind.BACKUP, **facts)
            removed = self.remove_old(result.path, rules) if rules else 0
        # Every night is often enough: a paper grows slowly.
        refresh_statistics()
        self.tell(result, removed, verbosity)

    def written(self, where: Path, verbosity: int, *, is_whole: bool) -> creation.BackupResult:
        """Write the backup, and show how far it is. Raises as `creation.create` does."""
        with progress_bar(0, is_shown=verbosity > 0, unit=_("files")) as bar:

            def tick(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            return creation.create(where, tick=tick, is_whole=is_whole)

    def remove_old(self, written: Path, rules: dict[str, int]) -> int:
        """Remove the backups that no rule keeps; return how many. Raises OSError.

        The one just written stays, even if a clock that was ahead has named another one later.
        """
        where, zone = written.parent, timezone.get_default_timezone()
        with folder.locked(where):
            old = folder.superfluous(folder.backups(where), rules, zone)
            old = [each for each in old if each != written]
            for each in old:
                folder.remove(each)
        return len(old)

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
