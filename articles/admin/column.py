"""栏目 (column): the admin of the standing columns."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Column

from .list_mixins import ListMixin, count_of, yes_or_no
from .locked_names import LockedNameMixin


@admin.register(Column)
class ColumnAdmin(LockedNameMixin, ListMixin, admin.ModelAdmin):
    """Columns are closed with `is_current`, not deleted: their articles keep them."""

    list_display = ("name", yes_or_no(Column, "is_current"), "article_count")
    list_filter = ("is_current",)
    search_fields = ("name",)

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .annotate(article_total=count_of(Article.objects.all(), "column"))
        )

    def users(self, obj):
        return obj.articles.all()

    @admin.display(description=_("articles"))
    def article_count(self, column):
        return column.article_total
