"""成员 (members): the admin of accounts."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.content.text import parse_id
from articles.models import Member

from ..list_mixins import ListMixin, yes_or_no
from .departure import departure_view
from .member_forms import MemberChangeForm, MemberCreationForm, PasswordForm
from .permissions_field import permissions_field

IS_ACTIVE, IS_SUPERUSER = (yes_or_no(Member, name) for name in ("is_active", "is_superuser"))


@admin.register(Member)
class MemberAdmin(ListMixin, UserAdmin):
    """Accounts are deactivated, never deleted: what they did stays on record."""

    form = MemberChangeForm
    add_form = MemberCreationForm
    change_password_form = PasswordForm
    list_display = ("username", "name", "roles", IS_ACTIVE, IS_SUPERUSER, "last_login")
    list_filter = ("groups", "is_active", "is_superuser")
    search_fields = ("username", "name")
    readonly_fields = (IS_ACTIVE, "last_login", "date_joined")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password", "name", "email")}),
        (_("Roles"), {"fields": (IS_ACTIVE, "is_staff", "groups")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    superuser_fieldset = (_("Beyond the roles"), {"fields": ("is_superuser", "user_permissions")})
    add_fieldsets = ((None, {"fields": ("username", "name", "groups", "password1", "password2")}),)
    add_form_template = None

    def get_urls(self):
        """Add the address at which a member leaves and comes back."""
        view = self.admin_site.admin_view(departure_view(self))
        own = path("<int:pk>/departure/", view, name="articles_member_departure")
        return [own, *super().get_urls()]

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

    def user_change_password(self, request, id, form_url=""):
        """Set another member's password; one's own is changed with the one before."""
        if parse_id(id) == request.user.pk and request.user.has_usable_password():
            return HttpResponseRedirect(reverse("admin:password_change"))
        return super().user_change_password(request, id, form_url)

    def save_model(self, request, obj, form, change):
        """Give a new account `is_staff`: without it nobody can log in to the admin."""
        if not change:
            obj.is_staff = True
        super().save_model(request, obj, form, change)

    def response_add(self, request, obj, post_url_continue=None):
        """Say what a new member is told, and lead back to the list: nothing is left to fill in."""
        if not obj.groups.exists():
            messages.warning(request, gettext("This member has no role yet and can do nothing."))
        return super(UserAdmin, self).response_add(request, obj, post_url_continue)

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name == "user_permissions":
            return permissions_field(db_field, **kwargs)
        return db_field.formfield(widget=forms.CheckboxSelectMultiple, **kwargs)

    @admin.display(description=_("roles"))
    def roles(self, member):
        return member.role_names
