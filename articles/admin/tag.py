"""标签: the words under which articles are gathered."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from taggit.admin import Tag  # its own screen is registered by this import, and replaced here

from articles.models import Tagging

from .paging import Listed, tally

admin.site.unregister(Tag)


@admin.register(Tag)
class TagAdmin(Listed, admin.ModelAdmin):
    """A tag may be renamed: its articles and its address stay."""

    list_display = ("name", "article_count")
    search_fields = ("name",)
    ordering = ("name",)
    fields = ("name",)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(held=tally(Tagging.objects.all(), "tag"))

    @admin.display(description=_("articles"))
    def article_count(self, tag):
        return tag.held
