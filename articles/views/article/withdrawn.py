"""撤稿: the notice at the address of a withdrawn article."""

from django.http import Http404, HttpRequest, HttpResponse

from articles import queries
from articles.views.errors import set_no_store
from articles.views.frame import Frame, render_page


def withdrawn(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer 410 with where and when the article ran, since when it is gone, and whom to ask.

    The reason is given where the desk has written one for readers.

    Its words are not selected. Raises Http404 for an article that readers have never seen.
    Three queries.
    """
    article = queries.withdrawn_article(pk)
    if article is None:
        raise Http404
    issue = article.page.issue
    gone = render_page(
        request,
        "paper/withdrawn.html",
        Frame.of(issue, queries.pages_of(issue)),
        canonical="",
        status=410,
        page=article.page,
        withdrawn_at=article.withdrawn_at,
        reason=article.public_note,
    )
    return set_no_store(gone)
