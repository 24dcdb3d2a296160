"""Answers with a stored file: its bytes, its path for the proxy, or 304."""

import logging
from pathlib import PurePath

from django.conf import settings
from django.core.files.storage import Storage
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from . import errors
from .frame import CACHE_CONTROL

logger = logging.getLogger(__name__)
# Other sites may embed what is public: who shares an article shows its picture.
PUBLIC = {"Cache-Control": CACHE_CONTROL, "Cross-Origin-Resource-Policy": "cross-origin"}
PRIVATE = {"Cache-Control": "private, no-store"}


def stored_file(
    request: HttpRequest, storage: Storage, name: str, headers: dict, *, is_dated: bool = False
) -> HttpResponse:
    """Return a response with a stored file, or 304 where the asker has it.

    `is_dated` where an address never shows an older file than before: it is asked for by its date
    too. Raises Http404, and notes in the log, where the file is missing; 503 where the store is
    away.
    """
    try:
        facts = storage.facts(name)
        # By its name too: what an address shows can change to a file that is older.
        etag = f'"{PurePath(name).stem}-{facts.changed_at:.6f}-{facts.size}"'
        modified = int(facts.changed_at) if is_dated else None
        dated = {"Last-Modified": http_date(modified)} if is_dated else {}
        answer = HttpResponse(headers=headers | dated | {"ETag": etag})
        response = get_conditional_response(request, etag, modified, answer)
        if response.status_code == 200:
            fill(response, storage, name)
    except FileNotFoundError:
        logger.warning("The file %s is missing.", name)
        raise Http404 from None
    except ConnectionError as error:
        logger.error("The pictures are out of reach: %s", error.strerror)
        return errors.pictures_unavailable()
    return response


def fill(response: HttpResponse, storage: Storage, name: str) -> None:
    """Put the bytes of a stored file into a response, or their path where a proxy serves them."""
    if settings.ACCEL_REDIRECT:
        response["X-Accel-Redirect"] = settings.ACCEL_REDIRECT + storage.internal_address(name)
        return
    with storage.open(name) as file:
        response.content = file.read()
