"""The diff of two texts, character by character: Chinese has no word spaces. No Django here."""

from collections.abc import Iterator, Sequence
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


def shorten_same(segments: Sequence[DiffSegment], *, around: int = 40) -> list[DiffSegment]:
    """Return segments with only so many characters of what is the same around what is not.

    What is left out is an ellipsis.
    """
    last = len(segments) - 1
    return [
        DiffSegment("same", _shortened(each.text, around * (at > 0), around * (at < last)))
        if each.kind == "same"
        else each
        for at, each in enumerate(segments)
    ]


def _shortened(text: str, head: int, tail: int) -> str:
    """Return the beginning and the end of a text, with an ellipsis for what is between."""
    if len(text) <= head + tail + 1:
        return text
    return f"{text[:head]}…{text[len(text) - tail :]}"


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
