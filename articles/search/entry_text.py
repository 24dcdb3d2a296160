"""The text of a search entry: what of an article is searched, normalised, in four sections.

Headline stack, names, facets, and the rest (captions and body). A paragraph ends in a character
that no query contains, so that nothing is found across two of them.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from articles.content import article_html
from articles.content.copy import Copy

from .terms.grams import PARAGRAPH_END, SECTION_END, facet
from .terms.normal import normalise


class Sections(NamedTuple):
    """The paragraphs of each section of an entry."""

    head: list[str]
    names: list[str]
    facets: list[str]
    rest: list[str]


def compose(
    copy: Copy, *, credits: Mapping[str, str], column_id: int | None, page: tuple[str, str] | None
) -> str:
    """Return the text of an entry. `credits` has the credit of photos by uid, as the library does.

    `page` is the label and the name of its page. Facets are c and the column's key, p and what
    the page is called.
    """
    captions = []
    for caption in copy.captions:
        captions += [caption.words, caption.credit or credits.get(caption.photo, "")]
    names = [byline.name for byline in copy.bylines]
    facets = [facet("c", column_id)] if column_id else []
    facets += [facet("p", name) for each in page or () if (name := normalise(each))]
    body = article_html.paragraphs(copy.body)
    sections = [
        _normal([copy.kicker, copy.headline, copy.deck]),
        _normal(names),
        dict.fromkeys(facets),
        _normal([copy.dateline, *captions, *body]),
    ]
    return SECTION_END.join(PARAGRAPH_END.join(section) for section in sections)


def _normal(texts: Iterable[str]) -> list[str]:
    return [normal for text in texts if (normal := normalise(text))]


def sections(text: str) -> Sections:
    """Return the sections of the text of an entry."""
    return Sections(
        *(part.split(PARAGRAPH_END) if part else [] for part in text.split(SECTION_END))
    )


def searchable(text: str) -> list[str]:
    """Return the paragraphs of an entry in which words are found: all but facets."""
    head, names, _facets, rest = sections(text)
    return [*head, *names, *rest]
