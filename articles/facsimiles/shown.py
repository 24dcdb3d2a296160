"""What readers see of the pictures of pages: which zones open an article, and which are covered.

Visible is what `Article.objects.published()` selects, or what a preview shows. An article that is
not visible is covered; where that is not possible, or the desk wants it so, there is no picture,
nor while a page that was read has no drafts yet: nothing tells then what on it may be seen.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from articles.models import AfterWithdrawal, Article, Facsimile, Issue, Page, Status, Zone
from articles.models.page import natural_order

from .polygons import Polygon


@dataclass(frozen=True, slots=True)
class ShownFacsimile:
    """The picture of a page as some readers see it.

    `zones` have the articles that they open, in their order; `covered` are the polygons that are
    painted over. `is_gone`: there is no picture to show. The PDF, in which nothing can be covered,
    is there only while `is_whole`.
    """

    facsimile: Facsimile
    zones: list[Zone] = field(default_factory=list)
    covered: list[Polygon] = field(default_factory=list)
    is_gone: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether everything on the page may be seen."""
        return not self.is_gone and not self.covered

    @property
    def cover_key(self) -> str:
        """What names the pictures with these zones covered; empty where none are."""
        if not self.covered:
            return ""
        return hashlib.sha256(json.dumps(sorted(self.covered)).encode()).hexdigest()[:16]

    @property
    def articles(self) -> list[Article]:
        """The articles that the zones open, each once, in the order of their first zones."""
        return list({zone.article_id: zone.article for zone in self.zones}.values())


def published_facsimile(key: tuple[date, int], label: str) -> ShownFacsimile | None:
    """Return the facsimile of a page of a published issue as readers see it. Two queries."""
    day, edition = key
    issues = Issue.objects.published().filter(issued_on=day, edition=edition)
    rows = Facsimile.objects.filter(page__issue__in=issues, page__label=label)
    found = _shown(rows, Article.objects.published())
    return found[0] if found else None


def facsimile_of(page: Page, articles: QuerySet[Article]) -> ShownFacsimile | None:
    """Return the facsimile of a page for who sees these articles. Two queries."""
    found = _shown(Facsimile.objects.filter(page=page), articles)
    return found[0] if found else None


def facsimiles_of_issue(issue: Issue, articles: QuerySet[Article]) -> dict[int, ShownFacsimile]:
    """Return the facsimiles of an issue by the id of their pages, as bound. Two queries."""
    rows = Facsimile.objects.filter(page__issue=issue).order_by(*natural_order("page__label"))
    found = _shown(rows, articles)
    return {each.facsimile.page_id: each for each in found}


def _shown(rows: QuerySet[Facsimile], articles: QuerySet[Article]) -> list[ShownFacsimile]:
    """Return facsimiles for who sees these articles, in the order of their pages. Two queries."""
    rows = rows.annotate(cannot_be_covered=Exists(_printed_without_zone(articles)))
    large = [f"raw_page__{name}" for name in ("source", "parsed", "corrections")]
    rows = list(rows.select_related("page__issue", "raw_page").defer(*large))
    visible = Exists(articles.filter(pk=OuterRef("article_id")))
    zones: dict[int, list[Zone]] = {}
    for zone in _zones_of(rows).annotate(is_visible=visible):
        zones.setdefault(zone.facsimile_id, []).append(zone)
    return [_as_shown(row, zones.get(row.pk, ())) for row in rows]


def _zones_of(rows: Sequence[Facsimile]) -> QuerySet[Zone]:
    return Zone.objects.filter(facsimile__in=rows, article__isnull=False).select_related("article")


def _as_shown(row: Facsimile, zones: Sequence[Zone]) -> ShownFacsimile:
    covered = [zone.polygon for zone in zones if not zone.is_visible]
    is_unwanted = bool(covered) and row.after_withdrawal == AfterWithdrawal.GONE
    is_unread = row.raw_page is not None and row.raw_page.drafts_at is None
    visible = [zone for zone in zones if zone.is_visible]
    is_gone = is_unwanted or is_unread or row.cannot_be_covered
    return ShownFacsimile(row, visible, covered, is_gone)


def _printed_without_zone(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Select the articles that are printed on a page, may not be seen, and have no zone on it.

    Those are printed that were withdrawn from the page, or read from its text, and that nobody
    has thrown away.
    """
    page = OuterRef("page_id")
    withdrawn = Q(page=page, reviews__move="withdraw")
    read = Q(raw_page__page=page) & ~Q(status=Status.DRAFT, discarded_at__isnull=False)
    own_zones = Zone.objects.filter(article=OuterRef("pk"), facsimile=OuterRef(OuterRef("pk")))
    unseen = ~Exists(articles.filter(pk=OuterRef("pk")))
    return Article.objects.filter(withdrawn | read).filter(unseen, ~Exists(own_zones))
