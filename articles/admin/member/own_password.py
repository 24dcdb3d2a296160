"""One's own password: changing it, and changing a first one before anything else."""

from functools import update_wrapper

from django.contrib import messages
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import ledger
from articles.accounts import admission
from articles.accounts.sessions import end_other_sessions
from articles.models import LedgerKind

from .. import form_recovery
from ..login import counted
from ..navigation import return_address

# What a member may do before the first password is changed.
OPEN = ("admin:password_change", "admin:logout", "admin:jsi18n")


class OwnPasswordForm(PasswordChangeForm):
    """Changes one's own password; a first one counts as changed by another one only."""

    def __init__(self, *args, request: HttpRequest, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_old_password(self):
        """Check the old password as often as a log-in may: an open screen is no way to guess it."""
        with counted(self.request, self.user.get_username()):
            return super().clean_old_password()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("new_password1") and cleaned["new_password1"] == cleaned.get("old_password"):
            self.add_error("new_password1", _("Choose another password than the one before."))
        return cleaned

    def set_password_and_save(self, user, *args, **options):
        """Set the password, which nobody else knows from now on."""
        user.must_change_password = False
        return super().set_password_and_save(user, *args, **options)


class OwnPasswordView(PasswordChangeView):
    """Changes one's own password; a first one leads on to where its member was going."""

    form_class = OwnPasswordForm
    template_name = "admin/password_change.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"request": self.request}

    def get_success_url(self):
        return return_address(self.request) or reverse("admin:index")

    def form_valid(self, form):
        """Set it; the other sessions, which it has ended, go."""
        with ledger.atomic():
            ledger.record(LedgerKind.PASSWORD, self.request.user, by=self.request.user)
            answer = super().form_valid(form)
        end_other_sessions(self.request.user, kept=self.request.session.session_key)
        messages.success(self.request, gettext("Your new password is set."))
        return answer


class OwnPasswordMixin:
    """Adds to the admin site the page of one's own password, and the way to it."""

    def password_change(self, request, extra_context=None):
        context = {**self.each_context(request), **(extra_context or {})}
        return OwnPasswordView.as_view(extra_context=context)(request)


def after_first_password(view):
    """Return a view that asks a member with a first password for a new one. No query."""

    def answer(request, *args, **kwargs):
        is_asked = admission.has_first_password(request) and not _is_open(request)
        return _ask(request) if is_asked else view(request, *args, **kwargs)

    return update_wrapper(answer, view)


def _is_open(request: HttpRequest) -> bool:
    return request.path in [reverse(name) for name in OPEN]


def _ask(request: HttpRequest) -> HttpResponse:
    lead = gettext("Choose a new password of your own first: {}. Then send this again.")
    address, label = reverse("admin:password_change"), gettext("Change password")
    return form_recovery.ask_first(request, address, lead=lead, label=label)
