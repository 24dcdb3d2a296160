"""The field that selects permissions, in the language of the admin."""

from django import forms
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.utils import translation
from django.utils.translation import pgettext_lazy

from articles.accounts.auditing import READS_LEDGER

# Permissions on tables that are not edited by hand; the log of forms is read.
INTERNAL = (
    Q(content_type__app_label__in=("contenttypes", "sessions"))
    | Q(content_type__app_label="admin") & ~Q(codename="view_logentry")
    | Q(content_type__model__in=("permission", "tagging", "taggeditem"))
)
VERBS = {
    "add": pgettext_lazy("permission", "add"),
    "change": pgettext_lazy("permission", "change"),
    "delete": pgettext_lazy("permission", "delete"),
    "view": pgettext_lazy("permission", "view"),
}


class PermissionField(forms.ModelMultipleChoiceField):
    """Labels permissions in the language of the admin; the database has their English names."""

    def label_from_instance(self, permission: Permission) -> str:
        kind = permission.content_type
        verb = permission.codename.removesuffix(f"_{kind.model}")
        return f"{kind.name}：{VERBS.get(verb) or translation.gettext(permission.name)}"


def permissions_field(db_field, request, **kwargs):
    """Return the form field that selects permissions; only superusers let read the ledger."""
    permissions = Permission.objects.exclude(INTERNAL)
    if not request.user.is_superuser:
        permissions = permissions.exclude(READS_LEDGER)
    return db_field.formfield(
        form_class=PermissionField,
        queryset=permissions.select_related("content_type"),
        widget=forms.CheckboxSelectMultiple,
        **kwargs,
    )
