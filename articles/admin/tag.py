"""标签: the words under which articles are gathered."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from taggit.admin import Tag  # its own screen is registered by this import, and replaced here

from articles.models import Article, Tagging

from .paging import Listed, tally
from .settled import NameSettles

admin.site.unregister(Tag)


@admin.register(Tag)
class TagAdmin(NameSettles, Listed, admin.ModelAdmin):
    """A tag may be renamed until words that carry it are read; its address stays."""

    list_display = ("name", "article_count")
    search_fields = ("name",)
    ordering = ("name",)
    fields = ("name",)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(held=tally(Tagging.objects.all(), "tag"))

    def users(self, obj):
        return Article.objects.filter(taggings__tag=obj)

    @admin.display(description=_("articles"))
    def article_count(self, tag):
        return tag.held
