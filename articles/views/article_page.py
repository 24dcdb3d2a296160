"""The page of an article, whatever its status: composed here, shown by a view.

For any article, also one that no reader sees yet, with no page or no issue:

    show(request, ArticlePage.of(article))

What is missing is left out; only articles that readers see appear around it.
"""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from articles import body, prose, typeset
from articles.excerpt import excerpt
from articles.models import Article, Byline, Caption, Column, Correction, Tagging
from articles.models.addresses import address

from .around import Place, contents
from .figures import Figure
from .frame import Frame, paper

# 字 of the summary that a shared link shows.
SUMMARY = 110


def show(request: HttpRequest, story: "ArticlePage", **context) -> HttpResponse:
    """Render the page of an article. No query."""
    page = story.article.page
    return paper(
        request,
        "paper/article.html",
        story.frame,
        canonical=story.article.get_absolute_url(),
        current_page=page.label if page else "",
        current_kind="true",
        story=story,
        **context,
    )


def with_its_parts(articles):
    """Load articles with all that `ArticlePage.of` reads. Five queries."""
    return articles.select_related("page__issue", "column").prefetch_related(
        Prefetch("bylines", Byline.objects.select_related("contributor")),
        Prefetch("captions", Caption.objects.select_related("photo")),
        "corrections",
        Prefetch("taggings", Tagging.objects.select_related("tag").order_by("pk")),
    )


@dataclass(frozen=True, slots=True)
class Signature:
    """One byline as printed, with the address of its contributor if it has one."""

    before: str
    name: str
    after: str
    url: str
    is_organisation: bool

    @classmethod
    def of(cls, byline: Byline) -> "Signature":
        """Build it; the contributor must be loaded."""
        who = byline.contributor
        return cls(
            before="" if byline.is_credit else byline.role,
            name=byline.name,
            after=byline.role if byline.is_credit else "",
            url=who.get_absolute_url() if who else "",
            is_organisation=bool(who and who.is_organisation),
        )


@dataclass(frozen=True)
class ArticlePage:
    """Everything the page of an article shows, ready to be printed."""

    article: Article
    frame: Frame
    title: str
    summary: str
    length: int
    signatures: list[Signature]
    figures: list[Figure]
    pieces: list[tuple[str, Figure | None]]
    tags: list[tuple[str, str]]
    corrections: list[Correction]
    place: Place | None

    @classmethod
    def of(cls, article: Article, around=contents) -> "ArticlePage":
        """Return the page of an article; `around` tells what is seen in its issue.

        Two queries where the article is loaded `with_its_parts`.
        """
        figures = [Figure.of(caption) for caption in article.captions.all()]
        frame, place = _surroundings(article, around)
        return cls(
            article=article,
            frame=frame,
            title=article.display_title,
            summary="".join(excerpt(body.paragraphs(article.body), SUMMARY)),
            length=article.length,
            signatures=[Signature.of(byline) for byline in article.bylines.all()],
            figures=figures,
            pieces=_pieces(article, [] if article.is_photo else figures),
            tags=[_tag(tagging) for tagging in article.taggings.all()],
            corrections=list(article.corrections.all()),
            place=place,
        )

    @property
    def is_short(self) -> bool:
        """Whether the headline is set larger."""
        return typeset.is_short(self.title)

    @property
    def ribbon(self) -> Column | None:
        """The column, where it hangs from the picture of photo news."""
        return self.article.column if self.article.is_photo and self.figures else None

    @property
    def page_url(self) -> str:
        """The address of the printed page."""
        return f"{self.frame.issue_url}{self.article.page.label}/"

    @property
    def released_at(self) -> str:
        """When readers first saw it, on the newsroom's clock."""
        return timezone.localtime(self.article.page.issue.released_at).isoformat()

    @property
    def staff(self) -> list[tuple[str, str]]:
        """Who was responsible for the printed page, as far as it is given."""
        page = self.article.page
        named = [
            (gettext("Responsible editor"), page.editor),
            (gettext("Layout"), page.designer),
            (gettext("Proofreader"), page.proofreader),
        ]
        return [(task, name) for task, name in named if name]

    @property
    def map(self) -> SafeString:
        """The miniature's blocks as SVG."""
        return mark_safe(self.place.map)  # noqa: S308 (numbers only)


def _surroundings(article: Article, around) -> tuple[Frame, Place | None]:
    if not article.page:
        return Frame.bare(), None
    pages, seen = around(article.page.issue)
    return Frame.of(article.page.issue, pages), Place.of(article.pk, seen)


def _pieces(article: Article, figures: list[Figure]) -> list[tuple[str, Figure | None]]:
    """Return the text in order, each piece with the picture that follows it, if any."""
    texts = prose.set_text(
        article.body,
        lead_in=prose.lead_in(article.dateline, article.lead_in),
        figures=len(figures),
        table_label=gettext("Table"),
    )
    # The body was cleaned when it was stored; the lead-in is escaped where it is made.
    safe = map(mark_safe, texts)  # noqa: S308
    return list(zip(safe, [*figures, None], strict=True))


def _tag(tagging: Tagging) -> tuple[str, str]:
    return tagging.tag.name, address("tag", tagging.tag_id)
