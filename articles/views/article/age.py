"""How old an article is, in the words that its page shows."""

from calendar import monthrange
from datetime import date

from django.utils.translation import ngettext


def age_notice(printed_on: date, today: date) -> str:
    """Return the notice of an old article; "" for one younger than a month.

    Whole years, or whole months below one: the words change with the month at most, so that a
    cached page stays right.
    """
    months = _months(printed_on, today)
    if months < 1:
        return ""
    if months < 12:
        words = ngettext("Printed %(count)d month ago", "Printed %(count)d months ago", months)
        return words % {"count": months}
    years = months // 12
    words = ngettext("Printed %(count)d year ago", "Printed %(count)d years ago", years)
    return words % {"count": years}


def next_change_on(printed_on: date, today: date) -> date:
    """Return the first day after today on which the notice of an article has other words."""
    months = max(0, _months(printed_on, today))
    number = months + 1 if months < 12 else (months // 12 + 1) * 12
    year, month = divmod(printed_on.year * 12 + printed_on.month - 1 + number, 12)
    if printed_on.day <= monthrange(year, month + 1)[1]:
        return date(year, month + 1, printed_on.day)
    return date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)


def _months(printed_on: date, today: date) -> int:
    months = (today.year - printed_on.year) * 12 + today.month - printed_on.month
    return months - (today.day < printed_on.day)
