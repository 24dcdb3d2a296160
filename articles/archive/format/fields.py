"""The plain fields of an archive: the key of each, its model field, and how its value is read.

Reading, writing, merging, length checks, import and export all go by these tables, so that a
new field is one line here. Keys that need code of their own (date, page, order, uid, paragraphs,
dateline, body, column, tags, contributors of bylines) are in reader.py and writer.py.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from .json_values import JsonObject
from .records import FieldValues

# The largest numbers that every database stores in a small and in an ordinary integer column.
SMALL, LARGE = 32_767, 2_147_483_647

TEXT, LONG_TEXT, DATE = JsonObject.line, JsonObject.lines, JsonObject.day
UID, CONTRIBUTOR, FOCUS = JsonObject.uid, JsonObject.contributor, JsonObject.focus
REFERENCE, CROPS = JsonObject.reference, JsonObject.crops


def number(least: int, most: int) -> Callable:
    """Return the reader of a whole number within bounds."""
    return partial(JsonObject.number, least=least, most=most)


@dataclass(frozen=True, slots=True)
class Field:
    """One field; `model_field` is given where it differs from the key.

    A value that is empty or the default is not written, and a missing one is read as the default.
    """

    key: str
    read: Callable[[JsonObject, str], object] = TEXT
    model_field: str = ""
    default: object = None

    @property
    def name(self) -> str:
        """The name of the model field."""
        return self.model_field or self.key

    def is_empty(self, value: object) -> bool:
        """Tell whether a value says nothing."""
        return value in (None, "", self.default)

    def parse(self, line: JsonObject) -> object:
        """Return the value in a line; raise RecordError where it is not valid."""
        value = self.read(line, self.key)
        return self.default if self.default is not None and value in (None, "") else value


ISSUE = (Field("serial", number(0, LARGE)),)
PAGE = (
    Field("page_name", model_field="name"),
    Field("editor"),
    Field("designer"),
    Field("proofreader"),
    Field("planned", number(0, SMALL), default=0),
    Field("planned_length", number(0, LARGE)),
)
ARTICLE = (Field("genre", default="news"), Field("rank", number(1, 4)), Field("source"))
# Written in every article's line, empty or not.
HEADING = (Field("kicker"), Field("headline"), Field("deck"))
BYLINE = (Field("role"), Field("name"))
CAPTION = (Field("photo", UID), Field("words", LONG_TEXT), Field("credit"))
PHOTO = (
    Field("words", LONG_TEXT),
    Field("alt"),
    Field("credit"),
    Field("generated"),
    Field("generated_mark"),
    Field("contributor", CONTRIBUTOR),
    Field("taken_on", DATE),
    Field("place"),
    Field("people"),
    Field("keywords"),
    Field("rights"),
    Field("rights_until", DATE),
    Field("only_article", REFERENCE, "only_article_id"),
    Field("focus", FOCUS, default="0.5x0.5"),
    Field("crops", CROPS, default={}),
)


def keys(fields: Sequence[Field]) -> list[str]:
    """Return the keys of fields in a line."""
    return [field.key for field in fields]


def names(fields: Sequence[Field]) -> list[str]:
    """Return the names of the model fields."""
    return [field.name for field in fields]


def parse_fields(fields: Sequence[Field], line: JsonObject) -> dict[str, object]:
    """Return the values in a line by model field; raise RecordError for an invalid one."""
    return {field.name: field.parse(line) for field in fields}


def format_fields(fields: Sequence[Field], values: FieldValues) -> dict[str, object]:
    """Return the values by key, without the empty ones."""
    return {f.key: values[f.name] for f in fields if not f.is_empty(values[f.name])}


def values_of(fields: Sequence[Field], row: object) -> dict[str, object]:
    """Return the fields of a model instance or of a dataclass."""
    return {field.name: getattr(row, field.name) for field in fields}
