"""Import an issue of an archive in one transaction.

What is stored already with the same content stays. An import publishes nothing unless it is
asked to (back_issue_release).
"""

from collections.abc import Collection, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from articles import ledger
from articles.archive.format.printed_issue import PrintedIssue, assemble_issue
from articles.archive.format.records import Record
from articles.editing.character_messages import describe_invisible
from articles.models import Article, LedgerKind, Member, Photo
from articles.models.page import unpadded
from articles.search import counts, entries

from . import bulk_insert, field_limits, photo_files
from .back_issue_release import release_back_issue
from .error_messages import ImportRefusedError
from .existing import ExistingIssue, edited_articles, lock_existing, placed_record
from .page_rows import write_pages
from .result import ImportResult


def import_issue(
    records: Sequence[Record],
    *,
    folder: Path | None = None,
    release: bool = False,
    by: Member | None = None,
) -> ImportResult:
    """Store all records of one issue, with the photos they show from a folder.

    With `release` the issue is released under its own date, if its day is past and nothing in it
    was skipped; `by` is responsible for that, None is the operator. Raises RecordError and
    ImportRefusedError: then nothing is stored.
    """
    for record in records:
        field_limits.check_record(record)
    printed = assemble_issue(records)
    photos: list[Photo] = []
    try:
        with ledger.atomic():
            return _store(printed, folder, photos, release=release, by=by)
    except BaseException:
        photo_files.delete_files(photos)
        raise


def _store(
    printed: PrintedIssue, folder: Path | None, photos: list[Photo], *, release, by
) -> ImportResult:
    existing = lock_existing(printed)
    result = ImportResult(printed.key, is_new=existing.is_new)
    result.cleaned += map(_removed_line, filter(lambda each: each.removed, printed.articles))
    new, changed = _new_and_changed(printed, existing, result)
    write_pages(printed, existing, result)
    if release:
        counts.hold(existing.issue.issued_on.year)
    named = bulk_insert.resolve_names([*new, *changed], printed.photos, folder, photos)
    bulk_insert.insert_articles(new, changed, existing, named)
    result.created, result.updated = len(new), len(changed)
    if new or changed:
        facts = {"created": len(new), "updated": len(changed)}
        ledger.record(LedgerKind.IMPORT, existing.issue, by=by, **facts)
    if release:
        articles = [existing.articles[record.uid] for record in printed.articles]
        release_back_issue(existing.issue, articles, result, by=by)
    entries.index_articles(Article.objects.filter(page__issue=existing.issue))
    return result


def _removed_line(record: Record) -> str:
    which = describe_invisible(record.removed)
    line = _("%(where)s: characters that print nothing were left out: %(which)s.")
    return line % {"where": record.where, "which": which}


def _new_and_changed(
    printed: PrintedIssue, existing: ExistingIssue, result: ImportResult
) -> tuple[list[Record], list[Record]]:
    """Return the records to insert and those to update, all of them checked."""
    new = [record for record in printed.articles if record.uid not in existing.articles]
    _check_places(new, existing)
    _check_labels(printed, existing)
    changed = _changed(printed, existing, result)
    _check_unreleased(existing, new, changed, printed)
    return new, changed


def _changed(printed: PrintedIssue, existing: ExistingIssue, result: ImportResult) -> list[Record]:
    """Return the records whose articles are to be changed; report those that are skipped."""
    stored = [record for record in printed.articles if record.uid in existing.articles]
    different = [record for record in stored if not existing.is_identical(record)]
    if not different:
        return []
    reasons = edited_articles([existing.articles[record.uid] for record in different])
    changed = []
    for record in different:
        article = existing.articles[record.uid]
        if not (why := _moved(article, record) or reasons.get(record.uid, "")):
            changed.append(record)
            continue
        params = {"where": record.where, "article": article, "why": why}
        result.skipped.append(_("%(where)s: “%(article)s” is left as it is: %(why)s.") % params)
    return changed


def _moved(article: Article, record: Record) -> str:
    """Return where an article is, if that is another place than its record's; else nothing."""
    stored = placed_record(article) if article.page else None
    if stored and (stored.key, stored.place) == (record.key, record.place):
        return ""
    return _("it stands elsewhere: %(place)s") % {"place": article.page or "—"}


def _check_places(new: Collection[Record], existing: ExistingIssue) -> None:
    """Refuse a new article at the place of another one."""
    for record in new:
        if record.place in existing.places:
            params = {"where": record.where, "page": record.page.label, "order": record.order}
            raise ImportRefusedError(
                _("%(where)s: another article stands on %(page)s at place %(order)d.") % params
            )


def _check_labels(printed: PrintedIssue, existing: ExistingIssue) -> None:
    """Refuse a page that is stored already under a label with other zeros: 01 beside 1."""
    labels = {unpadded(label): label for label in existing.pages}
    for label in printed.pages.keys() - existing.pages.keys():
        if other := labels.get(unpadded(label)):
            params = {"label": label, "other": other}
            raise ImportRefusedError(
                _("The page %(label)s is there already as %(other)s.") % params
            )


def _check_unreleased(existing: ExistingIssue, new, changed, printed: PrintedIssue) -> None:
    """Refuse to change a released issue: what readers see is changed by editors only."""
    is_same = not new and not changed and printed.pages.keys() <= existing.pages.keys()
    if existing.issue.released_at and not is_same:
        raise ImportRefusedError(_("It is released already: nothing can be added to it."))
