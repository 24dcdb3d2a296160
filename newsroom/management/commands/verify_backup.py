"""Read a backup whole and compare it with its manifest."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles.management.commands.import_archive import progress_bar
from newsroom.backup import error_messages, places, record
from newsroom.backup.bag import BackupError
from newsroom.backup.defect_messages import message
from newsroom.backup.ledger_end import differences

MEGABYTE = 1_000_000


class Command(BaseCommand):
    """Finds every byte that is not as it was written, missing and additional files.

    Where all are there, it compares the end of the ledger with that which the backup tells.

    FOLDER is a backup, or a folder or s3://bucket/prefix of backups, of which the newest is read,
    or --all. The exit status is 1 where anything is wrong.
    """

    help = __doc__

    def add_arguments(self, parser):
        """Take the folder."""
        parser.add_argument("folder", metavar="FOLDER")
        parser.add_argument("--all", action="store_true", help="read all backups of the folder")

    def handle(self, *, folder: str, verbosity: int, **options):
        """Read the backups; print what is wrong, or that nothing is."""
        with error_messages.told(Path(folder), Path(folder)):
            backups = chosen(folder, is_all=options["all"])
            found = [self.read(each, verbosity) for each in backups]
            if all(found):
                record.succeeded(record.VERIFICATION, backups[-1])
                return
            record.failed(record.VERIFICATION)
        raise SystemExit(1)

    def read(self, backup: places.Backup, verbosity: int) -> bool:
        """Fetch what is not here, and verify it."""
        with places.readable(backup) as found:
            return self.verify(found, verbosity)

    def verify(self, backup: places.Readable, verbosity: int) -> bool:
        """Read one backup, print what is wrong, and tell whether it is whole."""
        count = 0
        with progress_bar(0, is_shown=verbosity > 0, unit="MB") as bar:
            for defect in backup.defects(lambda size: bar.update(size / MEGABYTE)):
                self.stderr.write(f"{backup.name}: {message(defect)}")
                count += 1
        for difference in differences(backup.shell) if not count else ():
            self.stderr.write(f"{backup.name}: {difference}")
            count += 1
        if not count and verbosity:
            self.tell_whole(backup)
        return not count

    def tell_whole(self, backup: places.Readable) -> None:
        """Print that a backup is as it was written, and what it has lacked since then."""
        lost = backup.lost_files()
        if not lost:
            self.stdout.write(_("%(path)s is whole.") % {"path": backup})
            return
        words = _("%(path)s is as it was written, without %(count)d files lost before.")
        self.stdout.write(words % {"path": backup, "count": len(lost)})
        for path in lost:
            self.stderr.write(_("Lost before this backup: %(path)s") % {"path": path})


def chosen(address: str, *, is_all: bool) -> list[places.Backup]:
    """Return the backups that are meant; raise CommandError where there is none."""
    where = places.at(address)
    if is_all and (found := where.backups()):
        return found
    try:
        return [where.chosen()]
    except BackupError as error:
        raise CommandError(_("There is no backup in %(path)s.") % {"path": where}) from error
