"""栏目 (column): the admin of the standing columns."""

from django.contrib import admin
from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Column, ListKind

from .list_mixins import ListMixin, PrintedTotalMixin, PublicRowsMixin, printed_total, yes_or_no
from .locked_names import LockedNameMixin


@admin.register(Column)
class ColumnAdmin(PrintedTotalMixin, LockedNameMixin, PublicRowsMixin, ListMixin, admin.ModelAdmin):
    """Columns are closed with `is_current`, not deleted: their articles keep them."""

    list_display = ("name", yes_or_no(Column, "is_current"), "article_count")
    list_filter = ("is_current",)
    search_fields = ("name",)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(article_total=printed_total(ListKind.COLUMN))

    def get_search_results(self, request, queryset, search_term):
        """Suggest a writer who has typed nothing the current columns, those used last first."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if search_term or request.GET.get("field_name") != "column":
            return found, may_repeat
        latest = Article.objects.filter(column=OuterRef("pk")).order_by("-pk").values("pk")[:1]
        order = F("latest").desc(nulls_last=True)
        suggested = found.filter(is_current=True).alias(latest=Subquery(latest))
        return suggested.order_by(order, "name"), may_repeat

    def users(self, obj):
        return obj.articles.all()

    @admin.display(description=_("printed articles"))
    def article_count(self, column):
        return column.article_total
