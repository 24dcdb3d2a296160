"""Forms of the second factor: each asks for the password, which an open screen does not know."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.accounts import authenticator_app, passkeys, second_factor

from ..login import counted
from ..reason_field import ReasonField


class PasswordForm(forms.Form):
    """Asks for one's own password, as often as a log-in may."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.request, self.member = request, request.user

    def clean(self):
        """Check the password, where all else is filled in."""
        if self.errors:
            return self.cleaned_data
        with counted(self.request, self.member.get_username()):
            self.check_all()
        return self.cleaned_data

    def check_all(self):
        """Raise ValidationError where something is wrong."""
        if not self.member.check_password(self.cleaned_data["password"]):
            raise ValidationError({"password": _("This is not your password.")})


class SetUpForm(PasswordForm):
    """Sets up an authenticator app: with a code of it, so that it is known to work."""

    secret = forms.CharField(max_length=500, widget=forms.HiddenInput)
    code = forms.CharField(
        label=_("Six digits"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        help_text=_("The six digits that the app shows now."),
    )
    field_order = ["secret", "code", "password"]

    def clean_secret(self):
        """Return the secret that the page showed."""
        secret = authenticator_app.read_secret(self.member, self.cleaned_data["secret"])
        if not secret:
            raise ValidationError(_("This page was open for too long. Open it again."))
        return secret

    def check_all(self):
        super().check_all()
        code = second_factor.plain(self.cleaned_data["code"])
        if not authenticator_app.set_up(self.member, self.cleaned_data["secret"], code):
            words = _("This code is wrong. Is the time of the phone right?")
            raise ValidationError({"code": words})


class PasskeyForm(PasswordForm):
    """Stores a passkey that the browser has made; a wrong password leaves it waiting."""

    name = forms.CharField(
        label=_("Name of the passkey"),
        max_length=60,
        help_text=_("By which you know it again, such as: office computer."),
    )
    answer = forms.CharField(max_length=passkeys.LONGEST, widget=forms.HiddenInput)
    field_order = ["name", "answer", "password"]

    def check_all(self):
        super().check_all()
        typed = self.cleaned_data
        if not passkeys.add(self.request, typed["answer"], name=typed["name"]):
            raise ValidationError(_("This passkey could not be stored. Please try once more."))


class RemovalForm(forms.Form):
    """Takes the second factor from a member who lost it, with the reason."""

    reason = ReasonField(label=_("Reason"))

    def clean_reason(self):
        """Return the reason, which must be given."""
        if not self.cleaned_data["reason"]:
            raise ValidationError(_("Please give a reason; it is kept on record."))
        return self.cleaned_data["reason"]
