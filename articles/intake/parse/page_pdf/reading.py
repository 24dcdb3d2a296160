"""Read what is printed on a page: characters with places → the blocks of a parsed page."""

from collections.abc import Collection, Sequence

from .blocks import blocks_of
from .captions import find_captions
from .copy_type import Copy, measure_copy
from .frames import Frame, find_containers, holds
from .furniture import find_adverts, find_furniture
from .lines import find_lines
from .numbering import Numbering, PageReading
from .ownership import FrameMap
from .pieces import Piece, stack_lines
from .reading_order import FramedArticle, find_articles
from .tables import find_tables
from .types import MOST_FRAMES, Box, PrintedPage, Shape, TooComplexError

MOST_RULES = 400  # more than any page has
LEAST_PICTURE = 3.0  # sizes of the copy: what is smaller is an ornament


def read_printed_page(page: PrintedPage, *, columns: Collection[str] = ()) -> PageReading:
    """Return the blocks of a printed page in reading order. Every character is in one of them.

    `columns` are the names of the paper's standing columns. Raises TooComplexError.
    """
    copy = measure_copy(page.characters)
    lines = find_lines(page.characters, copy.size)
    pictures = [box for box in page.pictures if _is_picture(box, page, copy)]
    if len(pictures) > MOST_FRAMES:
        raise TooComplexError
    adverts, lines = find_adverts(lines, [shape.box for shape in page.shapes])
    tables, lines = find_tables(lines, page.shapes, copy.size)
    furniture, lines = find_furniture(lines, copy)
    captions, lines = find_captions(lines, pictures, copy)
    rules = [shape.box for shape in page.shapes if _is_rule(shape, copy)][:MOST_RULES]
    pieces = captions + tables + stack_lines(lines, copy, rules)
    articles = _articles(page, pieces, pictures, rules, copy)
    numbering = Numbering(page, columns)
    for piece in furniture + adverts:
        numbering.add_furniture(piece)
    for article in articles:
        numbering.add_article(blocks_of(article, copy))
    return numbering.result(pictures)


def _is_rule(shape: Shape, copy: Copy) -> bool:
    return shape.bottom - shape.top < 3 and shape.right - shape.left > LEAST_PICTURE * copy.size


def _is_picture(box: Box, page: PrintedPage, copy: Copy) -> bool:
    across, down = box[2] - box[0], box[3] - box[1]
    is_page = across * down > 0.9 * page.width * page.height
    return min(across, down) > LEAST_PICTURE * copy.size and not is_page


def _articles(
    page: PrintedPage,
    pieces: Sequence[Piece],
    pictures: Sequence[Box],
    rules: Sequence[Box],
    copy: Copy,
) -> list[FramedArticle]:
    if len(pieces) + len(pictures) > MOST_FRAMES:
        raise TooComplexError
    frames = [Frame(piece.kind, piece.box, piece) for piece in pieces]
    frames += [Frame("picture", box, None, number) for number, box in enumerate(pictures)]
    containers = find_containers(page, pieces, copy.size)
    for frame in frames:
        inside = (n for n, box in enumerate(containers) if holds(box, frame.box))
        frame.container = next(inside, -1)
    FrameMap(frames, rules, copy).assign()
    return find_articles(frames)
