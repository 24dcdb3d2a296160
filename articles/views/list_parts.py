"""The parts of a list of published articles, each named by the article that it comes after."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext

from articles.content import article_html, text
from articles.lists.listed import listed_articles, newer_than, older_than
from articles.models import Article, ListEntry, ListKind, Review

# How many rows a list shows.
LIST_LENGTH = 30
# 字 of the opening that a list shows.
OPENING = 80


@dataclass(frozen=True, slots=True)
class ListItem:
    """One article in a list."""

    article: Article
    day: str
    month: str
    length: int
    opening: str

    @classmethod
    def of(cls, article: Article) -> "ListItem":
        """Build it; the page, its issue and the column must be loaded."""
        paragraphs = article_html.paragraphs(article.body)
        issued_on = article.page.issue.issued_on
        return cls(
            article=article,
            day=date_format(issued_on, gettext("F j")),
            month=date_format(issued_on, "YEAR_MONTH_FORMAT"),
            length=text.count("".join(paragraphs)),
            opening="".join(text.excerpt(paragraphs, OPENING)),
        )


@dataclass(frozen=True, slots=True)
class Subject:
    """What a list gathers the articles of: a column, a tag or a contributor."""

    kind: ListKind
    row: Model

    @property
    def url(self) -> str:
        """The address of the first part of its list."""
        return reverse(f"articles:{self.kind}", args=[self.row.pk])

    @property
    def articles(self) -> QuerySet[Article]:
        """Its published articles, the newest first."""
        return listed_articles(self.kind, self.row.pk)

    def entry(self, article: str) -> ListEntry:
        """Return the entry of an article (an id as typed) that has been published.

        A withdrawn one keeps its place; of one that is still to come nobody learns. One query.
        Raises Http404.
        """
        published = Article.objects.published().filter(pk=OuterRef("article"))
        withdrawn = Review.objects.filter(article=OuterRef("article"), move="withdraw")
        return get_object_or_404(
            ListEntry.objects.filter(Exists(published) | Exists(withdrawn)),
            kind=self.kind,
            subject=self.row.pk,
            article_id=text.parse_id(article) or 0,
        )


@dataclass(frozen=True, slots=True)
class ArticleList:
    """One part of a list, newest first, grouped by month, with links to those before and after.

    A part is named by the article that it comes after (`?after=`), so that the last of a thousand
    parts costs what the first does.
    """

    items: list[ListItem]
    after: int | None
    steps: list[tuple[str, str]]

    @classmethod
    def of(cls, subject: Subject, after: str) -> "ArticleList":
        """Return the part of a list after an article, or the first. One query, or three.

        Raises Http404 where that article is not in the list, and where it is the last.
        """
        articles, steps, entry = subject.articles, [], None
        if after:
            entry = subject.entry(after)
            steps.append(("prev", cls.newer(articles, entry)))
            articles = older_than(articles, entry)
        found = list(articles[: LIST_LENGTH + 1])
        if entry and not found:
            raise Http404
        items = [ListItem.of(article) for article in found[:LIST_LENGTH]]
        if len(found) > LIST_LENGTH:
            steps.append(("next", f"?after={items[-1].article.pk}"))
        return cls(items, entry and entry.article_id, steps)

    @staticmethod
    def newer(articles: QuerySet[Article], entry: ListEntry) -> str:
        """Return the address of the part that ends with an entry. One query."""
        newer = newer_than(articles, entry).values_list("pk", flat=True)
        start = list(newer[LIST_LENGTH - 1 : LIST_LENGTH])
        return f"?after={start[0]}" if start else "?"

    @property
    def months(self) -> list[tuple[str, list]]:
        """The items by month, each month with its name."""
        return [(name, list(items)) for name, items in groupby(self.items, lambda item: item.month)]

    @property
    def query(self) -> str:
        """What its address adds to that of the first part."""
        return f"?after={self.after}" if self.after else ""
