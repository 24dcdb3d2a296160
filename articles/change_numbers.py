"""The numbers of scopes: what a kept page is compared with for each request (`publication`)."""

from collections.abc import Iterable
from contextlib import suppress
from functools import cache

import psycopg
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGconn

COUNT = (
    "SELECT scope, COUNT(*), SUM(id), SUM(token) FROM articles_publicchange"
    " WHERE scope IN ({}) GROUP BY scope"
)


def numbers(scopes: Iterable[str]) -> dict[str, str]:
    """Return the number of each scope; one that never changed has "". One query.

    In SQL, since it is all that a kept page costs the database: the ORM takes three times as long.
    """
    found = dict.fromkeys(scopes, "")
    sql = COUNT.format(", ".join(["%s"] * len(found)))
    for scope, count, ids, tokens in _rows(sql, [*found]):
        found[scope] = f"{count}.{ids}.{tokens}"
    return found


def numbers_in(database: BaseDatabaseWrapper, scopes: Iterable[str]) -> dict[str, str]:
    """Return the numbers that a database has, as `numbers` does. One query, there."""
    found = dict.fromkeys(scopes, "")
    with database.cursor() as cursor:
        cursor.execute(COUNT.format(", ".join(["%s"] * len(found))), [*found])
        for scope, count, ids, tokens in cursor.fetchall():
            found[scope] = f"{count}.{ids}.{tokens}"
    return found


def _rows(sql: str, values: list[str]) -> list[tuple]:
    """Return the rows of a query; on PostgreSQL without asking first whether the server is there.

    Django asks once for each request, which takes as long as the query. Where the server has gone,
    Django connects again. A test that counts or refuses statements sees this one too.
    """
    server = connection.connection if connection.vendor == "postgresql" else None
    is_watched = connection.queries_logged or connection.execute_wrappers
    if server is not None and not is_watched and not connection.in_atomic_block:
        with suppress(psycopg.OperationalError):
            if (found := _ask(server.pgconn, sql, values)) is not None:
                return found
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _ask(server: PGconn, sql: str, values: list[str]) -> list[tuple] | None:
    """Return the rows of a query as texts; None where it fails. A cursor would take twice as long.

    Raises OperationalError where the server has gone.
    """
    found = server.exec_params(_numbered(sql, len(values)), [*map(str.encode, values)])
    if found.status != ExecStatus.TUPLES_OK:
        return None
    rows, columns = range(found.ntuples), range(found.nfields)
    return [tuple(found.get_value(row, at).decode() for at in columns) for row in rows]


@cache
def _numbered(sql: str, many: int) -> bytes:
    """Return SQL with its parameters numbered, as the server takes them."""
    return (sql % tuple(f"${number}" for number in range(1, many + 1))).encode()
