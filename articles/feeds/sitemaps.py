"""Sitemaps: an index, a file for each month, one of lists, one of the news of two days.

Django's sitemap framework counts and sorts all rows before it cuts them into files; here a month
is the file, so that one of 440,000 articles costs what one of 400 does. Each function that selects
says how many queries it makes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import StringIO

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils import timezone
from django.utils.xmlutils import SimplerXMLGenerator

from articles.lists import years
from articles.models import Article, Correction, Genre, Issue, ListKind, Page

from .content import xml_text

XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"
XMLNS_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
# How long an article is news, of which issues, and the most that a file of news may hold.
NEWS, NEWS_ISSUES, MOST_NEWS = timedelta(hours=48), timedelta(days=7), 1_000
# The most that a sitemap may hold is 50,000.
MOST_LISTS = 15_000
NEWEST_CORRECTIONS = 500


@dataclass(frozen=True, slots=True)
class Place:
    """One address: its path, and when it last changed if that is known."""

    path: str
    modified: datetime | None = None


def months() -> list[Place]:
    """Return the files of months, the latest first. Two queries.

    A month changed when an issue of it was released, or an article of it corrected. Of corrections
    the newest are looked at: search engines have read of the others long ago.
    """
    by_month = {"month": TruncMonth("issued_on")}
    issues = Issue.objects.published().order_by().annotate(**by_month).values("month")
    found = dict(issues.annotate(at=Max("released_at")).values_list("month", "at"))
    newest = Correction.objects.order_by("-pk").values("pk")[:NEWEST_CORRECTIONS]
    of_article = TruncMonth("article__page__issue__issued_on")
    corrections = Correction.objects.filter(pk__in=newest).order_by().annotate(month=of_article)
    corrections = corrections.values("month")
    for month, at in corrections.annotate(at=Max("made_at")).values_list("month", "at"):
        if month in found:
            found[month] = max(found[month], at)
    return [Place(month_path(month), found[month]) for month in sorted(found, reverse=True)]


def month_path(month: date) -> str:
    """Return the address of the file of a month."""
    return reverse("articles:sitemap_month", args=[f"{month:%Y-%m}"])


def places_of_month(start: date) -> Iterator[Place]:
    """Yield the issues, pages and articles of a month; none without an issue. Three queries."""
    end = (start + timedelta(days=31)).replace(day=1)
    issues = Issue.objects.published().filter(issued_on__gte=start, issued_on__lt=end)
    for issue in issues.order_by("issued_on", "edition"):
        yield Place(issue.get_absolute_url(), issue.released_at)
    pages = Page.objects.filter(issue__in=issues).select_related("issue")
    for page in pages.order_by("issue__issued_on", "issue__edition", "pk"):
        yield Place(page.get_absolute_url(), page.issue.released_at)
    corrected = Correction.objects.filter(article=OuterRef("pk")).order_by("-made_at")
    articles = Article.objects.published().filter(page__issue__in=issues).order_by("pk")
    corrected_at = Subquery(corrected.values("made_at")[:1])
    facts = articles.values_list("pk", "page__issue__released_at", "changed_at", corrected_at)
    for pk, *instants in facts.iterator():
        yield Place(reverse("articles:article", args=[pk]), max(filter(None, instants)))


def lists() -> Iterator[Place]:
    """Yield the addresses of lists: of columns, people, tags that have published. Six queries."""
    for name in ("latest", "archive", "columns", "corrections", "about", "feeds"):
        yield Place(reverse(f"articles:{name}"))
    for kind in ListKind:
        for pk in sorted(years.totals(kind))[:MOST_LISTS]:
            yield Place(reverse(f"articles:{kind.value}", args=[pk]))


def news() -> QuerySet[Article]:
    """Select the articles of the last 48 hours, those of old issues and advertisements left out."""
    now = timezone.now()
    first_day = timezone.localdate() - NEWS_ISSUES
    articles = Article.objects.published(now).exclude(genre=Genre.ADVERTISEMENT)
    articles = articles.filter(page__issue__issued_on__gte=first_day)
    recent = articles.filter(page__issue__released_at__gt=now - NEWS)
    return recent.select_related("page__issue", "column").newest_first()[:MOST_NEWS]


# Writing them


def index_xml(files: Iterable[Place], origin: str) -> str:
    """Return the index of sitemaps."""
    with _Document("sitemapindex") as document:
        for place in files:
            document.place("sitemap", place, origin)
    return document.text


def urlset_xml(places: Iterable[Place], origin: str) -> str:
    """Return a sitemap."""
    with _Document("urlset") as document:
        for place in places:
            document.place("url", place, origin)
    return document.text


def news_xml(articles: Iterable[Article], paper: str, origin: str) -> str:
    """Return a sitemap of news; without any it names the front page, since one may not be empty."""
    with _Document("urlset", {"xmlns:news": XMLNS_NEWS}) as document:
        for article in articles:
            facts = {
                "title": xml_text(article.display_title),
                "name": xml_text(paper),
                "at": article.page.issue.released_at,
            }
            document.place("url", Place(article.get_absolute_url()), origin, news=facts)
        if document.is_empty:
            document.place("url", Place(reverse("articles:latest")), origin)
    return document.text


class _Document:
    """An XML document that is being written."""

    def __init__(self, root: str, attributes: dict | None = None):
        self.buffer, self.root, self.is_empty = StringIO(), root, True
        self.xml = SimplerXMLGenerator(self.buffer, "utf-8")
        self.attributes = {"xmlns": XMLNS} | (attributes or {})

    def __enter__(self) -> "_Document":
        self.xml.startDocument()
        self.xml.startElement(self.root, self.attributes)
        return self

    def __exit__(self, *error) -> None:
        self.xml.endElement(self.root)

    def place(self, name: str, place: Place, origin: str, news: dict | None = None) -> None:
        """Write one address."""
        self.is_empty = False
        self.xml.startElement(name, {})
        self.xml.addQuickElement("loc", origin + place.path)
        if place.modified:
            self.xml.addQuickElement("lastmod", _instant(place.modified))
        if news:
            self._news(**news)
        self.xml.endElement(name)

    def _news(self, *, title: str, name: str, at: datetime) -> None:
        self.xml.startElement("news:news", {})
        self.xml.startElement("news:publication", {})
        self.xml.addQuickElement("news:name", name)
        self.xml.addQuickElement("news:language", "zh-cn")
        self.xml.endElement("news:publication")
        self.xml.addQuickElement("news:publication_date", _instant(at))
        self.xml.addQuickElement("news:title", title)
        self.xml.endElement("news:news")

    @property
    def text(self) -> str:
        """What was written."""
        return self.buffer.getvalue()


def _instant(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds")
