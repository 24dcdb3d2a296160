"""The admin site of the newsroom."""

from functools import update_wrapper

from django.contrib import admin
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog

from articles import ledger
from articles.models import LedgerKind

from . import form_recovery
from .login import LoginForm
from .member.log_ins import LogInsMixin
from .member.own_password import OwnPasswordMixin, after_first_password
from .member.second_factor_pages import SecondFactorMixin, after_second_factor
from .navigation import NavigationMixin
from .notices.my_notices import NoticesMixin
from .search import SearchMixin
from .tonight.home import HomeMixin


class Desk(
    NavigationMixin,
    SearchMixin,
    NoticesMixin,
    OwnPasswordMixin,
    LogInsMixin,
    SecondFactorMixin,
    HomeMixin,
    admin.AdminSite,
):
    """The admin site in which editors work: its bar and home, and views that lose no input."""

    login_form = LoginForm
    site_header = _("Newsroom desk")
    site_title = _("Newsroom desk")
    index_title = _("Tonight")
    enable_nav_sidebar = False

    def admin_view(self, view, *cacheable, **options):
        """Wrap a view with the permission check, and with recovery of forms posted logged out.

        A member with a first password is asked for a new one before anything else, and then for
        a second factor, where the role needs one.
        """
        view = after_first_password(
            after_second_factor(super().admin_view(view, *cacheable, **options))
        )

        def answer(request, *args, **kwargs):
            is_form = request.method == "POST" and request.path != reverse("admin:logout")
            is_recovered = is_form and form_recovery.FIELD in request.POST
            if is_recovered or (is_form and not self.has_permission(request)):
                return form_recovery.recover(request, self, lambda: view(request, *args, **kwargs))
            return view(request, *args, **kwargs)

        return update_wrapper(answer, view)

    def logout(self, request, extra_context=None):
        """Log out; what was said to this member is for nobody else at this browser."""
        list(get_messages(request))
        if request.method == "POST" and request.user.is_authenticated:
            ledger.record(LedgerKind.LOG_OUT, request.user, by=request.user)
        return super().logout(request, extra_context)

    def i18n_javascript(self, request, extra_context=None):
        """Return the messages of the admin's scripts: Django's, and those it lacks in Chinese."""
        return JavaScriptCatalog.as_view(packages=["django.contrib.admin", "articles"])(request)
