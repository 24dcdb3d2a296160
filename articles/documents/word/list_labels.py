"""The numbers and bullets of list paragraphs, counted as Word counts them."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from .errors import Reason, refuse
from .list_definitions import AbstractList, Level, read_abstract_lists, read_lists
from .number_formats import format_number
from .stylesheet import Stylesheet
from .wordml import child, value, whole_number

PLACE = re.compile(r"%([1-9])")
PLAIN_NUMBER = re.compile(r"%[1-9]\.?")
LEVELS = 9
LONGEST_LABEL = 1_000  # characters, before the numbers are put in; Word has no more than 30
NO_LIST = AbstractList()


@dataclass(frozen=True, slots=True)
class ListItem:
    """Where a paragraph stands in a list, and the label that Word prints before it.

    `number` is its number where the label is a plain `1.`, which an HTML list prints by itself.
    """

    list_id: str
    level: int
    label: str
    is_bullet: bool = False
    number: int = 0


class ListLabels:
    """Counts the items of all lists of a document, in its order."""

    def __init__(self, root: Element | None, stylesheet: Stylesheet):
        parts = list(root) if root is not None else []
        self._stylesheet = stylesheet
        self._kinds, self._lists = read_abstract_lists(parts), read_lists(parts)
        self._counts: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()

    def item(self, properties: Element | None, style_id: str) -> ListItem | None:
        """Return the next item of the list that a paragraph is in; None for plain paragraphs."""
        own, of_style = child(properties, "w:numPr"), self._stylesheet.numbering(style_id)
        list_id = value(own, "w:numId") or of_style.list_id
        if list_id not in self._lists:
            return None
        kind = self._kind(list_id)
        level = value(own, "w:ilvl")
        level = level or (kind.level_of_style.get(style_id, "") if style_id else "")
        level = level or of_style.level
        number = min(whole_number(level, default=0), LEVELS - 1)
        return self._count(list_id, kind, number)

    def _count(self, list_id: str, kind: AbstractList, level: int) -> ListItem | None:
        definition = self._level(list_id, kind, level)
        if definition is None:
            return None
        counts = self._counts.setdefault(kind.key, [None] * LEVELS)
        start = self._start(list_id, kind, level, definition)
        counts[level] = start if counts[level] is None else counts[level] + 1
        counts[level + 1 :] = [None] * (LEVELS - level - 1)
        if definition.style == "bullet":
            return ListItem(list_id, level, "", is_bullet=True)
        is_plain = definition.style == "decimal" and PLAIN_NUMBER.fullmatch(definition.text)
        label = self._label(list_id, kind, definition)
        return ListItem(list_id, level, label, number=counts[level] if is_plain else 0)

    def _start(self, list_id: str, kind: AbstractList, level: int, definition: Level) -> int:
        """Return the first number of a level; a list that begins again sets the count back."""
        override = self._lists[list_id].overrides.get(str(level))
        if override and override.start and (list_id, level) not in self._started:
            self._started.add((list_id, level))
            self._counts[kind.key][level] = None
            return whole_number(override.start, default=1)
        return definition.start

    def _label(self, list_id: str, kind: AbstractList, definition: Level) -> str:
        """Return the label with the numbers of all levels that it names."""
        counts = self._counts[kind.key]

        def number(place: re.Match) -> str:
            level = int(place[1]) - 1
            named = self._level(list_id, kind, level) or Level()
            count = named.start if counts[level] is None else counts[level]
            return format_number(count, "decimal" if definition.is_legal else named.style)

        refuse(Reason.TOO_LONG, when=len(definition.text) > LONGEST_LABEL)
        return PLACE.sub(number, definition.text)

    def _kind(self, list_id: str, *, is_linked: bool = False) -> AbstractList:
        """Return the abstract list of a list; one more step where it is defined by a style."""
        definition = self._lists.get(list_id)
        kind = self._kinds.get(definition.abstract_key) if definition else None
        if kind and kind.style_link and not is_linked:
            linked = self._stylesheet.numbering(kind.style_link).list_id
            found = self._kind(linked, is_linked=True) if linked else NO_LIST
            return kind if found is NO_LIST else found
        return kind or NO_LIST

    def _level(self, list_id: str, kind: AbstractList, level: int) -> Level | None:
        override = self._lists[list_id].overrides.get(str(level))
        own = override.definition if override else None
        if own is not None:
            return own if own.level == str(level) else None
        return kind.levels.get(str(level))
