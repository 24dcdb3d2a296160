"""The admin site in which editors work."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog

from . import handback
from .index import NewsroomIndex
from .login import LoginForm


class Desk(NewsroomIndex, admin.AdminSite):
    """The desk of the newsroom."""

    login_form = LoginForm
    site_header = _("Newsroom desk")
    site_title = _("Newsroom desk")
    index_title = _("Today's work")

    def admin_view(self, view, *cacheable, **options):
        """Guard a view of the desk: who may see it, and that nothing typed is lost."""
        return handback.guard(super().admin_view(view, *cacheable, **options), self)

    def i18n_javascript(self, request, extra_context=None):
        """Give the admin's scripts their words: Django's, and those it lacks in Chinese."""
        return JavaScriptCatalog.as_view(packages=["django.contrib.admin", "articles"])(request)
