"""版面原文: texts of printed pages, brought in here, read, corrected, and made into drafts."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import RawPage
from articles.release import clock

from .bringing import bringing_screen
from .galley import galley_screen
from .paging import Listed

HEAVY = ("source", "first_reading", "steps")


class DraftsMade(admin.SimpleListFilter):
    """Whether drafts were made of a text."""

    title = _("drafts")
    parameter_name = "drafts"

    def lookups(self, request, model_admin):
        return [("none", _("not made yet")), ("made", _("made"))]

    def queryset(self, request, queryset):
        wanted = {"none": True, "made": False}.get(self.value())
        return queryset if wanted is None else queryset.filter(stored_at__isnull=wanted)


@admin.register(RawPage)
class RawPageAdmin(Listed, admin.ModelAdmin):
    """Whoever may write articles may read in pages; what came is never changed."""

    list_display = ("issued_on", "page_title", "file", "brought_by", "brought_at", "drafts")
    list_display_links = ("issued_on", "page_title")
    list_select_related = ("page__issue", "brought_by")
    list_filter = (DraftsMade,)
    date_hierarchy = "page__issue__issued_on"
    search_fields = ("=page__label", "name", "page__issue__issued_on__icontains")

    def get_urls(self):
        source = self.admin_site.admin_view(self.source_view)
        return [
            path("<int:pk>/source/", source, name="articles_rawpage_source"),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        return super().get_queryset(request).defer(*HEAVY)

    def add_view(self, request, form_url="", extra_context=None):
        """Take texts in."""
        return bringing_screen(request, site=self.admin_site)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show a text with its reading, to be corrected and made into drafts."""
        return galley_screen(request, object_id, site=self.admin_site)

    def source_view(self, request, pk):
        """Give out a text as it came, byte for byte, as a file. 403 without the right."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        raw = get_object_or_404(RawPage, pk=pk)
        answer = HttpResponse(bytes(raw.source), content_type="application/octet-stream")
        answer["Content-Disposition"] = f'attachment; filename="{raw.pk}.txt"'
        return answer

    # Who may

    def has_module_permission(self, request):
        return request.user.has_perm("articles.add_article")

    has_add_permission = has_module_permission

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("articles.add_article")

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    # The list

    @admin.display(description=_("issue"), ordering="page__issue__issued_on")
    def issued_on(self, raw):
        return raw.page.issue

    @admin.display(description=_("page"), ordering="page__label")
    def page_title(self, raw):
        return raw.page.title

    @admin.display(description=_("file"), ordering="name")
    def file(self, raw):
        return raw.name or gettext("pasted text")

    @admin.display(description=_("drafts"), ordering="stored_at")
    def drafts(self, raw):
        return clock(raw.stored_at) if raw.stored_at else gettext("not made yet")
