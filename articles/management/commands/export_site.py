"""Write what readers see as files: the static edition, for a CDN or object storage."""

import sqlite3
from datetime import datetime, time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from articles import ledger
from articles.models import LedgerKind
from articles.static_edition.exporter import Export, NoAnswerError
from articles.static_edition.manifest import ForeignFilesError, Manifest

from .import_archive import EXIT_INCOMPLETE, progress_bar


class Command(BaseCommand):
    """Writes the pages, pictures and static files of readers, each at its address.

    Files that are as they were are left alone, what is not public any more is removed; a run
    that was killed goes on. The exit status is 1 where a page could not be written.
    """

    help = __doc__

    def add_arguments(self, parser):
        """Take the folder, the address of the edition, and from when on changes are looked for."""
        parser.add_argument("folder", type=Path, metavar="FOLDER")
        parser.add_argument(
            "--origin", metavar="https://…", help="the address of the edition, one of the site's"
        )
        parser.add_argument(
            "--since",
            type=_instant,
            metavar="DATE",
            help="write only what was released or changed since then, and the lists with it",
        )

    def handle(self, *, folder: Path, origin, since, verbosity: int, **options):
        """Write the files, and print a summary in one line."""
        try:
            with Manifest(folder) as manifest, progress_bar(0, is_shown=verbosity > 0) as bar:
                bar.set_description(_("web pages"))

                def tick(done: int, total: int) -> None:
                    bar.total = total
                    bar.update(done - bar.n)

                export = Export(
                    manifest, origin or _origin(), since=since, tick=tick, report=self.stderr.write
                )
                result = export.run()
                facts = {"what": "site", "written": result.written, "removed": result.removed}
                ledger.record(LedgerKind.EXPORT, **facts)
        except ForeignFilesError as error:
            message = _("%(folder)s holds files that no export has written: %(names)s")
            raise CommandError(message % {"folder": folder, "names": error}) from error
        except NoAnswerError as error:
            message = _(
                "The site answers %(status)s at this origin: name with --origin one of "
                "ALLOWED_HOSTS, with https where CSRF_TRUSTED_ORIGINS says so."
            )
            raise CommandError(message % {"status": error}) from error
        except sqlite3.OperationalError as error:
            message = _("Another export writes into %(folder)s: %(why)s")
            raise CommandError(message % {"folder": folder, "why": error}) from error
        except OperationalError as error:
            message = _("The database cannot be reached: %(why)s Run it again to go on.")
            raise CommandError(message % {"why": error}) from error
        except OSError as error:
            params = {"file": error.filename or folder, "why": error.strerror}
            raise CommandError(_("%(file)s cannot be written: %(why)s") % params) from error
        if verbosity:
            self.stdout.write(
                _("%(written)d files written, %(unchanged)d as they were, %(removed)d removed.")
                % {
                    "written": result.written,
                    "unchanged": result.unchanged,
                    "removed": result.removed,
                }
            )
        if result.failed:
            raise SystemExit(EXIT_INCOMPLETE)


def _origin() -> str:
    """Return the address of the site that the settings name."""
    if settings.CSRF_TRUSTED_ORIGINS:
        return settings.CSRF_TRUSTED_ORIGINS[0]
    return f"http://{settings.ALLOWED_HOSTS[0]}"


def _instant(text: str) -> datetime:
    """Return the beginning of a day, or an instant; raise ValueError."""
    day = parse_date(text)
    found = datetime.combine(day, time()) if day else parse_datetime(text)
    if found is None:
        raise ValueError(text)
    return timezone.make_aware(found) if timezone.is_naive(found) else found
