"""The queues of a member as a filter of the list of articles."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Status
from articles.workflow.queues import returned_to, unfinished_by, waiting_for

from .article.list_filters import articles_by

QUEUES = {
    "waiting": (_("Waits for me"), waiting_for),
    "returned": (_("Came back to me"), returned_to),
    "unfinished": (_("What I have open"), unfinished_by),
    "own": (
        _("My stories"),
        lambda member: Article.objects.filter(pk__in=articles_by(member)).exclude(
            status=Status.SPIKED
        ),
    ),
    "bin": (_("Discarded drafts"), lambda member: Article.objects.discarded()),
    "held": (_("Held"), lambda member: Article.objects.filter(status=Status.HELD)),
}


class QueueFilter(admin.SimpleListFilter):
    """Shows the member's own queues in the list of articles."""

    title = _("my work")
    parameter_name = "queue"

    def lookups(self, request, model_admin):
        """Return the queues."""
        return [(name, title) for name, (title, _select) in QUEUES.items()]

    def queryset(self, request, queryset):
        """Select the articles of the chosen queue, or all but the bin; in the order of the list."""
        if self.value() not in QUEUES:
            return queryset.kept()
        select = QUEUES[self.value()][1]
        if self.value() != "bin":
            queryset = queryset.kept()
        return queryset.filter(pk__in=select(request.user).order_by().values("pk"))
