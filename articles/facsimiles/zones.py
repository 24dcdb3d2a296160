"""Store the zones of a facsimile: those read from the page, and those corrected by hand."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied

from articles import ledger, publication
from articles.models import Article, Facsimile, Issue, LedgerKind, Member, Zone

from .polygons import Polygon


def store_read_zones(row: Facsimile, found: Sequence[tuple[Article, Sequence[Polygon]]]) -> None:
    """Store the polygons of articles as they were read, in the place of those before.

    Once zones were corrected by hand they stay as they are, and only articles that have none get
    some. Within a transaction. Six queries at most.
    """
    row = Facsimile.objects.select_for_update().select_related("page").get(pk=row.pk)
    before = list(row.zones.values_list("article_id", "polygon"))
    kept = before if row.has_zones_by_hand else []
    known = {article for article, _ in kept}
    wanted = [(article.pk, polygon) for article, polygons in found for polygon in polygons]
    after = kept + [pair for pair in wanted if pair[0] not in known]
    if after != before:
        replace(row, after)


def replace(row: Facsimile, zones: Sequence[tuple[int | None, Polygon]]) -> None:
    """Store zones (the id of an article, a polygon), in order, in the place of all. Six queries.

    Within a transaction that holds the facsimile.
    """
    row.zones.all().delete()
    Zone.objects.bulk_create(
        Zone(facsimile=row, article_id=article, polygon=polygon, order=order)
        for order, (article, polygon) in enumerate(zones)
    )
    row.version += 1
    Facsimile.objects.filter(pk=row.pk).update(version=row.version)
    publication.row_changed(row.page)


class StaleZonesError(Exception):
    """The zones have been changed elsewhere since they were shown."""


def correct(
    row: Facsimile,
    zones: Sequence[tuple[int | None, Polygon]],
    *,
    version: str,
    after_withdrawal: str,
    may_change_released: bool,
    by: Member,
) -> None:
    """Store the zones of a page as a person wants them, all of them at once, and in the ledger.

    `version` is the one that the person saw. Raises StaleZonesError; PermissionDenied in a
    released issue where that is not allowed. Nine queries, and those of the ledger.
    """
    with ledger.atomic():
        issue = Issue.objects.locked([row.page.issue_id]).get()
        row = Facsimile.objects.select_for_update().select_related("page").get(pk=row.pk)
        if str(row.version) != version:
            raise StaleZonesError
        if issue.released_at is not None and not may_change_released:
            raise PermissionDenied
        facts = {"has_zones_by_hand": True, "after_withdrawal": after_withdrawal}
        Facsimile.objects.filter(pk=row.pk).update(**facts)
        replace(row, zones)
        told = {"zones": len(zones), "after_withdrawal": after_withdrawal}
        ledger.record(LedgerKind.ZONES_CHANGED, row, by=by, **told)
