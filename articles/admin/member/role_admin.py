"""组 (groups): the admin of roles."""

from django.contrib import admin
from django.contrib.auth.admin import Group, GroupAdmin
from django.utils.translation import gettext_lazy as _

from articles import ledger
from articles.accounts.auditing import audit_roles
from articles.models import LedgerKind, Member

from ..list_mixins import LedgerFormMixin, ListMixin, count_of
from .permissions_field import permissions_field

admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(LedgerFormMixin, ListMixin, GroupAdmin):
    """Roles are groups; `loaddata roles` restores those of the fixture."""

    list_display = ("name", "member_count")
    filter_horizontal = ()

    class Media:
        css = {"all": ["css/desk-issue.css"]}

    def get_queryset(self, request):
        memberships = Member.groups.through.objects.all()
        return super().get_queryset(request).annotate(member_total=count_of(memberships, "group"))

    def has_change_permission(self, request, obj=None):
        return self._may_touch(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._may_touch(request, obj) and super().has_delete_permission(request, obj)

    def _may_touch(self, request, role) -> bool:
        """Tell whether a role is none of auditors, whom only superusers appoint. One query."""
        if role is None or request.user.is_superuser:
            return True
        return not audit_roles().filter(pk=role.pk).exists()

    def save_related(self, request, form, formsets, change):
        """Save the permissions too, and enter what they are now."""
        super().save_related(request, form, formsets, change)
        rights = form.instance.permissions.order_by("codename").values_list("codename", flat=True)
        ledger.record(LedgerKind.ROLE, form.instance, by=request.user, rights=list(rights))

    def delete_model(self, request, obj):
        """Delete a role, and enter that."""
        ledger.record(LedgerKind.ROLE, obj, by=request.user, deleted=True)
        super().delete_model(request, obj)

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name == "permissions":
            return permissions_field(db_field, request, **kwargs)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("members"))
    def member_count(self, group):
        return group.member_total
