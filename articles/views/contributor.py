"""A contributor: the articles signed, the photos taken."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from articles.models import Article, Byline, Caption, Contributor

from .caching import reader_page
from .figures import Figure
from .frame import Frame, paper
from .gathered import Gathered, is_vertical

# How many articles with photos are looked through for the newest photos.
PHOTOS = 12


@reader_page
def contributor(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a contributor with a published article or photo. Six queries."""
    found = get_object_or_404(Contributor, pk=pk)
    work = Work.of(found)
    if not work.count and not work.photos:
        raise Http404
    gathered = Gathered.of(signed_by(found), request)
    return paper(
        request,
        "paper/contributor.html",
        Frame.bare(),
        canonical=found.get_absolute_url() + gathered.query,
        contributor=found,
        is_vertical=is_vertical(found.name),
        work=work,
        gathered=gathered,
    )


def signed_by(contributor: Contributor):
    """Select the published articles that carry a contributor's byline."""
    bylines = Byline.objects.filter(contributor=contributor)
    return Article.objects.published().filter(pk__in=bylines.values("article"))


@dataclass(frozen=True, slots=True)
class Work:
    """How much a contributor has published, when last, and the newest photos."""

    count: int
    last_on: date | None
    photos: list[tuple[str, str, Figure]]

    @classmethod
    def of(cls, contributor: Contributor) -> "Work":
        """Sum it up; each photo comes with its article's address and title. Three queries."""
        total = signed_by(contributor).aggregate(
            count=Count("pk"), last_on=Max("page__issue__issued_on")
        )
        photos = [
            (article.get_absolute_url(), article.display_title, Figure.of(caption))
            for article in _with_photos_of(contributor)
            for caption in article.taken
        ]
        return cls(**total, photos=photos[:PHOTOS])


def _with_photos_of(contributor: Contributor):
    taken = Caption.objects.filter(photo__contributor=contributor).select_related("photo")
    return (
        Article.objects.published()
        .filter(pk__in=taken.order_by().values("article"))
        .newest_first()
        .select_related("column")
        .prefetch_related(Prefetch("captions", taken, to_attr="taken"))[:PHOTOS]
    )
