"""The pages of the desk for what is not there and what a member may not do."""

from django.contrib import admin
from django.db import Error as DatabaseFault
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _


def not_found(request: HttpRequest) -> HttpResponse | None:
    """Return the page for an address that leads nowhere; None for a stranger."""
    words = _("Nothing is at this address. It may have been deleted, or the address is wrong.")
    return _member_page(request, status=404, title=_("Not here"), words=words)


def forbidden(request: HttpRequest) -> HttpResponse | None:
    """Return the page for what the role of a member does not include; None for a stranger."""
    words = _("Your account may not do this. The administrator can give it the right to.")
    return _member_page(request, status=403, title=_("Not allowed"), words=words)


def _member_page(request: HttpRequest, *, status: int, title: str, words: str):
    """Return a page with the bar of the desk; None for a stranger or without a database.

    It says nothing of what was asked for. No query but for the rights of the member.
    """
    if not hasattr(request, "user"):
        return None
    try:
        if not admin.site.has_permission(request):
            return None
        context = admin.site.each_context(request) | {"title": title, "words": words}
        response = render(request, "admin/error.html", context, status=status)
    except DatabaseFault:
        return None
    add_never_cache_headers(response)
    return response
