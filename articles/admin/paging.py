"""Lists of the desk that never count a large table."""

from django.core.paginator import Paginator
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
