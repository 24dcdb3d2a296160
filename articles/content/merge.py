"""The three-way merge of two editors' copies of an article. No Django here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from . import article_html
from .copy import Copy, changed_fields


@dataclass(frozen=True, slots=True)
class Merge:
    """Two editors' copies merged, and the fields on which they disagree.

    Where the two disagree, `copy` holds mine and `other` theirs; of a body only in the blocks
    that both touched.
    """

    copy: Copy
    other: Copy
    disputed: tuple[str, ...]


def merge(*, before: Copy | None, mine: Copy, theirs: Copy) -> Merge:
    """Merge what two editors made of the same copy, field by field.

    A field that one side changed is taken from that side. Where both changed it: tags are
    added and removed as each side did, a body is merged block by block where that is
    unambiguous; anything else that differs is disputed, and a person decides. Without `before`
    it is not known who changed what: all that differs is disputed.
    """
    if before is None:
        return Merge(mine, theirs, changed_fields(mine, theirs))
    by_me, by_them = changed_fields(before, mine), changed_fields(before, theirs)
    merged = {name: getattr(theirs, name) for name in by_them if name not in by_me}
    disputed = {}
    for name in changed_fields(mine, theirs):
        if name in by_me and name in by_them:
            both = _both(name, before, mine, theirs)
            if both is None:
                disputed[name] = getattr(theirs, name)
            else:
                merged[name] = both
    if "body" in disputed:
        merged["body"] = favoured_body(before.body, mine.body, theirs.body)
        disputed["body"] = favoured_body(before.body, theirs.body, mine.body)
    copy = replace(mine, **merged)
    return Merge(copy, replace(copy, **disputed), tuple(disputed))


def _both(name: str, before: Copy, mine: Copy, theirs: Copy):
    """Return one field with both sides' changes; None where they disagree."""
    values = getattr(before, name), getattr(mine, name), getattr(theirs, name)
    if name == "tags":
        return _tags(*map(set, values))
    return merged_body(*values) if name == "body" else None


def _tags(before: set[str], mine: set[str], theirs: set[str]) -> tuple[str, ...]:
    return tuple(sorted((theirs | (mine - before)) - (before - mine)))


def merged_body(before: str, mine: str, theirs: str) -> str | None:
    """Return a body with both sides' changed blocks; None where that is ambiguous.

    It is ambiguous where both touched the same block or wrote at the same place, where a
    block of the common base occurs twice, or where a text is not in the stored form.
    """
    cut = [_cut(markup) for markup in (before, mine, theirs)]
    if None in cut or len(set(cut[0])) < len(cut[0]):
        return None
    ground, my, their = cut
    hunks = sorted([*_hunks(ground, my), *_hunks(ground, their)])
    for one, other in zip(hunks, hunks[1:], strict=False):
        if one != other and _meet(one, other):
            return None
    return "".join(_applied(ground, list(dict.fromkeys(hunks))))


def favoured_body(before: str, favoured: str, other: str) -> str:
    """Return one side's body with those of the other's changes that do not touch its own."""
    cut = [_cut(markup) for markup in (before, favoured, other)]
    if None in cut or len(set(cut[0])) < len(cut[0]):
        return favoured
    own = list(_hunks(cut[0], cut[1]))
    added = [
        hunk
        for hunk in _hunks(cut[0], cut[2])
        if not any(_meet(*sorted([hunk, each])) for each in own)
    ]
    return "".join(_applied(cut[0], sorted([*own, *added])))


def _cut(markup: str) -> tuple[str, ...] | None:
    cut = tuple(block.html for block in article_html.blocks(markup))
    return cut if "".join(cut) == markup else None


Hunk = tuple[int, int, tuple[str, ...]]


def _hunks(before: Sequence[str], after: Sequence[str]) -> Iterator[Hunk]:
    """Yield what was replaced by what: from, to, the new blocks; one by one where they pair."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        if kind == "replace" and a2 - a1 == b2 - b1:
            yield from ((a1 + n, a1 + n + 1, (after[b1 + n],)) for n in range(a2 - a1))
        elif kind != "equal":
            yield a1, a2, tuple(after[b1:b2])


def _meet(one: Hunk, other: Hunk) -> bool:
    """Tell whether two hunks overlap, or come together where one only adds."""
    adds = one[0] == one[1] or other[0] == other[1]
    return other[0] < one[1] or (adds and other[0] == one[1])


def _applied(ground: Sequence[str], hunks: Sequence[Hunk]) -> Iterator[str]:
    at = 0
    for start, end, new in hunks:
        yield from ground[at:start]
        yield from new
        at = end
    yield from ground[at:]
