"""Who did what on a day: saves, moves and releases of the whole desk, by person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.content.text import parse_id
from articles.models import Article, Change, Member, Release, Review, Revision
from articles.workflow import LABELS

# The most of each kind that a day shows; a busy night has some two hundred.
MOST = 500
# No newsroom has changes before it; a day far from it is out of a calendar's range.
EARLIEST = date(1949, 1, 1)
# What follows from a change of words is told by the change.
TOLD_BY_CHANGE = ("void", "correct")


@dataclass(frozen=True, slots=True)
class DeskChange:
    """One thing that somebody did: when, what, with what, and where to see it."""

    at: datetime
    who: Member | None
    what: str
    title: str
    url: str
    difference_url: str = ""
    note: str = ""


def changes_view(request: HttpRequest, *, site) -> HttpResponse:
    """List what was done on a day (`day`, today if it is none), of one person (`by`) or all.

    Three queries of its own.
    """
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    today = timezone.localdate()
    day = max(min(_day(request.GET.get("day", "")) or today, today), EARLIEST)
    changes = changes_of(day)
    chosen = parse_id(request.GET.get("by", ""))
    context = {
        **site.each_context(request),
        "title": _("Who did what"),
        "day": day,
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1) if day < today else None,
        "people": people_in(changes),
        "chosen": chosen,
        "changes": [each for each in changes if chosen in (None, each.who and each.who.pk)],
    }
    return TemplateResponse(request, "admin/changes.html", context)


def changes_of(day: date) -> list[DeskChange]:
    """Return what was done on a day of the newsroom's time zone, the latest first.

    Three queries: what was saved, what was moved, what was released.
    """
    start = timezone.make_aware(datetime.combine(day, time.min))
    span = {"made_at__gte": start, "made_at__lt": start + timedelta(days=1)}
    revisions = Revision.objects.filter(**span).defer("stored_copy")
    reviews = Review.objects.filter(**span).exclude(move__in=TOLD_BY_CHANGE)
    releases = Release.objects.filter(**span).select_related("made_by", "issue")
    found = [
        *map(_saved, _latest(revisions)),
        *map(_moved, _latest(reviews)),
        *map(_released, releases.order_by("-made_at", "-pk")[:MOST]),
    ]
    return sorted(found, key=lambda change: change.at, reverse=True)


def people_in(changes: Iterable[DeskChange]) -> list[tuple[Member, int]]:
    """Return who did something, and how much, the busiest first."""
    counts: dict[Member, int] = {}
    for change in changes:
        if change.who:
            counts[change.who] = counts.get(change.who, 0) + 1
    return sorted(counts.items(), key=lambda pair: -pair[1])


def _latest(rows: QuerySet) -> QuerySet:
    return rows.select_related("made_by", "article__column").order_by("-made_at", "-pk")[:MOST]


def _saved(revision: Revision) -> DeskChange:
    first = revision.number == 1
    compare = reverse("admin:articles_article_compare", args=[revision.article_id])
    return DeskChange(
        revision.made_at,
        revision.made_by,
        Change(revision.change).label,
        *_named(revision.article),
        "" if first else f"{compare}?from={revision.number - 1}&to={revision.number}",
        revision.reason,
    )


def _moved(review: Review) -> DeskChange:
    label = str(LABELS.get(review.move, review.move))
    named = _named(review.article)
    return DeskChange(review.made_at, review.made_by, label, *named, note=review.note)


def _released(release: Release) -> DeskChange:
    board = reverse("admin:articles_issue_board", args=[release.issue_id])
    label = gettext("Issue %(act)s") % {"act": release.get_act_display()}
    return DeskChange(release.made_at, release.made_by, label, str(release.issue), board)


def _named(article: Article) -> tuple[str, str]:
    url = reverse("admin:articles_article_change", args=[article.pk])
    return article.display_title, url


def _day(value: str) -> date | None:
    """Return a date in ISO form, or None where it is none."""
    try:
        return parse_date(value)
    except ValueError:
        return None
