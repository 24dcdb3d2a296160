"""Who may read whose words: rights, writers, readings, and the separation between them.

Rules, literally as the house has them
- A right is one that a role or an administrator gave: being a superuser gives none.
- Who wrote the words, or last changed them, reads none of them. "Wrote" is the maker of the
  first revision, "last changed" the maker of the latest. Makers of revisions in between may
  read: somebody has worked over their words since, and counting them all would leave a small
  newsroom without readers on the night on which everybody has mended a comma.
- The people who read one version of the words are all different.
"""

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet

from articles.models import Article, Member, Review

READINGS = ("pass_first", "pass_second", "sign")


def rights(member: Member) -> set[str]:
    """Return the rights a member was given, such as "articles.sign_article".

    Two queries at most, kept with the member; for a superuser one each time.
    """
    if not member.is_active:
        return set()
    if not member.is_superuser:
        return member.get_all_permissions()
    given = Permission.objects.filter(Q(group__user=member) | Q(user=member))
    named = given.values_list("content_type__app_label", "codename").order_by()
    return {f"{label}.{codename}" for label, codename in named}


def writers(article: Article) -> set[int]:
    """Return the ids of the members who wrote or last changed the words. One query."""
    makers = list(article.revisions.order_by("number").values_list("made_by", flat=True))
    return {maker for maker in (*makers[:1], *makers[-1:]) if maker}


def readings(article: Article) -> list[Review]:
    """Return the readings that still count, in order, with their revisions. One query.

    Those since the article last left the path, of the words as they stand.
    """
    counted: list[Review] = []
    for review in _latest(article.reviews):
        if review.move not in READINGS or review.revision.number != article.version:
            break
        counted.insert(0, review)
    return counted


def last_read(article: Article, *, by: Member) -> Review | None:
    """Return the last reading of earlier words: the member's own, or else anybody's.

    What has changed since is what a reader wants to see first. One query.
    """
    earlier = _latest(article.reviews.filter(move__in=READINGS))
    earlier = earlier.filter(revision__number__lt=article.version)
    reviews = list(earlier.select_related("made_by"))
    own = [review for review in reviews if review.made_by_id == by.pk]
    return next(iter(own or reviews), None)


def _latest(reviews: QuerySet[Review]) -> QuerySet[Review]:
    return reviews.select_related("revision").defer("revision__stored_copy").order_by("-pk")
