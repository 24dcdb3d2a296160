"""Write the issue and the pages of an archive; values that are stored already stay."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from articles.archive.format import fields
from articles.archive.format.fields import Field
from articles.archive.format.printed_issue import PrintedIssue
from articles.archive.format.records import FieldValues
from articles.models import Issue, Page

from .existing import ExistingIssue
from .result import ImportResult


def write_pages(printed: PrintedIssue, existing: ExistingIssue, result: ImportResult) -> None:
    """Create the missing pages, and fill in empty fields of the issue and of its pages."""
    issue, is_open = existing.issue, existing.issue.released_at is None
    if _fill(issue, fields.ISSUE, printed.values, result, is_open=is_open):
        issue.save(update_fields=fields.names(fields.ISSUE))
        result.filled += 1
    filled = [
        page
        for label, values in printed.pages.items()
        if (page := existing.pages.get(label))
        and _fill(page, fields.PAGE, values, result, is_open=is_open)
    ]
    if filled:
        Page.objects.bulk_update(filled, fields.names(fields.PAGE))
    missing = [
        Page(issue=issue, label=label, **values)
        for label, values in printed.pages.items()
        if label not in existing.pages
    ]
    result.filled += len(filled) + len(missing)
    existing.pages |= {page.label: page for page in Page.objects.bulk_create(missing)}


def _fill(
    row: Issue | Page,
    kinds: Sequence[Field],
    values: FieldValues,
    result: ImportResult,
    *,
    is_open: bool,
) -> bool:
    """Fill in the empty fields of a row; report those that are stored otherwise, and keep them."""
    is_changed = False
    for field in kinds:
        stored, value = getattr(row, field.name), values[field.name]
        if field.is_empty(value) or value == stored:
            continue
        if is_open and not stored:
            setattr(row, field.name, value)
            is_changed = True
        else:
            params = {"row": row, "field": row._meta.get_field(field.name).verbose_name}
            params |= {"known": stored, "told": value}
            result.skipped.append(
                _("%(row)s: %(field)s stays %(known)s; the archive has %(told)s.") % params
            )
    return is_changed
