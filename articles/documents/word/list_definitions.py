"""The lists that a Word document defines, each read once: their levels, and what a list changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from .wordml import child, value, whole_number


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered, and the paragraph style that belongs to it."""

    level: str = "0"
    start: int = 1
    style: str = ""
    text: str = ""
    is_legal: bool = False
    paragraph_style: str = ""


@dataclass(frozen=True, slots=True)
class AbstractList:
    """What several lists have in common; `style_link` is the style that has the levels instead."""

    key: str = ""
    style_link: str = ""
    levels: Mapping[str, Level] = field(default_factory=dict)
    level_of_style: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Override:
    """What one list changes of a level: the level itself, or where it begins to count."""

    definition: Level | None
    start: str


@dataclass(frozen=True, slots=True)
class ListDefinition:
    """One list: what it has in common with others, and its own changes by their levels."""

    abstract_key: str
    overrides: Mapping[str, Override]


def read_abstract_lists(parts: Iterable[Element]) -> dict[str, AbstractList]:
    """Return the abstract lists of the numbering part by their ids."""
    found = (_abstract_list(each) for each in parts if each.tag == "w:abstractNum")
    return {each.key: each for each in found}


def read_lists(parts: Iterable[Element]) -> dict[str, ListDefinition]:
    """Return the lists of the numbering part by the ids that paragraphs name."""
    return {each.get("w:numId", ""): _list(each) for each in parts if each.tag == "w:num"}


def _abstract_list(element: Element) -> AbstractList:
    levels: dict[str, Level] = {}
    level_of_style: dict[str, str] = {}
    for each in element:
        if each.tag == "w:lvl":
            level = _level(each)
            levels.setdefault(level.level, level)
            level_of_style.setdefault(level.paragraph_style, level.level)
    key, link = element.get("w:abstractNumId", ""), value(element, "w:numStyleLink")
    return AbstractList(key, link, levels, level_of_style)


def _list(element: Element) -> ListDefinition:
    overrides: dict[str, Override] = {}
    for each in element:
        if each.tag == "w:lvlOverride":
            definition = child(each, "w:lvl")
            own = None if definition is None else _level(definition)
            override = Override(own, value(each, "w:startOverride"))
            overrides.setdefault(each.get("w:ilvl", "0"), override)
    return ListDefinition(value(element, "w:abstractNumId"), overrides)


def _level(element: Element) -> Level:
    return Level(
        element.get("w:ilvl", "0"),
        start=whole_number(value(element, "w:start"), default=1),
        style=value(element, "w:numFmt"),
        text=value(element, "w:lvlText"),
        is_legal=child(element, "w:isLgl") is not None,
        paragraph_style=value(element, "w:pStyle"),
    )
