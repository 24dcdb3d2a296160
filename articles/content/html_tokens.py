"""HTML of any kind → a well-formed run of tags and texts, parsed as browsers do. No Django here.

nh3 parses; of the attributes those remain that say what a text means. What is read here is never
stored: the sanitizer writes its own tags.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import nh3

from . import figures

LISTS = ("ul", "ol")
CELLS = ("td", "th")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
TABLE_PARTS = ("table", "tr", *CELLS)
BLOCKS = frozenset(
    [*LISTS, *HEADINGS, *TABLE_PARTS, "li", "blockquote", "p", "div", "pre", "hr"]
    + ["thead", "tbody", "tfoot", "caption", "dl", "dt", "dd", "section", "article", "aside"]
    + ["header", "footer", "main", "nav", "figure", "figcaption", "address", "center", "form"]
    + ["fieldset", "legend", "details", "summary", "option"]
)
INLINE = frozenset(
    ["a", "abbr", "acronym", "b", "bdi", "bdo", "big", "button", "cite", "code", "data", "del"]
    + ["dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "output", "q", "rb", "rp", "rt"]
    + ["rtc", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time"]
    + ["tt", "u", "var"]
)
VOID = frozenset(["br", "hr", "img", "col"])
DROPPED = frozenset(["script", "style", "title", "xml", "template", "iframe", "noembed"])
# Tags without meaning here that steer how browsers parse. All others, drawings and formulas too,
# are read as elements that no browser knows: so all parsers agree on them, and nh3, which drops
# what is named as in a drawing, keeps their words.
PARSED = frozenset(
    ["html", "head", "body", "frameset", "frame", "input", "image", "nobr", "applet", "object"]
    + ["marquee", "link", "meta", "base", "embed", "area", "wbr", "param", "source", "track"]
    + ["dir", "menu", "colgroup"]
)
TAG_NAME = re.compile(r"<(/?)([a-z][^ \t\n\f/>]*)", re.I)
ATTRIBUTES = frozenset(
    ["style", "class", "id", "hidden", "href", "start", "type", "value", "alt", "span"]
    + ["width", "height", "colspan", "rowspan", figures.ATTRIBUTE]
)
TOKEN = re.compile(
    r"""<(?P<closing>/?)(?P<tag>[a-z0-9]+)(?P<attributes>(?:"[^"]*"|[^>"])*)>|[^<]+"""
)
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')

PARSER = nh3.Cleaner(
    tags={*BLOCKS, *INLINE, *VOID, "colgroup"},
    clean_content_tags=set(DROPPED),
    attributes={"*": set(ATTRIBUTES)},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)
KNOWN = BLOCKS | INLINE | VOID | DROPPED | PARSED


@dataclass(frozen=True, slots=True)
class Token:
    """A text, or a tag that opens or closes."""

    text: str = ""
    tag: str = ""
    is_closing: bool = False
    attributes: dict[str, str] = field(default_factory=dict)

    @property
    def classes(self) -> frozenset[str]:
        """The names of its classes, in small letters."""
        return frozenset(self.attributes.get("class", "").lower().split())

    def number(self, name: str, default: int | None = None) -> int | None:
        """Return an attribute as a number of at most four digits; the default for all else."""
        value = self.attributes.get(name, "").strip()
        is_number = value.isascii() and value.isdigit() and len(value) < 5
        return int(value) if is_number else default


def tokens(markup: str) -> Iterator[Token]:
    """Yield the texts and tags of any HTML; every tag is closed that is not void.

    Raises UnicodeEncodeError on a lone surrogate.
    """
    parsed = PARSER.clean(TAG_NAME.sub(_known, markup.replace("\r\n", "\n").replace("\r", "\n")))
    for found in TOKEN.finditer(parsed):
        if found["tag"] is None:
            yield Token(text=html.unescape(found[0]))
        else:
            pairs = ATTRIBUTE.findall(found["attributes"])
            attributes = {name: html.unescape(value) for name, value in pairs}
            yield Token("", found["tag"], bool(found["closing"]), attributes)


def _known(tag: re.Match) -> str:
    is_known = tag[2].lower() in KNOWN
    return tag[0] if is_known else f"<{tag[1]}x-{tag[2]}"
