"""What belongs to words that somebody has read holds still: names of columns and tags, pictures.

Changing it here would change what readers see, or what a reviewer has passed, past the
procedure. It is changed in the article itself instead: another column, tag or picture.
"""

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Status

WHY = _("Part of words that have been read or printed: choose another one in the article instead.")


def is_settled(articles: QuerySet[Article]) -> bool:
    """Tell whether any of the articles has left its author's hands. One query."""
    return articles.exclude(status=Status.DRAFT).exists()


class NameSettles:
    """A name that cannot be changed once it is printed. Mixed into a ModelAdmin with `users`."""

    def users(self, obj) -> QuerySet[Article]:
        """Return the articles in whose words the name stands."""
        raise NotImplementedError

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return (*fields, "name", "why") if obj and is_settled(self.users(obj)) else fields

    def get_fields(self, request, obj=None):
        fields = [name for name in super().get_fields(request, obj) if name != "why"]
        settled = "why" in self.get_readonly_fields(request, obj)
        return ["name", "why", *fields[1:]] if settled else fields

    @admin.display(description=_("settled"))
    def why(self, obj):
        return WHY
