"""Sessions in the database, which tell a busy database from a session that has ended."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import OperationalError


class SessionStore(db.SessionStore):
    """Django's sessions in the database.

    Django takes every database error while a session is written for a session that was deleted
    meanwhile, and answers 400. Where the database is busy or away, that is told as everywhere
    else: 503, with what was typed, and a way to send it again.
    """

    def save(self, *, must_create=False):
        """Write the session; raise OperationalError where the database cannot take it now."""
        try:
            super().save(must_create=must_create)
        except UpdateError as error:
            if isinstance(error.__context__, OperationalError):
                raise error.__context__ from None
            raise
