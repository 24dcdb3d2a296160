"""The diff of two texts, character by character: Chinese has no word spaces. No Django here."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

# Above this many characters a changed passage is shown as wholly replaced: comparing it
# character by character would take seconds.
TOO_LONG = 6000


@dataclass(frozen=True, slots=True)
class DiffSegment:
    """A run of characters that both texts share, or that only one of them has."""

    kind: str  # "same", "gone" or "new"
    text: str


def diff(before: str, after: str) -> list[DiffSegment]:
    """Return the segments that lead from one text to the other.

    "same" and "gone" joined are `before`; "same" and "new" joined are `after`. Lines are
    matched first, then the characters inside lines that changed.
    """
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    segments: list[DiffSegment] = []
    lines = SequenceMatcher(None, old, new, autojunk=False)
    for kind, a1, a2, b1, b2 in lines.get_opcodes():
        deleted, added = "".join(old[a1:a2]), "".join(new[b1:b2])
        if kind == "equal":
            segments.append(DiffSegment("same", deleted))
        else:
            segments.extend(_characters(deleted, added))
    return segments


def _characters(before: str, after: str) -> Iterator[DiffSegment]:
    if len(before) + len(after) > TOO_LONG:
        yield from _replaced(before, after)
        return
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        if kind == "equal":
            yield DiffSegment("same", before[a1:a2])
        else:
            yield from _replaced(before[a1:a2], after[b1:b2])


def _replaced(before: str, after: str) -> Iterator[DiffSegment]:
    if before:
        yield DiffSegment("gone", before)
    if after:
        yield DiffSegment("new", after)
