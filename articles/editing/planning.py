"""Plan the next issue after a past one (照上周一建版): its date, pages, people and serial."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext

from articles.models import Issue, Page

# What a page takes along: everything but its issue.
PAGE_FIELDS = tuple(
    field.name for field in Page._meta.fields if not field.primary_key and field.name != "issue"
)
# The number of days that are looked through for a free one.
MONTH = 31


class DateTakenError(Exception):
    """There is already an issue of that date."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What one click plans: the issue of a free date, after a past issue."""

    issued_on: date
    like: Issue

    @property
    def label(self) -> str:
        """照上周一建版, or the date of the past issue where it is not of a week before."""
        if self.issued_on - self.like.issued_on == timedelta(days=7):
            return gettext("Plan it like last %(weekday)s") % {"weekday": self.like.weekday}
        return gettext("Plan it like that of %(date)s") % {"date": self.like.title}


def next_free_date() -> date:
    """Return the first day from tomorrow on that has no issue yet. One query."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    planned = Issue.objects.filter(issued_on__gte=tomorrow, edition=1).order_by("issued_on")
    taken = set(planned.values_list("issued_on", flat=True)[:MONTH])
    days = (tomorrow + timedelta(days=n) for n in range(len(taken) + 1))
    return next(day for day in days if day not in taken)


def past_issue_for(day: date) -> Issue | None:
    """Return the issue to plan a day after: that of a week before, or else the last one.

    Only issues with pages; None where there is none. One query.
    """
    planned = Issue.objects.filter(edition=1, issued_on__lt=day, pages__isnull=False).distinct()
    latest = list(planned.order_by("-issued_on")[:7])
    week_before = [issue for issue in latest if issue.issued_on == day - timedelta(days=7)]
    return next(iter(week_before or latest), None)


def next_plan() -> Plan | None:
    """Return what to plan next, or None where no past issue has pages. Two queries."""
    day = next_free_date()
    like = past_issue_for(day)
    return Plan(day, like) if like else None


@transaction.atomic
def plan_like(past: Issue, *, issued_on: date) -> Issue:
    """Create the issue of a date with the pages of a past one, their names and people.

    The serial follows the latest before it. Raises DateTakenError. Four queries.
    """
    serial = Issue.objects.filter(issued_on__lt=issued_on).aggregate(last=Max("serial"))["last"]
    issue = Issue(issued_on=issued_on, serial=serial + 1 if serial else None)
    try:
        with transaction.atomic():
            issue.save(force_insert=True)
    except IntegrityError:
        raise DateTakenError from None
    pages = past.pages.in_order().values(*PAGE_FIELDS)
    Page.objects.bulk_create(Page(issue=issue, **facts) for facts in pages)
    return issue
