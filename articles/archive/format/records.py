"""剪报 (record): one line of an archive, as frozen values.

A line is an article on its page. One without an order is a page that holds no article, one
without a page an issue that holds no page.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from articles.content.copy import Copy

# The UUID namespace of articles of which the archive gives no uid.
NAMESPACE = uuid.UUID("0b6a9f4e-53c1-5d0e-9d0b-6d3a6a3f2f10")

# A date and an edition.
Key = tuple[date, int]
# The name and the distinction of a contributor.
ContributorName = tuple[str, str]
# Values of one row by the names of its model fields.
FieldValues = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A file of an archive and a line in it, from 1."""

    file: str = ""
    line: int = 0

    def __str__(self):
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class PageRecord:
    """A page without its articles."""

    label: str
    values: FieldValues


@dataclass(frozen=True, slots=True)
class PhotoRecord:
    """A photo of the library, and the name of its file beside the archive."""

    uid: str
    file: str
    values: FieldValues = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """One article in its place, or a page or an issue that holds none.

    `links` are the contributors of the bylines, one each, in their order;
    `removed` are the invisible characters taken out of the texts.
    """

    issued_on: date
    edition: int = 1
    issue: FieldValues = field(default_factory=dict)
    page: PageRecord | None = None
    order: int | None = None
    uid: str = ""
    copy: Copy = Copy()
    links: tuple[ContributorName | None, ...] = ()
    article: FieldValues = field(default_factory=dict)
    photos: tuple[PhotoRecord, ...] = ()
    where: SourceLine = field(default=SourceLine(), compare=False)
    removed: Mapping[str, int] = field(default_factory=dict, compare=False)

    @property
    def key(self) -> Key:
        """The date and edition of its issue."""
        return self.issued_on, self.edition

    @property
    def place(self) -> tuple[str, int] | None:
        """The label of its page and its order there; None where it is no article."""
        return None if self.order is None else (self.page.label, self.order)


def default_uid(issued_on: date, edition: int, label: str, order: int) -> str:
    """Return the uid of an article that has none in the archive: always the same for a place."""
    return str(uuid.uuid5(NAMESPACE, f"{issued_on.isoformat()}/{edition}/{label}/{order}"))


def label_of(number: int) -> str:
    """Return the label of a page that is given by its number: 1 is 01."""
    return f"{number:02d}"
