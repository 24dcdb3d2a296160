"""What differs between two copies of an article, field by field, for people to read."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from articles.content import article_html
from articles.content.copy import Copy, changed_fields
from articles.content.diff import DiffSegment, diff

TITLES = {
    "kicker": _("kicker"),
    "headline": _("headline"),
    "deck": _("deck"),
    "dateline": _("dateline"),
    "bylines": _("bylines"),
    "body": _("body"),
    "captions": _("captions"),
    "column": _("column"),
    "tags": _("tags"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs: its title, and the segments from before to after."""

    title: str
    segments: list[DiffSegment]

    @property
    def is_unseen(self) -> bool:
        """Whether the words are the same and only the mark-up, or a picture, differs."""
        return all(segment.kind == "same" for segment in self.segments)


def differences(before: Copy, after: Copy) -> list[Difference]:
    """Return the fields that differ, in the order of the copy."""
    return [
        Difference(str(TITLES[name]), diff(as_text(before, name), as_text(after, name)))
        for name in changed_fields(before, after)
    ]


def as_text(copy: Copy, name: str) -> str:
    """Return one field of a copy as plain lines."""
    value = getattr(copy, name)
    match name:
        case "bylines":
            return "\n".join(f"{signed.role} {signed.name}".strip() for signed in value)
        case "captions":
            return "\n".join(f"{caption.words}（{caption.credit}）" for caption in value)
        case "tags":
            return "、".join(value)
        case "body":
            return article_html.words(value)
    return value
