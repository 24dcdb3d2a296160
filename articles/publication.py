"""Say that readers see something else now, and count it: what a kept page is compared with.

Whoever changes what readers see calls one of these functions in the same transaction. A scope is
a part of the site; its number moves with every change in it, whichever commits first. Nothing here
concerns issues that are not released: work on tomorrow's paper moves nothing.
"""

import logging
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.core.cache import cache
from django.db import models, transaction
from django.db.models import Max, Min
from django.utils import timezone
from taggit.models import Tag

from .change_numbers import numbers
from .models import (
    Article,
    Column,
    Contributor,
    Issue,
    Masthead,
    Page,
    Photo,
    ProtectedName,
    PublicChange,
)

logger = logging.getLogger(__name__)
# Every page; the pages that belong to no single issue; the names that 繁體 pages do not convert.
EVERYTHING, LISTS, NAMES = "everything", "lists", "names"
SITE = (EVERYTHING, LISTS, NAMES)
# Rows of a scope older than this are merged, once for so many changes.
KEPT_FOR, MERGED_EVERY = timedelta(hours=1), 64
# What counts withdrawals, with the scope behind it: `WITHDRAWN_LISTS` moves with each of them.
WITHDRAWN = "withdrawn"
WITHDRAWN_LISTS = f"{WITHDRAWN} {LISTS}"
# What the cache has in the place of that number while it is not to be believed.
IN_DOUBT = "in doubt"
# For how long a withdrawal is told: longer than a page is shown without a database, and for how
# many seconds the cache is let to tell it.
WITHDRAWN_FOR, TOLD_FOR = timedelta(hours=25), 7 * 24 * 60 * 60
# What Redis has instead of a number while it moves, for how many seconds before the commit (a
# longer transaction is seen a second late; after a rollback the database is asked that long), and
# after it, until all have read the number before.
REDIS = "django.core.cache.backends.redis.RedisCache"
MOVING, MOVING_FOR, MOVED_FOR = "moving", 30, 3


def issue_scope(issue_id: int) -> str:
    """Return the scope of the pages of one issue and of its articles."""
    return f"issue {issue_id}"


def next_release(after: datetime) -> datetime | None:
    """Return the next minute after an instant at which an issue is published. One query."""
    return Issue.objects.filter(released_at__gt=after).aggregate(next=Min("released_at"))["next"]


def next_release_between(
    before: Issue | None, following: Issue | None, after: datetime
) -> datetime | None:
    """Return the next minute at which an issue appears between two neighbours. One query.

    None for a neighbour leaves that side open.
    """
    between = Issue.objects.filter(released_at__gt=after)
    if before:
        between = between.filter(issued_on__gte=before.issued_on)
    if following:
        between = between.filter(issued_on__lte=following.issued_on)
    return between.aggregate(next=Min("released_at"))["next"]


def change(*scopes: str) -> None:
    """Count a change in some scopes. One query; two, and one after the commit, now and then.

    Where Redis knows numbers, it is told before the commit and after it to know them no longer.
    """
    rows = [PublicChange(scope=scope) for scope in sorted(set(scopes))]
    made = PublicChange.objects.bulk_create(rows)
    if settings.CACHES["default"]["BACKEND"] == REDIS:
        keys = [number_key(row.scope) for row in rows]
        _set_in_cache(keys, MOVING, MOVING_FOR)
        transaction.on_commit(partial(_set_in_cache, keys, MOVING, MOVED_FOR))
    if any(row.pk % MERGED_EVERY == 0 for row in made):
        _merge(made)


def _merge(made: list[PublicChange]) -> None:
    """Delete old rows of the scopes that have just been given new ones.

    Only those that are there before the commit: no number that a page was kept with comes back.
    """
    old = PublicChange.objects.filter(scope__in=[row.scope for row in made])
    old = old.filter(made_at__lt=timezone.now() - KEPT_FOR).values_list("pk", flat=True)
    rows = PublicChange.objects.filter(pk__in=list(old))
    transaction.on_commit(lambda: rows.delete(), robust=True)


def everything_changed() -> None:
    """Count a change of every page: a masthead, or rows that were loaded past the desk."""
    change(*SITE)


def issues_changed(issues: Iterable[Issue]) -> None:
    """Count a change within some issues, if they are released. One query, or none."""
    if scopes := {issue_scope(issue.pk) for issue in issues if issue.released_at}:
        change(LISTS, *scopes)


def article_changed(article: Article) -> None:
    """Count a change of an article loaded under its lock, with its page and issue.

    (`workflow.transitions.lock_article`; else `row_changed`.) One query, or none.
    """
    if article.page:
        issues_changed([article.page.issue])


def article_withdrawn(article: Article) -> None:
    """Count a withdrawal; the pages of its issue, and lists, kept until now are never shown again.

    Not even while the database is out of reach: the cache tells then what was withdrawn
    (`withdrawals`). Until the commit it is in doubt, and no page is shown by it.
    """
    issue = article.page.issue
    scopes = {LISTS, issue_scope(issue.pk)}
    change(*(f"{WITHDRAWN} {scope}" for scope in scopes), *(scopes if issue.released_at else ()))
    _doubt_withdrawals()
    transaction.on_commit(tell_withdrawals)  # A page may have been built before the commit.


def withdrawals() -> dict[str, float] | None:
    """Return when something was withdrawn in each scope (a timestamp), asking the cache alone.

    None where it does not know: nothing can be said of any page then. Raises what the cache does.
    """
    told = cache.get(WITHDRAWN)
    is_known = told and told[0] != IN_DOUBT
    return {scope: instant for scope, (_, instant) in told[1].items()} if is_known else None


def tell_withdrawals(number: str | None = None) -> None:
    """See to it that the cache can tell what was withdrawn, while the database is here to ask.

    `number` is that of `WITHDRAWN_LISTS` if it was read just now: no query where the cache has
    told by it. Else one, and two more for each time that something was withdrawn meanwhile.
    """
    try:
        told = cache.get(WITHDRAWN)
        number = numbers([WITHDRAWN_LISTS])[WITHDRAWN_LISTS] if number is None else number
        while not told or told[0] != number:
            told = (number, _withdrawn_lately(told[1] if told else {}))
            cache.set(WITHDRAWN, told, TOLD_FOR)
            number = numbers([WITHDRAWN_LISTS])[WITHDRAWN_LISTS]
    except Exception:  # as in `_set_in_cache`; what the cache tells may be too little
        logger.exception("The cache did not take note of what was withdrawn.")
        _forget_withdrawals()


def _withdrawn_lately(told: Mapping[str, tuple[int, float]]) -> dict[str, tuple[int, float]]:
    """Return the last withdrawal of each scope, and an instant when it was committed. One query.

    For those that were not told yet the instant is now.
    """
    rows = PublicChange.objects.filter(scope__startswith=f"{WITHDRAWN} ")
    rows = rows.filter(made_at__gte=timezone.now() - WITHDRAWN_FOR)
    last = dict(rows.values_list("scope").annotate(Max("pk")))
    now = timezone.now().timestamp()
    found = {scope.removeprefix(f"{WITHDRAWN} "): pk for scope, pk in last.items()}
    return {
        scope: told[scope] if scope in told and told[scope][0] == pk else (pk, now)
        for scope, pk in found.items()
    }


def _doubt_withdrawals() -> None:
    try:
        if told := cache.get(WITHDRAWN):
            cache.set(WITHDRAWN, (IN_DOUBT, told[1]), TOLD_FOR)
    except Exception:  # as in `_set_in_cache`
        logger.exception("The cache did not take note of a withdrawal.")
        _forget_withdrawals()


def _forget_withdrawals() -> None:
    with suppress(Exception):  # Whoever calls this has logged the first one.
        cache.delete(WITHDRAWN)


def _set_in_cache(keys: list[str], value, seconds: int) -> None:
    """Set some keys, the second time where the first one fails; else let them be unknown."""
    write = partial(cache.set_many, dict.fromkeys(keys, value), seconds)
    for tell in (write, write, partial(cache.delete_many, keys)):
        try:
            tell()
            return
        except Exception:  # of any kind of cache: what is published never waits for one
            logger.exception("The cache did not take note of a change.")


def number_key(scope: str) -> str:
    """Return the cache's key of the number of a scope, or of `MOVING`."""
    return f"number {scope}".replace(" ", "-")


def release_changed(issue: Issue) -> None:
    """Count that an issue was released or recalled: it and the issues that link it. Four queries.

    Those are the published ones before and after it, and any that wait for their minute.
    """
    now, day, edition = timezone.now(), issue.issued_on, issue.edition
    published, others = Issue.objects.published(now), Issue.objects.exclude(pk=issue.pk)
    before = published.filter(issued_on__lte=day).exclude(issued_on=day, edition__gte=edition)
    following = published.filter(issued_on__gte=day).exclude(issued_on=day, edition__lte=edition)
    # One whose minute passes just now is waiting here, or published above.
    near = [
        *before.order_by("-issued_on", "-edition")[:1],
        *following.order_by("issued_on", "edition")[:1],
        *others.filter(released_at__gt=now),
    ]
    change(LISTS, issue_scope(issue.pk), *(issue_scope(each.pk) for each in near))


def photos_changed(photos: Iterable[Photo]) -> None:
    """Count a change of photos, wherever released issues show them. Two queries, or one."""
    shown = Issue.objects.filter(pages__articles__captions__photo__in=list(photos))
    issues_changed(shown.filter(released_at__isnull=False).distinct())


def row_changed(row: models.Model, *, is_new: bool = False) -> None:
    """Count a change of a row of any model, saved or to be deleted, if readers see it.

    Three queries at most.
    """
    if isinstance(row, Issue):
        issues_changed([row])
    elif isinstance(row, Page):
        # Read anew: the issue of a page that was loaded earlier may have been released since.
        issues_changed(Issue.objects.filter(pk=row.issue_id))
    elif isinstance(row, Article):
        issues_changed(Issue.objects.filter(pages__articles=row.pk))  # read anew, as above
    elif isinstance(row, Photo):
        photos_changed([row])
    elif scopes := SCOPES.get(type(row)):
        change(*(NEW.get(type(row), scopes) if is_new else scopes))


# What is counted for rows that any page may show, and for those that are new.
SCOPES: Mapping[type[models.Model], tuple[str, ...]] = {
    Masthead: SITE,
    Column: SITE,
    Tag: SITE,
    Contributor: SITE,
    ProtectedName: (NAMES,),
}
NEW: Mapping[type[models.Model], tuple[str, ...]] = {
    Column: (LISTS,),
    Tag: (LISTS,),
    Contributor: (LISTS, NAMES),
}
