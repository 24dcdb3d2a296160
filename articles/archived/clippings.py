"""剪报: one line of an archive, as frozen values.

A line is an article on its page. One without an order is a page that holds no article, one
without a page an issue that holds no page.
"""

import uuid
from dataclasses import dataclass, field
from datetime import date

from articles.copy import Copy

# What identifies an article of which the archive gives no uid: its place in the paper.
PLACES = uuid.UUID("0b6a9f4e-53c1-5d0e-9d0b-6d3a6a3f2f10")
MIDDLE = "0.5x0.5"

# A date and an edition.
Key = tuple[date, int]
# The name and the distinction of a contributor.
Who = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Where:
    """The file and the line, from 1, that say something."""

    file: str = ""
    line: int = 0

    def __str__(self):
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the archive says of a page besides its articles."""

    label: str
    name: str = ""
    editor: str = ""
    designer: str = ""
    proofreader: str = ""
    planned: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo of the library: what is known of it, and the name of its file beside the archive."""

    uid: str
    file: str
    alt: str = ""
    credit: str = ""
    contributor: Who | None = None
    taken_on: date | None = None
    place: str = ""
    rights: str = ""
    focus: str = MIDDLE


@dataclass(frozen=True, slots=True)
class Clipping:
    """One article in its place, or a page or an issue that holds none.

    `links` are the contributors of the bylines, one each, in their order.
    """

    issued_on: date
    edition: int = 1
    serial: int | None = None
    page: PageFacts | None = None
    order: int | None = None
    uid: str = ""
    copy: Copy = Copy()
    links: tuple[Who | None, ...] = ()
    genre: str = "news"
    rank: int | None = None
    source: str = ""
    pictures: tuple[Picture, ...] = ()
    where: Where = field(default=Where(), compare=False)

    @property
    def key(self) -> Key:
        """The issue it belongs to."""
        return self.issued_on, self.edition

    @property
    def place(self) -> tuple[str, int] | None:
        """The label of its page and its order there; None where it is no article."""
        return None if self.order is None else (self.page.label, self.order)


def uid_at(issued_on: date, edition: int, label: str, order: int) -> str:
    """Return the uid of an article that brings none: the same for the same place, always."""
    return str(uuid.uuid5(PLACES, f"{issued_on.isoformat()}/{edition}/{label}/{order}"))


def label_of(number: int) -> str:
    """Return the label of a page that is told by its number: 1 is 01."""
    return f"{number:02d}"
