"""Raw pages: parse an uploaded text once, store it, apply corrections to what was parsed.

The uploaded bytes and the stored parse never change. Corrections are kept beside them, so that
each can be undone and redone, also by the next person who opens the page.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from articles import publication
from articles.models import Column, Issue, Member, Page, RawPage
from articles.models.page import unpadded

from .parse import corrections
from .parse.corrections import Blocks, Correction
from .parse.decoding import DecodedText, decode
from .parse.page_pdf.numbering import PictureWords, Places
from .parse.parser import assemble, furniture_of, parse_blocks, parse_folio
from .parse.types import Furniture, ParsedBlock, ParsedPage

LARGEST = 2 * 1024 * 1024  # in bytes; a page has about ten thousand


class UnreadableTextError(Exception):
    """A text cannot be parsed; its message says why."""


class StaleParseError(Exception):
    """The parsed page has been corrected elsewhere since it was shown."""


@dataclass(frozen=True, slots=True)
class ParsedSource:
    """Uploaded bytes and what the parser made of them.

    Of a page that was printed, `places` has by the number of a block where it stands, and
    `pictures` its pictures, in ‰ of the page; it is page `number` of `pdf`, counted from 0.
    """

    source: bytes
    encoding: str
    blocks: Sequence[ParsedBlock]
    removed: Sequence[Furniture]
    places: Places = field(default_factory=dict)
    pictures: Sequence[PictureWords] = ()
    pdf: bytes = field(default=b"", repr=False)
    number: int = 0

    @property
    def label(self) -> str:
        """The label that the page prints, such as A1; empty where it prints none."""
        return parse_folio(furniture_of(self.blocks))["label"]

    def as_json(self) -> str:
        """Return what was parsed, as it is stored."""
        blocks = [block.as_json() for block in self.blocks]
        found = {"blocks": blocks, "stray": [*map(asdict, self.removed)]}
        if self.places:
            found |= {"places": self.places, "pictures": [*map(asdict, self.pictures)]}
        return json.dumps(found)


def get_or_create_page(issue: Issue, label: str, *, name: str = "") -> Page:
    """Return the page of an issue with a label (A01 is A1), creating it if there is none.

    Raises ValidationError where the label is none. Two queries, or five.
    """
    for page in issue.pages.all():
        if unpadded(page.label) == unpadded(label):
            return page
    page = Page(issue=issue, label=label, name=name)
    page.full_clean()
    page.save()
    publication.row_changed(page)
    return page


def decode_source(source: bytes) -> DecodedText:
    """Decode a text. Raises UnreadableTextError."""
    if len(source) > LARGEST:
        raise UnreadableTextError(_("It is larger than 2 MB; no page is."))
    text = decode(source)
    if not text.is_readable:
        raise UnreadableTextError(_("It is not text in UTF-8, UTF-16 or GB18030."))
    if "empty" in text.problems:
        raise UnreadableTextError(_("It is empty."))
    return text


def parse_source(source: bytes) -> ParsedSource:
    """Decode and parse a text, with the paper's standing columns.

    Raises UnreadableTextError. One query.
    """
    text = decode_source(source)
    columns = Column.objects.values_list("name", flat=True)
    blocks, removed = parse_blocks(text.text, columns=columns)
    return ParsedSource(source, text.encoding, blocks, removed)


def import_text(page: Page, source: bytes, *, name: str = "", by: Member | None) -> RawPage:
    """Parse a text and store it; see `parse_source` and `create_raw_page`."""
    return create_raw_page(page, parse_source(source), name=name, by=by)


def create_raw_page(
    page: Page, parsed: ParsedSource, *, name: str = "", by: Member | None
) -> RawPage:
    """Store a parsed text; `by` None is the operator. Two queries, besides a savepoint's.

    The same bytes are stored once for a page: uploaded again, the row is the one there is, with
    its corrections.
    """
    digest = hashlib.sha256(parsed.source).hexdigest()
    if known := page.raw_pages.filter(digest=digest).first():
        return known
    row = RawPage(
        page=page,
        name=name[:200],
        source=parsed.source,
        digest=digest,
        encoding=parsed.encoding,
        uploaded_by=by,
        parsed=parsed.as_json(),
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # Somebody has uploaded it at the same moment.
        return page.raw_pages.get(digest=digest)
    return row


def corrected_page(raw: RawPage) -> ParsedPage:
    """Return the parsed page with the corrections that apply. No query."""
    parsed = json.loads(raw.parsed)
    removed = tuple(Furniture(**piece) for piece in parsed["stray"])
    return assemble(_corrected(raw, parsed, raw.applied_count), removed)


def corrected_blocks(raw: RawPage, *, count: int | None = None) -> Blocks:
    """Return the blocks after the first `count` corrections (None: those that apply). No query."""
    return _corrected(raw, json.loads(raw.parsed), raw.applied_count if count is None else count)


def _corrected(raw: RawPage, parsed: dict, count: int) -> Blocks:
    blocks = tuple(map(ParsedBlock.from_json, parsed["blocks"]))
    for correction in corrections_of(raw)[:count]:
        blocks = corrections.apply_correction(blocks, correction)
    return blocks


def corrections_of(raw: RawPage) -> list[Correction]:
    """Return the corrections made, the undone ones too."""
    return [Correction(**row) for row in json.loads(raw.corrections)]


def apply_correction(raw: RawPage, correction: Correction, *, version: int) -> None:
    """Correct the parsed page; what was undone before can then not be redone.

    `version` is the one that the person saw. Raises StaleParseError, and ValueError where there
    is no such correction. One query.
    """
    corrections.apply_correction(corrected_blocks(raw), correction)
    made = [*corrections_of(raw)[: raw.applied_count], correction]
    stored = json.dumps([asdict(each) for each in made])
    _update(raw, version, corrections=stored, applied_count=len(made))


def undo(raw: RawPage, *, version: int) -> None:
    """Undo the last correction, if there is one. Raises StaleParseError. One query."""
    _update(raw, version, applied_count=max(raw.applied_count - 1, 0))


def redo(raw: RawPage, *, version: int) -> None:
    """Redo the correction that was undone last. Raises StaleParseError. One query."""
    count = min(raw.applied_count + 1, len(corrections_of(raw)))
    _update(raw, version, applied_count=count)


def _update(raw: RawPage, version: int, **values) -> None:
    """Write fields of a raw page if nobody has written since `version`."""
    values["version"] = version + 1
    current = RawPage.objects.filter(pk=raw.pk, version=version)
    if raw.version != version or not current.update(**values):
        raise StaleParseError
    for name, value in values.items():
        setattr(raw, name, value)
