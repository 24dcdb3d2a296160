"""Filters of the list of articles: whose they are, of which days, and who changed what when."""

from datetime import date, datetime, time, timedelta
from urllib.parse import parse_qsl

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from articles.models import Byline, Change, Member, Revision

ME, TODAY = "me", "today"


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
            return queryset.filter(written_by(request.user))
        return queryset.filter(signed_by(self.name)) if self.name else queryset


def written_by(member: Member) -> Q:
    """Select what bears a member's name, or what they wrote first."""
    first = Revision.objects.filter(article=OuterRef("pk"), made_by=member, change=Change.WRITTEN)
    return signed_by(str(member)) | Q(Exists(first))


def signed_by(name: str) -> Q:
    """Select what is signed with a name, as printed or of the contributor."""
    bylines = Byline.objects.filter(article=OuterRef("pk"))
    return Q(Exists(bylines.filter(Q(name=name) | Q(contributor__name=name))))


class DayFilter(admin.SimpleListFilter):
    """Shows the papers of some days; what is on no page counts by the day of its last change."""

    title = _("day of the paper")
    parameter_name = "day"

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
        today = timezone.localdate()
        first = today.replace(day=1)
        before = (first - timedelta(days=1)).replace(day=1)
        after = (first + timedelta(days=32)).replace(day=1)
        spans = {
            "next": (today, date.max),
            "week": (today - timedelta(days=6), today + timedelta(days=1)),
            "month": (first, after),
            "before": (before, first),
        }
        return queryset.filter(_within(*spans[self.value()])) if self.value() in spans else queryset


def _within(start: date, end: date) -> Q:
    placed = Q(page__issue__issued_on__gte=start, page__issue__issued_on__lt=end)
    changed = Q(changed_at__date__gte=start, changed_at__date__lt=end)
    return placed | (Q(page=None) & changed)


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
            return parse_date(day)
        except ValueError:
            return None

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
        revisions = Revision.objects.filter(article=OuterRef("pk"), made_by__isnull=False)
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
        return queryset.filter(Exists(revisions))


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
