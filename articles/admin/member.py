"""成员 and 组: who works in the newsroom, and in which roles."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import Group, GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models import Member

from .paging import Listed, tally

# Tables that nobody edits by hand.
MACHINERY = Q(content_type__app_label__in=("admin", "contenttypes", "sessions")) | Q(
    content_type__model__in=("permission", "tagging", "taggeditem")
)
VERBS = {
    "add": pgettext_lazy("permission", "add"),
    "change": pgettext_lazy("permission", "change"),
    "delete": pgettext_lazy("permission", "delete"),
    "view": pgettext_lazy("permission", "view"),
}


class MemberCreationForm(AdminUserCreationForm):
    """A new account."""

    class Meta(AdminUserCreationForm.Meta):
        model = Member
        fields = ("username", "name")


class MemberChangeForm(UserChangeForm):
    """An account."""

    class Meta(UserChangeForm.Meta):
        model = Member


class Permissions(forms.ModelMultipleChoiceField):
    """Permissions in the newsroom's language; the database keeps their English names."""

    def label_from_instance(self, permission: Permission) -> str:
        kind = permission.content_type
        verb = permission.codename.removesuffix(f"_{kind.model}")
        return f"{kind.name}：{VERBS.get(verb) or translation.gettext(permission.name)}"


def permissions_field(db_field, **kwargs):
    """Return the form field in which permissions are chosen."""
    chosen = Permission.objects.exclude(MACHINERY)
    return db_field.formfield(
        form_class=Permissions,
        queryset=chosen.select_related("content_type"),
        widget=forms.CheckboxSelectMultiple,
        **kwargs,
    )


@admin.register(Member)
class MemberAdmin(Listed, UserAdmin):
    """Accounts are switched off, never deleted: what they did stays on record."""

    form = MemberChangeForm
    add_form = MemberCreationForm
    list_display = ("username", "name", "roles", "is_active", "is_superuser", "last_login")
    list_filter = ("groups", "is_active", "is_superuser")
    search_fields = ("username", "name")
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password", "name", "email")}),
        (_("Roles"), {"fields": ("is_active", "is_staff", "groups")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    chief_fieldset = (_("Beyond the roles"), {"fields": ("is_superuser", "user_permissions")})
    add_fieldsets = (
        (None, {"fields": ("username", "name", "usable_password", "password1", "password2")}),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request, obj=None):
        """Only an administrator of everything can make another one."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj and request.user.is_superuser:
            return (*fieldsets, self.chief_fieldset)
        return fieldsets

    def has_change_permission(self, request, obj=None):
        if obj and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        """A new account is one of the desk: without this it could not sign in."""
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
class RoleAdmin(Listed, GroupAdmin):
    """The roles of the desk; `loaddata roles` brings back those of the house."""

    list_display = ("name", "member_count")
    filter_horizontal = ()

    class Media:
        css = {"all": ["css/desk-issue.css"]}

    def get_queryset(self, request):
        seats = Member.groups.through.objects.all()
        return super().get_queryset(request).annotate(held=tally(seats, "group"))

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name == "permissions":
            return permissions_field(db_field, **kwargs)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("members"))
    def member_count(self, group):
        return group.held
