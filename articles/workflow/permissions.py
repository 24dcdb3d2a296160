"""Who may review what: permissions, authors, valid reviews, and the separation of duties.

The rules:
- A permission is one that a role or an administrator gave: being a superuser gives none.
- An author may not review, and the reviewers of an article are all different.
- REVIEW_RULES says what a change of words under review means. "amend": correcting is part of
  reading. A reviewer who corrects words may pass them and is no author of them; the article keeps
  its stage as long as enough people will still read the words as they stand (`stage_after_change`).
  "strict": who changes words last is an author, and all reviews begin anew.
"""

from collections.abc import Collection
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Change, Member, Review, Revision, Status

from .moves import MOVES, REVIEW_MOVES, REVIEWING, readers_needed, stages

UNDER_REVIEW = (*REVIEWING, Status.SIGNED)


class _RevisionFacts(NamedTuple):
    """Who made a revision, how, and in which status of the article."""

    made_by: int | None
    change: str
    status: str


class LastSeen(NamedTuple):
    """A revision that somebody has seen, and who."""

    revision: Revision
    member: Member


def permissions_of(member: Member) -> set[str]:
    """Return the permissions a member was given, such as "articles.sign_article".

    Two queries at most, cached with the member; for a superuser one each time.
    """
    if not member.is_active:
        return set()
    if not member.is_superuser:
        return member.get_all_permissions()
    given = Permission.objects.filter(Q(group__user=member) | Q(user=member))
    named = given.values_list("content_type__app_label", "codename").order_by()
    return {f"{label}.{codename}" for label, codename in named}


def authors_of(article: Article) -> set[int]:
    """Return the ids of the members who count as authors of the words. One query.

    The first and the last who wrote them. Those in between may review: somebody has worked over
    their words since, and counting them all would leave a small newsroom without reviewers on
    the night on which everybody has corrected a comma.
    """
    return _authors(_revision_facts(article))


def _revision_facts(article: Article) -> list[_RevisionFacts]:
    rows = article.revisions.order_by("number").values_list("made_by", "change", "status")
    return [_RevisionFacts(*row) for row in rows]


def _authors(revisions: Collection[_RevisionFacts]) -> set[int]:
    """As `authors_of`. With "amend", who read a page in or corrected while reviewing is none."""
    first, later = [*revisions][:1], [*revisions][1:]
    if settings.REVIEW_RULES == "amend":
        first = [row for row in first if row.change != Change.IMPORTED]
        later = [row for row in later if row.status not in UNDER_REVIEW]
    return {row.made_by for row in (*first, *later[-1:]) if row.made_by}


def valid_reviews(article: Article) -> list[Review]:
    """Return the reviews that still count, in order, with their revisions. One query.

    Since the last move that was no review; in "strict", those of the current words alone. In
    "amend", the last one of each stage before the present one: a change of words that put the
    article back has voided those after it.
    """
    reviews: list[Review] = []
    for review in _latest(article.reviews):
        if not _continues(review, article):
            break
        reviews.insert(0, review)
    if settings.REVIEW_RULES == "amend":
        passed = {each.from_status: each for each in reviews if each.move in REVIEW_MOVES}
        reviews = [passed[stage] for stage in stages_before(article.status) if stage in passed]
    return reviews


def _continues(review: Review, article: Article) -> bool:
    """Tell whether reviews before a move may still count after it."""
    if settings.REVIEW_RULES == "amend":
        is_put_back = review.move == "void" and review.to_status != stages()[0]
        return review.move in REVIEW_MOVES or is_put_back
    return review.move in REVIEW_MOVES and review.revision.number == article.version


def stages_before(status: str) -> tuple[Status, ...]:
    """Return the review stages of this newsroom that an article has passed in a status."""
    order = stages()
    if status == Status.SIGNED:
        return order
    return order[: order.index(status)] if status in order else ()


def review_refusal(article: Article, *, by: Member) -> str | None:
    """Return why a member may not review an article now, or None. Two queries."""
    revisions = _revision_facts(article)
    if by.pk in _authors(revisions):
        return _("You wrote or last changed these words: somebody else must read them.")
    reviews = valid_reviews(article)
    if by.pk in {review.made_by_id for review in reviews}:
        return _("You have read these words at an earlier stage: somebody else must read them.")
    before = stages_before(article.status)
    is_last = article.status == stages()[-1]
    if not {*before} <= {review.from_status for review in reviews} or (
        is_last and len(_readers(article, revisions, reviews) | {by.pk}) < readers_needed()
    ):
        return _("These words have not been read at every stage before: return them first.")
    return None


def _readers(article: Article, revisions: list[_RevisionFacts], reviews: list[Review]) -> set[int]:
    """Return the ids of the members who have read the current words as they stand."""
    readers = {each.made_by_id for each in reviews if each.revision.number == article.version}
    if revisions and revisions[-1].status in UNDER_REVIEW:
        readers |= {revisions[-1].made_by} - _authors(revisions)
    return readers - {None}


def stage_after_change(article: Article, *, by: Member | None) -> Status:
    """Return the stage of an article under review when a member has changed its words.

    With "amend", a reviewer's correction leaves it where it is, or one step before the last: two
    people at least read the words that are signed, where the newsroom has two stages. Every
    other change sends it to the first stage. Three queries at most.
    """
    order = stages()
    passed = len(stages_before(article.status))
    if not corrects_while_reviewing(article, by):
        return order[0]
    return order[min(passed, len(order) - readers_needed())]


def corrects_while_reviewing(article: Article, by: Member | None) -> bool:
    """Tell whether a change is a reviewer's: somebody who may review at this stage, no author.

    Three queries at most.
    """
    if by is None or settings.REVIEW_RULES != "amend":
        return False
    due = [step for step in MOVES.values() if step.is_review and article.status in step.sources]
    if article.status == Status.SIGNED:
        due = [MOVES["sign"]]
    may = permissions_of(by)
    return any(step.permission in may for step in due) and by.pk not in authors_of(article)


def last_seen(article: Article, *, by: Member, shown: int | None = None) -> LastSeen | None:
    """Return the earlier words that a member saw last; None where nothing has changed since.

    Those that they moved (also returned) or saved themselves, or that a screen has `shown` them (a
    number); else those that anybody has reviewed last. Two queries at most.
    """
    moved = article.reviews.filter(made_by=by).values("revision")
    own = Q(pk__in=moved) | Q(made_by=by) | Q(number=shown or 0)
    seen = article.revisions.filter(own).first()
    if seen:
        return LastSeen(seen, by) if seen.number < article.version else None
    reviews = article.reviews.filter(move__in=REVIEW_MOVES, revision__number__lt=article.version)
    review = reviews.select_related("revision", "made_by").order_by("-pk").first()
    return LastSeen(review.revision, review.made_by) if review else None


def _latest(reviews: QuerySet[Review]) -> QuerySet[Review]:
    return reviews.select_related("revision").defer("revision__stored_copy").order_by("-pk")
