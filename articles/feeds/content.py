"""The words and pictures of an article as feeds and JSON carry them: HTML that stands alone.

Every address in it is absolute, and it holds no class, script or style. `origin` is the site, as
https://example.org; articles are loaded `queries.with_parts`, so that nothing here makes a query.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from articles.content import article_html, text
from articles.models import Article, Byline, Caption
from articles.photos.files.image_processing import rendition_size

# 字 of the summary.
SUMMARY = 110
TAG = re.compile(r"<(/?)([a-z0-9]+)([^>]*)>")
KEPT = re.compile(r' (?:href|colspan|rowspan|start|type|value)="[^"]*"')
# Tags that only the reader's page needs; what is in them stays.
DROPPED = frozenset(["wbr", "div", "span"])
# Controls, and code points that are no characters: neither XML nor HTML can hold all of them.
CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
PLANE_ENDS = "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
NOT_TEXT = re.compile(f"[{CONTROLS}{PLANE_ENDS}]")


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo of an article: its address and size, its words, its credit as printed."""

    uid: str
    url: str
    width: int | None
    height: int | None
    alt: str
    words: str
    credit: str

    @classmethod
    def of(cls, caption: Caption, origin: str, rendition: str = "wide") -> "Picture":
        """Build it of a caption whose photo is loaded."""
        photo, size = caption.photo, (None, None)
        if photo.width:
            size = rendition_size(rendition, (photo.width, photo.height), photo.crops)
        url = origin + reverse("articles:photo", args=[photo.uid, rendition])
        return cls(str(photo.uid), url, *size, photo.alt, caption.words, caption.printed_credit)

    @property
    def line(self) -> str:
        """The words and the credit in one line."""
        return " ".join(filter(None, [self.words, self.credit]))


def xml_text(words: str) -> str:
    """Return words without controls and code points that are no characters."""
    return NOT_TEXT.sub("", words)


def uri(article: Article) -> str:
    """Return the permanent name of an article: no move of the site and no edit changes it."""
    return article.uid.urn


def updated_at(article: Article) -> datetime:
    """Return when readers last got other words: released, changed or corrected."""
    corrected = [row.made_at for row in article.corrections.all()]
    return max(article.page.issue.released_at, article.changed_at, *corrected)


def pictures(article: Article, origin: str) -> list[Picture]:
    """Return the photos of an article in order."""
    return [Picture.of(caption, origin) for caption in article.captions.all()]


def corrections(article: Article) -> list[str]:
    """Return the corrections of an article, the newest first, each with its time."""
    made = [(timezone.localtime(row.made_at), row.notice) for row in article.corrections.all()]
    return [
        gettext("Correction of %(time)s: %(notice)s")
        % {"time": at.strftime("%Y-%m-%d %H:%M"), "notice": notice}
        for at, notice in made
    ]


def summary(article: Article) -> str:
    """Return the opening of an article as plain text, its corrections before it."""
    opening = "".join(text.excerpt(article_html.paragraphs(article.body), SUMMARY))
    return "\n".join(filter(None, [*corrections(article), opening]))


def html_of(article: Article, origin: str) -> str:
    """Return all of an article but its headline as HTML: the corrections first, then as printed."""
    parts = [f"<p><strong>{_lines(notice)}</strong></p>" for notice in corrections(article)]
    parts += [f"<p>{escape(line)}</p>" for line in (article.kicker, article.deck) if line]
    if names := bylines(article):
        parts.append(f"<p>{escape(names)}</p>")
    parts += [*body_pieces(article, origin), _printed(article, origin)]
    return "".join(parts)


def bylines(article: Article) -> str:
    """Return who signs an article in one line, "" where its lead-in says it."""
    return "" if article.dateline else "\u3000".join(map(str, article.bylines.all()))


def body_pieces(article: Article, origin: str) -> Iterator[str]:
    """Yield the text of an article in pieces of HTML, its pictures where they are printed.

    Those of photo news come first, as on its page.
    """
    found = pictures(article, origin)
    lead_in = article.lead_in_of(article.bylines.all())
    pieces = article_html.render_body(
        article.body,
        lead_in=article_html.render_lead_in(article.dateline, lead_in),
        photos=[picture.uid for picture in found],
        table_label="",
    )
    if article.is_photo:
        yield from map(figure, found)
    for html, number in pieces:
        yield plain_html(html, origin)
        if number is not None and not article.is_photo:
            yield figure(found[number])


def plain_html(html: str, origin: str) -> str:
    """Return the rendered HTML of a body with plain tags and absolute addresses."""

    def rewritten(found: re.Match) -> str:
        slash, tag, attributes = found.groups()
        if tag in DROPPED:
            return ""
        kept = "".join(KEPT.findall(attributes)).replace(' href="/', f' href="{escape(origin)}/')
        return f"<{slash}{tag}{kept}>"

    return TAG.sub(rewritten, html)


def figure(picture: Picture) -> str:
    """Return a picture with its caption as HTML."""
    size = f' width="{picture.width}" height="{picture.height}"' if picture.width else ""
    image = f'<img src="{escape(picture.url)}" alt="{escape(picture.alt)}"{size}>'
    caption = f"<figcaption>{_lines(picture.line)}</figcaption>" if picture.line else ""
    return f"<figure>{image}{caption}</figure>"


def author_url(byline: Byline, origin: str) -> str:
    """Return the address of the page of who signed, "" where there is none."""
    contributor = byline.contributor
    return origin + contributor.get_absolute_url() if contributor else ""


def _lines(words: str) -> str:
    return escape(words).replace("\n", "<br>")


def _printed(article: Article, origin: str) -> str:
    """Return where an article was printed, with a link, and where it comes from."""
    page = article.page
    source = f"{gettext('Source')}：{article.source}\u3000" if article.source else ""
    place, address = f"{page.issue.title} {page.title}", origin + page.get_absolute_url()
    return f'<p>{escape(source)}<a href="{escape(address)}">{escape(place)}</a></p>'
