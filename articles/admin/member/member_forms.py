"""Forms of accounts: a new one, an existing one, another member's password, coming back."""

from django import forms
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    SetPasswordMixin,
    UserChangeForm,
    UserCreationForm,
)
from django.contrib.auth.models import Group
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models import Member


def roles_field(*, is_required: bool) -> forms.ModelMultipleChoiceField:
    """Return the field of the roles, each a box to tick."""
    return forms.ModelMultipleChoiceField(
        Group.objects.order_by("pk"),
        label=_("Roles"),
        required=is_required,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Without a role, a member can log in and do nothing."),
    )


def password_fields() -> tuple[forms.CharField, forms.CharField]:
    """Return the fields of a first password and of its repetition."""
    return SetPasswordMixin.create_password_fields(label1=_("First password"))


class MemberCreationForm(UserCreationForm):
    """The form of a new account: everything that it needs, at once."""

    name = forms.CharField(label=pgettext_lazy("person", "name"), max_length=60)
    groups = roles_field(is_required=False)
    password1, password2 = password_fields()

    class Meta(UserCreationForm.Meta):
        model = Member
        fields = ("username", "name", "groups")

    def set_password_and_save(self, user, **options):
        """Set the password as one that must be changed at the first log-in."""
        user.must_change_password = True
        return super().set_password_and_save(user, **options)


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

    def set_password_and_save(self, user, **options):
        """Set the password, or none; somebody else knows it, so that it must be changed."""
        user.must_change_password = self.cleaned_data["set_usable_password"]
        return super().set_password_and_save(user, **options)


class ReturnForm(SetPasswordMixin, forms.Form):
    """The roles and the first password of a member who comes back."""

    groups = roles_field(is_required=True)
    password1, password2 = password_fields()

    def __init__(self, member: Member, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.member = member

    def clean(self):
        self.validate_passwords()
        self.validate_password_for_user(self.member)
        return super().clean()
