"""The full-text index on SQLite: two contentless FTS5 tables, written with the entries.

`articles_searchpairs` has the pairs of characters with their positions: a phrase of pairs is
exactly a substring. `articles_searchcharacters` has each character of an entry once. Raw SQL,
because Django does not know virtual tables.
"""

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import contextmanager
from operator import add

from django.db import connection

from .entry_text import sections
from .numbers import YEAR_SHIFT
from .terms import grams
from .terms.query import Query

PAIRS, CHARACTERS = "articles_searchpairs", "articles_searchcharacters"
# The tokenizer takes every character beyond ASCII as part of a word: ASCII becomes full width,
# which no normalised text has. What stays ASCII marks: facets, and z for the end of a paragraph.
ASCII = {code: chr(code + 0xFEE0) for code in range(0x21, 0x7F)} | {0x20: "\u3000", 3: None}
# How many pages (of 4 KB) are merged in a transaction, how many seconds others have between two,
# and how often that is done at most: enough for 20 GB.
PAGES, PAUSE, MOST_STEPS = 500, 0.01, 10_000
# How many days a span has that an estimate looks at: a look takes longer than what it finds.
SPAN_DAYS = 3
UNLISTED = "SELECT number FROM articles_searchentry WHERE NOT is_listed"


class _Wide(dict):
    """What each character is written as, found when it is first met: a miss takes ten times."""

    def __missing__(self, code: int) -> str:
        self[code] = chr(code)
        return self[code]


WIDE = _Wide(ASCII)


def _text(paragraphs: Iterable[str]) -> str:
    return " z ".join(" ".join(map(add, wide, wide[1:])) for wide in paragraphs)


def columns_of(text: str) -> tuple[str, ...]:
    """Return what the rows of an entry have: four columns of pairs, and one of characters."""
    head, names, facets, rest = sections(text)
    wide = {"h": _wide(head), "n": _wide(names), "": _wide(rest)}
    characters = {mark: {*"".join(part)} for mark, part in wide.items()}
    singles = [*(characters["h"] | characters["n"] | characters[""])]
    for mark in ("h", "n"):
        singles += [mark + each for each in characters[mark]]
    texts = (_text(wide[mark]) for mark in ("", "h", "n"))
    return *texts, " ".join(map(_facet, facets)), " ".join(singles)


def _wide(paragraphs: list[str]) -> list[str]:
    """Return paragraphs in full width; all are translated as a whole, which is faster."""
    return "\n".join(paragraphs).translate(WIDE).split("\n") if paragraphs else []


def _facet(facet: str) -> str:
    return facet[0] + facet[1:].translate(WIDE)


def add_entries(entries: Sequence[tuple[int, str]]) -> None:
    """Add entries (number, text) to the index; fastest in ascending order. Two queries."""
    add_rows([(number, columns_of(text)) for number, text in entries])


def add_rows(rows: Sequence[tuple[int, tuple[str, ...]]]) -> None:
    """Add entries (number, what `columns_of` returned) to the index. Two queries."""
    _write_rows(
        rows,
        f"INSERT INTO {PAIRS}(rowid, rest, head, names, facets) VALUES (%s, %s, %s, %s, %s)",
        f"INSERT INTO {CHARACTERS}(rowid, t) VALUES (%s, %s)",
    )


def remove_entries(entries: Sequence[tuple[int, str]]) -> None:
    """Take entries out of the index, by the very texts that were added. Two queries."""
    _write_rows(
        [(number, columns_of(text)) for number, text in entries],
        f"INSERT INTO {PAIRS}({PAIRS}, rowid, rest, head, names, facets)"
        " VALUES ('delete', %s, %s, %s, %s, %s)",
        f"INSERT INTO {CHARACTERS}({CHARACTERS}, rowid, t) VALUES ('delete', %s, %s)",
    )


def _write_rows(
    rows: Sequence[tuple[int, tuple[str, ...]]], for_pairs: str, for_characters: str
) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(for_pairs, [(number, *each[:-1]) for number, each in rows])
            cursor.executemany(for_characters, [(number, each[-1]) for number, each in rows])


def clear() -> None:
    """Empty the index."""
    with connection.cursor() as cursor:
        for table in (PAIRS, CHARACTERS):
            cursor.execute(f"INSERT INTO {table}({table}) VALUES ('delete-all')")


def _phrase(word: str) -> str:
    return '"' + " ".join(grams.pairs(word.translate(WIDE))) + '"'


def _single(word: str, mark: str = "") -> str:
    return f'"{mark}{word.translate(WIDE)}"'


def _any(tokens: Collection[str]) -> str:
    return "(" + " OR ".join(tokens) + ")"


def _expressions(query: Query, columns: Mapping[str, Collection[int]], *, in_head: bool):
    """Return what the index of pairs must and must not have, and that of characters."""
    mark = "h" if in_head else ""
    where = "head : " if in_head else ""
    long = [where + _phrase(word) for word in query.words if len(word) > 1]
    short = [_single(word, mark) for word in query.words if len(word) == 1]
    long += [f"names : {_phrase(name)}" for name in query.names if len(name) > 1]
    short += [_single(name, "n") for name in query.names if len(name) == 1]
    for name in query.columns:
        long.append(_any([f'"{_facet(f"c{key}")}"' for key in columns[name]] or ['"c"']))
    long += [f'"{_facet(f"p{name}")}"' for name in query.pages]
    not_long = [_phrase(word) for word in query.without if len(word) > 1]
    not_short = [_single(word) for word in query.without if len(word) == 1]
    return long, short, not_long, not_short


def _selection(
    query: Query,
    columns: Mapping[str, Collection[int]],
    low: int,
    high: int,
    *,
    in_head: bool = False,
) -> tuple[str, list]:
    """Return SQL that selects the numbers of a query in a range, and its parameters."""
    long, short, not_long, not_short = _expressions(query, columns, in_head=in_head)
    parts: list[tuple[str, str]] = []
    if long:
        expression = " AND ".join(long)
        if not_long:
            expression = f"({expression}) NOT {_any(not_long)}"
        parts.append((PAIRS, expression))
    if short:
        expression = " AND ".join(short)
        if not_short:
            expression = f"({expression}) NOT {_any(not_short)}"
        parts.append((CHARACTERS, expression))
    leave_out = [(PAIRS, _any(not_long))] if not_long and not long else []
    leave_out += [(CHARACTERS, _any(not_short))] if not_short and not short else []
    return _compound(parts, leave_out, low, high)


def _compound(parts, leave_out, low: int, high: int) -> tuple[str, list]:
    """Join the selections of both tables; a range of numbers bounds each of them."""
    one = "SELECT rowid FROM {0} WHERE {0} MATCH %s AND rowid BETWEEN %s AND %s"
    if not parts:
        selects = [
            "SELECT number AS rowid FROM articles_searchentry WHERE number BETWEEN %s AND %s"
        ]
        values: list = [low, high]
    else:
        selects = [" INTERSECT ".join(one.format(table) for table, _ in parts)]
        values = [each for _, text in parts for each in (text, low, high)]
    for table, text in leave_out:
        selects.append(one.format(table))
        values += [text, low, high]
    return " EXCEPT ".join(selects), values


def newest(
    query: Query,
    columns: Mapping[str, Collection[int]],
    low: int,
    high: int,
    *,
    limit: int,
    in_head: bool = False,
) -> list[int]:
    """Return the greatest numbers of a query in a range, the greatest first. One query."""
    sql, values = _selection(query, columns, low, high, in_head=in_head)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} ORDER BY 1 DESC LIMIT %s", [*values, limit])
        return [number for (number,) in cursor.fetchall()]


def count_by_year(
    query: Query, columns: Mapping[str, Collection[int]], low: int, high: int
) -> dict[int, int]:
    """Return how many listed entries of each year a query finds in a range. One query."""
    sql, values = _selection(query, columns, low, high)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT rowid >> {YEAR_SHIFT}, count(*) FROM ({sql})"
            f" WHERE rowid NOT IN ({UNLISTED}) GROUP BY 1",
            values,
        )
        return dict(cursor.fetchall())


def article_ids(
    query: Query, columns: Mapping[str, Collection[int]], low: int, high: int, limit: int
):
    """Return SQL and parameters that select the articles of a query, the newest `limit`."""
    sql, values = _selection(query, columns, low, high)
    return (
        "SELECT article_id FROM articles_searchentry WHERE number IN"
        f" (SELECT rowid FROM ({sql}) ORDER BY rowid DESC LIMIT {int(limit)})",
        values,
    )


def sample(query: Query, spans: Collection[tuple[int, int]]) -> tuple[int, int]:
    """Return how many listed entries a query finds in some spans, and how many there are."""
    hits = entries = 0
    with connection.cursor() as cursor:
        for low, high in spans:
            sql, values = _selection(query, {}, low, high)
            cursor.execute(
                f"SELECT (SELECT count(*) FROM ({sql}) WHERE rowid NOT IN ({UNLISTED}"
                " AND number BETWEEN %s AND %s)), (SELECT count(*) FROM articles_searchentry"
                " WHERE is_listed AND number BETWEEN %s AND %s)",
                [*values, low, high, low, high],
            )
            found = cursor.fetchone()
            hits, entries = hits + found[0], entries + found[1]
    return hits, entries


@contextmanager
def in_bulk():
    """Write many entries at a time: more of them are sorted in memory, and merged more seldom."""
    _configure(hashsize=64 << 20, automerge=16)
    try:
        yield
        for table in (PAIRS, CHARACTERS):
            _merge(table)
    finally:
        _configure(hashsize=1 << 20, automerge=4)


def _merge(table: str) -> None:
    """Make one of the parts of an index, in steps between which others write.

    A negative number puts all parts on one level. A step that found nothing to do counts as one
    change, or none.
    """
    for step in range(MOST_STEPS):
        with connection.cursor() as cursor:
            before = _changes(cursor)
            pages = PAGES if step else -PAGES
            cursor.execute(f"INSERT INTO {table}({table}, rank) VALUES ('merge', %s)", [pages])
            if _changes(cursor) - before < 2:
                return
        time.sleep(PAUSE)


def _changes(cursor) -> int:
    return cursor.execute("SELECT total_changes()").fetchone()[0]


def _configure(**options: int) -> None:
    with connection.cursor() as cursor:
        for table in (PAIRS, CHARACTERS):
            for name, value in options.items():
                cursor.execute(f"INSERT INTO {table}({table}, rank) VALUES (%s, %s)", [name, value])
