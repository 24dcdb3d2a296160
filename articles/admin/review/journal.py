"""审签 (reviews): the journal of all moves; read-only."""

from functools import partial

from django.contrib import admin
from django.db.models.functions import Left
from django.urls import path
from django.utils.translation import gettext_lazy as _

from articles.models import Review
from articles.workflow import LABELS

from ..list_mixins import ListMixin, ReadOnlyMixin
from .sheet import sheet_view

# How much of a body names an article without a headline.
OPENING = 400


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
class ReviewAdmin(ReadOnlyMixin, ListMixin, admin.ModelAdmin):
    """The journal of all moves; its addresses hold the review sheet of one article."""

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
        view = self.admin_site.admin_view(partial(sheet_view, site=self.admin_site))
        return [path("article/<int:pk>/", view, name="articles_review_sheet"), *super().get_urls()]

    def get_queryset(self, request):
        reviews = super().get_queryset(request).defer("article__body", "revision__stored_copy")
        return reviews.annotate(opening=Left("article__body", OPENING))

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
