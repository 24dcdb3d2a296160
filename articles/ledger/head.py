"""The end of the ledger: locked, and written in SQL, for every save waits for it.

What Django takes to put three such statements together is most of what the ledger costs a save.
"""

from collections.abc import Sequence

from django.db import connection

from articles.models import LedgerEntry, LedgerHead

from .rows import COLUMNS, HEAD

READ = 'SELECT "number", "digest" FROM "articles_ledgerhead" WHERE "id" = %s'
LOCK = f"{READ} FOR UPDATE"
INSERT = 'INSERT INTO "articles_ledgerentry" ("{}") VALUES ({})'.format(
    '", "'.join(COLUMNS), ", ".join("%s" for _column in COLUMNS)
)
WRITE = 'UPDATE "articles_ledgerhead" SET "number" = %s, "digest" = %s WHERE "id" = %s'


def lock() -> tuple[int, str]:
    """Return the number and digest of the last entry, locked until the transaction ends.

    One query; a head that was lost is made of the last entry.
    """
    sql = LOCK if connection.features.has_select_for_update else READ
    with connection.cursor() as cursor:
        cursor.execute(sql, [HEAD])
        found = cursor.fetchone()
    return found or _made_anew()


def write(entries: Sequence[tuple]) -> None:
    """Add entries, each the values of `COLUMNS`, and let the last one be the head. Two queries."""
    adapted = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.executemany(INSERT, [(each[0], adapted(each[1]), *each[2:]) for each in entries])
        cursor.execute(WRITE, [entries[-1][0], entries[-1][-1], HEAD])


def _made_anew() -> tuple[int, str]:
    last = LedgerEntry.objects.order_by("number").last()
    values = {"number": last.number, "digest": last.digest} if last else {}
    head, _ = LedgerHead.objects.select_for_update().get_or_create(pk=HEAD, defaults=values)
    return head.number, head.digest
