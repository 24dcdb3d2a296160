"""Mixins of the lists of the desk, their paginator, and counts per row."""

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Count, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext


class CappedPaginator(Paginator):
    """Counts at most `cap` rows: a list longer than that ends at its cap.

    Older rows are reached by search, filters and dates, as in any archive.
    """

    cap = 2_000

    @cached_property
    def count(self) -> int:
        """The number of rows, or the cap. One query that reads at most `cap` rows."""
        return self.object_list[: self.cap].count()


class ListMixin:
    """What all lists of the desk have in common: no full counts, and no bulk actions."""

    paginator = CappedPaginator
    show_full_result_count = False
    list_per_page = 50
    actions = None


class WritersAddMixin:
    """Lets whoever may write articles add rows and see them; nobody changes or deletes one."""

    def has_module_permission(self, request):
        return request.user.has_perm("articles.add_article")

    has_add_permission = has_module_permission

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("articles.add_article")

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def yes_or_no(model: type[Model], name: str):
    """Return a column of a list that says a boolean in words: Django's icon speaks English."""

    @admin.display(description=model._meta.get_field(name).verbose_name, ordering=name)
    def column(row):
        return gettext("yes") if getattr(row, name) else gettext("no")

    column.__name__ = name
    return column


def count_of(rows: QuerySet, owner: str) -> Coalesce:
    """Return an annotation: how many of `rows` belong to each row of a list.

    `owner` is the path from a counted row to the list's row, such as `page__issue`. Counted
    for the rows shown only, where a join would first group the whole table.
    """
    own = rows.filter(**{owner: OuterRef("pk")}).order_by().values(owner)
    return Coalesce(Subquery(own.annotate(number=Count("pk")).values("number")), 0)
