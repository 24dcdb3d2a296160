"""Put articles on pages, in order and rank, and plan how many a page will have.

Every placement locks the issues it touches, so that two people who arrange one paper at once,
or arrange it while it is released, wait for each other.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils.translation import gettext_lazy as _

from articles import publication
from articles.lists.entries import follow
from articles.models import Article, Issue, Member, Page
from articles.search import entries
from articles.workflow.transitions import lock_article, lock_issues

# The most articles that can be planned for a page.
MOST = 99
# Added to positions while they are rewritten: a unique constraint is checked row by row.
OFFSET = 10_000


class PlacementError(Exception):
    """An article may not be put there; its text tells the editor why."""


class StaleArrangementError(PlacementError):
    """A page concerned is no longer as the editor saw it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the paper: the page and the position on it, from 1; None is off the paper."""

    page: int | None = None
    position: int | None = None


# The ids of the articles on each page, in order, by the page's id.
Arrangement = Mapping[int, Sequence[int]]


def append(article: Article, page_id: int | None, *, by: Member | None) -> None:
    """Give an article that is not saved yet its page and the position after the last one there.

    Raises PlacementError. Two queries, none for no page.
    """
    article.page_id, article.position = page_id, None
    if page_id is not None:
        (issue,) = lock_issues(None, page_id).values()
        append_all([article], page_id, issue, by=by)


def append_all(
    articles: Iterable[Article], page_id: int, issue: Issue, *, by: Member | None
) -> None:
    """Give articles that are not saved yet the last positions of a page of a locked issue.

    Raises PlacementError. One query.
    """
    _check_may_arrange(issue, by)
    last = Article.objects.filter(page=page_id).aggregate(last=Max("position"))["last"] or 0
    for position, article in enumerate(articles, last + 1):
        article.page_id, article.position = page_id, position


def place(article: Article, page: Page | None, *, by: Member | None) -> None:
    """Put a saved article at the end of a page, or take it off its page (None).

    An article that is on the page already stays where it is. Sets `page` and `position` of
    the article given. Raises PlacementError.
    """
    with transaction.atomic():
        rows, issues = _lock_articles(article.pk, page)
        row = rows[article.pk]
        if page is None:
            _remove(row, by=by)
        elif row.page_id != page.pk:
            order = [each for each in rows.values() if each is not row]
            _move_to_page(page, [*order, row], issues, by=by)
    article.page, article.position = row.page, row.position


def put(
    article: Article, page: Page | None, position: int, *, seen: Arrangement, by: Member
) -> Place:
    """Put an article at a position of a page, from 1, or take it off the paper (page None).

    `seen` is how the pages of the issue were arranged when the editor decided. Returns the
    former place: put there again, everything is as before. Raises StaleArrangementError where
    the page it leaves or the one it goes to is arranged otherwise by now; PlacementError.
    """
    with transaction.atomic():
        rows, issues = _lock_articles(article.pk, page)
        row = rows.get(article.pk)
        _check_seen(row, page, seen)
        former = Place(row.page_id, row.position)
        if page is None:
            _remove(row, by=by)
        else:
            order = [each for each in rows.values() if each is not row]
            order.insert(max(position, 1) - 1, row)
            _move_to_page(page, order, issues, by=by)
    return former


def plan(page: Page, step: int, *, by: Member) -> None:
    """Plan one article more (1) or one less (-1) for a page; at least those that are there.

    Sets its `planned`. Raises PlacementError.
    """
    with transaction.atomic():
        issue = Issue.objects.locked([page.issue_id]).get()
        _check_may_arrange(issue, by)
        page.refresh_from_db(fields=["planned"])
        number = page.articles.count()
        wanted = max(number, page.planned) + step
        page.planned = min(wanted, MOST) if wanted > number else 0
        page.save(update_fields=["planned"])


def set_rank(article_id: int, rank: int | None, *, by: Member) -> None:
    """Set how prominent an article is on its page; None leaves that to its place.

    Raises PlacementError and MoveRefusedError. Three queries.
    """
    with transaction.atomic():
        article = lock_article(article_id)
        if article.page:
            _check_may_arrange(article.page.issue, by)
        Article.objects.filter(pk=article.pk).update(rank=rank)
        publication.article_changed(article)


def arrangement(pages: Iterable[Page], articles: Iterable[Article]) -> Arrangement:
    """Return how some pages are arranged, from their articles in print order. No query."""
    order: dict[int, list[int]] = {page.pk: [] for page in pages}
    for article in articles:
        order[article.page_id].append(article.pk)
    return order


def format_arrangement(order: Arrangement) -> str:
    """Write an arrangement in one line: 12:5,6,7;13:"""
    return ";".join(f"{page}:{','.join(map(str, ids))}" for page, ids in order.items())


def parse_arrangement(line: str) -> Arrangement:
    """Parse what `format_arrangement` wrote; anything else gives an empty arrangement."""
    if not re.fullmatch(r"(\d+:(\d+(,\d+)*)?(;|\Z))*", line, re.ASCII):
        return {}
    pages = (part.partition(":") for part in line.split(";") if part)
    return {int(page): [int(pk) for pk in ids.split(",") if pk] for page, _, ids in pages}


def _lock_articles(
    article_id: int, page: Page | None
) -> tuple[dict[int, Article], dict[int, Issue]]:
    """Lock the issues concerned; return an article and those of a page, in order, and the issues.

    Two queries.
    """
    issues = lock_issues(article_id, page and page.pk)
    rows = Article.objects.select_for_update(of=["self"]).select_related("page__issue")
    rows = rows.filter(Q(pk=article_id) | Q(page__isnull=False, page=page)).order_by("pk")
    rows = sorted(rows, key=lambda row: row.position or 0)
    if any(row.page and row.page.issue_id not in issues for row in rows):
        raise PlacementError(_("Somebody else has just moved the article. Please look again."))
    return {row.pk: row for row in rows}, issues


def _move_to_page(
    page: Page, order: list[Article], issues: Mapping[int, Issue], *, by: Member | None
) -> None:
    """Give a page these articles in this order: all of its own, and perhaps one from elsewhere."""
    before = sorted(order, key=lambda row: row.position or 0)
    arriving = [row for row in order if row.page_id != page.pk]
    if order == before and not arriving:
        return
    _check_may_arrange(issues[page.issue_id], by)
    former_pages = [row.page for row in arriving if row.page]
    publication.issues_changed([issues[page.issue_id], *(each.issue for each in former_pages)])
    for row in arriving:
        _check_leaving(row, page.issue_id, by)
        row.page = page
    _renumber(order, also=["page"] if arriving else [])
    if arriving:
        entries.index_articles([row.pk for row in arriving])
    concerned = [row.pk for row in order]
    for former in former_pages:
        concerned += _close_gaps(former)
    concerned_issues = [issues[page.issue_id], *(each.issue for each in former_pages)]
    if any(issue.released_at for issue in concerned_issues):
        follow(concerned)


def _renumber(rows: Sequence[Article], *, also: Sequence[str] = ()) -> None:
    """Give all articles of a page the positions 1..n, in this order. Two queries at most.

    `also` names further fields to write with the position.
    """
    if not also and all(row.position == place for place, row in enumerate(rows, 1)):
        return
    for place, row in enumerate(rows, 1):
        row.position = OFFSET + place
    Article.objects.bulk_update(rows, ["position", *also])
    keys = [row.pk for row in rows]
    Article.objects.filter(pk__in=keys).update(position=F("position") - OFFSET)
    for row in rows:
        row.position -= OFFSET


def _check_seen(row: Article | None, page: Page | None, seen: Arrangement) -> None:
    """Raise StaleArrangementError where an article or a page concerned is not as it was seen."""
    if row is None:
        raise StaleArrangementError(_("The article has been deleted."))
    seen_on = next((page_id for page_id, ids in seen.items() if row.pk in ids), None)
    concerned = {seen_on, page.pk if page else None} - {None}
    rows = Article.objects.filter(page__in=concerned).order_by("position")
    now: dict[int, list[int]] = {page_id: [] for page_id in concerned}
    for page_id, pk in rows.values_list("page", "pk"):
        now[page_id].append(pk)
    if row.page_id != seen_on or any(now[each] != list(seen.get(each, [])) for each in concerned):
        raise StaleArrangementError(_("Somebody else has just arranged this page."))


def _remove(row: Article, *, by: Member | None) -> None:
    if row.page is None:
        return
    _check_leaving(row, None, by)
    publication.article_changed(row)
    former = row.page
    row.page = row.position = None
    Article.objects.filter(pk=row.pk).update(page=None, position=None)
    entries.index_articles([row.pk])
    staying = _close_gaps(former)
    if former.issue.released_at:
        follow([row.pk, *staying])


def _close_gaps(page: Page) -> list[int]:
    """Renumber the articles of a page; return their ids."""
    rows = list(page.articles.order_by("position"))
    _renumber(rows)
    return [row.pk for row in rows]


def _check_leaving(row: Article, to_issue: int | None, by: Member | None) -> None:
    if row.page is None:
        return
    issue = row.page.issue
    _check_may_arrange(issue, by)
    if issue.pk != to_issue and issue.is_published():
        raise PlacementError(
            _("“%(article)s” has been published; it cannot be taken out of its issue.")
            % {"article": row}
        )


def _check_may_arrange(issue: Issue, by: Member | None) -> None:
    """Raise PlacementError where an issue is released and the member may not release issues."""
    if issue.released_at and not (by and by.has_perm("articles.release_issue")):
        raise PlacementError(
            _("The issue is released; only who may release it may move its articles.")
        )
