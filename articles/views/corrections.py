"""更正与撤稿: what the paper has put right, and when it withdrew an article."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe

from articles import typeset
from articles.models import Article, Correction

from .caching import reader_page
from .frame import Frame, paper
from .gathered import Gathered
from .withdrawn import withdrawn_articles

# How many withdrawals stand below the first list.
WITHDRAWALS = 30


@dataclass(frozen=True, slots=True)
class Notice:
    """One correction in the list, with the article that it puts right."""

    made_at: datetime
    words: str
    url: str
    headline: SafeString
    printed: str

    @classmethod
    def of(cls, correction: Correction) -> "Notice":
        """Build it; the article with its page, issue and column must be loaded."""
        article = correction.article
        return cls(
            made_at=correction.made_at,
            words=correction.notice,
            url=article.get_absolute_url(),
            headline=mark_safe(typeset.listed(article.display_title)),  # noqa: S308 (escaped there)
            printed=f"{article.page.issue.title} {article.page.title}",
        )

    @property
    def month(self) -> str:
        """2024年7月, on the newsroom's clock."""
        return date_format(timezone.localtime(self.made_at), "YEAR_MONTH_FORMAT")


@reader_page
def corrections(request: HttpRequest) -> HttpResponse:
    """List the corrections of published articles, the newest first, and withdrawals by date.

    A withdrawal is told without a word of the article, or its address. Three queries.
    """
    gathered = Gathered.listing(published_corrections(), Notice.of, request)
    return paper(
        request,
        "paper/corrections.html",
        Frame.bare(),
        canonical=reverse("articles:corrections") + gathered.query,
        gathered=gathered,
        withdrawals=withdrawn_articles()[:WITHDRAWALS] if gathered.number == 1 else [],
    )


def published_corrections():
    """Select the corrections of the articles that readers see, the newest first."""
    seen = Article.objects.published().filter(pk=OuterRef("article"))
    made = Correction.objects.filter(Exists(seen))
    return made.select_related("article__page__issue", "article__column").order_by(
        "-made_at", "-pk"
    )
