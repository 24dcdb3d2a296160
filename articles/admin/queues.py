"""The queues of a member on the home page, and as a filter of the list of articles."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.functions import Left
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Issue, Member
from articles.workflow.queues import returned_to, unfinished_by, waiting_for

# How many articles the home page shows of a queue; the length of body that names an article.
SHOWN = 12
OPENING = 400

QUEUES = {
    "waiting": (_("Waits for me"), waiting_for, _("Nothing waits for your reading.")),
    "returned": (_("Came back to me"), returned_to, _("Nothing has come back to you.")),
    "unfinished": (_("What I have open"), unfinished_by, _("You have no unfinished article.")),
}


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One article in a queue: the article, its issue, its age in words, and why it is there."""

    article: Article
    issue: Issue | None
    age: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue of one member; `has_more` where the list holds more than is shown."""

    name: str
    title: str
    lines: list[QueueLine]
    empty: str
    has_more: bool


def queues_of(member: Member) -> list[Queue]:
    """Return a member's queues; none without permission to view articles. Three queries."""
    if not member.has_perm("articles.view_article"):
        return []
    return [
        _queue(name, str(title), select(member), str(empty))
        for name, (title, select, empty) in QUEUES.items()
    ]


def _queue(name: str, title: str, articles: QuerySet[Article], empty: str) -> Queue:
    rows = articles.select_related("page__issue", "column").defer("body")
    found = list(rows.annotate(opening=Left("body", OPENING))[: SHOWN + 1])
    return Queue(name, title, [_line(row) for row in found[:SHOWN]], empty, len(found) > SHOWN)


def _line(article: Article) -> QueueLine:
    article.body = article.opening
    issue = article.page.issue if article.page else None
    is_typed = getattr(article, "typed_at", None)
    note = gettext("words not saved yet") if is_typed else getattr(article, "last_note", "")
    return QueueLine(article, issue, _age(article.since), note)


def _age(since: datetime) -> str:
    """Return how long ago that was, in its largest unit: 3 小时."""
    if timezone.now() - since < timedelta(minutes=1):
        return gettext("just now")
    return timesince(since, depth=1).replace("\xa0", " ")


class QueueFilter(admin.SimpleListFilter):
    """Shows the member's own queues in the list of articles."""

    title = _("my work")
    parameter_name = "queue"

    def lookups(self, request, model_admin):
        """Return the queues."""
        return [(name, title) for name, (title, _select, _empty) in QUEUES.items()]

    def queryset(self, request, queryset):
        """Select the articles of the chosen queue, in the order of the list."""
        if self.value() not in QUEUES:
            return queryset
        select = QUEUES[self.value()][1]
        return queryset.filter(pk__in=select(request.user).order_by().values("pk"))
