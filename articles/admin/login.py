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

from articles.accounts import checked_password, second_factor
from articles.accounts.attempts import Attempt, BusyError, attempt
from articles.accounts.throttle import ThrottledError
from articles.models import Member


class LoginForm(AdminAuthenticationForm):
    """Has one message for every failed login, which does not say what was wrong.

    Of a member with a second factor it asks for a code, once the password is right; `checked`
    then stands for the password, and `asks_code` says that it does.
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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.asks_code = False
        if self.data.get("checked"):
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
            raise ValidationError(words, code="half")
        return self.cleaned_data

    def _check(self, tried: Attempt) -> None:
        """Find the member; raise ValidationError where password or code is wrong."""
        member, code = self._member(), self.cleaned_data.get("code")
        if not second_factor.has_factor(member):
            self.user_cache = tried.member = member
        elif not code:
            tried.is_half = True
            self._ask_code(member)
        elif second_factor.check_code(member, code):
            self.user_cache = tried.member = member
        else:
            self._ask_code(member)
            words = _("This code is wrong, or was used before. Type the one shown now.")
            raise ValidationError(words, code="wrong_code")

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
        self.data["checked"], self.data["code"] = checked_password.note_of(member), ""


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
