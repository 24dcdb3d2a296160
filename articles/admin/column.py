"""栏目: the standing columns."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Column

from .paging import Listed, tally
from .settled import NameSettles


@admin.register(Column)
class ColumnAdmin(NameSettles, Listed, admin.ModelAdmin):
    """A column that ends is closed, not deleted: its articles keep it."""

    list_display = ("name", "is_current", "article_count")
    list_filter = ("is_current",)
    search_fields = ("name",)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(held=tally(Article.objects.all(), "column"))

    def users(self, obj):
        return obj.articles.all()

    @admin.display(description=_("articles"))
    def article_count(self, column):
        return column.held
