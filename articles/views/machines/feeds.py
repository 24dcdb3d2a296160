"""Atom and JSON feeds: of the paper, a page by its name, a column, a person, a tag."""

from datetime import UTC
from html import escape

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from taggit.models import Tag

from articles import queries
from articles.feeds import content, subjects
from articles.feeds.generators import FORMATS
from articles.feeds.selection import FeedState, Subject, entries_of, state_of, tombstones_of
from articles.models import Article, Column, Contributor
from articles.views.frame import Frame, reader_page, render_page
from articles.views.search import Form

from .open_access import open_to_all, problem


@open_to_all
@reader_page
def paper(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the feed of the paper: its newest articles. Eight queries, one where it is known."""
    return answer(request, subjects.paper(), kind, is_kept_empty=True)


@open_to_all
@reader_page
def page(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """Send the feed of the pages of a name. Eight queries, one where it is known."""
    return answer(request, subjects.page(name), kind)


@open_to_all
@reader_page
def column(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Send the feed of a column. Nine queries, two where it is known."""
    return answer(request, subjects.column(get_object_or_404(Column, pk=pk)), kind)


@open_to_all
@reader_page
def contributor(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Send the feed of a person or organisation. Nine queries, two where it is known."""
    return answer(request, subjects.contributor(get_object_or_404(Contributor, pk=pk)), kind)


@open_to_all
@reader_page
def tag(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Send the feed of a tag. Nine queries, two where it is known."""
    return answer(request, subjects.tag(get_object_or_404(Tag, pk=pk)), kind)


@open_to_all
@reader_page
def search(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the newest articles that `q` finds, `from` and `to` a day: the form of the search.

    Fourteen queries at most, eight where it is known; a search that holds no word is a bad request.
    """
    form = Form.of(request)
    query, _ = form.query()
    if query.is_empty:
        return problem(400, gettext("Bad request"), gettext("Add the words to search for as q."))
    page = reverse("articles:search") + form.url(sort="")
    subject = subjects.search(query, form.typed, page)
    return answer(request, subject, kind, is_kept_empty=True)


@reader_page
def feeds(request: HttpRequest) -> HttpResponse:
    """List the feeds and the other addresses for programs, for people. Five queries."""
    return render_page(
        request,
        "paper/feeds.html",
        Frame.bare(),
        canonical=request.path,
        page_names=subjects.current_page_names(),
        columns=[column for column in queries.published_columns() if column.is_current],
    )


def answer(
    request: HttpRequest, subject: Subject, kind: str, *, is_kept_empty: bool = False
) -> HttpResponse:
    """Send a feed, or 304 to who has it already; only the state of the feed is read for that.

    By its ETag alone, without Django's Last-Modified: a new name of a page changes no date. Raises
    Http404 where nothing of the subject is published, nor was withdrawn lately, unless it
    `is_kept_empty`.
    """
    origin = f"{request.scheme}://{request.get_host()}"
    state = state_of(subject, origin)
    if state.is_empty and not is_kept_empty:
        raise Http404
    unchanged = get_conditional_response(request, state.etag)
    response = unchanged or ArticleFeed(subject, state, request, kind)(request)
    response.headers["ETag"] = state.etag
    del response.headers["Last-Modified"]
    return response


class ArticleFeed(Feed):
    """A feed of articles, by Django's syndication framework; seven queries."""

    language = "zh-Hans"

    def __init__(self, subject: Subject, state: FeedState, request: HttpRequest, kind: str):
        self.subject, self.state = subject, state
        self.origin = f"{request.scheme}://{request.get_host()}"
        # Its own address is also its name: what is asked for after a question mark is no part.
        self.feed_url = self.feed_guid = request.build_absolute_uri(request.path + subject.query)
        self.feed_type = FORMATS[kind]
        self.masthead = queries.masthead_on(timezone.localdate())

    def title(self) -> str:
        """The paper, and the subject if it is not all of it.

        A person or tag of nothing but withdrawn articles is not named: readers see it nowhere.
        """
        parts = (self.masthead.name, self.state.articles and self.subject.name)
        return content.xml_text(" · ".join(filter(None, parts)))

    def subtitle(self) -> str:
        """What it holds, in a sentence."""
        return gettext("The newest articles of %(title)s, as printed") % {"title": self.title()}

    def link(self) -> str:
        """The page for people."""
        return self.subject.page

    def author_name(self) -> str:
        """The paper."""
        return content.xml_text(self.masthead.name)

    def author_link(self) -> str:
        """The site."""
        return f"{self.origin}/"

    def feed_extra_kwargs(self, obj) -> dict:
        """When it changed, and what was withdrawn."""
        found = super().feed_extra_kwargs(obj)
        changed_at = self.state.modified and self.state.modified.astimezone(UTC)
        return found | {"tombstones": tombstones_of(self.subject), "changed_at": changed_at}

    def items(self) -> list[Article]:
        """The articles."""
        return entries_of(self.state)

    def item_title(self, item: Article) -> str:
        """The headline."""
        title = content.xml_text(item.display_title)
        return title if title.strip() else gettext("(no headline)")

    def item_description(self, item: Article) -> str:
        """The opening, as HTML."""
        return content.xml_text(escape(content.summary(item)))

    def item_guid(self, item: Article) -> str:
        """The name that no move changes."""
        return content.uri(item)

    def item_pubdate(self, item: Article):
        """When readers first saw it."""
        return item.page.issue.released_at

    def item_updateddate(self, item: Article):
        """When it was last changed or corrected."""
        return content.updated_at(item)

    def item_categories(self, item: Article) -> list[str]:
        """The name of its page, its column, its tags."""
        column = item.column.name if item.column else ""
        tags = [tagging.tag.name for tagging in item.taggings.all()]
        names = filter(None, [item.page.name, column, *tags])
        return list(dict.fromkeys(map(content.xml_text, names)))

    def item_extra_kwargs(self, item: Article) -> dict:
        """What our two formats tell beside."""
        is_full = settings.FEED_CONTENT == "full"
        return super().item_extra_kwargs(item) | {
            "content": content.xml_text(content.html_of(item, self.origin)) if is_full else "",
            "words": content.summary(item),
            "authors": self.authors(item),
            "pictures": content.pictures(item, self.origin),
        }

    def authors(self, item: Article) -> list[tuple[str, str]]:
        """Return who signed an article, each with the address of the page, else its source."""
        signed = [
            (content.xml_text(row.name), content.author_url(row, self.origin))
            for row in item.bylines.all()
        ]
        return signed or ([(content.xml_text(item.source), "")] if item.source else [])
