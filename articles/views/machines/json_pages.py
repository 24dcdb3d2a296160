"""What is public as JSON, at the addresses of the pages: an article, its archive line, an issue."""

from datetime import date

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext

from articles import queries
from articles.feeds import ninjs
from articles.feeds.archive_line import archive_line, with_record
from articles.models import Article, Issue
from articles.views.frame import reader_page
from articles.views.freshness import kept_with_issue

from .open_access import open_to_all, problem


@open_to_all
@reader_page
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an article as ninjs 3.1; 410 where it was withdrawn. Six queries."""
    found = queries.published_article(pk)
    if found is None:
        return missing_article(pk)
    paper = queries.masthead_on(found.page.issue.issued_on).name
    sent = as_json(ninjs.ninjs_of(found, paper, origin(request)))
    return kept_with_issue(sent, found.page.issue)


@open_to_all
@reader_page
def article_line(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an article as its line of the archive; 410 where it was withdrawn. Four queries."""
    found = with_record(Article.objects.published()).filter(pk=pk).first()
    if found is None:
        return missing_article(pk)
    sent = HttpResponse(archive_line(found) + "\n", content_type="application/json")
    return kept_with_issue(sent, found.page.issue)


@open_to_all
@reader_page
def issue(request: HttpRequest, key: tuple[date, int]) -> HttpResponse:
    """Send an issue with its pages and articles. Four queries."""
    issued_on, edition = key
    found = Issue.objects.published().filter(issued_on=issued_on, edition=edition).first()
    if found is None:
        return missing()
    articles = queries.articles_by_page(queries.published_in(found))
    paper = queries.masthead_on(found.issued_on).name
    pages = queries.pages_of(found)
    sent = as_json(ninjs.issue_of(found, pages, articles, paper, origin(request)))
    return kept_with_issue(sent, found)


def missing_article(pk: int) -> HttpResponse:
    """Answer 410 for a withdrawn article, 404 for any other. One query."""
    gone = queries.withdrawn_article(pk)
    if gone is None:
        return missing()
    return problem(
        410,
        gettext("Gone"),
        gettext("This article has been withdrawn."),
        uri=gone.uid.urn,
        withdrawn_at=timezone.localtime(gone.withdrawn_at).isoformat(timespec="seconds"),
        note=gone.public_note,
    )


def missing() -> HttpResponse:
    """Answer 404, the same for what never was and for what is not out yet. No query."""
    return problem(404, gettext("Not found"), gettext("There is no such article or issue."))


def as_json(facts: dict) -> JsonResponse:
    """Return facts as JSON in UTF-8."""
    return JsonResponse(facts, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})


def origin(request: HttpRequest) -> str:
    """Return the site, as https://example.org."""
    return f"{request.scheme}://{request.get_host()}"
