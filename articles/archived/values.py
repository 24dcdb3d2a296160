"""The values in a line of an archive, each taken only if it is what its field holds."""

import re
import uuid
from collections.abc import Collection, Mapping
from datetime import date

from .faults import ClippingError, Kind

# Control characters but tab and new line, and halves of a character: no database keeps them all.
UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
FILE_NAME = re.compile(r"[^./\\\s][^/\\\n]{0,199}")
FOCUS = re.compile(r"(0|1|0?\.\d+|1\.0+)x(0|1|0?\.\d+|1\.0+)", re.ASCII)


class Values:
    """The fields of one JSON object; `name` is that of the field it stands in, or empty."""

    def __init__(self, found: object, *, name: str = ""):
        if not isinstance(found, dict):
            raise ClippingError(Kind.WRONG_TYPE, {"field": name, "type": type(found).__name__})
        self.found: Mapping = found
        self.name = f"{name}." if name else ""

    def only(self, known: Collection[str]) -> "Values":
        """Return itself; raise where there is a field that nobody knows."""
        for each in self.found:
            if each not in known:
                raise self.fault(Kind.UNKNOWN_FIELD, visible(each))
        return self

    def __contains__(self, name: str) -> bool:
        return name in self.found

    def of(self, name: str, *kinds: type, default: object = None) -> object:
        """Return a value of one of these types, or the default where there is none."""
        value = self.found.get(name, default)
        if value is not default and type(value) not in kinds:
            raise self.fault(Kind.WRONG_TYPE, name, type=type(value).__name__)
        return value

    def line(self, name: str) -> str:
        """Return words of one line; nothing where there are none."""
        return self.checked(name, self.of(name, str, default=""), is_line=True)

    def lines(self, name: str) -> str:
        """Return words that may go over several lines."""
        return self.checked(name, self.of(name, str, default=""))

    def listed(self, name: str) -> list:
        """Return a list; an empty one where there is none."""
        return self.of(name, list, default=[])

    def strings(self, name: str, *, is_line: bool = False) -> list[str]:
        """Return a list of words."""
        for value in self.listed(name):
            if not isinstance(value, str):
                raise self.fault(Kind.WRONG_TYPE, name, type=type(value).__name__)
            self.checked(name, value, is_line=is_line)
        return self.listed(name)

    def number(self, name: str, *, least: int, most: int) -> int | None:
        """Return a whole number within bounds, or None."""
        value = self.of(name, int)
        if value is not None and not least <= value <= most:
            raise self.fault(Kind.OUT_OF_RANGE, name, value=value, least=least, most=most)
        return value

    def day(self, name: str) -> date | None:
        """Return a date written as 2019-10-01, or None."""
        value = self.of(name, str)
        try:
            return None if value is None else date.fromisoformat(DAY.fullmatch(value)[0])
        except (TypeError, ValueError) as error:
            raise self.fault(Kind.NO_DATE, name, value=visible(value)) from error

    def uid(self, name: str) -> str:
        """Return a uid in its one canonical form, or nothing."""
        value = self.of(name, str, default="")
        try:
            return str(uuid.UUID(value)) if value else ""
        except ValueError as error:
            raise self.fault(Kind.NO_UID, name, value=visible(value)) from error

    def file_name(self, name: str) -> str:
        """Return the plain name of a file: no folder, not hidden."""
        value = self.line(name)
        if value and not FILE_NAME.fullmatch(value):
            raise self.fault(Kind.NO_FILE_NAME, name, value=visible(value))
        return value

    def who(self, name: str) -> tuple[str, str] | None:
        """Return a contributor's name and distinction, or None."""
        pair = self.strings(name, is_line=True)
        if pair and (len(pair) != 2 or not pair[0]):
            raise self.fault(Kind.WRONG_TYPE, name, type=f"list of {len(pair)}")
        return tuple(pair) if pair else None

    def focus(self, name: str, default: str) -> str:
        """Return a focal point such as 0.5x0.5."""
        value = self.line(name) or default
        if not FOCUS.fullmatch(value) or len(value) > 20:
            raise self.fault(Kind.NOT_KNOWN, name, value=visible(value))
        return value

    def checked(self, name: str, value: str, *, is_line: bool = False) -> str:
        """Return words that can be stored as they are; raise where one character cannot."""
        if found := UNSTORABLE.search(value):
            raise self.fault(Kind.CHARACTER, name, code=f"U+{ord(found[0]):04X}")
        if is_line and "\n" in value:
            raise self.fault(Kind.SEVERAL_LINES, name)
        return value

    def fault(self, kind: Kind, name: str, **facts) -> ClippingError:
        """Return the fault of a field."""
        return ClippingError(kind, {"field": self.name + name, **facts})


def visible(value: str) -> str:
    """Return a value as a message can show it: short, and printable on any terminal."""
    text = value if len(value) <= 40 else f"{value[:40]}…"
    return "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in text)
