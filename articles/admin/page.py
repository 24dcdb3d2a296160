"""版: found from other screens; made and changed with its issue."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Page

from .paging import Listed, tally


@admin.register(Page)
class PageAdmin(Listed, admin.ModelAdmin):
    """Lists pages and answers autocompletes: `2024-07-27 A1`, `要闻`."""

    list_display = ("issued_on", "titled", "editor", "designer", "proofreader", "article_count")
    list_display_links = None
    view_on_site = False
    search_fields = ("=label", "name", "issue__issued_on__icontains")
    date_hierarchy = "issue__issued_on"

    def get_queryset(self, request):
        pages = super().get_queryset(request).select_related("issue")
        return pages.annotate(held=tally(Article.objects.all(), "page"))

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        """A page of a released issue stays; one with articles is protected by them."""
        if obj and obj.issue.released_at:
            return False
        return super().has_delete_permission(request, obj)

    @admin.display(description=_("issue"))
    def issued_on(self, page):
        return f"{page.issue} {page.issue.weekday}"

    @admin.display(description=_("page"))
    def titled(self, page):
        address = reverse("admin:articles_issue_board", args=[page.issue_id])
        return format_html('<a href="{}#page-{}">{}</a>', address, page.pk, page.title)

    @admin.display(description=_("articles"))
    def article_count(self, page):
        return page.held
