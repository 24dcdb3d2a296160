"""版面原文: raw pages, uploaded, reviewed in their galley, and made into drafts."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.list_mixins import ListMixin, WritersAddMixin
from articles.models import RawPage
from articles.workflow.release import clock

from .galley_views import GalleyMixin
from .raw_page_upload import UploadMixin

HEAVY = ("source", "parsed", "corrections")


class DraftsFilter(admin.SimpleListFilter):
    """Filter by whether drafts were made."""

    title = _("drafts")
    parameter_name = "drafts"

    def lookups(self, request, model_admin):
        return [("none", _("not made yet")), ("made", _("made"))]

    def queryset(self, request, queryset):
        is_missing = {"none": True, "made": False}.get(self.value())
        return queryset if is_missing is None else queryset.filter(drafts_at__isnull=is_missing)


@admin.register(RawPage)
class RawPageAdmin(UploadMixin, GalleyMixin, WritersAddMixin, ListMixin, admin.ModelAdmin):
    """Whoever may write articles may upload raw pages; nobody changes or deletes them here."""

    list_display = ("issued_on", "page_title", "file", "uploaded_by", "uploaded_at", "drafts")
    list_display_links = ("issued_on", "page_title")
    list_select_related = ("page__issue", "uploaded_by")
    list_filter = (DraftsFilter,)
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

    def source_view(self, request, pk):
        """Return a text byte for byte as a file. 403 without the right."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        raw = get_object_or_404(RawPage, pk=pk)
        response = HttpResponse(bytes(raw.source), content_type="application/octet-stream")
        response["Content-Disposition"] = f'attachment; filename="{raw.pk}.txt"'
        return response

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

    @admin.display(description=_("drafts"), ordering="drafts_at")
    def drafts(self, raw):
        return clock(raw.drafts_at) if raw.drafts_at else gettext("not made yet")
