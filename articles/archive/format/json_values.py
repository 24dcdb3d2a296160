"""Typed access to the values in a line of an archive, with errors for those not valid."""

import re
import uuid
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date

from articles.content import characters
from articles.photos.files.crops import check_crops

from .record_errors import ErrorCode, RecordError

# Surrogates: no database stores them.
UNSTORABLE = re.compile("[\ud800-\udfff]")
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
FILE_NAME = re.compile(r"[^./\\\s][^/\\\n]{0,199}")
FOCUS = re.compile(r"(0|1|0?\.\d+|1\.0+)x(0|1|0?\.\d+|1\.0+)", re.ASCII)


class JsonObject:
    """A JSON object whose values are checked when read; `name` is its key in the line, or empty.

    Its methods raise RecordError for a value that is not valid.
    """

    def __init__(self, values: object, *, name: str = ""):
        if not isinstance(values, dict):
            raise RecordError(ErrorCode.WRONG_TYPE, {"field": name, "type": type(values).__name__})
        self.values: Mapping = values
        self.name = f"{name}." if name else ""

    def check_keys(self, known: Collection[str]) -> "JsonObject":
        """Return itself; raise where there is an unknown key."""
        for key in self.values:
            if key not in known:
                raise self.error(ErrorCode.UNKNOWN_FIELD, shorten_for_message(key))
        return self

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def get(self, name: str, *types: type, default: object = None) -> object:
        """Return a value of one of these types, or the default where there is none."""
        value = self.values.get(name, default)
        if value is not default and type(value) not in types:
            raise self.error(ErrorCode.WRONG_TYPE, name, type=type(value).__name__)
        return value

    def line(self, name: str) -> str:
        """Return text of one line, empty by default."""
        return self.check_text(name, self.get(name, str, default=""), is_line=True)

    def lines(self, name: str) -> str:
        """Return text of several lines, empty by default."""
        return self.check_text(name, self.get(name, str, default=""))

    def array(self, name: str) -> list:
        """Return a list, empty by default."""
        return self.get(name, list, default=[])

    def strings(self, name: str, *, is_line: bool = False) -> list[str]:
        """Return a list of texts, empty by default."""
        texts = self.array(name)
        for value in texts:
            if not isinstance(value, str):
                raise self.error(ErrorCode.WRONG_TYPE, name, type=type(value).__name__)
        return [self.check_text(name, value, is_line=is_line) for value in texts]

    def number(self, name: str, *, least: int, most: int) -> int | None:
        """Return a whole number within bounds, or None."""
        value = self.get(name, int)
        if value is not None and not least <= value <= most:
            raise self.error(ErrorCode.OUT_OF_RANGE, name, value=value, least=least, most=most)
        return value

    def day(self, name: str) -> date | None:
        """Return a date written as 2019-10-01, or None."""
        value = self.get(name, str)
        try:
            return None if value is None else date.fromisoformat(DAY.fullmatch(value)[0])
        except (TypeError, ValueError) as error:
            raise self.error(ErrorCode.NO_DATE, name, value=shorten_for_message(value)) from error

    def uid(self, name: str) -> str:
        """Return a UUID in its canonical form, empty by default."""
        value = self.get(name, str, default="")
        try:
            return str(uuid.UUID(value)) if value else ""
        except ValueError as error:
            raise self.error(ErrorCode.NO_UID, name, value=shorten_for_message(value)) from error

    def reference(self, name: str) -> str | None:
        """Return a UUID in its canonical form, or None."""
        return self.uid(name) or None

    def crops(self, name: str) -> dict:
        """Return the crops of a photo, none by default."""
        value = self.get(name, dict, default={})
        try:
            check_crops(value)
        except ValueError as error:
            shown = shorten_for_message(str(value))
            raise self.error(ErrorCode.NOT_KNOWN, name, value=shown) from error
        return value

    def file_name(self, name: str) -> str:
        """Return the plain name of a file: no folder, not hidden."""
        value = self.line(name)
        if value and not FILE_NAME.fullmatch(value):
            raise self.error(ErrorCode.NO_FILE_NAME, name, value=shorten_for_message(value))
        return value

    def contributor(self, name: str) -> tuple[str, str] | None:
        """Return a contributor's name and distinction, or None."""
        pair = self.strings(name, is_line=True)
        if pair and (len(pair) != 2 or not pair[0]):
            raise self.error(ErrorCode.WRONG_TYPE, name, type=f"list of {len(pair)}")
        return tuple(pair) if pair else None

    def focus(self, name: str) -> str:
        """Return a focal point such as 0.5x0.5, empty by default."""
        value = self.line(name)
        if value and (not FOCUS.fullmatch(value) or len(value) > 20):
            raise self.error(ErrorCode.NOT_KNOWN, name, value=shorten_for_message(value))
        return value

    def check_text(self, name: str, value: str, *, is_line: bool = False) -> str:
        """Return text without invisible characters; raise where it cannot be stored.

        Line ends but the new line become one, in a text of one line a blank.
        """
        if found := UNSTORABLE.search(value):
            raise self.error(ErrorCode.CHARACTER, name, code=f"U+{ord(found[0]):04X}")
        if is_line and "\n" in value:
            raise self.error(ErrorCode.SEVERAL_LINES, name)
        return characters.strip_invisible(characters.LINE_END.sub(" " if is_line else "\n", value))

    def error(self, code: ErrorCode, name: str, /, **params) -> RecordError:
        """Return the error of a field."""
        return RecordError(code, {"field": self.name + name, **params})


def find_invisible(values: object) -> Counter[str]:
    """Return the invisible characters in all texts of a JSON value, which are taken out."""
    if isinstance(values, str):
        return characters.find_invisible(values)
    inner = values.values() if isinstance(values, dict) else values
    parts = inner if isinstance(values, dict | list) else ()
    return sum(map(find_invisible, parts), Counter())


def shorten_for_message(value: str) -> str:
    """Return a value as a message shows it: short, and printable on any terminal."""
    text = value if len(value) <= 40 else f"{value[:40]}…"
    return "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in text)
