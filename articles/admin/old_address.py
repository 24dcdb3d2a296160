"""旧地址: the admin of redirects from an earlier site, and of what was asked for in vain."""

from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import MissedAddress, OldAddress
from articles.old_addresses.lookup import public_path
from articles.old_addresses.patterns import PART, suggest
from articles.old_addresses.validation import clean_pattern, clean_target

from .list_mixins import ListMixin, yes_or_no


class OldAddressForm(forms.ModelForm):
    """An old address and where it leads, checked against the addresses of this site."""

    def clean_pattern(self):
        return clean_pattern(self.cleaned_data["pattern"])

    def clean_target(self):
        target, pattern = self.cleaned_data["target"], self.cleaned_data.get("pattern")
        return clean_target(target, pattern) if target.strip() and pattern else target.strip()


@admin.register(OldAddress)
class OldAddressAdmin(ListMixin, admin.ModelAdmin):
    """A page of this site goes first; among old addresses the most specific one."""

    form = OldAddressForm
    list_display = ("pattern", "target", "reason", yes_or_no(OldAddress, "has_parts"))
    search_fields = ("pattern", "target")
    fields = ("pattern", "target", "reason")

    def save_model(self, request, obj, form, change):
        """Save; say so where readers do not see what it leads to. At most one query more."""
        super().save_model(request, obj, form, change)
        if obj.target and not PART.search(obj.target) and public_path(obj.target) is None:
            text = gettext(
                "Readers do not see %(target)s yet: until they do, the old address is not found."
            )
            messages.warning(request, text % {"target": obj.target})


@admin.register(MissedAddress)
class MissedAddressAdmin(ListMixin, admin.ModelAdmin):
    """Counted by day, kept for 30 days; nothing of who asked is stored."""

    list_display = ("day", "path", "count", "redirect_links")
    list_display_links = None
    date_hierarchy = "day"
    search_fields = ("path",)

    def has_add_permission(self, request):
        return False

    has_change_permission = has_delete_permission = lambda self, request, obj=None: False

    @admin.display(description=_("redirect"))
    def redirect_links(self, missed):
        """Return links to the form of an old address, filled in for this one or for its shape."""
        links = _link(gettext("This address"), pattern=missed.path)
        if suggested := suggest(missed.path):
            pattern, target = suggested
            shape = _link(gettext("All of its shape"), pattern=pattern, target=target)
            links = format_html("{}　{}", links, shape)
        return links


def _link(label: str, **fields: str):
    url = f"{reverse('admin:articles_oldaddress_add')}?{urlencode(fields)}"
    return format_html('<a href="{}">{}</a>', url, label)
