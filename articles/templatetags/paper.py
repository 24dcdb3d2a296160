"""Tags and filters of the templates: addresses, headlines, long lines.

A page of a preview link has `preview_token` in its context: its addresses then stay inside the
preview, and what the preview does not show has none.
"""

import re
from functools import lru_cache
from html import escape
from urllib.parse import urlencode

from django import template
from django.template.base import TextNode
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from articles.content import headline_html
from articles.models import Photo
from articles.photos.files.image_processing import RENDITIONS, rendition_size

register = template.Library()

# Without it, a front page of 25 articles takes a fifth more CPU time (`make bench`).
cached_reverse = lru_cache(maxsize=32_768)(reverse)
LINE_BREAK = re.compile(r"\n *")

# The pages of a preview, by the names of readers' pages: the name, and how many arguments of the
# reader's address name the issue, which a preview link names already.
PREVIEWED = {
    "latest": ("preview", 0),
    "issue": ("preview", 1),
    "issue_overview": ("preview_issue_overview", 1),
    "page": ("preview_page", 1),
    "article": ("preview_article", 0),
    "photo": ("preview_photo", 0),
    "facsimile": ("preview_facsimile", 1),
}


@register.simple_tag(takes_context=True)
def address(context, page: str, *args) -> str:
    """Return the address of a reader's page, named as in articles/urls.py; "" for none."""
    token = context.get("preview_token")
    if not token:
        return cached_reverse(f"articles:{page}", args=args)
    if page not in PREVIEWED:
        return ""
    name, skipped = PREVIEWED[page]
    return reverse(f"articles:{name}", args=[token, *args[skipped:]])


@register.simple_tag(takes_context=True)
def href(context, page: str, *args) -> SafeString:
    """Return the href attribute of a link to a reader's page; nothing where it has no address."""
    url = address(context, page, *args)
    return SafeString(f' href="{escape(url)}"' if url else "")


@register.simple_tag(takes_context=True)
def srcset(context, photo: Photo, *renditions: str) -> str:
    """Return renditions of one shape for a browser to choose from, the largest last.

    "" where they are of one size, as those of a small picture are.
    """
    if not photo.width:
        return ""
    size = (photo.width, photo.height)
    widths = {rendition_size(name, size, photo.crops)[0]: name for name in reversed(renditions)}
    if len(widths) < 2:
        return ""
    urls = {width: address(context, "photo", photo.uid, name) for width, name in widths.items()}
    return ", ".join(f"{urls[width]} {width}w" for width in sorted(urls))


@register.simple_tag
def image_size(photo: Photo, *renditions: str) -> SafeString:
    """Return the width and height attributes of the largest of some renditions of one shape.

    A picture is shown no wider than that. Where its size is not known, those of the rendition.
    """
    name = renditions[-1]
    width, height = RENDITIONS[name][1]
    if photo.width:
        width, height = rendition_size(name, (photo.width, photo.height), photo.crops)
    return format_html(' width="{}" height="{}"', width, height)


@register.filter
def leading_back(url: str, here: str) -> str:
    """Let the form at an address lead back to an address of the desk when it has been saved."""
    address, hash_mark, anchor = url.partition("#")
    separator = "&" if "?" in address else "?"
    return f"{address}{separator}{_next(here)}{hash_mark}{anchor}"


@lru_cache(maxsize=64)  # A board has the same one in every link.
def _next(here: str) -> str:
    return urlencode({"next": here})


@register.filter
def list_headline(headline: str) -> SafeString:
    """Set a headline in a list: words are not cut."""
    return mark_safe(headline_html.list_headline(headline))


@register.filter
def secondary_line(line: str) -> SafeString:
    """Set a kicker or deck: without the dashes that tie it to the headline, words are not cut."""
    return mark_safe(headline_html.secondary_line(line))


class OneLine(template.Node):
    """A part of a template whose line breaks and indentation are not sent.

    What variables and included templates give is sent as it is. A space that is wanted at a line
    break is written {{ " " }}.
    """

    nodelist: template.NodeList

    def render(self, context: template.Context) -> str:
        """Render the part."""
        return self.nodelist.render(context)


@register.tag
def oneline(parser: template.base.Parser, token: template.base.Token) -> OneLine:
    """Parse {% oneline %} … {% endoneline %}."""
    node = OneLine()
    node.nodelist = parser.parse(("endoneline",))
    parser.delete_first_token()
    for text in node.nodelist.get_nodes_by_type(TextNode):
        text.s = LINE_BREAK.sub("", text.s)
    return node


@register.filter
def at(mapping, key):
    """Return what a mapping has at a key; "" for nothing."""
    return mapping.get(key, "")


@register.filter
def with_marks(pieces) -> SafeString:
    """Return a text in pieces (words, whether they are marked) as HTML."""
    return SafeString(
        "".join(
            f"<mark>{escape(words)}</mark>" if is_marked else escape(words)
            for words, is_marked in pieces
        )
    )
