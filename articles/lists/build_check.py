"""The system check of the lists: `manage.py check --database default`."""

from django.core.checks import Warning
from django.db import DEFAULT_DB_ALIAS, DatabaseError
from django.utils.translation import gettext as _

from articles.models import Article, ListEntry


def entries_of_lists(*, databases=None, **context) -> list[Warning]:
    """Report that the lists of a paper with columns were never made. Two queries."""
    if DEFAULT_DB_ALIAS not in (databases or []):
        return []
    try:
        listed = Article.objects.published().filter(column__isnull=False)
        is_made = ListEntry.objects.exists() or not listed.exists()
    except DatabaseError:  # The tables are not there yet.
        return []
    if is_made:
        return []
    return [
        Warning(
            _("The lists of columns, tags and contributors have not been made: they are empty."),
            hint=_("Run: manage.py rebuild_lists"),
            id="articles.W003",
        )
    ]
