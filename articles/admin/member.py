"""成员 and 组 (members and groups): the admin of accounts and roles."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import Group, GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models import Member

from .list_mixins import ListMixin, count_of, yes_or_no

# Permissions on tables that are not edited by hand.
INTERNAL = Q(content_type__app_label__in=("admin", "contenttypes", "sessions")) | Q(
    content_type__model__in=("permission", "tagging", "taggeditem")
)
VERBS = {
    "add": pgettext_lazy("permission", "add"),
    "change": pgettext_lazy("permission", "change"),
    "delete": pgettext_lazy("permission", "delete"),
    "view": pgettext_lazy("permission", "view"),
}


class MemberCreationForm(AdminUserCreationForm):
    """The form of a new account."""

    class Meta(AdminUserCreationForm.Meta):
        model = Member
        fields = ("username", "name")


class MemberChangeForm(UserChangeForm):
    """The form of an account."""

    class Meta(UserChangeForm.Meta):
        model = Member


class PasswordForm(AdminPasswordChangeForm):
    """The form of another member's password: Django's warning is in English only."""

    usable_password_help_text = format_lazy(
        '{}<ul id="id_unusable_warning" class="messagelist"><li class="warning">{}</li></ul>',
        _("Whether this member logs in with a password."),
        _("If disabled, the current password of this member is lost."),
    )


class PermissionField(forms.ModelMultipleChoiceField):
    """Labels permissions in the language of the admin; the database has their English names."""

    def label_from_instance(self, permission: Permission) -> str:
        kind = permission.content_type
        verb = permission.codename.removesuffix(f"_{kind.model}")
        return f"{kind.name}：{VERBS.get(verb) or translation.gettext(permission.name)}"


def permissions_field(db_field, **kwargs):
    """Return the form field that selects permissions."""
    permissions = Permission.objects.exclude(INTERNAL)
    return db_field.formfield(
        form_class=PermissionField,
        queryset=permissions.select_related("content_type"),
        widget=forms.CheckboxSelectMultiple,
        **kwargs,
    )


@admin.register(Member)
class MemberAdmin(ListMixin, UserAdmin):
    """Accounts are deactivated, never deleted: what they did stays on record."""

    form = MemberChangeForm
    add_form = MemberCreationForm
    change_password_form = PasswordForm
    list_display = (
        *("username", "name", "roles"),
        *(yes_or_no(Member, name) for name in ("is_active", "is_superuser")),
        "last_login",
    )
    list_filter = ("groups", "is_active", "is_superuser")
    search_fields = ("username", "name")
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password", "name", "email")}),
        (_("Roles"), {"fields": ("is_active", "is_staff", "groups")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    superuser_fieldset = (_("Beyond the roles"), {"fields": ("is_superuser", "user_permissions")})
    add_fieldsets = (
        (None, {"fields": ("username", "name", "usable_password", "password1", "password2")}),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request, obj=None):
        """Show to superusers only the fields that make another one."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj and request.user.is_superuser:
            return (*fieldsets, self.superuser_fieldset)
        return fieldsets

    def has_change_permission(self, request, obj=None):
        if obj and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        """Give a new account `is_staff`: without it nobody can log in to the admin."""
        if not change:
            obj.is_staff = True
        super().save_model(request, obj, form, change)

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name == "user_permissions":
            return permissions_field(db_field, **kwargs)
        return db_field.formfield(widget=forms.CheckboxSelectMultiple, **kwargs)

    @admin.display(description=_("roles"))
    def roles(self, member):
        return "、".join(group.name for group in member.groups.all())


admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(ListMixin, GroupAdmin):
    """Roles are groups; `loaddata roles` restores those of the fixture."""

    list_display = ("name", "member_count")
    filter_horizontal = ()

    class Media:
        css = {"all": ["css/desk-issue.css"]}

    def get_queryset(self, request):
        memberships = Member.groups.through.objects.all()
        return super().get_queryset(request).annotate(member_total=count_of(memberships, "group"))

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name == "permissions":
            return permissions_field(db_field, **kwargs)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("members"))
    def member_count(self, group):
        return group.member_total
