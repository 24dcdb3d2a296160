"""The admin site in which editors work."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class Desk(admin.AdminSite):
    """The desk of the newsroom."""

    site_header = _("Newsroom desk")
    site_title = _("Newsroom desk")
    index_title = _("Today's work")
