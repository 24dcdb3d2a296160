"""Selections that are compiled to SQL once and then asked with other values.

A reader's page asks the same few questions all day, and compiling them costs more than their
answers. Knows nothing of the paper.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime

from django.db import connection
from django.db.models import Model, QuerySet

STAND_INS = {
    int: lambda number: 31_000 + number,  # fits the smallest integer column
    date: lambda number: date(9990 + number, 1, 1),
    datetime: lambda number: datetime(9990 + number, 6, 1, tzinfo=UTC),
}


class Prepared:
    """A queryset with values to be filled in: `Prepared(select, at=datetime)(at=now)`.

    `select` gets a stand-in for each value and returns a queryset. How many values there are,
    and what the queryset does with them, must not depend on what they are. Annotations are
    attributes of the result; select_related has no effect.
    """

    def __init__(self, select: Callable[..., QuerySet], **types: type):
        self.select = select
        self.types = types
        self.compiled = {}

    def __call__(self, **values) -> list[Model]:
        """Return the selected rows. One query."""
        model, sql, slots, converters = self._compiled()
        found = list(model.objects.raw(sql, _params(slots, values)))
        for name, convert, expression in converters:
            for row in found:
                setattr(row, name, convert(getattr(row, name), expression, connection))
        return found

    def rows(self, **values) -> list[tuple]:
        """Return the rows of a selection by values_list, as the database gives them. One query."""
        _model, sql, slots, _converters = self._compiled()
        with connection.cursor() as cursor:
            cursor.execute(sql, _params(slots, values))
            return cursor.fetchall()

    def _compiled(self) -> tuple:
        """Return the SQL for the database at hand, compiled at the first call."""
        if connection.vendor not in self.compiled:
            self.compiled[connection.vendor] = self._compile()
        return self.compiled[connection.vendor]

    def _compile(self) -> tuple:
        stand_ins = {
            name: STAND_INS[kind](number) for number, (name, kind) in enumerate(self.types.items())
        }
        query = self.select(**stand_ins).query
        compiler = query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        names = {_adapted(stand_in): name for name, stand_in in stand_ins.items()}
        slots = [(param in names, names.get(param, param)) for param in params]
        missing = set(stand_ins) - {value for is_slot, value in slots if is_slot}
        if missing:
            raise ValueError(f"the selection does not use {sorted(missing)}")
        return query.model, sql, slots, _converters(query, compiler)


def _params(slots: list[tuple], values: dict) -> list:
    """Return the parameters of a query with the given values in their slots."""
    given = {name: _adapted(value) for name, value in values.items()}
    return [given[value] if is_slot else value for is_slot, value in slots]


def _adapted(value):
    """Return a value as the database at hand takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value


def _converters(query, compiler) -> list[tuple]:
    """Return what makes Python values of annotations: (name, function, expression)."""
    names, expressions = list(query.annotation_select), list(query.annotation_select.values())
    found = compiler.get_converters(expressions)
    return [
        (names[at], convert, expression)
        for at, (functions, expression) in found.items()
        for convert in functions
    ]
