"""What a person may change about a reading: each change takes blocks and returns blocks.

Nothing is changed in place and no character is touched, so that every change can be undone by
keeping the blocks from before; `assemble` makes the articles anew.
"""

from collections.abc import Sequence

from .paper import HEADS, KINDS, Block

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
    """Make a block go on where the one before it stopped; it becomes of the same kind."""
    if index < 1:
        return tuple(blocks)
    kind = blocks[index - 1].kind
    return _with(
        blocks, index, blocks[index].changed(kind=kind, starts_article=False, joins_previous=True)
    )


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


def _ends_copy(blocks: Sequence[Block], index: int) -> bool:
    return index > 0 and blocks[index - 1].kind not in HEADS


def _with(blocks: Sequence[Block], index: int, block: Block) -> Blocks:
    return (*blocks[:index], block, *blocks[index + 1 :])
