"""Writes an archive in JSON Lines, gzipped or not, that import_archive reads again."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from articles.archived import files
from articles.archived.values import DAY
from articles.archived.writing import line
from articles.archiving import outgoing, photos
from articles.archiving.refusals import named
from articles.models import Issue, Photo

LOOK = 1


class Command(BaseCommand):
    """Writes what readers see, issue by issue; with --all also work that nobody has released."""

    help = __doc__

    def add_arguments(self, parser):
        """Take the file, the days, and where the pictures go."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--from", dest="first", type=_day, metavar="DATE")
        parser.add_argument("--to", dest="last", type=_day, metavar="DATE")
        parser.add_argument(
            "--all",
            action="store_true",
            help="also what is not released: that is not public data",
        )
        parser.add_argument("--photos", type=Path, metavar="FOLDER", help="where the pictures go")

    def handle(self, *, file: Path, first, last, photos: Path | None, **options):
        """Write the file as a whole, and say in one line what is in it."""
        self.is_all, self.count, self.shown = options["all"], 0, {}
        chosen = outgoing.issues_between(first, last, is_all=self.is_all)
        try:
            if photos is not None:
                photos.mkdir(parents=True, exist_ok=True)
            with files.written(file) as target:
                issues = [self.write(issue, target) for issue in list(chosen)]
            lost = self.copy_photos(photos) if photos is not None else []
        except OSError as error:
            said = {"file": error.filename or file, "why": error.strerror}
            raise CommandError(_("%(file)s cannot be written: %(why)s") % said) from error
        for uid in lost:
            self.stderr.write(_("The file of the photo %(uid)s is lost.") % {"uid": uid})
        if options["verbosity"]:
            self.stdout.write(
                _("%(issues)d issues with %(articles)d articles, in %(file)s.")
                % {"issues": len(issues), "articles": self.count, "file": file}
            )
        if lost:
            raise SystemExit(LOOK)

    def write(self, issue: Issue, target) -> str:
        """Write one issue; return its name."""
        with transaction.atomic():
            Issue.objects.locked([issue.pk]).get()  # Whoever stores words holds their issue too.
            clippings = list(outgoing.clippings(issue, is_all=self.is_all))
        for clipping in clippings:
            target.write(line(clipping).encode() + b"\n")
            self.count += clipping.order is not None
            self.shown |= {picture.uid: picture.file for picture in clipping.pictures}
        return named((issue.issued_on, issue.edition))

    def copy_photos(self, folder: Path) -> list[str]:
        """Copy the files of the photos shown; return the uids of those that are lost."""
        found = Photo.objects.filter(uid__in=self.shown).order_by("pk").iterator()
        return [
            str(photo.uid)
            for photo in found
            if not photos.copy_out(photo, self.shown[str(photo.uid)], folder)
        ]


def _day(given: str) -> date:
    if not DAY.fullmatch(given):
        raise ValueError(given)
    return date.fromisoformat(given)
