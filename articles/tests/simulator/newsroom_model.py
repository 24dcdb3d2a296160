"""What must be true of the paper, in plain Python: no row of it is read from the database."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from articles.tests.role_tables import LEADS, READING, SIGNERS, STAFF, WHO, Expected

# A word that stands in one version of one field alone.
MARK = re.compile(r"Q\d{6}Q")
NOBODY = -1


@dataclass
class Paper:
    """An issue with one page, and from when on readers see it."""

    pk: int
    page: int
    key: str
    released_at: datetime | None = None

    def is_published(self, now: datetime) -> bool:
        return self.released_at is not None and self.released_at <= now


@dataclass
class Piece:
    """An article: its words as they were acknowledged last, and what has become of it.

    `saved` are all (field, value) that a save was acknowledged for, `kept` those that a revision
    has; `shown` the marks that readers have seen of it.
    """

    pk: int
    words: dict[str, str]
    paper: Paper
    expected: Expected
    saved: set[tuple[str, str]] = field(default_factory=set)
    kept: set[tuple[str, str]] = field(default_factory=set)
    shown: set[str] = field(default_factory=set)
    reviewed: str = "draft"
    revisions: int = 0
    is_withdrawn: bool = False
    photo: int | None = None

    @property
    def address(self) -> str:
        return f"/articles/{self.pk}/"

    def is_public(self, now: datetime) -> bool:
        return self.expected.status == "signed" and self.paper.is_published(now)

    def marks(self) -> set[str]:
        """Return the marks of the words as they stand."""
        return marks_in(" ".join(self.words.values()))

    def state(self, now: datetime) -> str:
        """Return the status, or "published" where readers see it."""
        return "published" if self.is_public(now) else self.expected.status

    def may(self, name: str, person: int, now: datetime) -> bool:
        """Tell by the tables of the house whether a person may take a step."""
        role = STAFF[person]
        if role not in WHO[name] or self.state(now) not in LEADS[name]:
            return False
        if name in READING.values():
            return not self.expected.bars_reader(person)
        is_scheduled = self.expected.status == "signed" and self.paper.released_at
        return not is_scheduled or role in SIGNERS

    def move(self, name: str, person: int, now: datetime) -> None:
        """Take a step."""
        self.expected.moved(name, person, LEADS[name][self.state(now)])
        self.is_withdrawn = name == "withdraw" or self.is_withdrawn and name != "sign"

    def save(self, typed: dict[str, str], person: int, now: datetime) -> None:
        """Take over words that were saved."""
        is_new = any(self.words[name] != value for name, value in typed.items())
        self.words |= typed
        self.saved |= {*typed.items()}
        if is_new:
            self.expected.rewritten(person, is_public=self.is_public(now))


def marks_in(text: str) -> set[str]:
    """Return the marks in a text."""
    return set(MARK.findall(text))


def worded(number: int) -> dict[str, str]:
    """Return the words of a version of an article, each field with a mark of its own."""
    return {"headline": headline(number), "body": body(number + 1)}


def headline(number: int) -> str:
    return f"河埠路Q{number:06d}Q通车"


def body(number: int) -> str:
    return f"<p>昨天上午，云溪区Q{number:06d}Q便民服务点启用，附近居民前来办事。</p>"


def public(pieces: list[Piece], now: datetime) -> Iterator[Piece]:
    """Yield the articles that readers see."""
    return (piece for piece in pieces if piece.is_public(now))
