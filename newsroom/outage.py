"""What is answered when the database, the disk or our own code fails."""

import errno
import sqlite3
import sys

import psycopg
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from articles.admin import handback
from articles.views import errors

FAILED, UNAVAILABLE, FULL = 500, 503, 507
LEADS = {
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
# In seconds: a database comes back sooner than a disk grows.
RETRY_AFTER = {UNAVAILABLE: 10, FULL: 600}


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a request that failed; a form of the desk is handed back with what was typed.

    Called while the exception is handled, wherever it came from, middleware included. No query.
    """
    status = status_of(sys.exception())
    response = handback.salvage(request, status=status, lead=LEADS[status])
    response = response or errors.server_error(request)
    response.status_code = status
    if status in RETRY_AFTER:
        response.headers["Retry-After"] = RETRY_AFTER[status]
    return response


def status_of(fault: BaseException | None) -> int:
    """Return 503 where the database does not serve, 507 where there is no room, else 500."""
    if _is_for_want_of_room(fault):
        return FULL
    return UNAVAILABLE if isinstance(fault, OperationalError | InterfaceError) else FAILED


def _is_for_want_of_room(fault: BaseException | None) -> bool:
    if isinstance(fault, OSError):
        return fault.errno in (errno.ENOSPC, errno.EDQUOT)
    cause = fault.__cause__ if isinstance(fault, OperationalError) else None
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return isinstance(cause, psycopg.errors.DiskFull)
