"""检索: what readers find, by words, names, columns, pages and days. One address, one result."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import statistics
from articles.content import article_html, text
from articles.models import Article
from articles.search import find, summary
from articles.search.terms import marks
from articles.search.terms.normal import normalise
from articles.search.terms.query import LONGEST, MOST_WORDS, Query, parse, parse_day, write

from .frame import Frame, reader_page, render_page

# 字 of the opening that is shown where the words are not in the text.
OPENING = 80
SORTS = ("newest", "relevance")


@dataclass(frozen=True, slots=True)
class Hit:
    """One article of a result: its title and a snippet, each in pieces with marks."""

    article: Article
    day: str
    title: marks.Pieces
    snippet: marks.Pieces
    names: marks.Pieces

    @classmethod
    def of(cls, article: Article, query: Query) -> "Hit":
        """Build it; the article must be loaded as `find` loads it. No query."""
        words = query.words
        captions = article.captions.all()
        shown = [part for each in captions for part in (each.words, each.printed_credit)]
        paragraphs = article_html.paragraphs(article.body)
        heads = [part for part in (article.deck, article.kicker) if part]
        found = marks.snippet([*paragraphs, *shown, *heads], words)
        names = "　".join(str(byline) for byline in article.bylines.all())
        return cls(
            article=article,
            day=date_format(article.page.issue.issued_on),
            title=marks.marked(article.display_title, words),
            snippet=found or [("".join(text.excerpt(paragraphs, OPENING)), False)],
            names=marks.marked(names, [*words, *query.names]),
        )


@dataclass(frozen=True, slots=True)
class Form:
    """What the address of a result says: its words as typed, its days, its order."""

    typed: str
    since: str
    until: str
    sort: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Form":
        """Read it from the address; what is unknown there is ignored."""
        given = {name: request.GET.get(name, "").strip() for name in ("q", "from", "to", "sort")}
        sort = given["sort"] if given["sort"] in SORTS else SORTS[0]
        return cls(given["q"].replace("\0", ""), given["from"], given["to"], sort)

    def url(self, **changes) -> str:
        """Return the address with some values changed."""
        sort = self.sort if self.sort != SORTS[0] else ""
        values = {"q": self.typed, "from": self.since, "to": self.until, "sort": sort} | changes
        return "?" + urlencode({name: value for name, value in values.items() if value})

    def url_of(self, query: Query) -> str:
        """Return the address of a result in the same order, as its query is written."""
        days = {"from": query.since, "to": query.until}
        dates = {name: day.isoformat() if day else "" for name, day in days.items()}
        return self.url(q=write(query), **dates)

    def query(self) -> tuple[Query, list[str]]:
        """Return the query that was asked, and a sentence for each thing that made no sense."""
        parsed = parse(self.typed)
        told = [sentence(code, what) for code, what in parsed.problems]
        days: list[date | None] = []
        for written, is_last in ((self.since, False), (self.until, True)):
            try:
                days.append(parse_day(written, is_last=is_last))
            except ValueError:
                days.append(None)
                told.append(sentence("bad_date", written))
        query = parsed.between(*days)
        if query.since and query.until and query.since > query.until:
            told.append(sentence("backwards", ""))
        return query, list(dict.fromkeys(told))


def sentence(code: str, what: str) -> str:
    """Return what is told of a part of a query that makes no sense."""
    sentences = {
        "too_long": _("Only the first %(number)d characters were searched for."),
        "too_many": _("Only the first %(most)d words of each kind were searched for."),
        "bad_date": _("“%(what)s” is no date. Write 2024-07-27, 2024-07 or 2024."),
        "backwards": _("The first day is after the last one, so that nothing is found."),
        "open_quote": _("The quotation mark of “%(what)s” is not closed; it was read to the end."),
        "no_word": _("“%(what)s” holds no word and was left out."),
        "left_out_field": _("“%(what)s”: only words can be left out, not names, columns or pages."),
    }
    return sentences[code] % {"what": what, "number": LONGEST, "most": MOST_WORDS}


@reader_page
def search(request: HttpRequest) -> HttpResponse:
    """Show the form, and what is found. Fifteen queries at most, forty for nothing."""
    form = Form.of(request)
    query, told = form.query()
    start = find.Cursor.parse(request.GET.get("before", ""))
    context = {"form": form, "told": told, "is_asked": not query.is_empty, "start": start}
    context["feed_query"] = form.url(sort="")
    if not query.is_empty:
        context |= result(form, query, start)
    canonical = reverse("articles:search")
    response = render_page(
        request,
        "paper/search.html",
        Frame.bare(),
        canonical=canonical + form.url() if form.typed else canonical,
        **context,
    )
    if form.typed or start:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def result(form: Form, query: Query, start: find.Cursor | None) -> dict:
    """Return what the page of a result shows."""
    found = find.find(query, start=start, by_relevance=form.sort == "relevance")
    counted = summary.count_by_year(query)
    narrowing = summary.narrowing(query) if found.articles else None
    following = form.url(before=str(found.following)) if found.following else ""
    return {
        "hits": [Hit.of(article, query) for article in found.articles],
        "counted": counted,
        "years": statistics.YearChart.of(by_year(counted)),
        "year_urls": {year: year_url(form, query, year) for year in counted.by_year},
        "following": following,
        "sorts": [(name, name == form.sort, form.url(sort=name)) for name in SORTS],
        "columns": narrower(form, query, "columns", narrowing.columns if narrowing else ()),
        "people": narrower(form, query, "names", narrowing.people if narrowing else ()),
        "suggestions": [] if found.articles or start else suggestions(form, query),
    }


def suggestions(form: Form, query: Query) -> list[tuple[str, str]]:
    """Return what to try instead: the words, and their address."""
    return [(write(other), form.url_of(other)) for other in summary.suggestions(query)]


def by_year(counted: summary.YearCounts) -> list[tuple[int, int]]:
    """Return the counts of all years from the first to the last, those without any too."""
    if not counted.by_year:
        return []
    years = range(min(counted.by_year), max(counted.by_year) + 1)
    return [(year, counted.by_year.get(year, 0)) for year in years]


def year_url(form: Form, query: Query, year: int) -> str:
    """Return the address of the part of a result that is of one year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    since, until = max(first, query.since or first), min(last, query.until or last)
    return form.url_of(replace(query, since=since, until=until))


def narrower(
    form: Form, query: Query, field: str, rows: Sequence[tuple[str, int]]
) -> list[tuple[str, int, str]]:
    """Return the rows of a narrowing with their addresses, but for what is too long to ask."""
    asked = [
        (name, count, replace(query, **{field: (*getattr(query, field), normalise(name))}))
        for name, count in rows
    ]
    return [
        (name, count, form.url_of(narrow))
        for name, count, narrow in asked
        if len(write(narrow)) <= LONGEST
    ]
