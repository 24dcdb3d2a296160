"""An issue of an archive → rows: all of it in one transaction, or nothing.

What is stored already in the same words is left as it is. Nothing becomes public by being
stored; `releasing` does that, where it is asked for.
"""

from collections.abc import Collection, Sequence
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from articles.archived.assembling import PrintedIssue, assembled
from articles.archived.clippings import Clipping
from articles.models import Member, Photo
from articles.models.page import unpadded

from . import limits, photos, rows
from .outcome import Filed
from .pages import write_pages
from .refusals import FilingRefused
from .releasing import let_out
from .standing import Standing, as_clipping, standing, worked_on


def store(
    clippings: Sequence[Clipping],
    *,
    folder: Path | None = None,
    release: bool = False,
    by: Member | None = None,
) -> Filed:
    """Store all clippings of one issue, with the photos they show from a folder.

    With `release` the issue is let out under its own date, if its day is past and nothing in it
    was left alone; `by` answers for that, None is the operator. Raises ClippingError and
    FilingRefused: then nothing is stored.
    """
    for each in clippings:
        limits.check(each)
    printed = assembled(clippings)
    brought: list[Photo] = []
    try:
        with transaction.atomic():
            return _store(printed, folder, brought, release=release, by=by)
    except BaseException:
        photos.discard(brought)
        raise


def _store(
    printed: PrintedIssue, folder: Path | None, brought: list[Photo], *, release, by
) -> Filed:
    found = standing(printed)
    filed = Filed(printed.key, is_new=found.is_new)
    fresh = [each for each in printed.articles if each.uid not in found.articles]
    _check_places(fresh, found)
    _check_labels(printed, found)
    changed = _changed(printed, found, filed)
    _check_open(found, fresh, changed, printed)
    write_pages(printed, found, filed)
    named = rows.named([*fresh, *changed], printed.pictures, folder, brought)
    rows.write(fresh, changed, found, named)
    filed.created, filed.updated = len(fresh), len(changed)
    if release:
        known = [found.articles[each.uid] for each in printed.articles]
        let_out(found.issue, known, filed, by=by)
    return filed


def _changed(printed: PrintedIssue, found: Standing, filed: Filed) -> list[Clipping]:
    """Return the clippings whose articles get other words; tell of those that are left alone."""
    others = [c for c in printed.articles if c.uid in found.articles and not found.is_as(c)]
    if not others:
        return []
    left = worked_on([found.articles[each.uid] for each in others])
    changed = []
    for each in others:
        article = found.articles[each.uid]
        stood = as_clipping(article) if article.page else None
        if stood is None or (stood.key, stood.place) != (each.key, each.place):
            why = _("it stands elsewhere: %(place)s") % {"place": article.page or "—"}
        elif not (why := left.get(each.uid, "")):
            changed.append(each)
            continue
        told = {"where": each.where, "article": article, "why": why}
        filed.left.append(_("%(where)s: “%(article)s” is left as it is: %(why)s.") % told)
    return changed


def _check_places(fresh: Collection[Clipping], found: Standing) -> None:
    for each in fresh:
        if each.place in found.places:
            told = {"where": each.where, "page": each.page.label, "order": each.order}
            raise FilingRefused(
                _("%(where)s: another article stands on %(page)s at place %(order)d.") % told
            )


def _check_labels(printed: PrintedIssue, found: Standing) -> None:
    """Refuse a page that is there already under a label with other zeros: 01 beside 1."""
    there = {unpadded(label): label for label in found.pages}
    for label in printed.pages.keys() - found.pages.keys():
        if other := there.get(unpadded(label)):
            told = {"label": label, "other": other}
            raise FilingRefused(_("The page %(label)s is there already as %(other)s.") % told)


def _check_open(found: Standing, fresh, changed, printed: PrintedIssue) -> None:
    """Refuse to add to an issue that is released: what readers see changes on the desk only."""
    is_same = not fresh and not changed and printed.pages.keys() <= found.pages.keys()
    if found.issue.released_at and not is_same:
        raise FilingRefused(_("It is released already: nothing can be added to it."))
