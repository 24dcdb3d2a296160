"""成员 (members): the admin of accounts."""

from contextlib import nullcontext

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.admin import UserAdmin
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import accounts, ledger
from articles.accounts.auditing import is_auditor, roles_given_by
from articles.content.text import parse_id
from articles.models import LedgerKind, Member

from ..list_mixins import LedgerFormMixin, ListMixin, yes_or_no
from .departure import departure_view
from .log_ins import log_ins_view
from .member_forms import MemberChangeForm, MemberCreationForm, PasswordForm
from .permissions_field import permissions_field
from .second_factor_removal import removal_view

IS_ACTIVE, IS_SUPERUSER = (yes_or_no(Member, name) for name in ("is_active", "is_superuser"))
# What a member may do: a change ends the sessions in which it was otherwise.
RIGHTS = {"groups", "is_staff", "is_superuser", "user_permissions"}


@admin.register(Member)
class MemberAdmin(LedgerFormMixin, ListMixin, UserAdmin):
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
        """Add the addresses at which a member leaves and comes back, and is logged out."""
        views = {
            "departure": departure_view(self),
            "log_ins": log_ins_view(self),
            "second_factor": removal_view(self),
        }
        own = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(view),
                name=f"articles_member_{name}",
            )
            for name, view in views.items()
        ]
        return [*own, *super().get_urls()]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request, obj=None):
        """Show to superusers only the fields that make another one."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj and request.user.is_superuser:
            return (*fieldsets, self.superuser_fieldset)
        return fieldsets

    def get_form(self, request, obj=None, **kwargs):
        """Offer a new member the roles only that who adds it may hand out."""
        form = super().get_form(request, obj, **kwargs)
        if obj is None:
            form.base_fields["groups"].queryset = roles_given_by(request.user)
        return form

    def has_change_permission(self, request, obj=None):
        if obj and not request.user.is_superuser and (obj.is_superuser or is_auditor(obj)):
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    def add_view(self, request, form_url="", extra_context=None):
        """Show or save the form of a new member; Django's has a transaction around all of it."""
        with ledger.atomic() if request.method == "POST" else nullcontext():
            return super().add_view(request, form_url, extra_context)

    def user_change_password(self, request, id, form_url=""):
        """Set another member's password; one's own is changed with the one before."""
        if parse_id(id) == request.user.pk and request.user.has_usable_password():
            return HttpResponseRedirect(reverse("admin:password_change"))
        with ledger.atomic():
            answer = super().user_change_password(request, id, form_url)
            if answer.status_code == 302 and request.method == "POST":
                member = Member(pk=parse_id(id))
                ledger.record(LedgerKind.PASSWORD, member, by=request.user)
        return answer

    def save_model(self, request, obj, form, change):
        """Give a new account `is_staff`: without it nobody can log in to the admin."""
        if not change:
            obj.is_staff = True
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """Save the roles too; where they are others, log the member out elsewhere."""
        super().save_related(request, form, formsets, change)
        if form.changed_data:
            kind = LedgerKind.ROLE if RIGHTS & set(form.changed_data) else LedgerKind.ACCOUNT
            told = {"fields": sorted(form.changed_data), "roles": form.instance.role_names}
            ledger.record(kind, form.instance, by=request.user, **told)
        if change and RIGHTS & set(form.changed_data):
            accounts.end_sessions(form.instance)
            if form.instance == request.user:
                update_session_auth_hash(request, form.instance)

    def response_add(self, request, obj, post_url_continue=None):
        """Say what a new member is told, and lead back to the list: nothing is left to fill in."""
        if not obj.groups.exists():
            messages.warning(request, gettext("This member has no role yet and can do nothing."))
        return super(UserAdmin, self).response_add(request, obj, post_url_continue)

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name == "user_permissions":
            return permissions_field(db_field, request, **kwargs)
        roles = roles_given_by(request.user)
        return db_field.formfield(queryset=roles, widget=forms.CheckboxSelectMultiple, **kwargs)

    @admin.display(description=_("roles"))
    def roles(self, member):
        return member.role_names
