"""What queries cost in steps or rows, which a loaded machine does not change."""

from django.db import connection

# The queries by which a save keeps the entry of the search: SQLite's index takes two each time
# that an entry is added or taken out, and one to find a number.
# A page that is not loaded takes one more, and captions without a credit of their own.
SAME_ENTRY = 1
NEW_ENTRY = 5 if connection.vendor == "sqlite" else 2
CHANGED_ENTRY = 6 if connection.vendor == "sqlite" else 2
# Where an entry is made of stored words, their article is locked before: SQLite has no row locks.
LOCKED_ENTRY = 0 if connection.vendor == "sqlite" else 1
# What a transaction enters in the ledger: its head locked, the entries, the head written.
LEDGER = 3
# A transaction inside of another one, such as that of a test.
SAVEPOINT = 2

STEPS = 10  # of SQLite's virtual machine, counted at once


class Cost:
    """Counts what queries cost: steps on SQLite, rows that are read on PostgreSQL."""

    def __init__(self):
        self.total = 0

    def __enter__(self):
        if connection.vendor == "sqlite":
            connection.connection.set_progress_handler(self.step, STEPS)
        else:
            connection.execute_wrappers.append(self.explain)
        return self

    def __exit__(self, *error):
        if connection.vendor == "sqlite":
            connection.connection.set_progress_handler(None, STEPS)
        else:
            connection.execute_wrappers.remove(self.explain)

    def step(self) -> int:
        self.total += STEPS
        return 0

    def explain(self, execute, sql, params, many, context):
        with context["connection"].connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
            self.total += rows_read(cursor.fetchone()[0][0]["Plan"])
        return execute(sql, params, many, context)


def rows_read(plan: dict) -> float:
    """Return how many rows a plan of PostgreSQL reads from tables and indexes."""
    found = sum(map(rows_read, plan.get("Plans", [])))
    if "Scan" in plan["Node Type"]:
        rows = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
        found += rows * plan["Actual Loops"]
    return found
