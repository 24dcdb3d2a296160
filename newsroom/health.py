"""The address for a load balancer: whether this server can answer readers."""

import logging

from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from newsroom.backup import media

logger = logging.getLogger(__name__)
QUERY = "SELECT 1 FROM django_migrations LIMIT 1"


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200, or 503 where the database does not answer or is being restored. One query."""
    is_well = is_whole() and is_database_reachable()
    response = JsonResponse({"status": "ok" if is_well else "unavailable"})
    response.status_code = 200 if is_well else 503
    response.headers["Cache-Control"] = "no-store"
    return response


def is_database_reachable() -> bool:
    """Tell whether the database answers, and has the tables of the site. One query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(QUERY)
            return cursor.fetchone() is not None
    except Error as error:
        logger.warning("The database does not answer: %s", type(error).__name__)
        return False


def is_whole() -> bool:
    """Tell whether no restore was left half done. No query.

    Object storage is not asked: until the end of a restore the database has no tables anyhow.
    """
    files = media.current()
    return isinstance(files, media.StoreMedia) or not files.mark()
