"""The subjects that feeds are about: the paper, a page by its name, a column, a person, a tag."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from taggit.models import Tag

from articles import queries
from articles.models import Article, Byline, Column, Contributor, Page
from articles.search import find
from articles.search.terms.query import Query

from .selection import NEWEST, PAGE_ISSUES, PAPER, PAPER_ISSUES, Subject, of_last_issues


def paper() -> Subject:
    """Return the whole paper. No query."""
    return Subject(
        name="",
        page=reverse("articles:latest"),
        articles=of_last_issues(PAPER_ISSUES),
        gone=withdrawn(),
        length=PAPER,
    )


def page(name: str) -> Subject:
    """Return the pages of a name, 要闻 say, in the last issues. No query."""
    return Subject(
        name=name,
        page=reverse("articles:latest"),
        articles=of_last_issues(PAGE_ISSUES).filter(page__name=name),
        gone=withdrawn().filter(page__name=name),
    )


def column(found: Column) -> Subject:
    """Return a column. No query."""
    return Subject(
        name=found.name,
        page=found.get_absolute_url(),
        articles=queries.articles_of_column(found),
        gone=withdrawn().filter(column=found),
    )


def contributor(found: Contributor) -> Subject:
    """Return a person or organisation. No query."""
    bylines = Byline.objects.of_contributor(found)
    return Subject(
        name=found.name,
        page=found.get_absolute_url(),
        articles=queries.articles_of_contributor(found),
        gone=withdrawn().filter(pk__in=bylines.values("article")),
    )


def tag(found: Tag) -> Subject:
    """Return a tag. No query."""
    return Subject(
        name=found.name,
        page=reverse("articles:tag", args=[found.pk]),
        articles=queries.articles_of_tag(found),
        gone=withdrawn().filter(taggings__tag=found),
    )


def search(query: Query, words: str, page: str) -> Subject:
    """Return the newest articles that a search finds; `page` is the address of its result.

    Of those that were withdrawn nothing is told: what they held is no longer searched. Five
    queries at most, none where nothing is asked.
    """
    found = [] if query.is_empty else find.find(query, length=NEWEST).articles
    order = ("-page__issue__issued_on", "-page__issue__edition", "page", "position")
    articles = Article.objects.published().filter(pk__in=[article.pk for article in found])
    return Subject(
        name=f"{gettext('Search')}：{words}",
        page=page,
        articles=articles.order_by(*order),
        gone=withdrawn().none(),
        query=page[page.index("?") :] if "?" in page else "",
    )


def withdrawn() -> QuerySet[Article]:
    """Select the articles that readers have seen and no longer see."""
    return Article.objects.withdrawn().filter(page__isnull=False)


def current_page_names() -> list[str]:
    """Return the names of the pages of the last issues, as they are bound. One query."""
    articles = of_last_issues(PAPER_ISSUES)
    pages = Page.objects.filter(pk__in=articles.order_by().values("page")).exclude(name="")
    # A slash would end the name in its address.
    return [name for name in dict.fromkeys(pages.values_list("name", flat=True)) if "/" not in name]
