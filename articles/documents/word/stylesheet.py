"""The styles of a Word document: what a paragraph is for, and properties that styles inherit."""

import re
from collections import ChainMap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from .wordml import child, value

# The name of a style → what its paragraphs are; Word, WPS and LibreOffice name them so.
ROLES = {
    "headline": re.compile(r"title|标题|主题|主标题|大标题|文章标题|稿件标题"),
    "deck": re.compile(r"subtitle|副题|副标题"),
    "kicker": re.compile(r"引题|肩题|眉题"),
    "heading": re.compile(r"heading ?\d|标题 ?[1-9一二三四五六]|小标题|子标题"),
    "caption": re.compile(r"caption|题注|图说|图片说明|illustration"),
    "quote": re.compile(r"quote|intense quote|quotations|引用|明显引用"),
}


# What a style says of characters, as far as it is read.
PROPERTIES = {"w:b", "w:vertAlign", "w:vanish", "w:strike", "w:dstrike"}
# Styles based on styles: Word allows nine.
LONGEST_CHAIN = 50


@dataclass(frozen=True, slots=True)
class StyleNumbering:
    """The list in which the paragraphs of a style are, and its level; empty for none."""

    list_id: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class StyleProperties:
    """What a style says: what its paragraphs are, their list, its properties of characters.

    `numbering` is None where it says nothing of lists; `based_on` is the style under it.
    """

    role: str = ""
    numbering: StyleNumbering | None = None
    of_runs: Mapping[str, Element] = field(default_factory=dict)
    based_on: str = ""


class Stylesheet:
    """The styles by their ids, each read once; an unknown id has no properties."""

    def __init__(self, root: Element | None):
        styles = [each for each in (root if root is not None else ()) if each.tag == "w:style"]
        self._own = {style.get("w:styleId", ""): _read(style) for style in styles}
        self._inherited: dict[str, StyleProperties] = {}

    def role(self, style_id: str) -> str:
        """Return what paragraphs of a style are, such as `headline`; empty for plain text."""
        return self._resolve(style_id).role

    def run_property(self, style_id: str, name: str) -> Element | None:
        """Return a character property, one of PROPERTIES, that a style has or inherits."""
        return self._resolve(style_id).of_runs.get(name)

    def numbering(self, style_id: str) -> StyleNumbering:
        """Return the list that a paragraph style has or inherits."""
        return self._resolve(style_id).numbering or StyleNumbering()

    def _resolve(self, style_id: str) -> StyleProperties:
        """Return what a style says or inherits."""
        if style_id not in self._inherited:
            chain = [*self._chain(style_id)]
            role = next((each.role for each in chain if each.role), "")
            numbering = next((each.numbering for each in chain if each.numbering), None)
            of_runs = dict(ChainMap(*(each.of_runs for each in chain)))
            self._inherited[style_id] = StyleProperties(role, numbering, of_runs)
        return self._inherited[style_id]

    def _chain(self, style_id: str) -> Iterator[StyleProperties]:
        """Yield what a style and those that it is based on say; no more than LONGEST_CHAIN."""
        for _ in range(LONGEST_CHAIN):
            if style_id not in self._own:
                return
            yield self._own[style_id]
            style_id = self._own[style_id].based_on


def _read(style: Element) -> StyleProperties:
    """Return what one style says itself."""
    name = value(style, "w:name").strip().lower()
    role = next((role for role, pattern in ROLES.items() if pattern.fullmatch(name)), "")
    listed, characters = child(style, "w:pPr", "w:numPr"), child(style, "w:rPr")
    numbering = None
    if listed is not None:
        numbering = StyleNumbering(value(listed, "w:numId"), value(listed, "w:ilvl"))
    of_runs: dict[str, Element] = {}
    for each in characters if characters is not None else ():
        if each.tag in PROPERTIES:
            of_runs.setdefault(each.tag, each)
    return StyleProperties(role, numbering, of_runs, value(style, "w:basedOn"))
