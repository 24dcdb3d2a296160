"""Parse one saved page of HTML: its text, headings, metadata, pictures and links.

The usual systems mark them in different ways, often several at once: `founder-…` elements, the
comments `enpproperty` and `enpcontent`, an element with a known id or class.
"""

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from .text_blocks import TextBlocks

# Where the text of an article may be, the most exact first: by element, comment, id or class.
CONTENT = ("founder-content", "enpcontent", "ozoom", "known")
KNOWN_CONTENT = re.compile(
    r"article-?content|content_?text|newsdetatext|article-?body|contenttext|nr_con", re.I
)
# Regions that tell whose words are read: the innermost that is open.
INNER = (*CONTENT, "picture")
# How often a page is read again with elements that were never closed.
MOST_ROUNDS = 9
HEADINGS = {
    "founder-introtitle": "kicker",
    "founder-title": "headline",
    "founder-subtitle": "deck",
    "founder-author": "author",
}
PLAIN_HEADINGS = ("h1", "h2", "h3", "title")
PICTURE_BOX = re.compile(r"(?:^|[\W_])(?:news)?(?:pic|photo|figure|tupian|picture|img)", re.I)
LIST = re.compile(r"titlelist|main-ed-articlenav-list|news-?list", re.I)
SKIPPED = {"script", "style", "select", "noscript", "textarea", "iframe"}
BLOCKS = {
    *("p", "div", "table", "tbody", "tr", "td", "th", "ul", "ol", "li", "dl", "dt", "dd", "hr"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section", "article", "center", "form"),
    *("figure", "figcaption", "founder-content"),
}
VOID = {"br", "img", "hr", "input", "meta", "link", "area", "base", "col", "wbr", "param"}
PROPERTY = re.compile(r"<(\w+)>(.*?)</\1>", re.S)


@dataclass(slots=True)
class Picture:
    """A picture in an article, and the words beside it."""

    src: str
    alt: str = ""
    words: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Region:
    """A part of the page that is open: its element, how many of that name are open inside."""

    kind: str
    tag: str
    blocks: TextBlocks = field(default_factory=TextBlocks)
    depth: int = 1
    # How many pictures there were when it was opened.
    pictures: int = 0


class PageParser(HTMLParser):
    """Collects the parts of a page; `parse` gives it filled."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.properties: dict[str, str] = {}
        self.texts: dict[str, list[str]] = {}
        self.pictures: list[Picture] = []
        self.links: list[tuple[str, str]] = []
        self.has_list = self.has_table = self.is_cut = False
        self._open: list[Region] = []
        # Where elements whose text is not shown were opened, those that are open.
        self._skipped: dict[str, list[tuple[int, int]]] = {tag: [] for tag in SKIPPED}

    @classmethod
    def parse(cls, html: str) -> "PageParser":
        """Parse a page; broken HTML is read as far as it can be.

        What is never closed would hide all that follows: its words are given, and `is_cut` says so.
        """
        parser, is_cut = cls._parsed(html), False
        for _round in range(MOST_ROUNDS):
            unclosed = [place for places in parser._skipped.values() for place in places]
            if not unclosed:
                break
            html, is_cut = renamed(html, unclosed), True
            parser = cls._parsed(html)
        parser.is_cut = parser.is_cut or is_cut
        return parser

    @classmethod
    def _parsed(cls, html: str) -> "PageParser":
        parser = cls()
        parser.feed(html)
        parser.close()
        while parser._open:
            region = parser._open[-1]
            parser.is_cut = parser.is_cut or region.kind in INNER
            parser._close(region, is_caption=False)
        return parser

    def parse_marked_section(self, i, report=1):
        """Read what begins with <![ as a browser does: what is no such section is a comment."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            return self.parse_bogus_comment(i)

    def handle_comment(self, data):
        """Read the metadata, and where the text begins and ends."""
        name = data.strip()
        if name.startswith("enpproperty"):
            found = {key.lower(): unescape(value) for key, value in PROPERTY.findall(data)}
            self.properties |= {key: value.strip() for key, value in found.items()}
        elif name.lower() == "enpcontent":
            self._begin_region("enpcontent", "")
        elif name.lower() == "/enpcontent":
            for region in [each for each in self._open if each.kind == "enpcontent"]:
                self._close(region)

    def handle_starttag(self, tag, attrs):
        """Open what an element begins, and note pictures and links."""
        given = {name: value or "" for name, value in attrs}
        if tag in SKIPPED:
            self._skipped[tag].append(self.getpos())
        if tag == "br":
            self._each(TextBlocks.break_line)
        elif tag in BLOCKS:
            self._each(TextBlocks.end)
        if tag == "img" and given.get("src"):
            self._picture(Picture(given["src"], given.get("alt", "")))
        if tag == "a" and given.get("href"):
            self.links.append((given["href"], given.get("title", "")))
        if tag not in VOID:
            for region in self._open:
                region.depth += region.tag == tag
            self._begin(tag, f"{given.get('id', '')} {given.get('class', '')}".strip())

    def _begin(self, tag: str, name: str) -> None:
        self.has_list = self.has_list or bool(LIST.search(name))
        self.has_table = self.has_table or tag == "th"
        kind = HEADINGS.get(tag) or (tag if tag in PLAIN_HEADINGS else "")
        if tag == "founder-content":
            kind = tag
        elif "ozoom" in name.lower().split():
            kind = "ozoom"
        elif name and KNOWN_CONTENT.search(name):
            kind = "known"
        elif tag in ("table", "div", "figure") and (tag == "figure" or PICTURE_BOX.search(name)):
            kind = "picture"
        if kind:
            self._begin_region(kind, tag)

    def _begin_region(self, kind: str, tag: str) -> None:
        """Open a region, unless one of its kind is: its words would be taken twice."""
        is_open = self._box() if kind == "picture" else any(r.kind == kind for r in self._open)
        if not is_open:
            self._open.append(Region(kind, tag, pictures=len(self.pictures)))

    def handle_startendtag(self, tag, attrs):
        """Read an element that is closed at once."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        """Close what an element ends."""
        if self._skipped.get(tag):
            self._skipped[tag].pop()
        if tag in BLOCKS:
            self._each(TextBlocks.end)
        for region in [each for each in self._open if each.tag == tag]:
            region.depth -= 1
            if region.depth == 0 and region in self._open:
                self._close(region)

    def handle_data(self, data):
        """Add text to all that is open; that in a box of a picture is its caption."""
        if any(self._skipped.values()):
            return
        box = self._box()
        for region in [box] if box else self._around():
            region.blocks.add(data)

    def _box(self) -> Region | None:
        """Return the box of a picture that is open, unless a text is open inside of it."""
        inner = [each for each in self._open if each.kind in INNER][-1:]
        return next((each for each in inner if each.kind == "picture"), None)

    def _around(self) -> list[Region]:
        return [each for each in self._open if each.kind != "picture"]

    def _each(self, change) -> None:
        for region in self._open:
            change(region.blocks)

    def _picture(self, picture: Picture) -> None:
        if any(region.kind in INNER for region in self._open):
            self.pictures.append(picture)

    def _close(self, region: Region, *, is_caption: bool = True) -> None:
        """End a region; words in a box without a picture belong to the text around it.

        So do those of a box that is still open where its text ends: most are no caption.
        """
        if region.kind in CONTENT:
            for box in self._open[self._open.index(region) + 1 :]:
                if box.kind == "picture":
                    self.is_cut = True
                    self._close(box, is_caption=False)
        self._open.remove(region)
        found = region.blocks.end()
        if region.kind != "picture":
            self.texts.setdefault(region.kind, []).extend(found)
        elif is_caption and len(self.pictures) > region.pictures:
            self.pictures[-1].words += found
        else:
            for outer in self._around():
                outer.blocks.end().extend(found)


def renamed(html: str, places: list[tuple[int, int]]) -> str:
    """Return a page whose tags at some places (line, column) are of elements without a meaning."""
    lines = html.split("\n")
    for line, column in sorted(places, reverse=True):
        text = lines[line - 1]
        lines[line - 1] = f"{text[: column + 1]}x-{text[column + 1 :]}"
    return "\n".join(lines)
