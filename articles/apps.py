"""The app of the paper, and the admin site in which its editors work."""

from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _

from . import admin, checks


class ArticlesConfig(AppConfig):
    """Everything a newspaper is and does."""

    name = "articles"
    verbose_name = _("The paper")

    def ready(self):
        """Register the system checks."""
        register(checks.sqlite_journal, Tags.database)
        register(checks.shared_cache, Tags.caches)


class DeskConfig(AdminConfig):
    """Django's admin, with the desk as its site."""

    default_site = "articles.admin.site.Desk"

    def ready(self):
        """Register every screen of the desk, after the admins of the apps it builds on.

        The package itself imports none of them: it is imported while the site is being made.
        """
        super().ready()
        for screen in iter_modules(admin.__path__, f"{admin.__name__}."):
            import_module(screen.name)
