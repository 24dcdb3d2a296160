"""A picture in an article's page."""

from dataclasses import dataclass

from articles.models import Caption
from articles.models.addresses import address
from articles.renditions import choices, rendition_size


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its words and its credit, ready to be printed."""

    url: str
    small_url: str
    srcset: str
    width: int | None
    height: int | None
    alt: str
    words: str
    credit: str

    @classmethod
    def of(cls, caption: Caption) -> "Figure":
        """Build it; the photo must be loaded."""
        photo = caption.photo
        width, height = rendition_size(photo, "wide") if photo.width else (None, None)
        return cls(
            url=address("photo", photo.uid, "wide"),
            small_url=address("photo", photo.uid, "small"),
            srcset=choices(photo, "small", "wide") if photo.width else "",
            width=width,
            height=height,
            alt=photo.alt,
            words=caption.words,
            credit=caption.printed_credit,
        )
