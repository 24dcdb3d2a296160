"""第二验证: the pages on which members set up a second factor, and the way to them."""

from functools import partial, update_wrapper

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from articles import accounts
from articles.accounts import (
    admission,
    authenticator_app,
    browsers,
    passkeys,
    recovery_codes,
    second_factor,
)
from articles.models import AuthenticatorApp, Passkey, RecoveryCode

from .. import form_recovery
from ..navigation import return_address
from .second_factor_forms import PasskeyForm, PasswordForm, SetUpForm

# What a member may do who must set one up first.
OPEN = ("admin:logout", "admin:jsi18n", "admin:password_change")


class SecondFactorMixin:
    """Adds to the admin site the pages of one's own second factor."""

    def get_urls(self):
        """Add their addresses."""
        views = [
            ("", self.my_second_factor, "my_second_factor"),
            ("app/", self.set_up_app, "second_factor_app"),
            ("remove/", self.remove_app, "second_factor_remove"),
            ("passkey/", self.set_up_passkey, "passkey_add"),
            ("passkey/<int:pk>/remove/", self.remove_passkey, "passkey_remove"),
        ]
        own = [
            path(f"second-factor/{end}", self.admin_view(_guarded(view)), name=name)
            for end, view, name in views
        ]
        return [*own, *super().get_urls()]

    def my_second_factor(self, request: HttpRequest) -> HttpResponse:
        """Show what is set up, or make new recovery codes. Three queries."""
        form = PasswordForm(request, request.POST or None)
        if form.is_valid() and second_factor.has_factor(request.user):
            return self.show_codes(request)
        app = AuthenticatorApp.objects.filter(member=request.user).first()
        left = RecoveryCode.objects.filter(member=request.user, used_at=None).count()
        facts = {"app": app, "codes_left": left, "form": form}
        facts["passkeys"] = Passkey.objects.filter(member=request.user)
        return self.second_factor_page(request, "my_second_factor", facts)

    def set_up_app(self, request: HttpRequest) -> HttpResponse:
        """Show a secret as a QR code; store it once a code of it comes back."""
        form = SetUpForm(request, request.POST or None)
        if form.is_valid():
            return self.show_first(request)
        signed = request.POST.get("secret", "")
        secret = authenticator_app.read_secret(request.user, signed)
        if not secret:
            signed = authenticator_app.new_secret(request.user)
            secret = authenticator_app.read_secret(request.user, signed)
        picture = authenticator_app.qr_code(request.user, secret, str(self.site_header))
        facts = {"form": form, "signed": signed, "qr_code": picture}
        facts["secret"] = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
        return self.second_factor_page(request, "second_factor_app", facts)

    def set_up_passkey(self, request: HttpRequest) -> HttpResponse:
        """Ask the browser for a passkey, and store it; the first factor brings recovery codes."""
        is_first = not second_factor.has_factor(request.user)
        browser = browsers.describe(request.headers.get("User-Agent", ""))
        form = PasskeyForm(request, request.POST or None, initial={"name": browser})
        if form.is_valid():
            return self.show_first(request) if is_first else self.show_added(request)
        options = passkeys.creation_options(request, str(self.site_header))
        # What the browser has made is sent again where something else is wrong: it makes no second.
        is_kept = form.has_error("password") or form.has_error("name")
        made = form["answer"].value() if is_kept else ""
        return self.second_factor_page(
            request, "passkey_add", {"form": form, "options": options, "made": made}
        )

    def remove_app(self, request: HttpRequest) -> HttpResponse:
        """Remove the app, with the password."""
        return self.remove(request, lambda: second_factor.remove_app(request.user))

    def remove_passkey(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Remove a passkey of one's own, with the password."""
        passkey = get_object_or_404(Passkey, pk=pk, member=request.user)
        act = partial(second_factor.remove_passkey, passkey)
        return self.remove(request, act, passkey=passkey)

    def remove(self, request: HttpRequest, act, *, passkey: Passkey | None = None) -> HttpResponse:
        """Ask for the password, then remove a factor; with the last one the codes go, too."""
        form = PasswordForm(request, request.POST or None)
        if not form.is_valid():
            facts = {"form": form, "passkey": passkey}
            return self.second_factor_page(request, "second_factor_remove", facts)
        act()
        if not second_factor.has_factor(request.user):
            request.session.pop(admission.MARK, None)
        _end_others(request)
        messages.success(request, gettext("It is removed."))
        return HttpResponseRedirect(reverse("admin:my_second_factor"))

    def show_first(self, request: HttpRequest) -> HttpResponse:
        """Show recovery codes, after a factor is set up that lets in from now on."""
        _end_others(request)
        request.session[admission.MARK] = True
        return self.show_codes(request)

    def show_added(self, request: HttpRequest) -> HttpResponse:
        """Lead on, after a passkey is added to what there was."""
        messages.success(request, gettext("The passkey is stored."))
        return HttpResponseRedirect(return_address(request) or reverse("admin:my_second_factor"))

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
