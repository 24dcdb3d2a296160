"""Mixins of the lists of the desk, their paginator, and counts per row."""

from contextlib import nullcontext

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Count, Model, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext

from articles import ledger, publication
from articles.lists.years import recount_due
from articles.models import ListKind, ListYear


class CappedPaginator(Paginator):
    """Counts at most `cap` rows: a list longer than that ends at its cap.

    Older rows are reached by search, filters and dates, as in any archive.
    """

    cap = 2_000

    @cached_property
    def count(self) -> int:
        """The number of rows, or the cap. One query that reads at most `cap` rows."""
        # The rows as they are in the table: to annotate and sort them would take longer.
        return self.object_list.order_by().values("pk")[: self.cap].count()


class ListMixin:
    """What all lists of the desk have in common: no full counts, and no bulk actions."""

    paginator = CappedPaginator
    show_full_result_count = False
    list_per_page = 50
    actions = None


class ReadOnlyMixin:
    """Rows that nobody adds, changes or deletes at the desk; who may view them does."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class LedgerFormMixin:
    """Enters what the form of a row records in the ledger, as the last thing (`articles.ledger`).

    What follows a save in Django's transaction, such as a step of the review, locks rows too.
    """

    def changeform_view(self, request, object_id=None, *args, **kwargs):
        """Show or save the form; two queries more for one that is posted."""
        with ledger.atomic() if request.method == "POST" else nullcontext():
            return super().changeform_view(request, object_id, *args, **kwargs)

    def delete_view(self, request, object_id, *args, **kwargs):
        """Ask, or delete; two queries more where it deletes."""
        with ledger.atomic() if request.method == "POST" else nullcontext():
            return super().delete_view(request, object_id, *args, **kwargs)


class PublicRowsMixin:
    """Counts what is saved or deleted of a model that readers see (`articles/publication.py`).

    In the transaction of the form or the list; a view of its own does it by itself.
    """

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        publication.row_changed(form.instance, is_new=not change)

    def delete_model(self, request, obj):
        publication.row_changed(obj)
        super().delete_model(request, obj)


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


class PrintedTotalMixin:
    """Makes the kept counts of a list right before it shows them (`printed_total`)."""

    def changelist_view(self, request, extra_context=None):
        """Count what came out since; one query where nothing did."""
        recount_due()
        return super().changelist_view(request, extra_context)


def yes_or_no(model: type[Model], name: str):
    """Return a column of a list that says a boolean in words: Django's icon speaks English."""

    @admin.display(description=model._meta.get_field(name).verbose_name, ordering=name)
    def column(row):
        return gettext("yes") if getattr(row, name) else gettext("no")

    column.__name__ = name
    return column


def printed_total(kind: ListKind) -> Coalesce:
    """Return an annotation: how many published articles the list of each row has, as counted.

    From the kept counts of `articles.lists`: one column has twenty thousand articles.
    """
    own = ListYear.objects.filter(kind=kind, subject=OuterRef("pk")).order_by().values("subject")
    return Coalesce(Subquery(own.annotate(number=Sum("articles")).values("number")), 0)


def count_of(rows: QuerySet, owner: str) -> Coalesce:
    """Return an annotation: how many of `rows` belong to each row of a list.

    `owner` is the path from a counted row to the list's row, such as `page__issue`. Counted
    for the rows shown only, where a join would first group the whole table.
    """
    own = rows.filter(**{owner: OuterRef("pk")}).order_by().values(owner)
    return Coalesce(Subquery(own.annotate(number=Count("pk")).values("number")), 0)
