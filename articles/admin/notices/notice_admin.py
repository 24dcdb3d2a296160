"""提醒 (notices) of all members, for administrators: what fails. Nobody else's address is shown."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.models import NoticeSettings

from ..list_mixins import ListMixin, ReadOnlyMixin


class FailingFilter(admin.SimpleListFilter):
    """Shows the notices that could not be sent."""

    title = _("sending")
    parameter_name = "failing"

    def lookups(self, request, model_admin):
        """Return the one choice."""
        return [("1", _("fails"))]

    def queryset(self, request, queryset):
        """Select what failed last."""
        return queryset.filter(failures__gt=0) if self.value() else queryset


@admin.register(NoticeSettings)
class NoticeSettingsAdmin(ReadOnlyMixin, ListMixin, admin.ModelAdmin):
    """Read-only: each member decides for themselves, and addresses are secrets."""

    fields = ("member", "channel", "told_at", "next_at", "failures", "error")
    readonly_fields = fields
    list_display = ("member", "channel", "told_at", "failures", "error")
    list_select_related = ("member",)
    list_filter = ("channel", FailingFilter)
    search_fields = ("member__username", "member__name")
