"""The list of articles: its columns, order and search. Its steps: `batch_actions`."""

from django.contrib import admin
from django.db.models import F, Prefetch, Value
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.admin.queues import QueueFilter
from articles.content import article_html, raised_text
from articles.content.snippet import snippet
from articles.models import Byline, Revision
from articles.models.article import PRINT_ORDER

from .list_filters import AuthorFilter, ChangeFilter, DayFilter

# The newest paper first; what is on no page stands by the day of its last change.
NEWEST_FIRST = (
    Coalesce(F("page__issue__issued_on"), TruncDate("changed_at")).desc(),
    F("page__issue__edition").desc(nulls_last=True),
    *PRINT_ORDER,
    "-pk",
)


class ArticleListMixin:
    """The columns, the order and the search of the list of articles."""

    list_display = ("titled", "issued_on", "page_label", "authors", "size", "status", "last_hand")
    list_filter = (QueueFilter, AuthorFilter, DayFilter, ChangeFilter, "status", "genre", "column")
    date_hierarchy = "page__issue__issued_on"
    ordering = NEWEST_FIRST
    search_fields = ("headline", "kicker", "deck", "bylines__name", "body")
    search_help_text = _("Searches headlines, names and text.")

    class Media:
        css = {"all": ["css/desk-list.css"]}

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
        """Find 10⁸ and CO₂ also where a body has them as raised figures; note what is sought."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        marked = raised_text.marked_raised(search_term)
        if marked != search_term:
            found |= queryset.filter(body__icontains=marked)
        return found.annotate(sought=Value(search_term)), may_repeat

    @admin.display(description=_("article"), ordering="headline")
    def titled(self, article):
        """Name the article; under it what a search found in its text, where the name has it not."""
        title, words = article.display_title, getattr(article, "sought", "").split()
        found = snippet(" ".join(article_html.paragraphs(article.body)), words) if words else None
        if found is None or found.found in title:
            return title
        part = format_html("{}<mark>{}</mark>{}", *found)
        return format_html('{} <span class="snippet">{}</span>', title, part)

    @admin.display(description=_("issue"), ordering="page__issue__issued_on")
    def issued_on(self, article):
        return article.page and article.page.issue

    @admin.display(description=_("page"))
    def page_label(self, article):
        return article.page and article.page.title

    @admin.display(description=_("authors"))
    def authors(self, article):
        return "、".join(dict.fromkeys(byline.name for byline in article.bylines.all()))

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
