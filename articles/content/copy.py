"""稿面: all the words of one article and nothing else, as a frozen value. No Django here.

Revisions store it, the diff and the merge compare it, preflight and search read it.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields

from . import characters

# Roles that are printed after the name: 徐芊卉 摄.
CREDIT_VERBS = frozenset(["摄", "摄影", "摄影报道", "文/图", "图/文", "供图", "制图", "绘", "画"])


@dataclass(frozen=True, slots=True)
class BylineText:
    """One byline as printed."""

    role: str
    name: str


@dataclass(frozen=True, slots=True)
class CaptionText:
    """The caption of one picture; `photo` is the picture's uid."""

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
    bylines: tuple[BylineText, ...] = ()
    body: str = ""
    captions: tuple[CaptionText, ...] = ()
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
        """Return the copy that `as_json` wrote."""
        found = json.loads(stored)
        return cls(
            **found
            | {
                "bylines": tuple(BylineText(**byline) for byline in found["bylines"]),
                "captions": tuple(CaptionText(**caption) for caption in found["captions"]),
                "tags": tuple(found["tags"]),
            }
        )


def is_credit(byline: BylineText) -> bool:
    """Tell whether the role of a byline is printed after the name. Takes anything with a role."""
    return byline.role in CREDIT_VERBS


def format_bylines(bylines: Iterable[BylineText]) -> str:
    """Return bylines in one line, as a lead-in prints them: 实习生 徐帆 记者 徐梦超 林晓禾.

    Whoever has the role of the one before follows without it. Takes anything with a role and
    a name.
    """
    words, role = [], ""
    for byline in bylines:
        if byline.role in CREDIT_VERBS:
            words += [byline.name, byline.role]
        else:
            words += [byline.role if byline.role != role else "", byline.name]
        role = byline.role
    return " ".join(filter(None, words))


TAG_SEPARATORS = re.compile("[,，、;；\n]+")


def parse_tags(line: str) -> list[str]:
    """Return the tags of one line as typed, sorted, each once whatever its case.

    Commas and semicolons of either width and 、 separate tags; a space is part of a name.
    """
    found = {}
    for part in TAG_SEPARATORS.split(characters.clean_text(line or "")):
        # One tag, however wide it was typed.
        name = " ".join(characters.narrow(part).split())
        if name:
            found.setdefault(name.casefold(), name)
    return sorted(found.values())


def format_tags(tags: Iterable) -> str:
    """Return tags (rows with a name) as one line that `parse_tags` reads back."""
    return "，".join(sorted(tag.name for tag in tags))


NAMES = tuple(field.name for field in fields(Copy))


def changed_fields(before: Copy, after: Copy) -> tuple[str, ...]:
    """Return the names of the fields that differ, in the order of the copy."""
    return tuple(name for name in NAMES if getattr(before, name) != getattr(after, name))
