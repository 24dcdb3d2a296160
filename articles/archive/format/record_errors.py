"""Error codes of an archive; their messages are in archive/error_messages.py."""

from dataclasses import dataclass, field
from enum import StrEnum, auto

from .records import Key, SourceLine


class ErrorCode(StrEnum):
    """What is wrong."""

    NOT_TEXT = auto()
    NOT_JSON = auto()
    NOT_OBJECT = auto()
    UNKNOWN_FIELD = auto()
    MISSING = auto()
    WRONG_TYPE = auto()
    NO_DATE = auto()
    OUT_OF_RANGE = auto()
    CHARACTER = auto()
    SEVERAL_LINES = auto()
    TOO_LONG = auto()
    NO_LABEL = auto()
    NO_UID = auto()
    NO_FILE_NAME = auto()
    NOT_KNOWN = auto()
    OTHER_OPENING = auto()
    OTHER_BODY = auto()
    NO_BODY = auto()
    NOT_PLACED = auto()
    SAME_PLACE = auto()
    SAME_ARTICLE = auto()
    DISAGREES = auto()


@dataclass(eq=False)
class RecordError(ValueError):
    """A line that is refused; `params` fill the message of its code.

    The reader enters `where` and `key` (the issue it belongs to) as far as they are known.
    """

    code: ErrorCode
    params: dict = field(default_factory=dict)
    where: SourceLine = SourceLine()
    key: Key | None = None


class UnreadableFileError(ValueError):
    """A file that cannot be read to its end; `file` names it."""

    def __init__(self, file: str, why: str):
        super().__init__(f"{file}: {why}")
        self.file, self.why = file, why
