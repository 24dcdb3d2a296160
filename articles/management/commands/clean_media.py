"""Remove the files of the media folder that no row knows; name the rows whose files are missing."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from articles.photos import media_files
from articles.photos.media_files import StrayFile

INCOMPLETE = 1
GRACE_HOURS = 24


class Command(BaseCommand):
    """Files of older versions and of uploads that were cut off; a second run finds none.

    Only files that this program has named are removed, and none that changed in the last hours:
    an upload may be running. The exit status is 1 where a row's file is missing or a file could
    not be removed. `manage.py process_imagefields --all` makes missing sizes of pictures again.
    """

    help = __doc__

    def add_arguments(self, parser):
        """Add the trial, and for how long a file is left alone."""
        parser.add_argument("--dry-run", action="store_true", help="name them, and remove nothing")
        parser.add_argument(
            "--all", action="store_true", dest="all_files", help="even if it is most of the files"
        )
        parser.add_argument(
            "--grace",
            type=_hours,
            default=GRACE_HOURS,
            metavar="HOURS",
            help="leave alone what changed in these hours (%(default)s)",
        )

    def handle(self, *, dry_run: bool, grace: float, all_files: bool, **options):
        """Print each file, removed or to be removed, then each missing one, and the sums."""
        strays = media_files.stray_files(timedelta(hours=grace))
        for stray in strays:
            self.stdout.write(stray.name)
        if not (dry_run or all_files) and media_files.are_most(strays):
            told = _("Most files would be removed: is this the right database? --all removes them.")
            raise CommandError(told)
        removed = strays if dry_run else [stray for stray in strays if self.remove(stray)]
        missing = 0
        for row, name in media_files.rows_without_files():
            params = {"file": name, "kind": row._meta.verbose_name, "id": row.pk}
            self.stderr.write(_("missing: %(file)s of %(kind)s %(id)d") % params)
            missing += 1
        self.stdout.write(_summary(removed, is_dry=dry_run))
        if len(removed) < len(strays) or missing:
            raise SystemExit(INCOMPLETE)

    def remove(self, stray: StrayFile) -> bool:
        """Remove a file; return whether that was possible, and print why it was not."""
        try:
            media_files.remove(stray)
        except OSError as error:
            params = {"file": stray.name, "why": error.strerror}
            self.stderr.write(_("%(file)s cannot be removed: %(why)s") % params)
            return False
        return True


def _hours(typed: str) -> float:
    """Return hours, not negative; raise ValueError for anything else."""
    hours = float(typed)
    if not 0 <= hours < 1e6:
        raise ValueError
    return hours


def _summary(strays: list[StrayFile], *, is_dry: bool) -> str:
    size = filesizeformat(sum(stray.size for stray in strays)).replace("\xa0", " ")
    params = {"n": len(strays), "size": size}
    if is_dry:
        return _("Files that no row knows: %(n)d, %(size)s. Nothing was removed.") % params
    return _("Files that no row knew: %(n)d, %(size)s.") % params
