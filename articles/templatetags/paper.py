"""What the reader's templates need of typesetting."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from articles import typeset
from articles.models.addresses import address

register = template.Library()
register.simple_tag(address)


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
