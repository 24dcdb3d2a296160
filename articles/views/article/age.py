"""How old an article is, in the words that its page shows."""

from datetime import date

from django.utils.translation import ngettext


def age_notice(printed_on: date, today: date) -> str:
    """Return the notice of an old article; "" for one younger than a month.

    Whole years, or whole months below one: the words change with the month at most, so that a
    cached page stays right.
    """
    months = (today.year - printed_on.year) * 12 + today.month - printed_on.month
    months -= today.day < printed_on.day
    if months < 1:
        return ""
    if months < 12:
        words = ngettext("Printed %(count)d month ago", "Printed %(count)d months ago", months)
        return words % {"count": months}
    years = months // 12
    words = ngettext("Printed %(count)d year ago", "Printed %(count)d years ago", years)
    return words % {"count": years}
