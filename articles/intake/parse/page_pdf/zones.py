"""The area of each article on a printed page, as polygons: a parsed page and its places → zones.

The places of an article are joined over the gaps between them, and fill the corners that no other
article is near, so that an article is one polygon wherever it is printed in one piece. No two
zones overlap.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from articles.facsimiles.outlines import Cell, outlines
from articles.intake.parse.types import ParsedPage

from .numbering import PictureWords

Rectangle = tuple[int, int, int, int]  # left, top, right, bottom in ‰
Claim = tuple[int, Rectangle]  # the number of an article, or NOBODY, and a place of it
NOBODY = -1  # furniture, which no article may cover
WHOLE = 1000
MOST_STEPS = 8  # of closing gaps; a page needs two or three
PADDING = 11  # ‰ between the frame around an article and its words, at most
LEADING = 1  # ‰ of the page above a line that belong to it, and below
INSIDE = 0.6  # of a picture without words: it belongs to the article around it
ASPECT = 0.5  # a length down the page in ‰, compared with the same across it


def zones_of(
    page: ParsedPage, places: Mapping[int, Sequence[int]], pictures: Sequence[PictureWords]
) -> list[list[list[list[int]]]]:
    """Return the polygons of each article of a page, in the order of the articles.

    `places` and `pictures` are those of `PageReading`, in ‰. An article that has no place has no
    polygon.
    """
    claims = [*_block_claims(page, places)]
    claims += _picture_claims(page, claims, pictures)
    grid = Grid(_padded(claims))
    grid.fill_gaps()
    grid.fill_corners()
    grid.fill_gaps()
    grid.fill_sides()
    return [grid.polygons(number) for number in range(len(page.articles))]


def _owners(page: ParsedPage) -> dict[int, int]:
    """Return the number of the article of each block, by the number of the block."""
    return {
        block: number
        for number, article in enumerate(page.articles)
        for part in article.parts
        for block in part.blocks
    }


def _block_claims(page: ParsedPage, places: Mapping[int, Sequence[int]]) -> Iterator[Claim]:
    """Yield the places of blocks; one that several articles have is parted among them."""
    owners, shared = _owners(page), {}
    for number, block in enumerate(page.blocks):
        if block.line in places:
            box = _within(places[block.line])
            owned = shared.setdefault(box, [])
            owner = owners.get(number, NOBODY)
            if not owned or owned[-1][0] != owner:
                owned.append([owner, 0])
            owned[-1][1] += len(block.text)
    for box, owned in shared.items():
        yield from _parted(box, owned)


def _parted(box: Rectangle, owned: Sequence[Sequence[int]]) -> Iterator[Claim]:
    """Yield the parts of a place from the top, each as high as its words are many."""
    left, top, right, bottom = box
    total, done = sum(length for _, length in owned) or 1, 0
    for owner, length in owned:
        start = top + round((bottom - top) * done / total)
        done += length
        end = top + round((bottom - top) * done / total)
        if end > start:
            yield owner, (left, start, right, end)


def _picture_claims(
    page: ParsedPage, claims: Sequence[Claim], pictures: Sequence[PictureWords]
) -> Iterator[Claim]:
    """Yield the places of pictures: with their words, or with the article around them."""
    owners = _owners(page)
    by_line = {block.line: owners.get(n, NOBODY) for n, block in enumerate(page.blocks)}
    around = _boxes(claims)
    for picture in pictures:
        box = _within(picture.box)
        named = [by_line[line] for line in picture.lines if by_line.get(line, NOBODY) != NOBODY]
        named += [owner for owner, outer in around.items() if _share(box, outer) > INSIDE]
        yield (named[0] if named else NOBODY), box


def _boxes(claims: Sequence[Claim]) -> dict[int, Rectangle]:
    """Return the box around everything that each article has."""
    found: dict[int, Rectangle] = {}
    for owner, (left, top, right, bottom) in claims:
        one = found.get(owner, (left, top, right, bottom))
        ends = max(one[2], right), max(one[3], bottom)
        found[owner] = min(one[0], left), min(one[1], top), *ends
    return {owner: box for owner, box in found.items() if owner != NOBODY}


def _share(box: Rectangle, outer: Rectangle) -> float:
    """Return how much of a box lies within another one."""
    across = min(box[2], outer[2]) - max(box[0], outer[0])
    down = min(box[3], outer[3]) - max(box[1], outer[1])
    return max(across, 0) * max(down, 0) / _area(box)


def _padded(claims: Sequence[Claim]) -> list[Claim]:
    """Widen articles that begin or end a little within the edges of others: they have frames."""
    outer = _boxes(claims)
    edges = [[box[side] for box in outer.values()] for side in (0, 2)]
    pads = {owner: _padding(box, *edges) for owner, box in outer.items()}
    found = []
    for owner, box in claims:
        left, right = pads.get(owner, (0, 0)) if owner != NOBODY else (0, 0)
        down = LEADING + round(ASPECT * max(left, right))
        own = outer.get(owner, (-1, -1, -1, -1))
        grown = [-left, -down, right, down]
        moved = [each + by * (each == edge) for each, by, edge in zip(box, grown, own, strict=True)]
        others = [place for other, place in claims if other != owner]
        is_free = not any(_share(place, _within(moved)) for place in others)
        found.append((owner, _within(moved) if is_free else box))
    return found


def _padding(box: Rectangle, lefts: Sequence[int], rights: Sequence[int]) -> tuple[int, int]:
    """Return how far within the edges of others a box begins, and ends."""
    left = min(edge for edge in lefts if box[0] - PADDING <= edge <= box[0])
    right = max(edge for edge in rights if box[2] <= edge <= box[2] + PADDING)
    return box[0] - left, right - box[2]


def _within(box: Sequence[int]) -> Rectangle:
    """Return a box within the page that has an area."""
    left, top, right, bottom = (min(max(side, 0), WHOLE) for side in box)
    left, top = min(left, WHOLE - 1), min(top, WHOLE - 1)
    return left, top, max(right, left + 1), max(bottom, top + 1)


class Grid:
    """The page cut at the sides of all places: to whom each cell belongs."""

    def __init__(self, claims: Sequence[Claim]):
        self.xs = sorted({side for _, box in claims for side in (box[0], box[2])})
        self.ys = sorted({side for _, box in claims for side in (box[1], box[3])})
        self.owner: dict[Cell, int] = {}
        # The smaller place is printed within the larger one.
        for owner, box in sorted(claims, key=lambda claim: -_area(claim[1])):
            self.owner |= dict.fromkeys(self._cells(box), owner)
        self.claimed = dict(self.owner)

    def _cells(self, box: Rectangle) -> Iterator[Cell]:
        left, right = (self.xs.index(side) for side in (box[0], box[2]))
        top, bottom = (self.ys.index(side) for side in (box[1], box[3]))
        return ((x, y) for x in range(left, right) for y in range(top, bottom))

    def fill_gaps(self) -> None:
        """Give cells to an article that stands on both sides of them, with nothing between."""
        across, down = len(self.xs) - 1, len(self.ys) - 1
        rows = [[(x, y) for x in range(across)] for y in range(down)]
        columns = [[(x, y) for y in range(down)] for x in range(across)]
        for _ in range(MOST_STEPS):
            before = len(self.owner)
            for line in rows + columns:
                self._fill_line(line)
            if len(self.owner) == before:
                return

    def _fill_line(self, line: Sequence[Cell]) -> None:
        owned = [at for at, cell in enumerate(line) if cell in self.owner]
        for one, two in pairwise(owned):
            owner = self.owner[line[one]]
            if owner not in (NOBODY,) and owner == self.owner[line[two]]:
                self.owner |= dict.fromkeys(line[one + 1 : two], owner)

    def fill_corners(self) -> None:
        """Give cells that belong to nobody to the one article whose outermost sides hold them."""
        held: dict[Cell, list[int]] = {}
        for owner, (left, top, right, bottom) in self._extents().items():
            for x in range(left, right):
                for y in range(top, bottom):
                    held.setdefault((x, y), []).append(owner)
        for cell, owners in held.items():
            if len(owners) == 1:
                self.owner.setdefault(cell, owners[0])

    def fill_sides(self) -> None:
        """Give an article what is beside all of it, where nothing is printed up to the edge."""
        last = len(self.xs) - 1
        for owner, (left, top, right, bottom) in self._extents().items():
            for columns in (range(left), range(right, last)):
                strip = [(x, y) for x in columns for y in range(top, bottom)]
                if not any(cell in self.owner for cell in strip):
                    self.owner |= dict.fromkeys(strip, owner)

    def _extents(self) -> dict[int, Rectangle]:
        """Return the first and last columns and rows of each article."""
        return _boxes([(owner, (x, y, x + 1, y + 1)) for (x, y), owner in self.owner.items()])

    def polygons(self, owner: int) -> list[list[list[int]]]:
        """Return the polygons of an article, without pieces in which nothing of it is printed."""
        cells = {cell for cell, each in self.owner.items() if each == owner}
        printed = {cell for cell, each in self.claimed.items() if each == owner}
        return outlines(cells, printed, self.xs, self.ys)


def _area(box: Rectangle) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])
