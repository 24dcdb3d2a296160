"""Looks at the standby, where there is one."""

from collections.abc import Iterator

from django.conf import settings
from django.db import Error, connections
from django.utils.translation import gettext as _

from newsroom.standby import STANDBY

from .diagnosis import ERROR, OK, WARNING, Diagnosis

# Seconds behind the primary from which a standby is told of; one without work is not behind.
MOST_SECONDS = 60
BEHIND = (
    "SELECT pg_is_in_recovery(), CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() "
    "THEN 0 ELSE extract(epoch FROM now() - pg_last_xact_replay_timestamp()) END"
)


def standby() -> Iterator[Diagnosis]:
    """Yield whether the standby answers, is one, and follows. One query there."""
    if STANDBY not in settings.DATABASES:
        return
    subject = _("Standby")
    try:
        with connections[STANDBY].cursor() as cursor:
            cursor.execute(BEHIND)
            is_standby, behind = cursor.fetchone()
    except Error as error:
        words = _("There is no standby to read from: %(why)s") % {"why": type(error).__name__}
        advice = _("Look at STANDBY_URL and its server; readers are answered from the primary.")
        yield Diagnosis(WARNING, subject, words, advice)
        return
    if not is_standby:
        words = _("The database of STANDBY_URL is no standby: it was promoted, or is another one.")
        yield Diagnosis(ERROR, subject, words, "STANDBY_URL")
        return
    level = OK if (behind or 0) <= MOST_SECONDS else WARNING
    words = _("The standby is %(count)d seconds behind.") % {"count": behind or 0}
    advice = _("Look at its replication; readers are answered from the primary.")
    yield Diagnosis(level, subject, words, "" if level == OK else advice)
