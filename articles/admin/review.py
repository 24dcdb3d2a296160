"""审签: the journal of all moves, and the review sheet of one article; read-only."""

from dataclasses import KW_ONLY, dataclass
from datetime import datetime

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models.functions import Left
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Member, Review, Revision, Status
from articles.workflow import LABELS

from .list_mixins import ListMixin
from .queues import OPENING


class MoveFilter(admin.SimpleListFilter):
    """Filters reviews by their move."""

    title = _("move")
    parameter_name = "move"

    def lookups(self, request, model_admin):
        """Return all moves."""
        return LABELS.items()

    def queryset(self, request, queryset):
        """Select the reviews of the chosen move."""
        return queryset.filter(move=self.value()) if self.value() else queryset


@admin.register(Review)
class ReviewAdmin(ListMixin, admin.ModelAdmin):
    """The journal of all moves, and the review sheet of one article."""

    list_display = ("made_at", "maker", "label", "titled", "from_status", "to_status", "note")
    list_select_related = ("made_by", "article__column", "revision")
    list_filter = (MoveFilter, "to_status")
    ordering = ("-pk",)
    fields = (
        "titled",
        "label",
        "from_status",
        "to_status",
        "note",
        "revision",
        "digest",
        "maker",
        "made_at",
    )
    readonly_fields = fields

    def get_urls(self):
        """Add the address of the review sheet."""
        view = self.admin_site.admin_view(self.sheet)
        return [path("article/<int:pk>/", view, name="articles_review_sheet"), *super().get_urls()]

    def get_queryset(self, request):
        reviews = super().get_queryset(request).defer("article__body", "revision__stored_copy")
        return reviews.annotate(opening=Left("article__body", OPENING))

    def sheet(self, request, pk: int):
        """Show all that happened to one article, to print on A4. Five queries."""
        if not request.user.has_perm("articles.view_article"):
            raise PermissionDenied
        article = get_object_or_404(Article.objects.select_related("page__issue", "column"), pk=pk)
        context = {
            **self.admin_site.each_context(request),
            "title": article.display_title,
            "article": article,
            "events": events(article),
            "opts": Article._meta,
        }
        response = TemplateResponse(request, "admin/articles/review/sheet.html", context)
        add_never_cache_headers(response)
        return response

    @admin.display(description=_("made by"), ordering="made_by")
    def maker(self, review):
        return review.maker

    @admin.display(description=_("move"))
    def label(self, review):
        return LABELS.get(review.move, review.move)

    @admin.display(description=_("article"))
    def titled(self, review):
        review.article.body = review.opening
        return review.article.display_title

    @admin.display(description=_("digest"))
    def digest(self, review):
        return review.revision.digest

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the review sheet: a revision made, or a move."""

    at: datetime
    who: Member | str | None
    roles: str
    what: str
    status: str
    note: str
    revision: Revision
    _: KW_ONLY
    is_review: bool = False


def events(article: Article) -> list[Event]:
    """Return all that happened to an article, in the order in which it did. Four queries."""
    revisions = article.revisions.select_related("made_by").defer("stored_copy")
    reviews = article.reviews.select_related("made_by", "revision").defer("revision__stored_copy")
    found = [_change(row) for row in revisions.prefetch_related("made_by__groups")]
    found += [_review(row) for row in reviews.prefetch_related("made_by__groups")]
    return sorted(found, key=lambda event: (event.at, event.is_review))


def _change(row: Revision) -> Event:
    status = Status(row.status).label if row.status in Status else ""
    what = row.get_change_display()
    return Event(row.made_at, row.made_by, _roles(row.made_by), what, status, row.reason, row)


def _review(row: Review) -> Event:
    status = f"{row.get_from_status_display()} → {row.get_to_status_display()}"
    what = str(LABELS.get(row.move, row.move))
    who, roles = row.maker, _roles(row.made_by)
    return Event(row.made_at, who, roles, what, status, row.note, row.revision, is_review=True)


def _roles(member: Member | None) -> str:
    return "、".join(group.name for group in member.groups.all()) if member else ""
