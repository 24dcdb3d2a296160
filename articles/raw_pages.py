"""Texts of printed pages: brought, read, and their readings corrected step by step.

The bytes that came and the first reading are never changed. Corrections are steps on top of
them, so that each can be undone and redone, by whoever has the page open next, too.
"""

import hashlib
import json
from dataclasses import asdict

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from articles.intake import editing
from articles.intake.assembling import assemble
from articles.intake.editing import Blocks, Step
from articles.intake.paper import Furniture, PageReading
from articles.intake.parsing import parse
from articles.intake.printing import block_json, blocks_from_json
from articles.intake.reading import Text, read
from articles.models import Column, Issue, Member, Page, RawPage
from articles.models.page import unpadded

LARGEST = 2 * 1024 * 1024  # in bytes; a page has about ten thousand


class NotReadable(Exception):  # noqa: N818 (it reads as what happened)
    """A text cannot be read; it says why."""


class ReadMeanwhile(Exception):  # noqa: N818 (it reads as what happened)
    """The reading has been corrected elsewhere since it was shown."""


def page_of(issue: Issue, label: str, *, name: str = "") -> Page:
    """Return the page of an issue with a label (A01 is A1), made where there is none.

    Raises ValidationError where there can be none. Two queries, or four.
    """
    for page in issue.pages.all():
        if unpadded(page.label) == unpadded(label):
            return page
    page = Page(issue=issue, label=label, name=name)
    page.full_clean()
    page.save()
    return page


def decoded(source: bytes) -> Text:
    """Return the words of a text as it came. Raises NotReadable."""
    if len(source) > LARGEST:
        raise NotReadable(_("It is larger than 2 MB; no page is."))
    text = read(source)
    if not text.is_readable:
        raise NotReadable(_("It is not text in UTF-8, UTF-16 or GB18030."))
    if "empty" in text.problems:
        raise NotReadable(_("It is empty."))
    return text


def bring(page: Page, source: bytes, *, name: str = "", by: Member | None) -> RawPage:
    """Keep a text of a page as it came, and read it; `by` None is the operator.

    The same bytes are kept once for a page: brought again, the row is the one there is, with
    its corrections. Raises NotReadable. Two queries, or three.
    """
    text = decoded(source)
    digest = hashlib.sha256(source).hexdigest()
    if known := page.raw_pages.filter(digest=digest).first():
        return known
    row = RawPage(
        page=page, name=name[:200], source=source, digest=digest, encoding=text.encoding,
        brought_by=by, first_reading=_written(first_read(text)),
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # Somebody has brought it at the same moment.
        return page.raw_pages.get(digest=digest)
    return row


def first_read(text: Text) -> PageReading:
    """Read a text, knowing the paper's standing columns. One query."""
    return parse(text.text, columns=Column.objects.values_list("name", flat=True))


def reading(raw: RawPage) -> PageReading:
    """Return the reading as it stands: the first one, with the corrections that hold. No query."""
    found = json.loads(raw.first_reading)
    stray = tuple(Furniture(**piece) for piece in found["stray"])
    return assemble(_corrected(raw, found, raw.done), stray)


def blocks(raw: RawPage, *, done: int | None = None) -> Blocks:
    """Return the blocks of the reading after the first `done` corrections. No query.

    None means those that hold.
    """
    return _corrected(raw, json.loads(raw.first_reading), raw.done if done is None else done)


def _corrected(raw: RawPage, found: dict, done: int) -> Blocks:
    now = blocks_from_json(found["blocks"])
    for step in steps(raw)[:done]:
        now = editing.take(now, step)
    return now


def steps(raw: RawPage) -> list[Step]:
    """Return the corrections made, the undone ones too."""
    return [Step(**step) for step in json.loads(raw.steps)]


def take(raw: RawPage, step: Step, *, seen: int) -> RawPage:
    """Correct the reading by a step; what was undone before can then not be redone.

    `seen` is the version that the person saw. Raises ReadMeanwhile, and ValueError where there
    is no such step. One query.
    """
    editing.take(blocks(raw), step)
    kept = [*steps(raw)[: raw.done], step]
    return _changed(raw, seen, steps=json.dumps([asdict(each) for each in kept]), done=len(kept))


def undo(raw: RawPage, *, seen: int) -> RawPage:
    """Take the last correction back, if there is one. Raises ReadMeanwhile. One query."""
    return _changed(raw, seen, done=max(raw.done - 1, 0))


def redo(raw: RawPage, *, seen: int) -> RawPage:
    """Let the correction hold again that was undone last. Raises ReadMeanwhile. One query."""
    return _changed(raw, seen, done=min(raw.done + 1, len(steps(raw))))


def _changed(raw: RawPage, seen: int, **facts) -> RawPage:
    """Write if nobody has written since `seen`."""
    facts["version"] = seen + 1
    if raw.version != seen or not RawPage.objects.filter(pk=raw.pk, version=seen).update(**facts):
        raise ReadMeanwhile
    for name, value in facts.items():
        setattr(raw, name, value)
    return raw


def _written(found: PageReading) -> str:
    stray = [asdict(piece) for piece in found.furniture if piece.kind == "stray"]
    return json.dumps({"blocks": [*map(block_json, found.blocks)], "stray": stray})
