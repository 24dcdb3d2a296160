"""第二验证: the pages on which members set up a second factor, and the way to them."""

from functools import update_wrapper

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from articles import accounts
from articles.accounts import admission, authenticator_app, recovery_codes, second_factor
from articles.models import AuthenticatorApp, RecoveryCode

from .. import form_recovery
from ..navigation import return_address
from .second_factor_forms import PasswordForm, SetUpForm

# What a member may do who must set one up first.
OPEN = ("admin:logout", "admin:jsi18n", "admin:password_change")


class SecondFactorMixin:
    """Adds to the admin site the pages of one's own second factor."""

    def get_urls(self):
        """Add their addresses."""
        views = {"": self.my_second_factor, "app/": self.set_up_app, "remove/": self.remove_factor}
        names = ["my_second_factor", "second_factor_app", "second_factor_remove"]
        own = [
            path(f"second-factor/{end}", self.admin_view(_guarded(view)), name=name)
            for (end, view), name in zip(views.items(), names, strict=True)
        ]
        return [*own, *super().get_urls()]

    def my_second_factor(self, request: HttpRequest) -> HttpResponse:
        """Show what is set up, or make new recovery codes. Two queries."""
        form = PasswordForm(request, request.POST or None)
        if form.is_valid() and second_factor.has_factor(request.user):
            return self.show_codes(request)
        app = AuthenticatorApp.objects.filter(member=request.user).first()
        left = RecoveryCode.objects.filter(member=request.user, used_at=None).count()
        facts = {"app": app, "codes_left": left, "form": form}
        return self.second_factor_page(request, "my_second_factor", facts)

    def set_up_app(self, request: HttpRequest) -> HttpResponse:
        """Show a secret as a QR code; store it once a code of it comes back."""
        form = SetUpForm(request, request.POST or None)
        if form.is_valid():
            _end_others(request)
            request.session[admission.MARK] = True
            return self.show_codes(request)
        signed = request.POST.get("secret", "")
        secret = authenticator_app.read_secret(request.user, signed)
        if not secret:
            signed = authenticator_app.new_secret(request.user)
            secret = authenticator_app.read_secret(request.user, signed)
        picture = authenticator_app.qr_code(request.user, secret, str(self.site_header))
        facts = {"form": form, "signed": signed, "qr_code": picture}
        facts["secret"] = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
        return self.second_factor_page(request, "second_factor_app", facts)

    def remove_factor(self, request: HttpRequest) -> HttpResponse:
        """Remove the app and its recovery codes, with the password."""
        form = PasswordForm(request, request.POST or None)
        if form.is_valid():
            second_factor.remove_factors(request.user, by=request.user)
            request.session.pop(admission.MARK, None)
            _end_others(request)
            messages.success(request, gettext("Your second factor is removed."))
            return HttpResponseRedirect(reverse("admin:my_second_factor"))
        return self.second_factor_page(request, "second_factor_remove", {"form": form})

    def show_codes(self, request: HttpRequest) -> HttpResponse:
        """Show new recovery codes: this once."""
        codes = recovery_codes.make_codes(request.user)
        return self.second_factor_page(request, "recovery_codes", {"codes": codes})

    def second_factor_page(self, request: HttpRequest, name: str, facts: dict) -> HttpResponse:
        """Return one of the pages."""
        facts["is_required"] = second_factor.is_required(request.user)
        facts["next"] = return_address(request)
        context = self.each_context(request) | {"title": _("Second factor")} | facts
        return TemplateResponse(request, f"admin/second_factor/{name}.html", context)


def after_second_factor(view):
    """Return a view that leads who needs a second factor, and has none, to setting one up.

    One query in a session, for those who need one; none where the setting is off.
    """

    def answer(request, *args, **kwargs):
        is_asked = request.user.is_staff and admission.lacks_second_factor(request)
        return (
            _ask(request) if is_asked and not _is_open(request) else view(request, *args, **kwargs)
        )

    return update_wrapper(answer, view)


def _guarded(view):
    return never_cache(sensitive_post_parameters()(view))


def _end_others(request: HttpRequest) -> None:
    """End all sessions but this one; also that of whoever logs in with the password just now."""
    accounts.end_sessions(request.user)
    update_session_auth_hash(request, request.user)


def _is_open(request: HttpRequest) -> bool:
    own = reverse("admin:my_second_factor")
    return request.path.startswith(own) or request.path in [reverse(name) for name in OPEN]


def _ask(request: HttpRequest) -> HttpResponse:
    lead = gettext("Set up a second factor first: {}. Then send this again.")
    address, label = reverse("admin:my_second_factor"), gettext("Second factor")
    return form_recovery.ask_first(request, address, lead=lead, label=label)
