"""What a person may change about a reading: each change takes blocks and returns blocks.

Nothing is changed in place and no character is touched, so that every change can be undone by
keeping the blocks from before; `assemble` makes the articles anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .paper import FURNITURE, HEADS, KINDS, Block

Blocks = tuple[Block, ...]


def split(blocks: Sequence[Block], index: int, at: int) -> Blocks:
    """Cut a block in two before character `at`; the second half stands on its own."""
    block = blocks[index]
    first, second = block.text[:at].rstrip(), block.text[at:].lstrip()
    if not first or not second:
        return tuple(blocks)
    rest = block.changed(text=second, starts_article=False, joins_previous=False)
    return (*blocks[:index], block.changed(text=first), rest, *blocks[index + 1 :])


def join(blocks: Sequence[Block], index: int) -> Blocks:
    """Make a block go on where the one above it stopped; it becomes of the same kind.

    Page furniture between the two is passed over; the first block goes on nothing.
    """
    above = next((each for each in reversed(blocks[:index]) if each.kind not in FURNITURE), None)
    if above is None:
        return tuple(blocks)
    joined = blocks[index].changed(kind=above.kind, starts_article=False, joins_previous=True)
    return _with(blocks, index, joined)


def part(blocks: Sequence[Block], index: int) -> Blocks:
    """Make a block a paragraph of its own: the opposite of `join`."""
    return _with(blocks, index, blocks[index].changed(joins_previous=False))


def reclassify(blocks: Sequence[Block], index: int, kind: str) -> Blocks:
    """Say what a block is; copy made a heading begins an article, a heading made copy does not.

    Raises ValueError for a kind that there is not.
    """
    if kind not in KINDS:
        raise ValueError(f"no such kind of block: {kind}")
    block = blocks[index]
    was_head, is_head = block.kind in HEADS, kind in HEADS
    starts = (
        block.starts_article
        and (is_head or not was_head)
        or is_head
        and not was_head
        and _ends_copy(blocks, index)
    )
    return _with(
        blocks, index, block.changed(kind=kind, starts_article=starts, joins_previous=False)
    )


def begin_article(blocks: Sequence[Block], index: int) -> Blocks:
    """Let an article begin at a block."""
    return _with(blocks, index, blocks[index].changed(starts_article=True, joins_previous=False))


def merge_article(blocks: Sequence[Block], index: int) -> Blocks:
    """Let a block belong to the article above it."""
    return _with(blocks, index, blocks[index].changed(starts_article=False))


def confirm(blocks: Sequence[Block], index: int) -> Blocks:
    """Say that a doubtful block was read rightly."""
    return _with(blocks, index, blocks[index].changed())


def move(blocks: Sequence[Block], index: int, before: int) -> Blocks:
    """Let a block stand before another one (its index now; the number of blocks is the end).

    It goes on nothing there, nor does what followed it; an article that began at it begins
    with what followed, if that belonged to it.
    """
    rest = list(blocks)
    block = rest.pop(index)
    if index < len(rest) and before not in (index, index + 1):
        after = rest[index]
        begins = block.starts_article or after.starts_article
        rest[index] = replace(after, starts_article=begins, joins_previous=False)
    place = before - (before > index)
    rest.insert(place, block.changed(starts_article=False, joins_previous=False))
    return tuple(rest)


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a reading: what was done to which block; `value` is a kind or a place."""

    act: str
    block: int
    value: str = ""


ACTS = {
    "split": lambda blocks, index, value: split(blocks, index, int(value)),
    "join": lambda blocks, index, _: join(blocks, index),
    "part": lambda blocks, index, _: part(blocks, index),
    "reclassify": reclassify,
    "begin": lambda blocks, index, _: begin_article(blocks, index),
    "merge": lambda blocks, index, _: merge_article(blocks, index),
    "move": lambda blocks, index, value: move(blocks, index, int(value)),
    "confirm": lambda blocks, index, _: confirm(blocks, index),
}


def take(blocks: Blocks, step: Step) -> Blocks:
    """Return the blocks after a step.

    Raises ValueError where there is no such step, block, kind or place.
    """
    if step.act not in ACTS:
        raise ValueError(f"no such step: {step.act}")
    if not 0 <= step.block < len(blocks):
        raise ValueError(f"no such block: {step.block}")
    if step.act == "move" and not 0 <= int(step.value) <= len(blocks):
        raise ValueError(f"no such place: {step.value}")
    return ACTS[step.act](blocks, step.block, step.value)


def _ends_copy(blocks: Sequence[Block], index: int) -> bool:
    return index > 0 and blocks[index - 1].kind not in HEADS


def _with(blocks: Sequence[Block], index: int, block: Block) -> Blocks:
    return (*blocks[:index], block, *blocks[index + 1 :])
