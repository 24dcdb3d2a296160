"""Take one step with several articles: a workflow move, or another page.

Each article is a transaction of its own: what is refused for one holds up none of the others.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from articles import ledger
from articles.content.text import parse_id
from articles.models import Article, Member, Page
from articles.workflow import MoveRefusedError, move
from articles.workflow.transitions import lock_article

from .placement import PlacementError, place


@dataclass(frozen=True, slots=True)
class SeenArticle:
    """An article as a member saw it in a list: its words, its status, its page."""

    pk: int
    version: int
    status: str
    page: int | None = None

    @classmethod
    def of(cls, article: Article) -> "SeenArticle":
        """Return what a list shows of an article. No query."""
        return cls(article.pk, article.version, article.status, article.page_id)

    @classmethod
    def parse(cls, line: str) -> "SeenArticle | None":
        """Parse what `str()` wrote; None for anything else."""
        pk, version, rest = (*line.split(":", 2), "", "")[:3]
        status, _colon, page = rest.partition(":")
        if parse_id(pk) is None or parse_id(version) is None:
            return None
        return cls(parse_id(pk), parse_id(version), status, parse_id(page))

    def __str__(self):
        return f"{self.pk}:{self.version}:{self.status}:{self.page or ''}"


@dataclass(frozen=True, slots=True)
class BatchResult:
    """The articles with which a step was taken, and of the others the name and why not."""

    done: list[Article] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def move_all(seen: Iterable[SeenArticle], name: str, *, by: Member) -> BatchResult:
    """Make a workflow move with each article as it was seen. Sixteen queries each, and one."""

    def step(article: Article, each: SeenArticle) -> None:
        move(article, name, by=by, version=each.version, status=each.status)

    return _take(seen, step)


def place_all(seen: Iterable[SeenArticle], page: Page | None, *, by: Member) -> BatchResult:
    """Put each article at the end of a page, in the order given, or take it off its page (None).

    One that is on the page already stays where it is; one that somebody else has moved since it
    was seen is refused. Twenty queries each at most, and one.
    """

    def step(article: Article, each: SeenArticle) -> None:
        locked = lock_article(article.pk, page_id=page and page.pk)
        if locked.page_id != each.page:
            raise PlacementError(_("Somebody else has just moved the article. Please look again."))
        place(locked, page, by=by)

    return _take(seen, step)


def _take(seen: Iterable[SeenArticle], step: Callable[[Article, SeenArticle], None]) -> BatchResult:
    """Take a step with each article once; one query more than the steps need."""
    unique = {each.pk: each for each in seen}
    articles = Article.objects.select_related("column").in_bulk(unique)
    result = BatchResult()
    for pk, each in unique.items():
        if pk not in articles:
            name = _("article %(number)d") % {"number": pk}
            result.refused.append((name, _("The article has been deleted.")))
            continue
        try:
            with ledger.atomic():
                step(articles[pk], each)
        except (MoveRefusedError, PlacementError) as refusal:
            result.refused.append((articles[pk].display_title, str(refusal)))
        else:
            result.done.append(articles[pk])
    return result
