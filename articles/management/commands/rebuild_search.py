"""manage.py rebuild_search."""

import os

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from tqdm import tqdm

from articles import publication
from articles.models import Article
from articles.query_planner import refresh_statistics
from articles.search import build


class Command(BaseCommand):
    """Makes the index of the search anew; goes on where it was interrupted."""

    help = __doc__

    def add_arguments(self, parser):
        """Take `--anew` and `--workers`."""
        parser.add_argument("--anew", action="store_true", help="begin again even so")
        parser.add_argument(
            "--workers",
            type=_whole_number,
            default=min((os.cpu_count() or 1) - 1, 2),
            help="how many processes make the texts of a large archive ready beside the one that"
            " writes (%(default)s)",
        )

    def handle(self, *, anew: bool, workers: int, verbosity: int, **options):
        """Return how many articles were indexed."""
        total = Article.objects.count()
        left = total - build.already_done(anew=anew)
        with tqdm(total=left, unit=" articles", disable=None if verbosity else True) as bar:
            done = build.rebuild(bar.update, anew=anew, workers=workers)
        publication.change(publication.LISTS)
        refresh_statistics()
        return _("Indexed for the search: %(count)d articles.") % {"count": done}


def _whole_number(typed: str) -> int:
    """Return a number of processes, not negative; raise ValueError for anything else."""
    number = int(typed)
    if number < 0:
        raise ValueError
    return number
