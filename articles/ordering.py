"""Places 1, 2, 3 … under a unique constraint."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, Model

OUT_OF_THE_WAY = 10_000


def renumber(rows: Sequence[Model], *, also: Sequence[str] = ()) -> None:
    """Give saved rows of one owner the positions 1..n, in the order given.

    `rows` must be all rows of that owner; `also` names further fields to write with the
    position (such as the owner, when rows come in from another one). Two updates where
    anything changes, because a database checks a unique constraint row by row; none otherwise.
    """
    changed = [row for place, row in enumerate(rows, 1) if row.position != place]
    if not changed and not also:
        return
    model = type(rows[0])._default_manager
    for place, row in enumerate(rows, 1):
        row.position = OUT_OF_THE_WAY + place
    with transaction.atomic():
        model.bulk_update(rows, ["position", *also])
        model.filter(pk__in=[row.pk for row in rows]).update(
            position=F("position") - OUT_OF_THE_WAY
        )
    for place, row in enumerate(rows, 1):
        row.position = place
