"""稿面: all the words of one article and nothing else, as a frozen value. No Django here.

What proofing reads, a revision keeps, search indexes and a comparison compares.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, fields, replace


@dataclass(frozen=True, slots=True)
class SignedName:
    """One byline as printed."""

    role: str
    name: str


@dataclass(frozen=True, slots=True)
class PictureWords:
    """What stands under one picture; `photo` is the picture's uid."""

    photo: str
    words: str
    credit: str


@dataclass(frozen=True, slots=True)
class Copy:
    """The title stack, dateline, bylines, body, captions, column and tags of an article."""

    kicker: str = ""
    headline: str = ""
    deck: str = ""
    dateline: str = ""
    bylines: tuple[SignedName, ...] = ()
    body: str = ""
    captions: tuple[PictureWords, ...] = ()
    column: str = ""
    tags: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """The SHA-256 of the words, in hex: equal for equal words, whatever the database."""
        return hashlib.sha256(self.as_json().encode()).hexdigest()

    def as_json(self) -> str:
        """Return the one canonical JSON text of these words."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, stored: str) -> "Copy":
        """Return the words that `as_json` gave out."""
        found = json.loads(stored)
        return cls(
            **found
            | {
                "bylines": tuple(SignedName(**byline) for byline in found["bylines"]),
                "captions": tuple(PictureWords(**caption) for caption in found["captions"]),
                "tags": tuple(found["tags"]),
            }
        )


NAMES = tuple(field.name for field in fields(Copy))


def changed(before: Copy, after: Copy) -> tuple[str, ...]:
    """Return the names of the fields that differ, in the order of the copy."""
    return tuple(name for name in NAMES if getattr(before, name) != getattr(after, name))


@dataclass(frozen=True, slots=True)
class Merge:
    """Two editors' copies brought together, and the fields on which they disagree.

    `copy` holds mine where the two disagree.
    """

    copy: Copy
    disputed: tuple[str, ...]


def merge(*, before: Copy, mine: Copy, theirs: Copy) -> Merge:
    """Bring together what two editors made of the same copy, field by field.

    A field that one side changed is taken from that side; a field that both changed
    differently is disputed: a person decides.
    """
    by_me, by_them = changed(before, mine), changed(before, theirs)
    taken = {name: getattr(theirs, name) for name in by_them if name not in by_me}
    both = tuple(name for name in by_me if name in by_them)
    disputed = tuple(name for name in both if getattr(mine, name) != getattr(theirs, name))
    return Merge(replace(mine, **taken), disputed)
