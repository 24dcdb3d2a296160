"""What the reader's templates need of typesetting and pictures."""

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from articles import typeset
from articles.models import Photo

register = template.Library()


@register.filter
def display_headline(headline: str) -> SafeString:
    """Set a headline in a display size: a space is a line break, words are not cut."""
    return mark_safe(typeset.displayed(headline))


@register.filter
def list_headline(headline: str) -> SafeString:
    """Set a headline in a list: words are not cut."""
    return mark_safe(typeset.listed(headline))


@register.filter
def undashed(line: str) -> str:
    """Return a kicker or deck without the dashes that tie it to the headline in print."""
    return typeset.undashed(line)


@register.filter
def is_short(headline: str) -> bool:
    """Tell whether a headline takes the class `short`."""
    return typeset.is_short(headline)


@register.simple_tag
def photo_src(photo: Photo, rendition: str) -> str:
    """Return the address of a rendition of a photo: `front`, `wide` or `small`."""
    return reverse("articles:photo", args=[photo.uid, rendition])
