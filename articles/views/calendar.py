"""A month as a calendar of the days on which the paper appeared."""

import calendar
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format

from articles import lunar_calendar
from articles.models import Issue

WEEKS = calendar.Calendar(firstweekday=0)


@dataclass(frozen=True, slots=True)
class Day:
    """One cell: its number and the paper of the day; number 0 outside the month."""

    on: date
    number: int
    issues: tuple[Issue, ...]

    @property
    def url(self) -> str:
        """The address of the day's paper, or nothing on a day without."""
        return self.issues[0].get_absolute_url() if self.issues else ""

    @property
    def lunar(self) -> str:
        """The lunar day: 廿二."""
        return lunar_calendar.lunar_day(self.on)


@dataclass(frozen=True, slots=True)
class Month:
    """A month: weeks of seven days from Monday on, and the extras among its issues."""

    start: date
    weeks: list[list[Day]]

    @classmethod
    def of(cls, start: date, issues: dict[date, list[Issue]]) -> "Month":
        """Return the month that starts on a day, with the issues of each date."""
        weeks = WEEKS.monthdatescalendar(start.year, start.month)
        return cls(start, [[_day(on, start, issues) for on in week] for week in weeks])

    @property
    def name(self) -> str:
        """2024年7月."""
        return date_format(self.start, "YEAR_MONTH_FORMAT")

    @property
    def url(self) -> str:
        """The address of the month."""
        return reverse("articles:archive_month", args=[self.start.year, self.start.month])

    @property
    def has_issues(self) -> bool:
        """Whether the paper appeared in it."""
        return any(day.issues for week in self.weeks for day in week)

    @property
    def extras(self) -> list[Issue]:
        """The further issues of days with more than one, in order."""
        return [issue for week in self.weeks for day in week for issue in day.issues[1:]]


def _day(on: date, start: date, issues: dict[date, list[Issue]]) -> Day:
    if on.month != start.month:
        return Day(on, 0, ())
    return Day(on, on.day, tuple(issues.get(on, ())))
