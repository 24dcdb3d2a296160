"""Where articles stand: putting them on pages, and pages in order.

Every placement holds the rows of the issues it touches, so that two people arranging one
paper at once, or arranging it while it is released, wait for each other.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Issue, Member, Page
from articles.ordering import renumber


class PlacementRefused(Exception):  # noqa: N818 (it reads as what happened)
    """An article may not be put there; its text tells the editor why."""


def place(article: Article, page: Page | None, *, by: Member) -> None:
    """Put a saved article at the end of a page, or take it off its page (None).

    An article that is on the page already stays where it is. Sets `page` and `position` of
    the article given. Raises PlacementRefused.
    """
    with transaction.atomic():
        rows = _hold([article.pk], page)
        if page is None:
            _take_off(rows[article.pk], by=by)
        else:
            there = [pk for pk in rows if pk != article.pk or rows[pk].page_id == page.pk]
            _bring(page, rows, [*there, article.pk], by=by)
    article.refresh_from_db(fields=["page", "position"])


def arrange(page: Page, article_ids: Iterable[int], *, by: Member) -> None:
    """Put articles on a page in the order given, bringing some in from elsewhere if need be.

    Articles of the page that are not named keep their order, after those named; an id that
    no longer exists is passed over. Raises PlacementRefused.
    """
    named = list(article_ids)
    with transaction.atomic():
        _bring(page, _hold(named, page), named, by=by)


def hold_issue_of(article_id: int) -> None:
    """Hold, until the transaction ends, the issue in which an article stands.

    To be called before the article's own row is written, so that whoever writes articles
    and whoever arranges or releases their issue take their locks in one order.
    """
    _hold_issues([article_id], None)


def _hold(article_ids: list[int], page: Page | None) -> dict[int, Article]:
    """Hold the issues concerned, then return these articles and those of the page, in order."""
    held = _hold_issues(article_ids, page)
    rows = Article.objects.select_for_update(of=["self"]).select_related("page__issue")
    rows = rows.filter(Q(pk__in=article_ids) | Q(page__isnull=False, page=page)).order_by("pk")
    rows = sorted(rows, key=lambda row: row.position or 0)
    if any(row.page and row.page.issue_id not in held for row in rows):
        raise PlacementRefused(_("Somebody else has just moved the article. Please look again."))
    return {row.pk: row for row in rows}


def _hold_issues(article_ids: list[int], page: Page | None) -> set[int]:
    stand_in = Issue.objects.filter(pages__articles__in=article_ids).values_list("pk", flat=True)
    issues = {*stand_in, *([page.issue_id] if page else [])}
    return set(Issue.objects.locked(issues).values_list("pk", flat=True))


def _bring(page: Page, rows: dict[int, Article], named: list[int], *, by: Member) -> None:
    before = [row for row in rows.values() if row.page_id == page.pk]
    after = [rows[pk] for pk in dict.fromkeys(named) if pk in rows]
    after += [row for row in before if row not in after]
    if after == before:
        return
    _check(Issue.objects.get(pk=page.issue_id), by)
    coming = [row for row in after if row.page_id != page.pk]
    left = {row.page_id: row.page for row in coming if row.page}
    for row in coming:
        _check_leaving(row, page.issue_id, by)
        row.page = page
    renumber(after, also=["page"] if coming else [])
    for source in left.values():
        _close_gaps(source)


def _take_off(row: Article, *, by: Member) -> None:
    if row.page is None:
        return
    _check_leaving(row, None, by)
    Article.objects.filter(pk=row.pk).update(page=None, position=None)
    _close_gaps(row.page)


def _close_gaps(page: Page) -> None:
    renumber(list(page.articles.order_by("position")))


def _check_leaving(row: Article, to_issue: int | None, by: Member) -> None:
    if row.page is None:
        return
    issue = row.page.issue
    _check(issue, by)
    if issue.pk != to_issue and issue.is_published():
        raise PlacementRefused(
            _("“%(article)s” has been published; it cannot be taken out of its issue.")
            % {"article": row}
        )


def _check(issue: Issue, by: Member) -> None:
    """Whoever changes what a released issue holds must have the right to release it."""
    if issue.released_at and not by.has_perm("articles.release_issue"):
        raise PlacementRefused(
            _("The issue is released; only who may release it may move its articles.")
        )
