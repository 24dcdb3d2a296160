"""The error handlers: at the desk an error leads back to the desk, elsewhere to the paper."""

import errno
import sqlite3
import sys

import psycopg
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from articles.admin import error_pages, form_recovery
from articles.views import errors, old_address

from .middleware import DESK
from .storage import StoreError

FAILED, UNAVAILABLE, FULL = 500, 503, 507
MESSAGES = {
    UNAVAILABLE: _(
        "The database is out of reach, so this could not be stored. Nothing is lost: wait a "
        "moment, then send it again."
    ),
    FULL: _(
        "There is no room left to store this. Nothing is lost: tell the administrator, and send "
        "it again when there is."
    ),
    FAILED: _(
        "Something went wrong on our side, and nobody knows whether this was stored. Nothing is "
        "lost: copy your text, then send it again."
    ),
}
OUT_OF_REACH = _(
    "The storage of files is out of reach, so this could not be stored. Nothing is lost: wait a "
    "moment, then send it again."
)
# In seconds: a database restarts sooner than a disk is freed.
RETRY_AFTER = {UNAVAILABLE: 10, FULL: 600}


def not_found(request: HttpRequest, exception) -> HttpResponse:
    """Return the page for an address that leads nowhere, or what one of an earlier site answers."""
    if _is_at_desk(request):
        page = error_pages.not_found(request)
    else:
        # What a view has refused is an address of this site.
        page = old_address.answer(request) if request.resolver_match is None else None
    return page or errors.not_found(request, exception)


def forbidden(request: HttpRequest, exception) -> HttpResponse:
    """Return the page for what is not allowed."""
    page = error_pages.forbidden(request) if _is_at_desk(request) else None
    return page or errors.forbidden(request, exception)


def bad_request(request: HttpRequest, exception) -> HttpResponse:
    """Return the page for a request that cannot be read. No query."""
    return errors.bad_request(request, exception, template=_template(request))


def server_error(request: HttpRequest) -> HttpResponse:
    """Return the error page; a form of the desk is shown again with what was typed.

    Django calls it while the exception is handled, wherever it came from, middleware included.
    No query.
    """
    error = sys.exception()
    status = status_of(error)
    lead = OUT_OF_REACH if isinstance(error, StoreError) else MESSAGES[status]
    response = form_recovery.recover_form(request, status=status, lead=lead)
    response = response or errors.server_error(request, template=_template(request))
    response.status_code = status
    if status in RETRY_AFTER:
        response.headers["Retry-After"] = RETRY_AFTER[status]
    return response


def _is_at_desk(request: HttpRequest) -> bool:
    return request.path_info.startswith(DESK)


def _template(request: HttpRequest) -> str:
    """Return the template of an error that may not ask who is there."""
    return "admin/error.html" if _is_at_desk(request) else errors.TEMPLATE


def status_of(error: BaseException | None) -> int:
    """Return 503 where database or storage is unavailable, 507 where it is full, else 500."""
    if _is_disk_full(error):
        return FULL
    is_away = isinstance(error, OperationalError | InterfaceError | StoreError)
    return UNAVAILABLE if is_away else FAILED


def _is_disk_full(error: BaseException | None) -> bool:
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    cause = error.__cause__ if isinstance(error, OperationalError) else None
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return isinstance(cause, psycopg.errors.DiskFull)
