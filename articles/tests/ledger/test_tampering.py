"""One character changed anywhere, a row removed, inserted or exchanged: always found."""

import random

import pytest
from django.db import DatabaseError, connection, transaction

from articles.ledger import verification
from articles.tests.factories import make_article, make_chief, make_issue, make_page
from articles.tests.workflow_factories import member_who_may, rewritten, through, written
from articles.workflow.release import release

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TABLES = ("ledgerentry", "revision", "review", "release", "correction")
ATTEMPTS = 500


@pytest.fixture
def paper():
    """A paper with rows of every audited kind."""
    chief, writer = make_chief(), member_who_may()
    issue = make_issue(released_at=None)
    article = make_article(page=make_page(issue=issue))
    release(issue, by=chief)
    for number in range(3):
        facts = {"headline": f"第{number}次改正", "reason": "有误", "notice": f"更正{number}"}
        article = rewritten(article, by=chief, **facts)
    for _each in range(3):
        through(written(by=writer), ("submit", writer), ("spike", chief))
    assert verification.verify().defects == []


def rows_of(table: str) -> tuple[list[str], list[tuple]]:
    """Return the names of the columns and all rows of a table, as text."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM articles_{table}")
        names = [column[0] for column in cursor.description]
        columns = ", ".join(f"CAST({name} AS text)" for name in names)
        cursor.execute(f"SELECT {columns} FROM articles_{table} ORDER BY 1")
        return names, cursor.fetchall()


def change_a_character(chance: random.Random, table: str) -> bool:
    """Change one character of a column; False where the database does not take it."""
    names, rows = rows_of(table)
    row, at = chance.choice(rows), chance.randrange(len(names))
    old = row[at] or ""
    place = chance.randrange(len(old) + 1)
    new = old[:place] + chance.choice("0123456789abcdef -:,T.") + old[place + 1 :]
    if new == old:
        return False
    return took(f"UPDATE articles_{table} SET {names[at]} = %s WHERE {names[0]} = %s", new, row[0])


def remove_a_row(chance: random.Random, table: str) -> bool:
    """Delete a row."""
    names, rows = rows_of(table)
    key = chance.choice(rows)[0]
    return took(f"DELETE FROM articles_{table} WHERE {names[0]} = %s", key)


def insert_a_row(chance: random.Random, table: str) -> bool:
    """Insert a copy of a row under another key."""
    names, rows = rows_of(table)
    rest = ", ".join(names[1:])
    copied = f"INSERT INTO articles_{table} ({names[0]}, {rest}) "
    copied += f"SELECT %s, {rest} FROM articles_{table} WHERE {names[0]} = %s"
    return took(copied, 10_000 + chance.randrange(1000), chance.choice(rows)[0])


def exchange_two_rows(chance: random.Random, table: str) -> bool:
    """Let two rows exchange their keys."""
    names, rows = rows_of(table)
    if len(rows) < 2:
        return False
    one, other = chance.sample([row[0] for row in rows], 2)
    change = f"UPDATE articles_{table} SET {names[0]} = %s WHERE {names[0]} = %s"
    return all(took(change, *pair) for pair in ((-1, one), (one, other), (other, -1)))


def took(sql: str, *values) -> bool:
    """Run a statement; tell whether the database took it and anything was changed by it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.rowcount == 1
    except DatabaseError:
        return False


def test_every_one_of_many_random_changes_is_found(paper):
    chance, tried, missed = random.Random(20240727), 0, []
    ways = [change_a_character] * 5 + [remove_a_row, insert_a_row, exchange_two_rows]
    before = {table: rows_of(table) for table in TABLES}
    while tried < ATTEMPTS:
        way, table = chance.choice(ways), chance.choice(TABLES)
        mark = transaction.savepoint()
        if way(chance, table) and rows_of(table) != before[table]:
            tried += 1
            if not verification.verify().count:
                missed.append((way.__name__, table, set(rows_of(table)[1]) ^ set(before[table][1])))
        transaction.savepoint_rollback(mark)
    assert missed == []
