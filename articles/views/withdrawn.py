"""撤稿: what the address of a withdrawn article answers."""

from django.http import Http404, HttpRequest, HttpResponse

from articles.models import Article

from .errors import unkept
from .frame import Frame, pages_of, paper
from .published import LARGEST_KEY

PLACE = (
    "page__label",
    "page__name",
    "page__issue__issued_on",
    "page__issue__edition",
    "page__issue__serial",
)


def withdrawn(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer 410 with where and when the article ran and since when it is gone.

    Nothing of its words is read. Raises Http404 for an article that readers have never seen.
    Three queries.
    """
    article = withdrawn_articles().filter(pk=pk).first() if pk <= LARGEST_KEY else None
    if article is None:
        raise Http404
    issue = article.page.issue
    gone = paper(
        request,
        "paper/withdrawn.html",
        Frame.of(issue, pages_of(issue)),
        canonical="",
        status=410,
        page=article.page,
        withdrawn_at=article.withdrawn_at,
    )
    return unkept(gone)


def withdrawn_articles():
    """Select the articles that readers no longer see, each with its place and without a word.

    They keep their page: what has been published is never taken out of its issue.
    """
    gone = Article.objects.withdrawn().filter(page__isnull=False).order_by("-withdrawn_at", "-pk")
    return gone.select_related("page__issue").only(*PLACE)
