"""The queues of a member: articles to review, articles returned, articles unfinished."""

from django.conf import settings
from django.db.models import DateTimeField, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from articles.models import Article, Change, Member, Review, Revision, Status, WorkingCopy

from .moves import MOVES, REVIEW_MOVES, stages
from .permissions import UNDER_REVIEW, permissions_of, stages_before


def waiting_for(member: Member) -> QuerySet[Article]:
    """Select the articles that wait for a review by this member, oldest first.

    Without those that they are an author of, or reviewed at an earlier stage (`permissions`).
    `since` tells since when. No query but that for a superuser's permissions.
    """
    permissions = permissions_of(member)
    steps = [step for step in MOVES.values() if step.is_review and step.permission in permissions]
    statuses = [status for step in steps for status in step.sources]
    others = Article.objects.filter(~_authored_by(member), status__in=statuses)
    for status in statuses:
        others = others.exclude(_reviewed_by(member, before=status), status=status)
    return dated(others)


def returned_to(member: Member) -> QuerySet[Article]:
    """Select the drafts that were returned and that this member wrote, changed or submitted.

    `last_note` says why.
    """
    theirs = Q(_written_by(member)) | Q(Exists(_reviews(made_by=member, move="submit")))
    why = _reviews().order_by("-pk").values("note")[:1]
    returned = _drafts().filter(theirs, last_move="return")
    return dated(returned).annotate(last_note=Subquery(why))


def unfinished_by(member: Member) -> QuerySet[Article]:
    """Select the drafts that this member wrote or last changed, or has unsaved words in.

    Without those returned. `typed_at` is when they last typed words that are not saved yet.
    """
    typed = _typed_by(member)
    not_returned = Q(last_move=None) | ~Q(last_move="return")
    drafts = _drafts().filter(not_returned, _written_by(member)).order_by().values("pk")
    with_typed = typed.filter(article__isnull=False).order_by().values("article")
    latest = typed.filter(article=OuterRef("pk")).order_by().values("article")
    latest = latest.annotate(at=Max("typed_at")).values("at")
    return dated(Article.objects.filter(pk__in=drafts.union(with_typed))).annotate(
        typed_at=Subquery(latest)
    )


def _drafts() -> QuerySet[Article]:
    last = _reviews().order_by("-pk").values("move")[:1]
    return Article.objects.kept().filter(status=Status.DRAFT).annotate(last_move=Subquery(last))


def _typed_by(member: Member) -> QuerySet[WorkingCopy]:
    return WorkingCopy.objects.filter(member=member, typed_at__isnull=False)


def _written_by(member: Member) -> Exists:
    ends = Q(number=1) | Q(number=OuterRef("version"))
    return Exists(Revision.objects.filter(ends, article=OuterRef("pk"), made_by=member))


def _authored_by(member: Member) -> Exists:
    """Tell whether this member counts as an author: see `permissions.authors_of`."""
    if settings.REVIEW_RULES != "amend":
        return _written_by(member)
    is_first = Q(number=1) & ~Q(change=Change.IMPORTED)
    written = Revision.objects.filter(number__gt=1).exclude(status__in=UNDER_REVIEW)
    later = written.filter(article=OuterRef("article"), number__gt=OuterRef("number"))
    is_last = Q(number__gt=1) & ~Q(status__in=UNDER_REVIEW) & ~Q(Exists(later))
    return Exists(
        Revision.objects.filter(is_first | is_last, article=OuterRef("pk"), made_by=member)
    )


def _reviewed_by(member: Member, *, before: str) -> Exists:
    """Tell whether a review by this member still counts: see `permissions.valid_reviews`."""
    later = Review.objects.filter(article=OuterRef("article"), pk__gt=OuterRef("pk"))
    reviews = _reviews(made_by=member, move__in=REVIEW_MOVES)
    if settings.REVIEW_RULES != "amend":
        reviews = reviews.filter(revision__number=OuterRef("version"))
        return Exists(reviews.filter(~Exists(later.exclude(move__in=REVIEW_MOVES))))
    put_back = Q(move="void") & ~Q(to_status=stages()[0])
    ends = later.exclude(Q(move__in=REVIEW_MOVES) | put_back)
    again = later.filter(move__in=REVIEW_MOVES, from_status=OuterRef("from_status"))
    reviews = reviews.filter(~Exists(ends), ~Exists(again), from_status__in=stages_before(before))
    return Exists(reviews)


def _reviews(**facts) -> QuerySet[Review]:
    return Review.objects.filter(article=OuterRef("pk"), **facts)


def dated(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Annotate `since` when each has its status, and order by that."""
    moved = _reviews().order_by("-pk").values("made_at")[:1]
    since = Coalesce(Subquery(moved), F("created_at"), output_field=DateTimeField())
    return articles.annotate(since=since).order_by("since", "pk")
