"""An article as it is set on a page or in a list: every string ready for its template."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles import body, excerpt, packing, prose, renditions, text, typeset
from articles.models import Article, Byline, Caption, Photo
from articles.models.addresses import address

# Strings that are HTML already are marked as such: templates need not look for what to escape.
H2, H3 = SafeString("h2"), SafeString("h3")
HEADLINE, SHORT = SafeString("hed"), SafeString("hed short")


@lru_cache(maxsize=4096)
def front_pictures(uid: UUID, width: int | None, height: int | None) -> SafeString:
    """Return the front page's cuts of a photo as a srcset; "" where there is one size."""
    photo = Photo(uid=uid, width=width, height=height)
    return SafeString(renditions.choices(photo, "front", "front-large") if width else "")


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo as it is set with an article."""

    src: str
    srcset: str
    alt: str
    words: str
    credit: str

    @classmethod
    def of(cls, caption: Caption, bylines: Sequence[Byline]) -> "Picture":
        """Set a caption, whose photo is loaded; without a credit of its own it has `bylines`."""
        photo = caption.photo
        return cls(
            src=address("photo", photo.uid, "front"),
            srcset=front_pictures(photo.uid, photo.width, photo.height),
            alt=photo.alt,
            words=caption.words,
            credit=caption.printed_credit or " ".join(map(str, bylines)),
        )


class Measured:
    """An article with what packing asks about it; `rank` is given by packing."""

    __slots__ = ("article", "bylines", "caption", "has_picture", "kind", "length", "rank")

    def __init__(self, article: Article, bylines: Sequence[Byline], caption: Caption | None):
        self.article, self.bylines, self.caption = article, bylines, caption
        self.has_picture = caption is not None
        self.kind = kind_of(article) if self.has_picture else _without_picture(article)
        self.length = article.length
        self.rank = article.rank


def kind_of(article: Article) -> str:
    """Return what packing calls an article: photo news, a document or an article."""
    if article.is_photo:
        return packing.PHOTO
    return packing.DOCUMENT if article.is_document else packing.ARTICLE


def _without_picture(article: Article) -> str:
    kind = kind_of(article)
    return packing.ARTICLE if kind == packing.PHOTO else kind


@dataclass(frozen=True, slots=True)
class SetArticle:
    """An article as set on a page. What it lacks is an empty string, and not shown."""

    url: SafeString
    kind: str
    classes: SafeString
    level: SafeString
    headline_class: SafeString
    headline: SafeString
    hidden_headline: str
    column: str
    kicker: SafeString
    deck: SafeString
    paragraphs: list[SafeString]
    is_opening: bool
    length: SafeString
    picture: Picture | None

    @classmethod
    def of(cls, measured: Measured, room: int) -> "SetArticle":
        """Set an article with at most about `room` 字; photo news has all its words where they fit.

        Its column must be loaded, and the photo of its caption.
        """
        article, caption = measured.article, measured.caption
        is_lead, is_photo = measured.rank == packing.LEAD, measured.kind == packing.PHOTO
        signers = measured.bylines if is_photo else ()
        title = article.headline if is_photo else article.display_title
        return cls(
            url=address("article", article.pk),
            kind=measured.kind,
            classes=_classes(measured),
            level=H2 if is_lead else H3,
            headline_class=SHORT if is_lead and typeset.is_short(title) else HEADLINE,
            headline=SafeString(typeset.displayed(title)),
            hidden_headline=_hidden_headline(article) if is_photo else "",
            column=_label(article, title),
            kicker=listed(typeset.undashed(article.kicker)),
            deck=listed(typeset.undashed(article.deck)),
            paragraphs=_words_of_photo(article, room) if is_photo else _excerpt(measured, room),
            is_opening=not is_photo or measured.length > room,
            length=SafeString(gettext("%(count)d characters in all") % {"count": measured.length}),
            picture=Picture.of(caption, signers) if caption and (is_lead or is_photo) else None,
        )


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article as a list of headlines shows it, the first of them with its opening."""

    url: SafeString
    headline: SafeString
    opening: str

    @classmethod
    def of(cls, article: Article, room: int = 0) -> "ListedArticle":
        """Set an article for a list, with an opening of about `room` 字 if any is asked."""
        opening = "".join(_opening(article, room)) if room else ""
        return cls(address("article", article.pk), listed(article.display_title), opening)


def listed(line: str) -> SafeString:
    """Return a line that does not break inside words; a space in it stays a space."""
    return SafeString(typeset.listed(line)) if line else ""


def _classes(measured: Measured) -> SafeString:
    names = [f"story p{measured.rank}"]
    if measured.kind == packing.DOCUMENT:
        names.append("doc" if measured.rank == packing.LEAD else "doc boxed")
    if measured.has_picture and measured.rank == packing.LEAD:
        names.append("has-pic")
    return SafeString(" ".join(names))


def _label(article: Article, title: str) -> str:
    """Return the column, unless the title already begins with it; photo news always has one."""
    if article.is_photo and not article.column_id:
        return gettext("Photo news")
    named = article.column.name if article.column_id else ""
    return "" if named and not article.headline and title else named


def _hidden_headline(article: Article) -> str:
    """Return the heading of photo news, which those who cannot see the picture need."""
    first = article.headline or (article.column.name if article.column_id else "")
    first = first or text.opening(body.words(article.body))
    return gettext("Photo news: %(title)s") % {"title": first}


def _opening(article: Article, room: int) -> tuple[str, ...]:
    return excerpt.excerpt(excerpt.paragraphs(article.body), room)


def _excerpt(measured: Measured, room: int) -> list[SafeString]:
    """Return the opening as HTML, after the lead-in where there is one."""
    article = measured.article
    found = [escape(words) for words in _opening(article, room)]
    if found and article.dateline:
        signed = article.lead_in_of(measured.bylines)
        found[0] = prose.lead_in(article.dateline, signed) + found[0]
    return [SafeString(words) for words in found]


def _words_of_photo(article: Article, room: int) -> list[SafeString]:
    is_short = article.length <= room
    found = body.paragraphs(article.body) if is_short else _opening(article, room)
    return [SafeString(escape(words)) for words in found]
