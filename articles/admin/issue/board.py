"""看板 (board): the pages of an issue side by side, and the articles on no page. Read-only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext, ngettext

from articles.admin.author_names import author_names
from articles.editing import placement
from articles.editing.batch import SeenArticle
from articles.models import Article, Issue, Member, Page, Photo, Status
from articles.workflow import LIVE, preflight
from articles.workflow.preflight import Finding, Inspection

# How many unplaced articles are shown; older ones are found in the list of articles.
MAX_UNPLACED = 40

UNPLACED: dict[str, Callable[[Member], Q]] = {
    "signed": lambda member: Q(status=Status.SIGNED),
    "mine": lambda member: Q(status__in=[*LIVE, Status.HELD], revisions__made_by=member),
    "all": lambda member: Q(status__in=[*LIVE, Status.HELD]),
}


@dataclass(frozen=True, slots=True)
class BoardArticle:
    """One article on the board."""

    article: Article
    findings: Sequence[Finding]

    @property
    def seen(self) -> SeenArticle:
        """What a step with this article says that the member saw."""
        return SeenArticle.of(self.article)

    @property
    def told_findings(self) -> list[Finding]:
        """The findings but the one that its status says already."""
        return [finding for finding in self.findings if finding.code != "unsigned"]

    @property
    def authors(self) -> str:
        """The names under it. No query."""
        return author_names(self.article)

    @property
    def told_length(self) -> str:
        """The number of 字: 1,280 字."""
        return gettext("%(number)s characters") % {"number": f"{self.article.length:,}"}

    @property
    def told_photos(self) -> str:
        """The number of its photos: 2 张图. No query."""
        number = len(self.article.captions.all())
        message = ngettext("%(number)s picture", "%(number)s pictures", number)
        return message % {"number": number}

    @property
    def first_photo(self) -> Photo | None:
        """The photo that stands for it. No query."""
        return next((caption.photo for caption in self.article.captions.all()), None)


@dataclass(frozen=True, slots=True)
class BoardPage:
    """One page with its articles in order, and the findings about the page itself."""

    page: Page
    articles: Sequence[BoardArticle]
    findings: Sequence[Finding]

    @property
    def open_places(self) -> range:
        """The numbers of the planned places that have no article yet."""
        return range(len(self.articles) + 1, self.page.planned + 1)

    @property
    def told_articles(self) -> str:
        """The number of its articles: 7 篇稿件."""
        number = len(self.articles)
        return ngettext("%(number)s article", "%(number)s articles", number) % {"number": number}

    @property
    def length(self) -> int:
        """The number of 字 on the page."""
        return sum(each.article.length for each in self.articles)

    @property
    def told_length(self) -> str:
        """The number of 字, against the planned one where there is one: 3,180 / 3,500 字."""
        length = f"{self.length:,}"
        if self.page.planned_length is None:
            return gettext("%(length)s characters") % {"length": length}
        facts = {"length": length, "planned": f"{self.page.planned_length:,}"}
        return gettext("%(length)s / %(planned)s characters") % facts

    @property
    def surplus(self) -> int:
        """The number of 字 over the planned length."""
        planned = self.page.planned_length
        return 0 if planned is None else max(self.length - planned, 0)

    @property
    def barring_count(self) -> int:
        """The number of findings on the page that bar the release."""
        of_articles = [finding for each in self.articles for finding in each.findings]
        return sum(finding.is_barring for finding in [*self.findings, *of_articles])


@dataclass(frozen=True, slots=True)
class Board:
    """The pages of an issue, and the articles on no page."""

    issue: Issue
    inspection: Inspection
    pages: Sequence[BoardPage]
    unplaced: Sequence[BoardArticle]

    @classmethod
    def of(cls, issue: Issue, *, by: Member, unplaced: str = "signed") -> "Board":
        """Load the board of an issue with some of the unplaced articles (a key of UNPLACED).

        Eleven queries at most, however many pages and articles there are.
        """
        inspection = Inspection.of(issue)
        return cls(issue, inspection, _pages(inspection), _unplaced(by, unplaced))

    @property
    def arrangement(self) -> str:
        """The order of the articles on the pages, in one line; a move submits it."""
        order = placement.arrangement(self.inspection.pages, self.inspection.articles)
        return placement.format_arrangement(order)

    @property
    def articles(self) -> dict[int, Article]:
        """All articles on the board, by their ids."""
        placed = [each for page in self.pages for each in page.articles]
        return {each.article.pk: each.article for each in [*self.unplaced, *placed]}


def _pages(inspection: Inspection) -> list[BoardPage]:
    findings: dict[tuple, list[Finding]] = {}
    for finding in inspection.findings:
        findings.setdefault((type(finding.about), finding.about.pk), []).append(finding)
    return [
        BoardPage(
            page,
            [
                BoardArticle(article, findings.get((Article, article.pk), []))
                for article in inspection.articles_on(page)
            ],
            findings.get((Page, page.pk), []),
        )
        for page in inspection.pages
    ]


def _unplaced(by: Member, which: str) -> list[BoardArticle]:
    condition = UNPLACED.get(which, UNPLACED["signed"])(by)
    newest = Article.objects.kept().filter(condition, page=None).order_by("-pk").distinct()
    ids = list(newest.values_list("pk", flat=True)[:MAX_UNPLACED])
    if not ids:
        return []
    articles = preflight.load_articles(Article.objects.filter(pk__in=ids))
    return [BoardArticle(each, list(preflight.article_findings(each))) for each in articles]
