"""Sessions in the database: whose they are, and a busy database told from an ended session."""

from datetime import datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.utils import timezone

from articles.models import LoginSession


class SessionStore(db.SessionStore):
    """Django's sessions in the database, each with its member and where it is.

    Django takes every database error while a session is written for a session that was deleted
    meanwhile, and answers 400. Where the database is busy or away, that is told as everywhere
    else: 503, with what was typed, and a way to send it again.
    """

    @classmethod
    def get_model_class(cls):
        """Return the model of the rows."""
        return LoginSession

    @classmethod
    def clear_expired(cls):
        """Delete the sessions that are over, also those that Django's own table has from before.

        Two queries.
        """
        super().clear_expired()
        Session.objects.filter(expire_date__lt=timezone.now()).delete()

    def create_model_instance(self, data):
        """Return the row of a session, with what `SessionLifetimeMiddleware` noted in it."""
        row = super().create_model_instance(data)
        row.member_id = data.get(SESSION_KEY)
        row.began_at, row.seen_at = (_time(data.get(name)) for name in ("began_at", "seen_at"))
        row.browser, row.address = data.get("browser", ""), data.get("address", "")
        return row

    def save(self, *, must_create=False):
        """Write the session; raise OperationalError where the database cannot take it now."""
        try:
            super().save(must_create=must_create)
        except UpdateError as error:
            if isinstance(error.__context__, OperationalError):
                raise error.__context__ from None
            raise


def _time(stored: str | None) -> datetime | None:
    return datetime.fromisoformat(stored) if stored else None
