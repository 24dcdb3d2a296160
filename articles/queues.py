"""What waits for whom: the articles a member has to read, to mend, or to finish."""

from django.db.models import DateTimeField, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from articles.duties import READINGS, rights
from articles.models import Article, Member, Review, Revision, Status, WorkingCopy
from articles.workflow import MOVES


def waiting_for(member: Member) -> QuerySet[Article]:
    """Select the articles that wait for a reading that this member may give, oldest first.

    Without those they wrote or last changed, or have read at an earlier stage (`duties`).
    `since` tells since when. No query but that for a superuser's rights.
    """
    held = rights(member)
    steps = [step for step in MOVES.values() if step.is_reading and step.permission in held]
    statuses = [status for step in steps for status in step.sources]
    others = Article.objects.filter(~_written_by(member), ~_read_by(member), status__in=statuses)
    return _dated(others)


def returned_to(member: Member) -> QuerySet[Article]:
    """Select the drafts that were returned and that this member wrote, changed or submitted.

    `last_note` says why.
    """
    theirs = Q(_written_by(member)) | Q(Exists(_reviews(made_by=member, move="submit")))
    why = _reviews().order_by("-pk").values("note")[:1]
    returned = _drafts().filter(theirs, last_move="return")
    return _dated(returned).annotate(last_note=Subquery(why))


def unfinished_by(member: Member) -> QuerySet[Article]:
    """Select the drafts that this member wrote or last changed, and what they have typed in.

    `typed_at` is when they last typed words that are not saved yet. Not what was returned.
    """
    typed = _typed_by(member)
    fresh = Q(last_move=None) | ~Q(last_move="return")
    drafts = _drafts().filter(fresh, _written_by(member)).values("pk")
    mine = Q(pk__in=drafts) | Q(pk__in=typed.filter(article__isnull=False).values("article"))
    latest = typed.filter(article=OuterRef("pk")).order_by().values("article")
    latest = latest.annotate(at=Max("typed_at")).values("at")
    return _dated(Article.objects.filter(mine)).annotate(typed_at=Subquery(latest))


def _drafts() -> QuerySet[Article]:
    last = _reviews().order_by("-pk").values("move")[:1]
    return Article.objects.filter(status=Status.DRAFT).annotate(last_move=Subquery(last))


def _typed_by(member: Member) -> QuerySet[WorkingCopy]:
    return WorkingCopy.objects.filter(member=member, typed_at__isnull=False)


def _written_by(member: Member) -> Exists:
    ends = Q(number=1) | Q(number=OuterRef("version"))
    return Exists(Revision.objects.filter(ends, article=OuterRef("pk"), made_by=member))


def _read_by(member: Member) -> Exists:
    """Tell whether a reading by this member still counts: see `duties.readings`."""
    broken = Review.objects.filter(article=OuterRef("article"), pk__gt=OuterRef("pk"))
    counted = _reviews(made_by=member, move__in=READINGS, revision__number=OuterRef("version"))
    return Exists(counted.filter(~Exists(broken.exclude(move__in=READINGS))))


def _reviews(**facts) -> QuerySet[Review]:
    return Review.objects.filter(article=OuterRef("pk"), **facts)


def _dated(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Say since when each has its status, and put the oldest first."""
    moved = _reviews().order_by("-pk").values("made_at")[:1]
    since = Coalesce(Subquery(moved), F("created_at"), output_field=DateTimeField())
    return articles.annotate(since=since).order_by("since", "pk")
