"""Why a page may not be stored as it was read: each reason in words, at its place."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from articles.models import Article, Byline, Column, Page
from articles.models.page import unpadded

from .drafting import Draft
from .paper import PageReading


def misplaced(found: PageReading, page: Page) -> list[str]:
    """Return what the text itself says against the page or the day chosen for it."""
    day = page.issue.issued_on
    faults = []
    if found.label and unpadded(found.label) != unpadded(page.label):
        faults.append(
            _("The text says that it is page %(said)s, not %(chosen)s.")
            % {"said": found.label, "chosen": page.label}
        )
    if found.date and found.date != day.isoformat():
        faults.append(
            _("The text is dated %(said)s, not %(chosen)s.") % {"said": found.date, "chosen": day}
        )
    return faults


def too_long(drafts: Iterable[Draft]) -> list[str]:
    """Return which words have no room in the field for which they were read."""
    return [
        _("“%(words)s…” is too long as %(what)s, which has at most %(most)d characters.")
        % {"words": words[:20], "what": field.verbose_name, "most": field.max_length}
        for each in drafts
        for field, words in _fields(each)
        if len(words) > field.max_length
    ]


def _fields(each: Draft) -> Iterator[tuple]:
    """Yield the fields of limited room, each with the words that would go there."""
    for name in ("kicker", "headline", "deck", "dateline"):
        yield Article._meta.get_field(name), getattr(each.copy, name)
    yield Column._meta.get_field("name"), each.copy.column
    for who in each.copy.bylines:
        yield Byline._meta.get_field("role"), who.role
        yield Byline._meta.get_field("name"), who.name
