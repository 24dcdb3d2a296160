"""Export issues to an archive in JSON Lines, gzipped or not."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from articles import ledger
from articles.archive import exporter, photo_files
from articles.archive.error_messages import issue_name
from articles.archive.format import files
from articles.archive.format.json_values import DAY
from articles.archive.format.writer import format_record
from articles.models import Issue, LedgerKind, Photo

EXIT_INCOMPLETE = 1


class Command(BaseCommand):
    """Exports what readers see, issue by issue; with --all also what is not released."""

    help = __doc__

    def add_arguments(self, parser):
        """Take the file, the first and last day, and the folder of the photos."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--from", dest="first", type=_day, metavar="DATE")
        parser.add_argument("--to", dest="last", type=_day, metavar="DATE")
        parser.add_argument(
            "--all", action="store_true", help="also what is not released: that is not public data"
        )
        parser.add_argument("--photos", type=Path, metavar="FOLDER", help="where the photos go")

    def handle(self, *, file: Path, first, last, photos: Path | None, **options):
        """Write the file, and print a summary in one line."""
        self.is_all, self.article_count, self.photo_files = options["all"], 0, {}
        selected = exporter.issues_between(first, last, is_all=self.is_all)
        try:
            if photos is not None:
                photos.mkdir(parents=True, exist_ok=True)
            with files.atomic_writer(file) as target:
                issues = [self.write_issue(issue, target) for issue in list(selected)]
            missing = self.copy_photos(photos) if photos is not None else []
        except OSError as error:
            params = {"file": error.filename or file, "why": error.strerror}
            raise CommandError(_("%(file)s cannot be written: %(why)s") % params) from error
        facts = {"what": "archive", "issues": len(issues), "articles": self.article_count}
        ledger.record(LedgerKind.EXPORT, **facts)
        for uid in missing:
            self.stderr.write(_("The file of the photo %(uid)s is lost.") % {"uid": uid})
        if options["verbosity"]:
            self.stdout.write(
                _("%(issues)d issues with %(articles)d articles, in %(file)s.")
                % {"issues": len(issues), "articles": self.article_count, "file": file}
            )
        if missing:
            raise SystemExit(EXIT_INCOMPLETE)

    def write_issue(self, issue: Issue, target) -> str:
        """Write the records of one issue; return its title."""
        with transaction.atomic():
            Issue.objects.locked([issue.pk]).get()  # Saving locks it too.
            records = list(exporter.export_records(issue, is_all=self.is_all))
        for record in records:
            target.write(format_record(record).encode() + b"\n")
            self.article_count += record.order is not None
            self.photo_files |= {photo.uid: photo.file for photo in record.photos}
        return issue_name((issue.issued_on, issue.edition))

    def copy_photos(self, folder: Path) -> list[str]:
        """Copy the files of the exported photos; return the uids of those missing."""
        photos = Photo.objects.filter(uid__in=self.photo_files).order_by("pk").iterator()
        return [
            str(photo.uid)
            for photo in photos
            if not photo_files.export_photo(photo, self.photo_files[str(photo.uid)], folder)
        ]


def _day(text: str) -> date:
    if not DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)
