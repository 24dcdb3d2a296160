"""看板: an issue as its pages side by side, with what waits beside them. Changes nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from articles import placement, preflight
from articles.models import Article, Issue, Member, Page, Status
from articles.preflight import Finding, Inspection
from articles.workflow import LIVE

# How many unplaced articles stand beside the pages; older ones are found in the list.
BESIDE = 40

UNPLACED: dict[str, Callable[[Member], Q]] = {
    "signed": lambda member: Q(status=Status.SIGNED),
    "mine": lambda member: Q(status__in=[*LIVE, Status.HELD], revisions__made_by=member),
    "all": lambda member: Q(status__in=[*LIVE, Status.HELD]),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One article on the board."""

    article: Article
    findings: Sequence[Finding]

    @property
    def pictures(self) -> int:
        """How many pictures it has."""
        return len(self.article.captions.all())


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page with its articles in order, and what was found about the page itself."""

    page: Page
    pieces: Sequence[Piece]
    findings: Sequence[Finding]

    @property
    def open_places(self) -> range:
        """The planned places in which no article stands yet, by their numbers."""
        return range(len(self.pieces) + 1, self.page.planned + 1)

    @property
    def length(self) -> int:
        """The number of 字 on the page."""
        return sum(piece.article.length for piece in self.pieces)

    @property
    def bars(self) -> int:
        """How many findings on the page bar the release."""
        of_pieces = [finding for piece in self.pieces for finding in piece.findings]
        return sum(finding.is_barring for finding in [*self.findings, *of_pieces])


@dataclass(frozen=True, slots=True)
class Board:
    """An issue as it stands: its pages, and the articles that stand on none."""

    issue: Issue
    found: Inspection
    sheets: Sequence[Sheet]
    unplaced: Sequence[Piece]

    @classmethod
    def of(cls, issue: Issue, *, by: Member, unplaced: str = "signed") -> "Board":
        """Read the board of an issue with some of the unplaced articles (a key of UNPLACED).

        Eleven queries at most, however many pages and articles there are.
        """
        found = Inspection.of(issue)
        return cls(issue, found, _sheets(found), _beside(by, unplaced))

    @property
    def arrangement(self) -> str:
        """How the pages are arranged, in one line: what a move says it has seen."""
        order = placement.arrangement(self.found.pages, self.found.articles)
        return placement.as_text(order)

    @property
    def articles(self) -> dict[int, Article]:
        """Every article on the board, by its id."""
        pieces = [*self.unplaced, *(piece for sheet in self.sheets for piece in sheet.pieces)]
        return {piece.article.pk: piece.article for piece in pieces}


def _sheets(found: Inspection) -> list[Sheet]:
    about: dict[tuple, list[Finding]] = {}
    for finding in found.findings:
        about.setdefault((type(finding.about), finding.about.pk), []).append(finding)
    return [
        Sheet(
            page,
            [
                Piece(article, about.get((Article, article.pk), []))
                for article in found.articles_on(page)
            ],
            about.get((Page, page.pk), []),
        )
        for page in found.pages
    ]


def _beside(by: Member, which: str) -> list[Piece]:
    wanted = UNPLACED.get(which, UNPLACED["signed"])(by)
    chosen = Article.objects.filter(wanted, page=None).order_by("-pk").values("pk").distinct()
    articles = preflight.read_articles(
        Article.objects.filter(pk__in=list(chosen.values_list("pk", flat=True)[:BESIDE]))
    )
    return [Piece(each, list(preflight.article_findings(each))) for each in articles]
