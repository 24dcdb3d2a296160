"""版 (page): the list of pages, for autocompletes; pages are edited with their issue."""

from django.contrib import admin
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Page

from .list_mixins import ListMixin, PublicRowsMixin, count_of
from .zones.zone_views import picture_view, zones_view


@admin.register(Page)
class PageAdmin(PublicRowsMixin, ListMixin, admin.ModelAdmin):
    """Lists pages and finds them for autocompletes: `2024-07-27 A1`, `要闻`."""

    list_display = ("issued_on", "title_link", "editor", "designer", "proofreader", "article_count")
    list_display_links = None
    view_on_site = False
    search_fields = ("=label", "name", "issue__issued_on__icontains")
    date_hierarchy = "issue__issued_on"

    def get_urls(self):
        zones = self.admin_site.admin_view(self.zones_view)
        picture = self.admin_site.admin_view(picture_view)
        return [
            path("<int:pk>/zones/", zones, name="articles_page_zones"),
            path("<int:pk>/picture/", picture, name="articles_page_picture"),
            *super().get_urls(),
        ]

    def zones_view(self, request, pk):
        """Show and save the zones of a page."""
        return zones_view(request, pk, site=self.admin_site)

    def get_queryset(self, request):
        pages = super().get_queryset(request).select_related("issue")
        return pages.annotate(article_total=count_of(Article.objects.all(), "page"))

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
    def title_link(self, page):
        url = reverse("admin:articles_issue_board", args=[page.issue_id])
        return format_html('<a href="{}#page-{}">{}</a>', url, page.pk, page.title)

    @admin.display(description=_("articles"))
    def article_count(self, page):
        return page.article_total
