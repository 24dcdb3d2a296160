"""Fills an empty database with an archive of thirty years, for measuring."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles.models import Issue
from newsroom.dev.bench.large_archive import write_archive


class Command(BaseCommand):
    """Writes articles made of those of a month; it refuses a database that holds an issue."""

    help = __doc__

    def add_arguments(self, parser):
        """Add the month and the number of articles."""
        parser.add_argument("month", type=Path)
        parser.add_argument("--articles", type=int, default=440_000)

    def handle(self, *, month: Path, articles: int, **options):
        """Write the archive; raise CommandError where there is a paper already."""
        if Issue.objects.exists():
            raise CommandError(_("This database holds a paper. Take an empty one."))
        write_archive(month, articles)
