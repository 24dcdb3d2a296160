"""The full-text index on PostgreSQL: one GIN index of terms over the texts of the entries.

The terms are made by a function of the database, so that they are stored in the index alone.
Words of one or two characters are terms themselves; longer ones are found by their pairs, and
then compared with the text. Raw SQL, because Django has no operator class for such an index.
"""

from collections.abc import Collection, Iterable, Mapping
from contextlib import contextmanager

from django.db import connection, transaction

from .numbers import YEAR_SHIFT
from .terms.grams import facet, terms_of
from .terms.query import Query

TABLE, INDEX = "articles_searchentry", "articles_search_index"
TERMS = '(articles_search_terms(text) COLLATE "C")'
HEAD, NAMES = (f"split_part(text, E'\\x02', {section})" for section in (1, 2))
WITHOUT_FACETS = f"({HEAD} || E'\\x02' || {NAMES} || E'\\x02' || split_part(text, E'\\x02', 4))"
# What a term of the headline, of a name and a facet begin with: the function of the database knows
# them too, and no text holds them.
IN_HEAD, IN_NAMES, FACET = "\x04", "\x05", "\x06"
IN_RANGE = "number BETWEEN %s AND %s"
# From how many characters on the terms of a word find too much.
INEXACT = 3
# How many of the newest entries are compared one by one.
WALKED = 400
# How many days a span has that an estimate looks at: to read a text takes longer than to find it.
SPAN_DAYS = 1


def add_entries(entries: Iterable[tuple[int, str]]) -> None:
    """Nothing to do: the database keeps its index."""


def remove_entries(entries: Iterable[tuple[int, str]]) -> None:
    """Nothing to do: the database keeps its index."""


def columns_of(text: str) -> None:
    """Return what has to be added for an entry: nothing."""


def add_rows(rows: Iterable[tuple[int, None]]) -> None:
    """Nothing to do: the database keeps its index."""


def clear() -> None:
    """Drop the index: `in_bulk` makes it again at its end, in a tenth of the time.

    Until the transaction ends, nobody else reads or writes entries.
    """
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {TABLE}")
        cursor.execute(f"DROP INDEX IF EXISTS {INDEX}")


def _like(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


class Conditions:
    """Conditions on the rows of entries, and their parameters."""

    def __init__(self):
        self.texts, self.values = [], []

    def add(self, text: str, *values) -> None:
        """Add a condition."""
        self.texts.append(text)
        self.values += values

    def __str__(self):
        return " AND ".join(self.texts) or "true"


def _selection(
    query: Query, columns: Mapping[str, Collection[int]], low: int, high: int
) -> Conditions:
    """Return the conditions of a query in a range."""
    found = _by_terms(query, columns, low, high)
    _add_texts(found, query, INEXACT)
    return found


def _by_terms(query: Query, columns, low: int, high: int, *, in_head: bool = False) -> Conditions:
    """Return what the index finds: exact for words of two characters, too much for longer ones."""
    found, mark = Conditions(), IN_HEAD if in_head else ""
    found.add(IN_RANGE, low, high)
    terms = [mark + term for word in query.words for term in terms_of(word)]
    terms += [IN_NAMES + term for name in query.names for term in terms_of(name)]
    terms += [FACET + facet("p", name) for name in query.pages]
    if terms:
        found.add(f"{TERMS} @> %s::text[]", sorted(set(terms)))
    for name in query.columns:
        found.add(f"{TERMS} && %s::text[]", [FACET + facet("c", key) for key in columns[name]])
    return found


def _add_texts(found: Conditions, query: Query, least: int, *, in_head: bool = False) -> None:
    """Add what is compared with the text: words of `least` characters, and without others."""
    for word in query.words:
        if len(word) >= least:
            found.add(f"{_section(word, in_head=in_head)} LIKE %s", _like(word))
    for name in query.names:
        if len(name) >= least:
            found.add(f"{NAMES} LIKE %s", _like(name))
    for word in query.without:
        found.add(f"{_section(word)} NOT LIKE %s", _like(word))


def _section(word: str, *, in_head: bool = False) -> str:
    """Return where a word is looked for; characters alone also stand in facets."""
    if in_head:
        return HEAD
    return "text" if len(word) > 1 else WITHOUT_FACETS


def newest(
    query: Query,
    columns: Mapping[str, Collection[int]],
    low: int,
    high: int,
    *,
    limit: int,
    in_head: bool = False,
) -> list[int]:
    """Return the greatest numbers of a query in a range, the greatest first. Two queries at most.

    The newest entries are compared one by one first: a frequent word is among them.
    """
    with connection.cursor() as cursor:
        rows: list[int] = []
        if not (query.columns or query.pages or in_head):
            rows = _walk(cursor, query, low, high, limit)
        if len(rows) < limit:
            rows = _by_index(cursor, query, columns, low, high, limit, in_head=in_head)
    return rows


def _by_index(
    cursor, query: Query, columns, low: int, high: int, limit: int, *, in_head: bool
) -> list[int]:
    """Return what a query finds: numbers by the terms, the newest compared until there are enough.

    To read a text takes longer than to find it. A lateral join goes through its left side in order.
    """
    by_terms, by_text = _by_terms(query, columns, low, high, in_head=in_head), Conditions()
    _add_texts(by_text, query, INEXACT, in_head=in_head)
    cursor.execute(
        f"WITH found AS MATERIALIZED (SELECT number FROM {TABLE} WHERE {by_terms})"
        " SELECT found.number FROM (SELECT number FROM found ORDER BY number DESC) AS found"
        f" CROSS JOIN LATERAL (SELECT FROM {TABLE} AS entry"
        f" WHERE entry.number = found.number AND {by_text} LIMIT 1) AS entry LIMIT %s",
        [*by_terms.values, *by_text.values, limit],
    )
    return sorted((number for (number,) in cursor.fetchall()), reverse=True)


def _walk(cursor, query: Query, low: int, high: int, limit: int) -> list[int]:
    """Return what a query finds among the newest entries of a range."""
    found = Conditions()
    _add_texts(found, query, 1)
    cursor.execute(
        f"SELECT number FROM (SELECT number, text FROM {TABLE} WHERE {IN_RANGE}"
        f" ORDER BY number DESC LIMIT {WALKED}) AS newest WHERE {found} LIMIT %s",
        [low, high, *found.values, limit],
    )
    return [number for (number,) in cursor.fetchall()]


def count_by_year(
    query: Query, columns: Mapping[str, Collection[int]], low: int, high: int
) -> dict[int, int]:
    """Return how many listed entries of each year a query finds in a range. One query."""
    found = _selection(query, columns, low, high)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT number >> {YEAR_SHIFT}, count(*) FROM {TABLE}"
            f" WHERE is_listed AND {found} GROUP BY 1",
            found.values,
        )
        return dict(cursor.fetchall())


def article_ids(
    query: Query, columns: Mapping[str, Collection[int]], low: int, high: int, limit: int
):
    """Return SQL and parameters that select the articles of a query, the newest `limit`."""
    found = _selection(query, columns, low, high)
    return (
        f"WITH found AS MATERIALIZED (SELECT number, article_id FROM {TABLE} WHERE {found})"
        f" SELECT article_id FROM found ORDER BY number DESC LIMIT {int(limit)}",
        found.values,
    )


def sample(query: Query, spans: Collection[tuple[int, int]]) -> tuple[int, int]:
    """Return how many listed entries a query finds in some spans, and how many there are."""
    found = Conditions()
    _add_texts(found, query, 1)
    inside = " OR ".join([IN_RANGE] * len(spans)) or "false"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FILTER (WHERE {found}), count(*) FROM {TABLE}"
            f" WHERE is_listed AND ({inside})",
            [*found.values, *(number for span in spans for number in span)],
        )
        return cursor.fetchone()


@contextmanager
def in_bulk():
    """Write many entries at a time; at the end make the index, if it was dropped or not finished.

    It is made beside those who write, which no transaction can do.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
    try:
        yield
        _create_index()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET maintenance_work_mem")
            cursor.execute(f"ANALYZE {TABLE}")


def _create_index() -> None:
    beside = "CONCURRENTLY"
    if connection.in_atomic_block:
        beside = ""
        connection.check_constraints()  # No index is made while rows wait for their check.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_index WHERE indexrelid = to_regclass(%s) AND NOT indisvalid", [INDEX]
        )
        if cursor.fetchone():
            cursor.execute(f"DROP INDEX {INDEX}")
        cursor.execute(
            f"CREATE INDEX {beside} IF NOT EXISTS {INDEX} ON {TABLE} USING gin ({TERMS})"
        )
