"""日志 (log entries): what was done with the forms of the desk, for auditors; read-only."""

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.utils.translation import gettext_lazy as _

from .list_mixins import ListMixin, ReadOnlyMixin


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnlyMixin, ListMixin, admin.ModelAdmin):
    """The history that each form shows of its row, of all rows. Nobody changes it."""

    list_display = ("action_time", "maker", "act", "table", "row", "told")
    list_select_related = ("user", "content_type")
    list_filter = ("action_flag", "action_time")
    search_fields = ("user__username", "user__name", "object_repr")
    search_help_text = _("account or name of a member, or what it concerns")
    # By number, which has an index, and rises with the time.
    ordering = ("-pk",)
    fields = ("action_time", "maker", "act", "table", "row", "told")
    readonly_fields = fields

    @admin.display(description=_("member"))
    def maker(self, entry):
        return entry.user

    @admin.display(description=_("event"))
    def act(self, entry):
        return entry.get_action_flag_display()

    @admin.display(description=_("table"))
    def table(self, entry):
        return entry.content_type.name if entry.content_type else "—"

    @admin.display(description=_("concerns"))
    def row(self, entry):
        return entry.object_repr

    @admin.display(description=_("facts"))
    def told(self, entry):
        return entry.get_change_message() or "—"
