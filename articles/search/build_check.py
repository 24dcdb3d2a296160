"""The system check of the index: `manage.py check --database default`."""

from django.core.checks import Warning
from django.db import DEFAULT_DB_ALIAS, DatabaseError
from django.utils.translation import gettext as _

from . import build


def search_index(*, databases=None, **context) -> list[Warning]:
    """Report that the index of the search was never made, or not to its end. Two queries."""
    if DEFAULT_DB_ALIAS not in (databases or []):
        return []
    try:
        is_complete = build.is_complete()
    except DatabaseError:  # The tables are not there yet.
        return []
    if is_complete:
        return []
    return [
        Warning(
            _("The index of the search is not complete: older articles are not found."),
            hint=_("Run: manage.py rebuild_search"),
            id="articles.W002",
        )
    ]
