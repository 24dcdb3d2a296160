"""Sitemaps for search engines, and llms.txt for programs that read for people."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from articles import queries
from articles.feeds import sitemaps
from articles.views.frame import reader_page
from articles.views.freshness import kept_until

from .json_pages import origin

XML = "application/xml; charset=utf-8"


@reader_page
def index(request: HttpRequest) -> HttpResponse:
    """List the sitemaps, a file for each month. Two queries."""
    names = ("sitemap_news", "sitemap_lists")
    places = [sitemaps.Place(reverse(f"articles:{name}")) for name in names]
    text = sitemaps.index_xml([*places, *sitemaps.months()], origin(request))
    return HttpResponse(text, content_type=XML)


@reader_page
def month(request: HttpRequest, month: str) -> HttpResponse:
    """Send the sitemap of a month with an issue. Three queries."""
    try:
        places = list(sitemaps.places_of_month(date.fromisoformat(f"{month}-01")))
    except (ValueError, OverflowError):
        raise Http404 from None
    if not places:
        raise Http404
    return HttpResponse(sitemaps.urlset_xml(places, origin(request)), content_type=XML)


@reader_page
def lists(request: HttpRequest) -> HttpResponse:
    """Send the sitemap of columns, people and tags. Six queries."""
    return HttpResponse(sitemaps.urlset_xml(sitemaps.lists(), origin(request)), content_type=XML)


@reader_page
def news(request: HttpRequest) -> HttpResponse:
    """Send the sitemap of the news of two days. Two queries."""
    paper = queries.masthead_on(timezone.localdate()).name
    articles = list(sitemaps.news())
    text = sitemaps.news_xml(articles, paper, origin(request))
    response = HttpResponse(text, content_type=XML)
    leaving = [each.page.issue.released_at + sitemaps.NEWS for each in articles]
    return kept_until(response, lambda: min(leaving, default=None))


@reader_page
def llms(request: HttpRequest) -> HttpResponse:
    """Tell programs what the paper is and which addresses it has, as Markdown. Two queries."""
    issue, _ = queries.latest_paper()
    context = {
        "paper": queries.masthead_on(timezone.localdate()),
        "origin": origin(request),
        "issue": issue,
    }
    text = render_to_string("paper/llms.txt", context)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
