"""What the database knows of its tables when it chooses how to answer a query."""

import logging

from django.db import OperationalError, connection

logger = logging.getLogger(__name__)


def refresh_statistics() -> None:
    """Let the database look at all its tables anew: seven seconds for 440,000 articles.

    To be called after much has come in, and once a night. PostgreSQL does it by itself, minutes
    later; SQLite only when it is asked, and without it reads an archive of thirty years where an
    index would do. Others who write wait for it there; where they do not let it in, it is left to
    the next night.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    except OperationalError as error:
        logger.warning("No new statistics of the tables: %s", error)
