"""The numbers of search entries: in the order of the days printed, each year a range.

A number is made of the year, the day of the year, and a slot of that day. On SQLite it is the
row of the full-text index, which is smaller the denser its rows are: a slot is the last free one
of its day (the one writer of SQLite cannot collide with another). On PostgreSQL nothing is saved
by that, and the slot is made of the article's key.
"""

from datetime import date, timedelta

from django.db import connection

from articles.models import SearchEntry

SLOT_BITS = 10 if connection.vendor == "sqlite" else 34
DAY_BITS = 9
YEAR_SHIFT = SLOT_BITS + DAY_BITS
SLOTS = 1 << SLOT_BITS


def first_number(day: date) -> int:
    """Return the least number of a day."""
    return ((day.year << DAY_BITS) + day.timetuple().tm_yday) << SLOT_BITS


def last_number(day: date) -> int:
    """Return the greatest number of a day."""
    return first_number(day) + SLOTS - 1


def year_of(number: int) -> int:
    """Return the year of a number."""
    return number >> YEAR_SHIFT


def day_of(number: int) -> date:
    """Return the day of a number."""
    day = (number >> SLOT_BITS) & ((1 << DAY_BITS) - 1)
    return date(year_of(number), 1, 1) + timedelta(days=day - 1)


def is_of(number: int, day: date) -> bool:
    """Tell whether a number is one of a day."""
    return first_number(day) <= number <= last_number(day)


class NumberBook:
    """Gives out the numbers of new entries; within a day, the first given is listed first."""

    def __init__(self):
        self.lowest: dict[date, int] = {}

    def take(self, article_id: int, day: date) -> int:
        """Return a number of a day. One query a day on SQLite, none on PostgreSQL.

        A day with more than a thousand articles goes on among the numbers of the day before.
        """
        if connection.vendor != "sqlite":
            return last_number(day) - article_id
        if day not in self.lowest:
            taken = SearchEntry.objects.filter(
                number__range=(first_number(day), last_number(day))
            ).order_by("number")
            self.lowest[day] = taken.values_list("number", flat=True).first() or (
                last_number(day) + 1
            )
        number = self.lowest[day] - 1
        while number < first_number(day) and SearchEntry.objects.filter(number=number).exists():
            number -= 1
        self.lowest[day] = number
        return number
