"""Import where the addresses of an earlier site lead, from a table in CSV."""

import csv
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils.translation import gettext as _

from articles.old_addresses.csv_import import RedirectsRefusedError, import_redirects

from .import_archive import progress_bar


class Command(BaseCommand):
    """Imports old addresses: all lines of the file or none; a second run changes nothing.

    A line is the old address, the path here that it leads to (or `uid:` and the uid of an
    article), and for one that leads nowhere the reason. Parts in braces make a pattern.
    """

    help = __doc__

    def add_arguments(self, parser):
        """Take the file, and whether to try only."""
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument(
            "--dry-run", action="store_true", help="check the file and store nothing"
        )

    def handle(self, *, file: Path, dry_run: bool, verbosity: int, **options):
        """Import the file, and print a summary in one line."""
        try:
            with open(file, "rb") as lines:
                total = sum(1 for _line in lines)
            with progress_bar(total, is_shown=verbosity > 0, unit=_("addresses")) as bar:
                counts = import_redirects(file, is_trial=dry_run, tick=bar.update)
        except RedirectsRefusedError as error:
            self.stderr.write(str(error))
            raise CommandError(_("Nothing is stored.")) from error
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            why = getattr(error, "strerror", None) or str(error)
            params = {"file": file, "why": why}
            raise CommandError(_("%(file)s cannot be read: %(why)s") % params) from error
        except OperationalError as error:
            message = _("The database cannot be reached: %(why)s Run it again.")
            raise CommandError(message % {"why": error}) from error
        if verbosity:
            self.stdout.write(
                _("%(new)d old addresses new, %(changed)d changed, %(unchanged)d as they were.")
                % {"new": counts.new, "changed": counts.changed, "unchanged": counts.unchanged}
            )
            if dry_run:
                self.stdout.write(_("This was a trial: nothing is stored."))
