"""The frames of a page → its articles, and the order in which each is read."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from .frames import Frame, shared_width, width


@dataclass
class FramedArticle:
    """The frames of an article in reading order."""

    heads: list[Frame] = field(default_factory=list)
    others: list[Frame] = field(default_factory=list)

    @property
    def frames(self) -> list[Frame]:
        """All frames, heads first."""
        return self.heads + self.others


def find_articles(frames: Sequence[Frame]) -> list[FramedArticle]:
    """Return the articles from the upper left to the lower right, each in reading order."""
    groups: dict[int, list[Frame]] = {}
    for frame in frames:
        groups.setdefault(id(frame.owner), []).append(frame)
    articles = [_article(group) for group in groups.values()]
    return sorted(articles, key=_place)


def _place(article: FramedArticle) -> tuple[float, float]:
    top = min(frame.box[1] for frame in article.frames)
    return round(top / 12), min(frame.box[0] for frame in article.frames)


def _article(group: Sequence[Frame]) -> FramedArticle:
    heads = [frame for frame in group if frame.kind == "head" and not frame.is_subhead]
    others = [frame for frame in group if frame not in heads]
    heads.sort(key=lambda each: (each.box[1], each.box[0]))
    return FramedArticle(heads, _in_columns(others))


def _in_columns(frames: Sequence[Frame]) -> list[Frame]:
    """Sort frames by columns from the left, and down each column."""
    columns: list[list[Frame]] = []
    for frame in sorted(frames, key=lambda each: (width(each.box), each.box[0])):
        fits = [column for column in columns if shared_width(column[0].box, frame.box) > 0.5]
        if fits:
            min(fits, key=lambda column: column[0].box[0]).append(frame)
        else:
            columns.append([frame])
    columns.sort(key=lambda column: min(frame.box[0] for frame in column))
    return [frame for column in columns for frame in sorted(column, key=lambda a: a.box[1])]
