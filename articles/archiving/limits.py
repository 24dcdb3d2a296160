"""What the columns hold at most: longer words are refused, never cut."""

from collections.abc import Iterator

from taggit.models import Tag

from articles.archived.clippings import Clipping, Picture, Who
from articles.archived.faults import ClippingError, Kind
from articles.models import Article, Byline, Caption, Column, Contributor, Genre, Page, Photo


def check(clipping: Clipping) -> None:
    """Raise ClippingError where a clipping does not fit the columns or names no known genre."""
    for model, name, value in _words(clipping):
        most = model._meta.get_field(name).max_length
        if len(value) > most:
            facts = {"field": name, "most": most, "length": len(value)}
            raise ClippingError(Kind.TOO_LONG, facts, where=clipping.where, key=clipping.key)
    if clipping.genre not in Genre.values:
        facts = {"field": "genre", "value": clipping.genre[:40]}
        raise ClippingError(Kind.NOT_KNOWN, facts, where=clipping.where, key=clipping.key)


def _words(clipping: Clipping) -> Iterator[tuple[type, str, str]]:
    """Go through a clipping's words with the columns that take them."""
    copy = clipping.copy
    for name in ("kicker", "headline", "deck", "dateline"):
        yield Article, name, getattr(copy, name)
    yield Article, "source", clipping.source
    yield Column, "name", copy.column
    for signed in copy.bylines:
        yield Byline, "role", signed.role
        yield Byline, "name", signed.name
    for tag in copy.tags:
        yield Tag, "name", tag
    for caption in copy.captions:
        yield Caption, "credit", caption.credit
    for link in clipping.links:
        yield from _who(link)
    for picture in clipping.pictures:
        yield from _picture(picture)
    if clipping.page:
        for name in ("label", "name", "editor", "designer", "proofreader"):
            yield Page, name, getattr(clipping.page, name)


def _picture(picture: Picture) -> Iterator[tuple[type, str, str]]:
    for name in ("alt", "credit", "place", "rights"):
        yield Photo, name, getattr(picture, name)
    yield from _who(picture.contributor)


def _who(who: Who | None) -> Iterator[tuple[type, str, str]]:
    if who:
        yield Contributor, "name", who[0]
        yield Contributor, "distinction", who[1]
