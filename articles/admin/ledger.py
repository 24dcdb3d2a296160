"""台账 (ledger): what happened, for whoever may read it; read-only."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.models import LedgerEntry

from . import ledger_words
from .list_mixins import ListMixin, ReadOnlyMixin


@admin.register(LedgerEntry)
class LedgerAdmin(ReadOnlyMixin, ListMixin, admin.ModelAdmin):
    """Entries with their digests, by kind, member and day. Nobody changes one."""

    list_display = ("number", "made_at", "kind", "maker", "address", "concerned", "told")
    list_select_related = ("member",)
    list_filter = ("kind",)
    date_hierarchy = "made_at"
    search_fields = ("member__username", "member__name", "=address")
    search_help_text = _("account or name of a member, or an address")
    ordering = ("-number",)
    fields = (
        *("number", "made_at", "kind", "maker", "address", "concerned", "told"),
        *("row_digest", "previous", "digest"),
    )
    readonly_fields = fields

    @admin.display(description=_("member"), ordering="member")
    def maker(self, entry):
        return entry.member or "—"

    @admin.display(description=_("concerns"))
    def concerned(self, entry):
        return ledger_words.concerned(entry) or "—"

    @admin.display(description=_("facts"))
    def told(self, entry):
        return ledger_words.facts(entry) or "—"
