"""Corrections of a parsed page by a person: each takes blocks and returns blocks.

Nothing is changed in place and no character is touched, so that every correction can be undone;
`parser.assemble` makes the articles of the blocks anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .types import FURNITURE, HEADS, KINDS, ParsedBlock

Blocks = tuple[ParsedBlock, ...]


def split(blocks: Sequence[ParsedBlock], index: int, at: int) -> Blocks:
    """Cut a block in two before character `at`; the second half joins nothing."""
    block = blocks[index]
    first, second = block.text[:at].rstrip(), block.text[at:].lstrip()
    if not first or not second:
        return tuple(blocks)
    rest = block.corrected(text=second, starts_article=False, joins_previous=False)
    return (*blocks[:index], block.corrected(text=first), rest, *blocks[index + 1 :])


def join(blocks: Sequence[ParsedBlock], index: int) -> Blocks:
    """Join a block to the one above it, whose kind it takes.

    Page furniture between the two is passed over; the first block has nothing to join.
    """
    above = next((each for each in reversed(blocks[:index]) if each.kind not in FURNITURE), None)
    if above is None:
        return tuple(blocks)
    joined = blocks[index].corrected(kind=above.kind, starts_article=False, joins_previous=True)
    return _replace(blocks, index, joined)


def separate(blocks: Sequence[ParsedBlock], index: int) -> Blocks:
    """Make a block a paragraph of its own: the opposite of `join`."""
    return _replace(blocks, index, blocks[index].corrected(joins_previous=False))


def reclassify(blocks: Sequence[ParsedBlock], index: int, kind: str) -> Blocks:
    """Set the kind of a block; copy made a heading begins an article, a heading made copy does not.

    Raises ValueError for an unknown kind.
    """
    if kind not in KINDS:
        raise ValueError(f"no such kind of block: {kind}")
    block = blocks[index]
    was_head, is_head = block.kind in HEADS, kind in HEADS
    is_new_head = is_head and not was_head and _is_under_copy(blocks, index)
    starts = block.starts_article and (is_head or not was_head) or is_new_head
    return _replace(
        blocks, index, block.corrected(kind=kind, starts_article=starts, joins_previous=False)
    )


def begin_article(blocks: Sequence[ParsedBlock], index: int) -> Blocks:
    """Begin an article at a block."""
    return _replace(
        blocks, index, blocks[index].corrected(starts_article=True, joins_previous=False)
    )


def merge_article(blocks: Sequence[ParsedBlock], index: int) -> Blocks:
    """Begin no article at a block: it belongs to the one above."""
    return _replace(blocks, index, blocks[index].corrected(starts_article=False))


def confirm(blocks: Sequence[ParsedBlock], index: int) -> Blocks:
    """Confirm a doubtful block as it is."""
    return _replace(blocks, index, blocks[index].corrected())


def move(blocks: Sequence[ParsedBlock], index: int, before: int) -> Blocks:
    """Move a block before another one (its index now; the number of blocks is the end).

    It joins nothing there, nor does the block that followed it; an article that began at it
    begins with that block.
    """
    rest = list(blocks)
    block = rest.pop(index)
    if index < len(rest) and before not in (index, index + 1):
        after = rest[index]
        begins = block.starts_article or after.starts_article
        rest[index] = replace(after, starts_article=begins, joins_previous=False)
    place = before - (before > index)
    rest.insert(place, block.corrected(starts_article=False, joins_previous=False))
    return tuple(rest)


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction: the act, the index of the block, and a kind or a place as `value`.

    Stored as JSON with the names of the fields.
    """

    act: str
    block: int
    value: str = ""


ACTS = {
    "split": lambda blocks, index, value: split(blocks, index, int(value)),
    "join": lambda blocks, index, _: join(blocks, index),
    "part": lambda blocks, index, _: separate(blocks, index),
    "reclassify": reclassify,
    "begin": lambda blocks, index, _: begin_article(blocks, index),
    "merge": lambda blocks, index, _: merge_article(blocks, index),
    "move": lambda blocks, index, value: move(blocks, index, int(value)),
    "confirm": lambda blocks, index, _: confirm(blocks, index),
}


def apply_correction(blocks: Blocks, correction: Correction) -> Blocks:
    """Return the blocks after a correction.

    Raises ValueError where there is no such act, block, kind or place.
    """
    act, block, value = correction.act, correction.block, correction.value
    if act not in ACTS:
        raise ValueError(f"no such act: {act}")
    if not 0 <= block < len(blocks):
        raise ValueError(f"no such block: {block}")
    if act == "move" and not 0 <= int(value) <= len(blocks):
        raise ValueError(f"no such place: {value}")
    return ACTS[act](blocks, block, value)


def _is_under_copy(blocks: Sequence[ParsedBlock], index: int) -> bool:
    return index > 0 and blocks[index - 1].kind not in HEADS


def _replace(blocks: Sequence[ParsedBlock], index: int, block: ParsedBlock) -> Blocks:
    return (*blocks[:index], block, *blocks[index + 1 :])
