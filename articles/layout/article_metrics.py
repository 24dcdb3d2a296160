"""Measure articles before they are set: kind, picture, and the lengths of their words."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from articles.content import article_html, headline_html, text
from articles.models import Article, Genre
from articles.photos.files.image_processing import rendition_size

from .grid import ranking
from .grid.cell_heights import SMALL, TALL, WIDE, Measures, Step, em
from .grid.row_fit import MOST, MOST_OF_CAPTION

# The kind of an article in the layout, by its genre; all others are articles.
KINDS = {
    Genre.PHOTO: ranking.PHOTO,
    Genre.DOCUMENT: ranking.DOCUMENT,
    Genre.NOTICE: ranking.DOCUMENT,
    Genre.ADVERTISEMENT: ranking.ADVERTISEMENT,
}
# Genres that are named above their headline.
LABELLED = frozenset((Genre.COMMENTARY, Genre.EDITORIAL, Genre.NOTICE, Genre.ADVERTISEMENT))
# Of a lead-in such as 本报讯（记者 张可馨）: its names are not counted, so that a page and its
# miniature are measured alike.
LEAD_IN = 12.0
SHORT_CAPTION = 120  # 字
# A picture is set tall where it is so much taller than wide.
TALLER = 1.1
SIZES = {WIDE: "front-full", TALL: "portrait-large", SMALL: "front-full"}
SLIM = 416  # px: the most across of a tall picture, and of one that is small


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of an article: its size in pixels, None where it is not known, its caption."""

    width: int | None
    height: int | None
    caption: str = ""

    @property
    def shape(self) -> str:
        """How the picture is shown: TALL, or WIDE, or SMALL where it has few pixels."""
        if self.width and self.height and self.height > TALLER * self.width:
            return TALL
        return SMALL if self.width and self.width <= SLIM else WIDE


class ArticleMetrics:
    """What the layout needs of an article; `rank` is the editors' until the page is ranked."""

    __slots__ = ("article", "has_picture", "kind", "length", "picture", "rank")

    def __init__(self, article: Article, picture: Picture | None):
        self.article, self.picture = article, picture
        self.has_picture = picture is not None
        self.kind = KINDS.get(article.genre, ranking.ARTICLE)
        if self.kind == ranking.PHOTO and not self.has_picture:
            self.kind = ranking.ARTICLE
        self.length, self.rank = article.length, article.rank

    @property
    def title(self) -> str:
        """The headline; photo news may have none."""
        is_photo = self.kind == ranking.PHOTO
        return self.article.headline if is_photo else self.article.display_title

    @property
    def sentences(self) -> tuple[text.Sentence, ...]:
        """The sentences that the article can show, all of them in photo news."""
        if self.kind == ranking.PHOTO and self.length <= MOST_OF_CAPTION:
            return caption_sentences(self.article.body)
        return opening_sentences(self.article.body, MOST[self.rank])

    def measures(self) -> Measures:
        """Return the numbers by which the article is packed; its rank must be known. No query."""
        article, picture, title = self.article, self.picture, self.title
        halves = title.split() if headline_html.has_two_lines(title) else ()
        return Measures(
            rank=self.rank,
            kind=self.kind,
            headline=em(title),
            halves=tuple(map(em, halves)) if len(halves) == 2 else (),
            kicker=em(article.kicker),
            deck=em(article.deck),
            has_label=has_label(article),
            is_short=headline_html.is_short(title),
            picture=picture.shape if picture else "",
            picture_width=_shown_width(picture) if picture else 0,
            caption=em(picture.caption) if picture else 0,
            steps=self._steps(),
        )

    def _steps(self) -> tuple[Step, ...]:
        if self.rank == ranking.BRIEF and self.kind != ranking.ADVERTISEMENT:
            return ()
        found = steps(self.sentences)
        if self.kind == ranking.PHOTO:
            return self._caption_steps([*found])
        if found and self.article.dateline:
            return (found[0]._replace(em=found[0].em + LEAD_IN), *found[1:])
        return found

    def _caption_steps(self, found: list[Step]) -> tuple[Step, ...]:
        """Return the steps of photo news, with its headline. A short caption is not cut."""
        title = em(self.title) + 1 if self.title else 0.0
        if not found:
            return (Step(title + em(self.picture.caption), True, True),)
        found[0] = found[0]._replace(em=found[0].em + title)
        if self.length <= SHORT_CAPTION:
            found[:-1] = [each._replace(is_end=False) for each in found[:-1]]
        return tuple(found)


@lru_cache(maxsize=512)
def opening_sentences(body: str, most: int) -> tuple[text.Sentence, ...]:
    """Return the sentences of a stored body with which an excerpt of `most` 字 is made.

    The pages of a day are composed again and again from the same bodies.
    """
    return tuple(text.sentences(article_html.text_paragraphs(body), most))


@lru_cache(maxsize=512)
def steps(sentences: tuple[text.Sentence, ...]) -> tuple[Step, ...]:
    """Return the lengths of sentences."""
    return tuple(Step(em(each.words), each.is_opening, each.is_end) for each in sentences)


def caption_sentences(body: str) -> tuple[text.Sentence, ...]:
    """Return all sentences of photo news, those without a full stop too."""
    found = [
        text.Sentence(words, at == 0, text.ends_well(words))
        for paragraph in article_html.paragraphs(body)
        for at, words in enumerate(text.SENTENCE.findall(paragraph))
    ]
    return (*found[:-1], found[-1]._replace(is_end=True)) if found else ()


def ranked(measured: Sequence[ArticleMetrics]) -> tuple[Measures, ...]:
    """Give the articles of a page their ranks, and return their measures."""
    for each, rank in zip(measured, ranking.ranks(measured), strict=True):
        each.rank = rank
    return tuple(each.measures() for each in measured)


def has_label(article: Article) -> bool:
    """Tell whether a label stands above the headline: a column, or the name of a genre."""
    return bool(article.column_id or article.genre in LABELLED)


def _shown_width(picture: Picture) -> int:
    """Return the most pixels across that a picture can show; 0 where its size is not known."""
    if not picture.width or not picture.height:
        return 0
    width = rendition_size(SIZES[picture.shape], (picture.width, picture.height))[0]
    return min(width, SLIM) if picture.shape == TALL else width
