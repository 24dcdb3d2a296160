"""Read the saved pages of an earlier 数字报 into an archive for import_archive."""

import csv
import io
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.archive.error_messages import MESSAGES
from articles.archive.format.files import atomic_writer
from articles.archive.saved_site.saved_page import Problem
from articles.archive.saved_site.site import SavedSite, Told

from .import_archive import EXIT_INCOMPLETE, progress_bar

WORDS = {
    Problem.DAMAGED: gettext_lazy("it is not text in UTF-8, GB18030 or Big5, or damaged"),
    Problem.NO_TEXT: gettext_lazy("no text of an article is found in it"),
    Problem.NO_DATE: gettext_lazy("neither its address nor its metadata has a date"),
    Problem.NO_PAGE: gettext_lazy("nothing says on which page it was printed"),
    Problem.TOO_LARGE: gettext_lazy("it is larger than 5 MB, or a symbolic link"),
    Problem.UNREADABLE: gettext_lazy("it cannot be opened"),
    Problem.REFUSED: gettext_lazy("it cannot be stored"),
    Problem.CUT: gettext_lazy("the end of its text is not marked: look whether more was taken"),
    Problem.LOST_CHARACTER: gettext_lazy("a character was lost before it was saved (U+FFFD)"),
    Problem.TABLE: gettext_lazy("it holds a table, whose cells became paragraphs"),
    Problem.LOST_PICTURE: gettext_lazy("a picture is not there; its words stand in the text"),
    Problem.LIST_TEXT: gettext_lazy("it was read as the list of a page, and not the text in it"),
}


class Command(BaseCommand):
    """Prints one line of an archive for each article; what could not be read is told by file.

    The exit status is 1 where any file was not read.
    """

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser):
        """Take the folder, where pictures and redirects go, and how addresses began."""
        parser.add_argument("folder", type=Path, metavar="FOLDER")
        parser.add_argument("--photos", type=Path, metavar="FOLDER", help="where pictures go")
        parser.add_argument(
            "--redirects", type=Path, metavar="FILE.csv", help="the table for import_redirects"
        )
        parser.add_argument(
            "--prefix", default="", help="what stood before the folder in addresses: /wjrb"
        )

    def handle(self, *, folder: Path, photos, redirects, prefix: str, verbosity: int, **options):
        """Print the lines, then what was told, and a summary."""
        if not folder.is_dir():
            raise CommandError(_("%(folder)s is no folder.") % {"folder": folder})
        if photos:
            photos.mkdir(parents=True, exist_ok=True)
        site = SavedSite(folder, photos, f"/{prefix.strip('/')}" if prefix.strip("/") else "")
        files = site.files()
        with progress_bar(len(files), is_shown=verbosity > 0, unit=_("files")) as bar:
            for line in site.lines(files, bar.update):
                self.stdout.write(line)
        if redirects:
            write_redirects(redirects, site.redirects)
        for told in site.told:
            self.stderr.write(describe(told))
        lost = sum(told.is_lost for told in site.told)
        if verbosity:
            counts = {"files": len(files), "articles": site.article_count, "lost": lost}
            self.stderr.write(
                _("%(files)d files, %(articles)d articles; %(lost)d files not read.") % counts
            )
        if lost:
            raise SystemExit(EXIT_INCOMPLETE)


def describe(told: Told) -> str:
    """Return a file and what is wrong with it in one line."""
    why = str(WORDS[told.problem])
    if told.error:
        why = f"{why}: {MESSAGES[told.error.code] % told.error.params}"
    detail = f" ({told.detail})" if told.detail else ""
    return f"{told.path}: {why}{detail}"


def write_redirects(file: Path, rows: list[tuple[str, str]]) -> None:
    """Write where old addresses lead, as import_redirects takes it."""
    table = io.StringIO()
    csv.writer(table).writerows([("old", "new", "reason"), *((*row, "") for row in rows)])
    with atomic_writer(file) as target:
        target.write(table.getvalue().encode())
