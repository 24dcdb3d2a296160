"""Trains the weights of the page parser on the paper's archive."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from newsroom.dev.training.training import LEAST_PAGES, TooFewPagesError, learn


class Command(BaseCommand):
    """Reads archives in JSON Lines, gzipped or not, and writes one small file of weights."""

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser):
        """Add the archives and the file of the weights."""
        parser.add_argument("archives", nargs="+", type=Path)
        parser.add_argument("--out", type=Path, required=True)
        parser.add_argument(
            "--characters",
            action="store_true",
            help="also learn which characters follow each other; reveals something of the archive",
        )

    def handle(self, *, archives: list[Path], out: Path, characters, **options):
        """Return one sentence about the result; raise CommandError for a file that is no use."""
        try:
            learnt = learn(archives, out, table=characters)
        except TooFewPagesError as error:
            few = _("Nothing was learnt: %(pages)d pages are too few, %(least)d are needed.")
            raise CommandError(few % {"pages": error.pages, "least": LEAST_PAGES}) from error
        except (OSError, EOFError, ValueError, KeyError) as error:
            raise CommandError(_("Nothing was learnt: %(why)s") % {"why": error}) from error
        return ngettext(
            "%(n)d weight learnt, kept in %(file)s.",
            "%(n)d weights learnt, kept in %(file)s.",
            learnt,
        ) % {"n": learnt, "file": out}
