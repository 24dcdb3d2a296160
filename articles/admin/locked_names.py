"""Names that cannot be edited once a reviewed article uses them: of columns, tags, pictures.

Changing them would change what readers see, or what a reviewer has passed, without a review. An
article is given another column, tag or picture instead.
"""

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Status

WHY = _("Part of words that have been read or printed: choose another one in the article instead.")


def is_locked(articles: QuerySet[Article]) -> bool:
    """Tell whether any of the articles is no draft any more. One query."""
    return articles.exclude(status=Status.DRAFT).exists()


class LockedNameMixin:
    """Makes a name read-only once a reviewed article uses it, in a ModelAdmin with `users`."""

    def users(self, obj) -> QuerySet[Article]:
        """Return the articles that use the name."""
        raise NotImplementedError

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return (*fields, "name", "why") if obj and is_locked(self.users(obj)) else fields

    def get_fields(self, request, obj=None):
        fields = [name for name in super().get_fields(request, obj) if name != "why"]
        is_shown = "why" in self.get_readonly_fields(request, obj)
        return ["name", "why", *fields[1:]] if is_shown else fields

    @admin.display(description=_("settled"))
    def why(self, obj):
        return WHY
