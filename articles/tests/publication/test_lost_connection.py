"""Numbers are read again where PostgreSQL has closed the connection."""

import psycopg
import pytest
from django.db import close_old_connections, connection

from articles import publication
from articles.publication import LISTS

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="SQLite is a file: no server closes its connection",
    ),
]


def test_a_connection_that_was_closed_meanwhile_is_opened_again():
    publication.change(LISTS)
    before = publication.numbers([LISTS])
    parameters = connection.get_connection_params()
    known = {name: parameters[name] for name in ("host", "port", "user", "dbname")}
    with psycopg.connect(**known, autocommit=True) as other:
        pid = connection.connection.info.backend_pid
        other.execute("SELECT pg_terminate_backend(%s)", [pid])
    close_old_connections()  # as at the beginning of a request
    assert publication.numbers([LISTS]) == before
    assert connection.connection.info.backend_pid != pid
