"""An issue as an electronic book."""

from datetime import date

from django.http import HttpRequest, HttpResponse

from articles import queries
from articles.feeds.epub import MIMETYPE, epub_of
from articles.models import Article
from articles.views.frame import reader_page
from articles.views.freshness import kept_with_issue

from .front import published_or_404


@reader_page
def epub(request: HttpRequest, key: tuple[date, int]) -> HttpResponse:
    """Send the issue of a date and edition as an EPUB file, with small pictures. Eight queries."""
    issue = published_or_404(key)
    by_page: dict[int, list[Article]] = {}
    for article in queries.with_parts(queries.published_in(issue)).in_print_order():
        by_page.setdefault(article.page_id, []).append(article)
    pages = [(page, by_page[page.pk]) for page in queries.pages_of(issue) if page.pk in by_page]
    paper = queries.masthead_on(issue.issued_on).name
    origin = f"{request.scheme}://{request.get_host()}"
    sent = HttpResponse(epub_of(issue, pages, paper, origin), content_type=MIMETYPE)
    sent["Content-Disposition"] = f'attachment; filename="{issue.url_key}.epub"'
    return kept_with_issue(sent, issue)
