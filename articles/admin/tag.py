"""标签 (tag): the admin of tags."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from taggit.admin import Tag  # its own screen is registered by this import, and replaced here

from articles.models import Article, ListKind

from .list_mixins import ListMixin, PrintedTotalMixin, PublicRowsMixin, printed_total
from .locked_names import LockedNameMixin, is_locked

admin.site.unregister(Tag)


@admin.register(Tag)
class TagAdmin(PrintedTotalMixin, LockedNameMixin, PublicRowsMixin, ListMixin, admin.ModelAdmin):
    """A tag can be renamed until an article that has it is reviewed; its URL stays."""

    list_display = ("name", "article_count")
    search_fields = ("name",)
    ordering = ("name",)
    fields = ("name",)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(article_total=printed_total(ListKind.TAG))

    def users(self, obj):
        return Article.objects.filter(taggings__tag=obj)

    def has_delete_permission(self, request, obj=None):
        """Forbid to delete a tag that a reviewed article has: it is part of what was read."""
        may = super().has_delete_permission(request, obj)
        return may and not (obj and is_locked(self.users(obj)))

    @admin.display(description=_("printed articles"))
    def article_count(self, tag):
        return tag.article_total
