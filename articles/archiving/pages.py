"""The issue and the pages of an archive → rows; what is known of them already is kept."""

from django.utils.translation import gettext as _

from articles.archived.assembling import PrintedIssue
from articles.models import Issue, Page

from .outcome import Filed
from .standing import Standing

PAGE_FACTS = ("name", "editor", "designer", "proofreader", "planned")


def write_pages(printed: PrintedIssue, found: Standing, filed: Filed) -> None:
    """Make the pages that are missing, and fill in facts of which nothing was known."""
    is_open = found.issue.released_at is None
    if _filled(found.issue, {"serial": printed.serial}, filed, is_open=is_open):
        found.issue.save(update_fields=["serial"])
        filed.filled += 1
    partial = []
    for facts in printed.pages.values():
        page = found.pages.get(facts.label)
        told = {name: getattr(facts, name) for name in PAGE_FACTS}
        if page and _filled(page, told, filed, is_open=is_open):
            partial.append(page)
    if partial:
        Page.objects.bulk_update(partial, PAGE_FACTS)
    missing = [
        Page(issue=found.issue, label=f.label, **{name: getattr(f, name) for name in PAGE_FACTS})
        for f in printed.pages.values()
        if f.label not in found.pages
    ]
    filed.filled += len(partial) + len(missing)
    for page in Page.objects.bulk_create(missing):
        found.pages[page.label] = page


def _filled(row: Issue | Page, told: dict, filed: Filed, *, is_open: bool) -> bool:
    """Fill a row's empty facts; tell of those that are known otherwise, and keep them."""
    is_filled = False
    for name, value in told.items():
        known = getattr(row, name)
        if value in (None, "") or value == known or (name == "planned" and not value):
            continue
        if is_open and known in (None, "", 0):
            setattr(row, name, value)
            is_filled = True
        else:
            facts = {"row": row, "field": row._meta.get_field(name).verbose_name}
            facts |= {"known": known, "told": value}
            filed.left.append(
                _("%(row)s: %(field)s stays %(known)s; the archive has %(told)s.") % facts
            )
    return is_filled
