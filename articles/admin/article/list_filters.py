"""Filters of the list of articles: whose they are, of which days, and who changed what when."""

import re
from datetime import date, datetime, time, timedelta
from urllib.parse import parse_qsl

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Byline, Change, Contributor, Member, Page, Revision

ME, TODAY = "me", "today"
# An earlier day has no beginning in every time zone.
EARLIEST_YEAR = 1_000


class AuthorFilter(admin.SimpleListFilter):
    """Shows the articles of the member, or of anybody by name."""

    title = _("author")
    parameter_name = "author"
    template = "admin/articles/article/author_filter.html"

    def lookups(self, request, model_admin):
        """Return the member's own articles; any name can be typed."""
        return [(ME, _("my own"))]

    def choices(self, changelist):
        """Return the choices, and what keeps the other filters when a name is typed."""
        self.kept = parse_qsl(changelist.get_query_string(remove=[self.parameter_name, "p"])[1:])
        return super().choices(changelist)

    @property
    def name(self) -> str:
        """The name that was typed; a null character is in none."""
        return "" if self.value() in (None, ME) else self.value().replace("\0", "").strip()

    def queryset(self, request, queryset):
        """Select the articles of the person chosen."""
        if self.value() == ME:
            return queryset.filter(pk__in=articles_by(request.user))
        return queryset.filter(pk__in=articles_signed(self.name)) if self.name else queryset


def articles_by(member: Member) -> QuerySet:
    """Select the ids of what bears a member's name, and of what they wrote first."""
    first = Revision.objects.filter(made_by=member, change=Change.WRITTEN).order_by()
    return articles_signed(str(member)).union(first.values("article"))


def articles_signed(name: str) -> QuerySet:
    """Select the ids of what is signed with a name, as printed or of the contributor.

    A union, so that each part is found in an index.
    """
    bylines = Byline.objects.order_by().values("article")
    who = Contributor.objects.filter(name=name).values("pk")
    return bylines.filter(name=name).union(bylines.filter(contributor__in=who))


def written_by(member: Member) -> Q:
    """Select what bears a member's name, or what they wrote first."""
    first = Revision.objects.filter(article=OuterRef("pk"), made_by=member, change=Change.WRITTEN)
    return signed_by(str(member)) | Q(Exists(first))


def signed_by(name: str) -> Q:
    """Select what is signed with a name, as printed or of the contributor."""
    bylines = Byline.objects.filter(article=OuterRef("pk"))
    return Q(Exists(bylines.filter(Q(name=name) | Q(contributor__name=name))))


class DayFilter(admin.SimpleListFilter):
    """Shows the papers of some days; what is on no page counts by the day of its last change.

    A day (2024-07-27), a month or a year can be typed.
    """

    title = _("day of the paper")
    parameter_name = "day"
    template = "admin/articles/article/day_filter.html"

    def lookups(self, request, model_admin):
        """Return spans of days."""
        return [
            ("next", _("today and later")),
            ("week", _("the last seven days")),
            ("month", _("this month")),
            ("before", _("last month")),
        ]

    def queryset(self, request, queryset):
        """Select the articles of the days chosen."""
        return queryset.filter(pk__in=of_days(*self.span)) if self.span else queryset

    @property
    def span(self) -> tuple[date, date | None] | None:
        """The first day chosen and the day after the last, if that is given; None where none is."""
        today = timezone.localdate()
        first = today.replace(day=1)
        before = (first - timedelta(days=1)).replace(day=1)
        after = (first + timedelta(days=32)).replace(day=1)
        spans = {
            "next": (today, None),
            "week": (today - timedelta(days=6), today + timedelta(days=1)),
            "month": (first, after.replace(day=1)),
            "before": (before, first),
        }
        return spans.get(self.value()) or parse_span(self.value() or "")

    def choices(self, changelist):
        """Return the choices, and what keeps the other filters when days are typed."""
        self.kept = parse_qsl(changelist.get_query_string(remove=[self.parameter_name, "p"])[1:])
        return super().choices(changelist)

    @property
    def typed(self) -> str:
        """The day, month or year that was typed, if it is one."""
        return self.value() if parse_span(self.value() or "") else ""


def parse_span(typed: str) -> tuple[date, date] | None:
    """Return the first day of a typed day, month or year, and the day after it; else None."""
    found = re.fullmatch(r"([1-9]\d{3})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", typed.strip(), re.ASCII)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year, month or 1, day or 1)
        if day:
            return first, first + timedelta(days=1)
        return first, date(year + (month or 12) // 12, (month or 12) % 12 + 1, 1)
    except (ValueError, OverflowError):
        return None


def of_days(start: date, end: date | None) -> QuerySet:
    """Select the ids of what is printed from a day on and before another, if one is given.

    What is on no page counts by the day of its last change. A union, so that each part is found
    in an index.
    """
    pages = Page.objects.filter(issue__issued_on__gte=start)
    changed = Article.objects.filter(page=None, changed_at__gte=_start(start))
    changed = changed.order_by().values("pk")
    if end:
        pages = pages.filter(issue__issued_on__lt=end)
        changed = changed.filter(changed_at__lt=_start(end))
    placed = Article.objects.filter(page__in=pages.order_by().values("pk"))
    return placed.order_by().values("pk").union(changed)


class ChangeFilter(admin.ListFilter):
    """Shows what a person changed, on a day or at any time; or what anybody changed on a day.

    Two parameters: who, a name or “me”, and the day, “today” or a date.
    """

    title = _("who changed it")
    template = "admin/articles/article/change_filter.html"
    who, day = "changed_by", "changed_on"

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        for name in self.expected_parameters():
            if name in params:
                self.used_parameters[name] = params.pop(name)[-1].replace("\0", "").strip()

    def has_output(self):
        return True

    def expected_parameters(self):
        return [self.who, self.day]

    @property
    def name(self) -> str:
        """The name that was typed."""
        name = self.used_parameters.get(self.who, "")
        return "" if name == ME else name

    @property
    def changed_on(self) -> date | None:
        """The day that was chosen; None for any, and for what is no date."""
        day = self.used_parameters.get(self.day, "")
        if day == TODAY:
            return timezone.localdate()
        try:
            found = parse_date(day)
        except ValueError:
            return None
        return found if found and found.year >= EARLIEST_YEAR else None

    def choices(self, changelist):
        """Return the choices, and what keeps the other filters when a name is typed."""
        own = self.expected_parameters()
        self.kept = parse_qsl(changelist.get_query_string(remove=[*own, "p"])[1:])
        links = [
            (_("All"), {}),
            (_("by me, today"), {self.who: ME, self.day: TODAY}),
            (_("by anybody, today"), {self.day: TODAY}),
        ]
        for label, query in links:
            yield {
                "selected": self.used_parameters == query,
                "query_string": changelist.get_query_string(query, [*own, "p"]),
                "display": label,
            }

    def queryset(self, request, queryset):
        """Select the articles that have a revision of the person and the day. No query."""
        revisions = Revision.objects.filter(made_by__isnull=False)
        if self.used_parameters.get(self.who) == ME:
            revisions = revisions.filter(made_by=request.user)
        elif self.name:
            names = Q(made_by__name=self.name) | Q(made_by__username=self.name)
            revisions = revisions.filter(names)
        elif self.changed_on is None:
            return queryset
        if day := self.changed_on:
            revisions = revisions.filter(made_at__gte=_start(day))
            if day < date.max:
                revisions = revisions.filter(made_at__lt=_start(day + timedelta(days=1)))
        return queryset.filter(pk__in=revisions.order_by().values("article"))


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
