"""The citation of an article, on its page and as files for reference managers."""

from django.http import HttpRequest, HttpResponse

from articles import queries
from articles.models import Article
from articles.sharing.citation import Citation, authors_of
from articles.views.frame import reader_page
from articles.views.freshness import kept_with_issue

from .withdrawn import withdrawn


def citation_of(article: Article, paper: str, origin: str) -> Citation:
    """Return the citation of an article on a page; `origin` is the site, as https://example.org.

    No query where the bylines are loaded.
    """
    return Citation(
        number=article.pk,
        paper=paper,
        day=article.page.issue.issued_on,
        page=article.page.label,
        authors=authors_of(article.bylines.all(), article.source),
        title=article.display_title,
        address=origin + article.get_absolute_url(),
    )


@reader_page
def bibtex(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the BibTeX entry of a published article; 410 for a withdrawn one. Six queries."""
    return _file(request, pk, "bib", "application/x-bibtex", Citation.bibtex)


@reader_page
def ris(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the RIS record of a published article; 410 for a withdrawn one. Six queries."""
    return _file(request, pk, "ris", "application/x-research-info-systems", Citation.ris)


def _file(request: HttpRequest, pk: int, extension: str, kind: str, write) -> HttpResponse:
    article = queries.published_article(pk)
    if article is None:
        return withdrawn(request, pk)
    origin = f"{request.scheme}://{request.get_host()}"
    paper = queries.masthead_on(article.page.issue.issued_on).name
    name = f'attachment; filename="article-{pk}.{extension}"'
    sent = HttpResponse(
        write(citation_of(article, paper, origin)),
        content_type=f"{kind}; charset=utf-8",
        headers={"Content-Disposition": name},
    )
    return kept_with_issue(sent, article.page.issue)
