"""The Django app, and the configuration of the admin site."""

from importlib import import_module
from pkgutil import walk_packages

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _

from . import admin, checks


class ArticlesConfig(AppConfig):
    """The app of the newspaper."""

    name = "articles"
    verbose_name = _("The paper")

    def ready(self):
        """Register the system checks."""
        register(checks.sqlite_journal, Tags.database)
        register(checks.shared_cache, Tags.caches)
        index_check = import_module("articles.search.build_check")  # It needs the models.
        register(index_check.search_index, Tags.database)
        lists_check = import_module("articles.lists.build_check")
        register(lists_check.entries_of_lists, Tags.database)
        register(checks.share_card_font, Tags.files, deploy=True)


class DeskConfig(AdminConfig):
    """Django's admin with the site of the newsroom."""

    default_site = "articles.admin.site.Desk"

    def ready(self):
        """Import all modules of the admin, after the admins of the apps that it builds on.

        The package itself imports none of them: it is imported while the site is being created.
        """
        super().ready()
        for module in walk_packages(admin.__path__, f"{admin.__name__}."):
            import_module(module.name)
