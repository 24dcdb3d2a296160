"""Which numbered paragraphs become HTML lists, and which carry their number as text.

An HTML list prints bullets, or 1. 2. 3. from 1. Any other number (一、, (2), a list that goes
on at 4) would be lost or changed, so it is written before the words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from .content import Paragraph, Piece, Table

# A number that ends with one of these is set close to its words; after others comes a blank.
CLOSE = "、．）。，：》】〉〕)"


def settle_lists(blocks: Sequence[Paragraph | Table]) -> None:
    """Leave in lists what an HTML list prints alike; write the other labels into the text."""
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    settle_lists(cell.blocks)
    for is_list, run in groupby(blocks, key=_is_list_item):
        items = [*run] if is_list else []
        if not _prints_alike(items):
            _write_numbers(items)
    for block in blocks:
        if isinstance(block, Paragraph) and block.role:
            write_label(block)


def write_label(paragraph: Paragraph) -> None:
    """Write the label of a paragraph before its words and take it out of its list."""
    item, paragraph.item = paragraph.item, None
    if item and item.label and paragraph.pieces:
        label = item.label if item.label[-1] in CLOSE else f"{item.label} "
        paragraph.pieces.insert(0, Piece("text", label))


def _write_numbers(items: Iterable[Paragraph]) -> None:
    """Write the numbers of neighbours into the text; bullets stay lists, of one level."""
    for paragraph in items:
        if paragraph.item.is_bullet:
            paragraph.item = replace(paragraph.item, level=0)
        else:
            write_label(paragraph)


def _is_list_item(block: Paragraph | Table) -> bool:
    return isinstance(block, Paragraph) and block.item is not None and not block.role


def _prints_alike(items: Iterable[Paragraph]) -> bool:
    """Tell whether HTML lists number these neighbours as Word does."""
    counts: list[tuple[bool, int]] = []
    for paragraph in items:
        item = paragraph.item
        if item.level > len(counts):  # HTML has no level without the one above it
            return False
        was_bullet, count = (counts + [(item.is_bullet, 0)])[item.level]
        count = count + 1 if was_bullet == item.is_bullet else 1
        counts[item.level :] = [(item.is_bullet, count)]
        if not item.is_bullet and item.number != count:
            return False
    return True
