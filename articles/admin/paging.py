"""Lists of the desk that never count a large table."""

from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property


class CappedPaginator(Paginator):
    """Counts at most `cap` rows: a list longer than that ends at its cap.

    Older rows are reached by search, filters and dates, as in any archive.
    """

    cap = 2_000

    @cached_property
    def count(self) -> int:
        """The number of rows, or the cap. One query that reads at most `cap` rows."""
        return self.object_list[: self.cap].count()


class Listed:
    """What all lists of the desk have in common; mixed into a ModelAdmin.

    No full counts, and no actions: deleting many rows at once is nobody's trade here.
    """

    paginator = CappedPaginator
    show_full_result_count = False
    list_per_page = 50
    actions = None


def tally(rows: QuerySet, owner: str) -> Coalesce:
    """Return an annotation: how many of `rows` belong to each row of a list.

    `owner` is the path from a counted row to the list's row, such as `page__issue`. Counted
    for the rows shown only, where a join would first group the whole table.
    """
    own = rows.filter(**{owner: OuterRef("pk")}).order_by().values(owner)
    return Coalesce(Subquery(own.annotate(number=Count("pk")).values("number")), 0)
