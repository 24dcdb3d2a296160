"""Make the lists of columns, tags and contributors, and their counts, anew from the articles."""

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext
from tqdm import tqdm

from articles import publication
from articles.lists.rebuilding import rebuild
from articles.models import Article
from articles.query_planner import refresh_statistics


class Command(BaseCommand):
    """Runs beside the site; what an interruption leaves is right, and the next run goes over it."""

    help = __doc__

    def handle(self, *, verbosity: int, **options):
        """Return how many articles were gone through."""
        done = 0
        with tqdm(total=Article.objects.count(), disable=verbosity == 0) as bar:
            for done in rebuild():
                bar.update(done - bar.n)
        publication.change(publication.LISTS)
        refresh_statistics()
        text = ngettext(
            "The lists of %(n)d article are right.", "The lists of %(n)d articles are right.", done
        )
        return text % {"n": done}
