"""The app of the paper, and the admin site in which its editors work."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    """Everything a newspaper is and does."""

    name = "articles"
    verbose_name = _("The paper")


class DeskConfig(AdminConfig):
    """Django's admin, with the desk as its site."""

    default_site = "articles.admin.site.Desk"
