"""The clippings of one issue → the issue: its pages, its articles, and that they agree."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from .clippings import Clipping, Key, PageFacts, Picture
from .faults import ClippingError, Kind
from .values import visible


@dataclass(frozen=True, slots=True)
class PrintedIssue:
    """An issue as the archive has it: its pages by their labels, its articles in any order."""

    key: Key
    serial: int | None
    pages: dict[str, PageFacts]
    articles: tuple[Clipping, ...]

    @property
    def pictures(self) -> dict[str, Picture]:
        """What the archive knows of photos, by their uids."""
        return {each.uid: each for clipping in self.articles for each in clipping.pictures}


def assembled(clippings: Sequence[Clipping]) -> PrintedIssue:
    """Return the issue that clippings of one date and edition make.

    Raises ClippingError where two claim one place or one uid, or say different things of their
    issue or page.
    """
    articles = tuple(each for each in clippings if each.order is not None)
    _check_once(articles, "place", Kind.SAME_PLACE)
    _check_once(articles, "uid", Kind.SAME_ARTICLE)
    serial, pages = None, {}
    for each in clippings:
        serial = _agreed(serial, each.serial, "serial", each)
        if each.page:
            known = pages.get(each.page.label, PageFacts(each.page.label))
            pages[each.page.label] = _page(known, each)
    _check_pictures(articles)
    return PrintedIssue(clippings[0].key, serial, pages, articles)


def _check_once(articles: Sequence[Clipping], name: str, kind: Kind) -> None:
    seen: dict[object, Clipping] = {}
    for each in articles:
        first = seen.setdefault(getattr(each, name), each)
        if first is not each:
            facts = {"other": first.where, "uid": each.uid}
            facts |= {"page": each.page.label, "order": each.order}
            raise ClippingError(kind, facts, where=each.where, key=each.key)


def _check_pictures(articles: Sequence[Clipping]) -> None:
    """Refuse two accounts of one photo."""
    seen: dict[str, Picture] = {}
    for each in articles:
        for picture in each.pictures:
            _agreed(seen.setdefault(picture.uid, picture), picture, "photos", each)


def _page(known: PageFacts, clipping: Clipping) -> PageFacts:
    """Return what is known of a page with what one clipping adds."""
    said = clipping.page
    names = [each.name for each in fields(PageFacts)]
    agreed = {n: _agreed(getattr(known, n), getattr(said, n), n, clipping) for n in names}
    return replace(known, **agreed)


def _agreed(known: object, said: object, name: str, clipping: Clipping) -> object:
    """Return what two say of one thing; a page planned for no article is not said to be planned."""
    silent = (None, "", 0) if name == "planned" else (None, "")
    if known not in silent and said not in silent and known != said:
        facts = {"field": name, "one": visible(str(known)), "other": visible(str(said))}
        raise ClippingError(Kind.DISAGREES, facts, where=clipping.where, key=clipping.key)
    return known if said in silent else said
