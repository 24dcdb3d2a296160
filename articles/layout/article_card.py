"""Prepare articles for the templates: the strings of a card, and of a line in a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles.content import article_html, display_type, headline_html, text
from articles.content.line_holds import held_text
from articles.models import Article, Byline, Caption, Genre

from .article_metrics import LABELLED, SLIM, ArticleMetrics
from .grid import ranking
from .grid.cell_heights import BROAD, NARROW, TALL, WIDE, beside_share, is_short_beside
from .grid.row_fit import MOST_OF_CAPTION

# Marked as safe, so that templates do not look for what to escape.
H2, H3 = SafeString("h2"), SafeString("h3")
# Words that show only where a window is narrow, or only where it is broad (static/css/pages.css).
ONLY_NARROW, ONLY_BROAD = ' class="n"', ' class="w"'


@dataclass(frozen=True, slots=True)
class Place:
    """The place of an article in its row: the columns of its cell and the steps of its text.

    Both are given for a narrow and for a broad window.
    """

    spans: tuple[int, int]
    steps: tuple[int, int]


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """An article as set on a page. What it lacks is an empty string, and not shown."""

    article: Article
    caption: Caption | None
    credit: str
    kind: str
    rank: int
    is_lead: bool
    level: SafeString
    headline_class: SafeString
    headline: SafeString
    kicker: SafeString
    deck: SafeString
    hidden_headline: str
    label: str
    paragraphs: list[SafeString]
    is_opening: bool
    length: SafeString
    picture_class: SafeString
    is_tall: bool
    sizes: SafeString

    @classmethod
    def of(
        cls, measured: ArticleMetrics, place: Place, bylines: Sequence[Byline], *, is_first: bool
    ) -> "ArticleCard":
        """Set an article in its place; its column and its captions' photos are loaded."""
        article, is_photo = measured.article, measured.kind == ranking.PHOTO
        is_lead = measured.rank == ranking.LEAD
        caption = next(iter(article.loaded_captions), None) if is_lead or is_photo else None
        title, shape = measured.title, measured.picture.shape if caption else ""
        is_paid = measured.kind == ranking.ADVERTISEMENT
        return cls(
            article=article,
            caption=caption,
            credit=_credit(caption, bylines if is_photo else ()) if caption else "",
            kind=measured.kind,
            rank=measured.rank,
            is_lead=is_lead,
            level=H2 if is_first else H3,
            headline_class=_headline_class(title, is_large=is_lead and not is_paid),
            headline=SafeString(headline_html.display_headline(title)),
            kicker=SafeString(headline_html.secondary_line(article.kicker)),
            deck=SafeString(headline_html.secondary_line(article.deck)),
            hidden_headline=_hidden_headline(article) if is_photo else "",
            label=label(article, title),
            paragraphs=_paragraphs(measured, place.steps, bylines),
            is_opening=not is_photo or not _is_whole(measured, max(place.steps)),
            length=SafeString(gettext("%(count)d characters in all") % {"count": measured.length}),
            picture_class=_picture_class(measured) if caption else SafeString(""),
            is_tall=shape == TALL,
            sizes=picture_sizes(place.spans, measured.kind, shape) if caption else SafeString(""),
        )


@dataclass(frozen=True, slots=True)
class BriefCard:
    """An article as a list of headlines shows it."""

    article: Article
    headline: SafeString

    @classmethod
    def of(cls, article: Article) -> "BriefCard":
        """Set an article for a list."""
        return cls(article, SafeString(headline_html.list_headline(article.display_title)))


def label(article: Article, title: str) -> str:
    """Return the column or the genre that is named above a headline; photo news always has one.

    A column with which the title begins already is not repeated.
    """
    if article.genre == Genre.PHOTO and not article.column_id:
        return gettext("Photo news")
    if article.genre == Genre.ADVERTISEMENT:
        return str(Genre.ADVERTISEMENT.label)
    column = article.column.name if article.column_id else ""
    if column:
        return "" if not article.headline and title else column
    return str(article.get_genre_display()) if article.genre in LABELLED else ""


def picture_sizes(spans: tuple[int, int], kind: str, shape: str) -> SafeString:
    """Return how wide a picture is shown, for the attribute `sizes`, by the columns of its cell."""
    narrow, broad = (
        screen.width(span) * beside_share(kind, shape, screen.width(span))
        for screen, span in zip((NARROW, BROAD), spans, strict=True)
    )
    if shape == TALL:
        return SafeString(f"{SLIM}px")
    return SafeString(
        f"(min-width: 80rem) {broad:.0f}px, (min-width: 60rem) {narrow / 10.24:.0f}vw,"
        " calc(100vw - 2.5rem)"
    )


def _headline_class(title: str, *, is_large: bool) -> SafeString:
    """Return the classes of a headline; a large one has the paper's own face where that has it."""
    names = ["hed"]
    if is_large:
        names += ["short"] * headline_html.is_short(title)
        names += ["song"] * display_type.is_covered(title)
    return SafeString(" ".join(names))


def _picture_class(measured: ArticleMetrics) -> SafeString:
    """Return the classes of an article with a picture: its shape, and where its headline is."""
    is_short = measured.rank == ranking.LEAD and is_short_beside(measured.measures())
    names = ["slim"] if measured.picture.shape != WIDE else []
    return SafeString("".join(f" {name}" for name in [*names, *["side"] * is_short]))


def _credit(caption: Caption, bylines: Sequence[Byline]) -> str:
    """Return the credit of a picture; photo news has the bylines where nobody is credited."""
    credit = caption.credit or caption.photo.credit or " ".join(map(str, bylines))
    return caption.photo.marked_credit(credit) if caption.photo.generated else credit


def _hidden_headline(article: Article) -> str:
    """Return the heading of photo news, which those who cannot see the picture need."""
    title = article.headline or (article.column.name if article.column_id else "")
    title = title or text.opening(article_html.words(article.body))
    return gettext("Photo news: %(title)s") % {"title": title}


def _is_whole(measured: ArticleMetrics, steps: int) -> bool:
    """Tell whether photo news shows all its words."""
    return steps >= len(measured.sentences) and measured.length <= MOST_OF_CAPTION


def _paragraphs(
    measured: ArticleMetrics, steps: tuple[int, int], bylines: Sequence[Byline]
) -> list[SafeString]:
    """Return the paragraphs shown, as HTML: an opening, after the lead-in where there is one.

    Photo news has no lead-in, and all its words where they fit; they are one caption.
    """
    article, is_photo = measured.article, measured.kind == ranking.PHOTO
    more = ONLY_NARROW if steps[0] > steps[1] else ONLY_BROAD
    parts = _parts(measured.sentences, min(steps), max(steps))
    if is_photo:
        return [_caption(parts, more)] if parts else []
    if parts and article.dateline:
        lead_in = article_html.render_lead_in(article.dateline, article.lead_in_of(bylines))
        parts[0][not parts[0][0]] = lead_in + parts[0][not parts[0][0]]
    return [_paragraph(words, beyond, more) for words, beyond in parts]


def _parts(sentences: Sequence[text.Sentence], always: int, most: int) -> list[list[str]]:
    """Return each paragraph as the words that always show and those that show at one width."""
    found: list[list[str]] = []
    for number, sentence in enumerate(sentences[:most]):
        if sentence.is_opening:
            found.append(["", ""])
        found[-1][number >= always] += escape(sentence.words)
    return found


def _paragraph(words: str, beyond: str, more: str) -> SafeString:
    words, beyond = held_text(words), held_text(beyond)
    if not words:
        return SafeString(f"<p{more}>{beyond}</p>")
    return SafeString(f"<p>{words}<span{more}>{beyond}</span></p>" if beyond else f"<p>{words}</p>")


def _caption(parts: list[list[str]], more: str) -> SafeString:
    found = ""
    for number, (words, beyond) in enumerate(parts):
        line = "<br>" if number else ""
        found += line + words if words else ""
        if beyond:
            found += f"<span{more}>{'' if words else line}{beyond}</span>"
    return SafeString(found)
