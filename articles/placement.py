"""Where articles stand: putting them on pages, and pages in order.

Every placement holds the rows of the issues it touches, so that two people arranging one
paper at once, or arranging it while it is released, wait for each other.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Issue, Member, Page
from articles.ordering import renumber

# The most articles that can be planned for a page.
MOST = 99


class PlacementRefused(Exception):  # noqa: N818 (it reads as what happened)
    """An article may not be put there; its text tells the editor why."""


class ArrangedMeanwhile(PlacementRefused):
    """A page concerned is no longer as the editor saw it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the paper: the page and the position on it, from 1; None is off the paper."""

    page: int | None = None
    position: int | None = None


# The ids of the articles on each page, in order, by the page's id.
Arrangement = Mapping[int, Sequence[int]]


def place(article: Article, page: Page | None, *, by: Member | None) -> None:
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


def put(
    article: Article, page: Page | None, position: int, *, seen: Arrangement, by: Member
) -> Place:
    """Put an article at a position of a page, from 1, or take it off the paper (page None).

    `seen` is how the pages of the issue were arranged when the editor decided. Returns where
    the article stood; put there again, everything is as before. Raises ArrangedMeanwhile where
    the page it leaves or the one it goes to is arranged otherwise by now; PlacementRefused.
    """
    with transaction.atomic():
        rows = _hold([article.pk], page)
        row = rows.get(article.pk)
        _check_seen(row, page, seen)
        stood = Place(row.page_id, row.position)
        if page is None:
            _take_off(row, by=by)
        else:
            order = [pk for pk, each in rows.items() if each.page_id == page.pk and pk != row.pk]
            order.insert(max(position, 1) - 1, row.pk)
            _bring(page, rows, order, by=by)
    return stood


def plan(page: Page, step: int, *, by: Member) -> None:
    """Plan one article more (1) or one less (-1) for a page; at least those that stand there.

    Sets its `planned`. Raises PlacementRefused.
    """
    with transaction.atomic():
        issue = Issue.objects.locked([page.issue_id]).get()
        _check(issue, by)
        page.refresh_from_db(fields=["planned"])
        held = page.articles.count()
        wanted = max(held, page.planned) + step
        page.planned = min(wanted, MOST) if wanted > held else 0
        page.save(update_fields=["planned"])


def arrangement(pages: Iterable[Page], articles: Iterable[Article]) -> Arrangement:
    """Return how some pages are arranged, from their articles in print order. No query."""
    order: dict[int, list[int]] = {page.pk: [] for page in pages}
    for article in articles:
        order[article.page_id].append(article.pk)
    return order


def as_text(order: Arrangement) -> str:
    """Write an arrangement in one line: 12:5,6,7;13:"""
    return ";".join(f"{page}:{','.join(map(str, ids))}" for page, ids in order.items())


def from_text(line: str) -> Arrangement:
    """Read what `as_text` wrote; anything else is an arrangement that never was, and empty."""
    if not re.fullmatch(r"(\d+:(\d+(,\d+)*)?(;|\Z))*", line, re.ASCII):
        return {}
    pages = (part.partition(":") for part in line.split(";") if part)
    return {int(page): [int(pk) for pk in ids.split(",") if pk] for page, _, ids in pages}


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


def _bring(page: Page, rows: dict[int, Article], named: list[int], *, by: Member | None) -> None:
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


def _check_seen(row: Article | None, page: Page | None, seen: Arrangement) -> None:
    """Refuse where an article, or a page that it leaves or goes to, is not as it was seen."""
    if row is None:
        raise ArrangedMeanwhile(_("The article has been deleted."))
    stood = next((page_id for page_id, ids in seen.items() if row.pk in ids), None)
    concerned = {stood, page.pk if page else None} - {None}
    standing = Article.objects.filter(page__in=concerned).order_by("position")
    now: dict[int, list[int]] = {page_id: [] for page_id in concerned}
    for page_id, pk in standing.values_list("page", "pk"):
        now[page_id].append(pk)
    if row.page_id != stood or any(now[each] != list(seen.get(each, [])) for each in concerned):
        raise ArrangedMeanwhile(_("Somebody else has just arranged this page."))


def _take_off(row: Article, *, by: Member | None) -> None:
    if row.page is None:
        return
    _check_leaving(row, None, by)
    Article.objects.filter(pk=row.pk).update(page=None, position=None)
    _close_gaps(row.page)


def _close_gaps(page: Page) -> None:
    renumber(list(page.articles.order_by("position")))


def _check_leaving(row: Article, to_issue: int | None, by: Member | None) -> None:
    if row.page is None:
        return
    issue = row.page.issue
    _check(issue, by)
    if issue.pk != to_issue and issue.is_published():
        raise PlacementRefused(
            _("“%(article)s” has been published; it cannot be taken out of its issue.")
            % {"article": row}
        )


def _check(issue: Issue, by: Member | None) -> None:
    """Whoever changes what a released issue holds must have the right to release it."""
    if issue.released_at and not (by and by.has_perm("articles.release_issue")):
        raise PlacementRefused(
            _("The issue is released; only who may release it may move its articles.")
        )
