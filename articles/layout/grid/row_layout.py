"""From prominence to layout: ranks, word budgets, and full rows of twelve columns.

Editors rank articles; the page composes itself. Any value with `rank`, `kind`, `length` and
`has_picture` can be packed. No Django here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

ARTICLE, PHOTO, DOCUMENT = "article", "photo", "document"
LEAD, SECOND, STANDARD, BRIEF = 1, 2, 3, 4

# 字 of the lead, a second, a standard article, by the number of articles: few, some, many.
BUDGETS = ((6, (640, 400, 210)), (14, (330, 190, 95)), (None, (300, 150, 80)))
LEAD_WITH_PICTURE = 230
LEAD_BESIDE_STACK = 480
SHORT_OF_STANDARD = 400
FEW = 6


class Ranked(Protocol):
    """What packing must know of an article."""

    rank: int | None
    kind: str
    length: int
    has_picture: bool


@dataclass(slots=True)
class Row:
    """A full row: the name of its twelve-column pattern, and cells of one or more articles."""

    pattern: str
    cells: list[list]


@dataclass(slots=True)
class Packing:
    """A page as rows from top to bottom, then the briefs (简讯)."""

    rows: list[Row] = field(default_factory=list)
    briefs: list = field(default_factory=list)


def ranks(articles: Sequence[Ranked]) -> list[int]:
    """Return the rank of each article of a page, in order, exactly one of them 1.

    What editors left open follows from place and length.
    """
    if not articles:
        return []
    lead = _lead(articles)
    found = [article.rank and max(SECOND, article.rank) for article in articles]
    found[lead] = LEAD
    seconds = (1 if len(articles) <= FEW else 2) - found.count(SECOND)
    for at, article in enumerate(articles):
        if found[at] is None:
            found[at] = _open_rank(article, at, len(articles), seconds)
            seconds -= found[at] == SECOND
    return found


def _lead(articles: Sequence[Ranked]) -> int:
    """Return the index of the lead: ranked so, or the first open one with words, or the best."""
    given = [article.rank for article in articles]
    if LEAD in given:
        return given.index(LEAD)
    for at, article in enumerate(articles):
        if article.rank is None and article.kind != PHOTO:
            return at
    return min(range(len(articles)), key=lambda at: (given[at] or STANDARD, at))


def _open_rank(article: Ranked, at: int, total: int, seconds: int) -> int:
    if article.kind != ARTICLE:
        return STANDARD
    if article.length < SHORT_OF_STANDARD and total > FEW and at * 2 >= total:
        return BRIEF
    return SECOND if seconds > 0 else STANDARD


def budgets(total: int) -> dict[int, int]:
    """Return the 字 for an excerpt by rank, where there are `total` articles."""
    for up_to, (lead, second, standard) in BUDGETS:
        if up_to is None or total <= up_to:
            return {LEAD: lead, SECOND: second, STANDARD: standard, BRIEF: 0}
    raise AssertionError("the last budget has no limit")


def word_budget(article: Ranked, budgets: dict[int, int]) -> int:
    """Return the 字 for the excerpt of a ranked article.

    A boxed document has the full width; photo news, whose text is its caption, reads as a second.
    """
    if article.kind == PHOTO:
        return budgets[SECOND]
    if article.kind == DOCUMENT and article.rank != BRIEF:
        return budgets[LEAD]
    return budgets[article.rank]


def lead_budget(budgets: dict[int, int], packing: Packing) -> int:
    """Return the 字 for the lead's excerpt, so that both sides of its row end together."""
    budget, cells = budgets[LEAD], packing.rows[0].cells
    if cells[0][0].has_picture:
        return min(budget, LEAD_WITH_PICTURE)
    if len(cells) > 1 and len(cells[1]) > 1:
        return max(budget, LEAD_BESIDE_STACK)
    return budget


def pack(articles: Sequence[Ranked]) -> Packing:
    """Pack ranked articles (ranks 1 to 4, one of them 1) into full rows, in reading order."""
    if not articles:
        return Packing()
    lead = next(article for article in articles if article.rank == LEAD)
    others = [article for article in articles if article is not lead]
    packing = Packing(briefs=[article for article in others if article.rank == BRIEF])
    queue = _Queue([article for article in others if article.rank != BRIEF])
    packing.rows.append(queue.lead_row(lead))
    packing.rows += queue.rows()
    return packing


class _Queue:
    """The articles still to be placed, by kind; each row takes its own from it."""

    def __init__(self, articles: list):
        plain = [article for article in articles if article.kind == ARTICLE]
        self.seconds = [article for article in plain if article.rank == SECOND]
        self.thirds = [article for article in plain if article.rank == STANDARD]
        self.photos = [article for article in articles if article.kind == PHOTO]
        self.documents = [article for article in articles if article.kind == DOCUMENT]
        self.is_picture_left = False

    def lead_row(self, lead) -> Row:
        """Return the first row: the lead with the photo news, or two seconds, or alone."""
        self.is_picture_left = lead.has_picture
        if self.photos and not lead.has_picture:
            return Row("r-8-4", [[lead], [self.photos.pop(0)]])
        if len(self.seconds) >= 2:
            return Row("r-8-4", [[lead], _take(self.seconds, 2)])
        return Row("r-12", [[lead]])

    def rows(self):
        """Yield all further rows."""
        while self.seconds:
            yield self._second_row()
        while self.photos and len(self.thirds) >= 3:
            yield self._photo_row()
        self.thirds += self.photos
        while self.thirds:
            yield self._third_row()
        for document in self.documents:
            yield Row("r-12", [[document]])

    def _second_row(self) -> Row:
        if len(self.seconds) >= 2:
            return Row("r-6-6", _cells(self.seconds, 2))
        thirds = min(2, len(self.thirds))
        pattern = ("r-12", "r-8-4", "r-6-3-3")[thirds]
        return Row(pattern, _cells(self.seconds, 1) + _cells(self.thirds, thirds))

    def _photo_row(self) -> Row:
        """Return a row with a picture, on the side where the last picture was not."""
        photo = [self.photos.pop(0)]
        four = _take(self.thirds, 4)
        half = (len(four) + 1) // 2
        stacks = [four[:half], four[half:]]
        mirrored, self.is_picture_left = self.is_picture_left, not self.is_picture_left
        return Row("r-3-3-6", [*stacks, photo]) if mirrored else Row("r-6-3-3", [photo, *stacks])

    def _third_row(self) -> Row:
        left = len(self.thirds)
        if left in (4, 7, 8) or left >= 10:
            return Row("r-3-3-3-3", _cells(self.thirds, 4))
        if left >= 3:
            return Row("r-4-4-4", _cells(self.thirds, 3))
        return Row("r-6-6" if left == 2 else "r-12", _cells(self.thirds, left))


def _take(queue: list, count: int) -> list:
    taken, queue[:count] = queue[:count], []
    return taken


def _cells(queue: list, count: int) -> list[list]:
    return [[article] for article in _take(queue, count)]
