"""The list of articles: its columns, order and search. Its steps: `batch_actions`."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import F, Prefetch, QuerySet, Value
from django.db.models.functions import Coalesce, TruncDate
from django.forms import Media
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from articles.admin.author_names import author_names
from articles.admin.queues import QueueFilter
from articles.content import article_html
from articles.models import Byline, Revision, Status
from articles.models.article import PRINT_ORDER
from articles.search.find import articles_of_desk
from articles.search.terms.marks import marked, snippet
from articles.search.terms.query import parse

from . import newest
from .list_filters import AuthorFilter, ChangeFilter, DayFilter, of_days

# The newest paper first; what is on no page stands by the day of its last change.
NEWEST_FIRST = (
    Coalesce(F("page__issue__issued_on"), TruncDate("changed_at")).desc(),
    F("page__issue__edition").desc(nulls_last=True),
    *PRINT_ORDER,
    "-pk",
)

COLUMN = "column__id__exact"
# What narrows the list to something that is found in an index. Status and genre do not.
NARROWING = {"q", "queue", "author", "day", "changed_by", "changed_on", COLUMN}
UNFINISHED = {status.value for status in Status} - {Status.SIGNED}


class ArticleChangeList(ChangeList):
    """The list of articles: the latest issues where nothing narrows it but days or a column.

    Whoever leafs through a list stays in its first pages: to sort thirty years for that would
    take seconds. Older papers are found by their day, by name, and by search.
    """

    def get_queryset(self, request, exclude_parameters=None):
        """Select what the filters and the search say, the newest of it where they say little.

        `first_day` is the day from which papers are listed, None where all are. One query more.
        """
        found = super().get_queryset(request, exclude_parameters)
        self.first_day = None
        if self.params.get("status__exact") in UNFINISHED:
            return found
        narrowing = NARROWING & self.params.keys()
        if narrowing == {COLUMN} and self.params[COLUMN].isdecimal():
            return self.newest_of_column(found)
        return found if narrowing - {DayFilter.parameter_name} else self.latest_issues(found)

    def latest_issues(self, found: QuerySet) -> QuerySet:
        """Narrow to the latest issues, those of the chosen days where some are chosen."""
        chosen = [spec.span for spec in self.filter_specs if isinstance(spec, DayFilter)]
        start, end = next(filter(None, chosen), (None, None))
        self.first_day = newest.first_of_latest_issues(start, end)
        return found.filter(pk__in=of_days(self.first_day, end)) if self.first_day else found

    def newest_of_column(self, found: QuerySet) -> QuerySet:
        """Narrow the articles of the chosen column to its newest, and what is not released."""
        column = self.params[COLUMN]
        self.first_day = newest.first_of_column(column)
        if self.first_day is None:
            return found
        return found.filter(pk__in=newest.ids_of_column(column, self.first_day))


class ArticleListMixin:
    """The columns, the order and the search of the list of articles."""

    list_display = ("titled", "issued_on", "page_label", "authors", "size", "status", "last_hand")
    list_filter = (QueueFilter, AuthorFilter, DayFilter, ChangeFilter, "status", "genre", "column")
    ordering = NEWEST_FIRST
    search_fields = ("headline", "kicker", "deck", "bylines__name", "body")
    search_help_text = _("Searches headlines, names and text.")

    def changelist_view(self, request, extra_context=None):
        """Give the list the scripts of all lists; the form has its own (`ArticleAdmin.media`)."""
        media = super().media + Media(css={"all": ["css/desk-list.css"]})
        return super().changelist_view(request, {"media": media, **(extra_context or {})})

    def get_changelist(self, request, **kwargs):
        """Return the class of the list."""
        return ArticleChangeList

    def get_changelist_instance(self, request):
        """Load the names and the latest revision of each article shown. Two queries."""
        changelist = super().get_changelist_instance(request)
        latest = Revision.objects.filter(number=F("article__version"))
        changelist.result_list = changelist.result_list.prefetch_related(
            Prefetch("bylines", Byline.objects.order_by("position")),
            Prefetch("revisions", latest.select_related("made_by").defer("stored_copy"), "latest"),
        )
        return changelist

    def get_search_results(self, request, queryset, search_term):
        """Find articles as readers do, whatever their status; note what is sought."""
        query = parse(search_term)
        if query.is_empty:
            found = queryset.none() if search_term.strip() else queryset
        else:
            found = articles_of_desk(queryset, query)
        return found.annotate(sought=Value(search_term)), False

    @admin.display(description=_("article"), ordering="headline")
    def titled(self, article):
        """Name the article; under it what a search found in its text, where the name has it not."""
        title, words = article.display_title, parse(getattr(article, "sought", "")).words
        if any(is_marked for _, is_marked in marked(title, words)):
            return title
        found = snippet(article_html.paragraphs(article.body), words) if words else []
        parts = format_html_join("", "{}", ((_part(piece),) for piece in found))
        return format_html('{} <span class="snippet">{}</span>', title, parts) if found else title

    @admin.display(description=_("issue"), ordering="page__issue__issued_on")
    def issued_on(self, article):
        return article.page and article.page.issue

    @admin.display(description=_("page"))
    def page_label(self, article):
        return article.page and article.page.title

    @admin.display(description=_("authors"))
    def authors(self, article):
        return author_names(article)

    @admin.display(description=_("characters"))
    def size(self, article):
        return article.length

    @admin.display(description=_("last hand"), ordering="changed_at")
    def last_hand(self, article):
        """Name who made the latest revision, and when; only when, where nobody is known."""
        revision = next(iter(article.latest), None)
        at = timezone.localtime(revision.made_at if revision else article.changed_at)
        form = "H:i" if at.date() == timezone.localdate() else "SHORT_DATETIME_FORMAT"
        by = (revision and revision.made_by) or ""
        day = '{} <time datetime="{}">{}</time>'
        return format_html(day, by, at.isoformat(), date_format(at, form))


def _part(piece: tuple[str, bool]) -> str:
    words, is_marked = piece
    return format_html("<mark>{}</mark>", words) if is_marked else words
