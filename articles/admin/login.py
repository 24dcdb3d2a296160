"""The login form: of the login page, of a recovered form, and of the article form."""

from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.accounts import checked_password, passkeys, second_factor
from articles.accounts.attempts import Attempt, BusyError, attempt
from articles.accounts.throttle import ThrottledError
from articles.models import Member


class LoginForm(AdminAuthenticationForm):
    """Has one message for every failed login, which does not say what was wrong.

    Of a member with a second factor it asks for a code, once the password is right; `checked`
    then stands for the password, and `asks_code` says that it does. `passkey_options` is what a
    browser needs to sign instead; empty where the member has no passkey.
    """

    error_messages = dict.fromkeys(
        AdminAuthenticationForm.error_messages,
        _("Wrong account or password, or an account without access here. Capitals count."),
    )
    code = forms.CharField(
        label=_("Code"),
        required=False,
        strip=True,
        max_length=second_factor.LONGEST_CODE,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "none"}),
    )
    checked = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)
    # What a passkey has signed, in place of a code.
    passkey = forms.CharField(required=False, max_length=passkeys.LONGEST, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.asks_code, self.passkey_options = False, ""
        if self.data.get("checked", "").strip():
            self.fields["password"].required = False

    def clean(self):
        """Check password and code, unless too many were wrong: then not even the right ones."""
        typed = self.cleaned_data
        if not typed.get("username") or not (typed.get("password") or typed.get("checked")):
            return super().clean()
        with counted(self.request, typed["username"]) as tried:
            self._check(tried)
        if tried.is_half:
            words = _("One step more: type the six digits of your app, or a recovery code.")
            if self.passkey_options:
                words = _(
                    "One step more: use your passkey, or type a code of an app or for recovery."
                )
            raise ValidationError(words, code="half")
        return self.cleaned_data

    def _check(self, tried: Attempt) -> None:
        """Find the member; raise ValidationError where the password or the factor is wrong."""
        member = self._member()
        if second_factor.has_factor(member):
            self._check_factor(member, tried)
        if not tried.is_half:
            self.user_cache = tried.member = member

    def _check_factor(self, member: Member, tried: Attempt) -> None:
        """Check what was signed or typed; where it is neither, ask for it."""
        signed, code = self.cleaned_data.get("passkey"), self.cleaned_data.get("code")
        if not signed and not code:
            tried.is_half = True
            self._ask_code(member)
            return
        words = _("This code is wrong, or was used before. Type the one shown now.")
        if signed:
            words = _("This passkey was not accepted. Use it once more, or type a code.")
            is_right = self._check_passkey(member, signed, tried)
        else:
            is_right = second_factor.check_code(member, code)
        if not is_right:
            self._ask_code(member)
            raise ValidationError(words, code="wrong_code")

    def _check_passkey(self, member: Member, signed: str, tried: Attempt) -> bool:
        tried.facts = {"factor": "passkey"}
        passkey = passkeys.check(self.request, member, signed)
        if passkey:
            tried.facts["passkey"] = passkey.pk
        return bool(passkey)

    def _member(self) -> Member:
        """Return whose password is right, or was a moment ago."""
        if self.cleaned_data.get("password"):
            super().clean()
            member, self.user_cache = self.user_cache, None
            return member
        note = self.cleaned_data.get("checked", "")
        member = checked_password.member_of(note, self.cleaned_data["username"])
        if member is None:
            words = _("This took too long. Type account and password again.")
            raise ValidationError(words, code="too_long_ago")
        self.confirm_login_allowed(member)
        return member

    def _ask_code(self, member: Member) -> None:
        """Let the page ask for the code, and carry the note of the password."""
        self.asks_code = True
        self.data = self.data.copy()
        self.data["checked"] = checked_password.note_of(member)
        self.data["code"] = self.data["passkey"] = ""
        self.passkey_options = passkeys.request_options(self.request, member)


@contextmanager
def counted(request: HttpRequest, username: str) -> Iterator[Attempt]:
    """Let a password or a code be checked inside, as often as a log-in may (`attempt()`).

    Raises ValidationError where nothing is checked now.
    """
    try:
        with attempt(request, username) as tried:
            yield tried
    except ThrottledError as error:
        raise _throttled_error(error) from error
    except BusyError as error:
        words = _("Many log in at this moment. Try again in a few seconds.")
        raise ValidationError(words, code="busy") from error


def _throttled_error(error: ThrottledError) -> ValidationError:
    """Return what is said in a pause: how long it lasts."""
    minutes = max(1, ceil((error.until - timezone.now()).total_seconds() / 60))
    words = ngettext(
        "Too many log-ins have failed. Try again in %d minute.",
        "Too many log-ins have failed. Try again in %d minutes.",
        minutes,
    )
    return ValidationError(words % minutes, code="throttled")
