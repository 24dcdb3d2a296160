"""What can be wrong with an archive. A fault names its kind; whoever tells it has the words."""

from dataclasses import dataclass, field
from enum import StrEnum, auto

from .clippings import Key, Where


class Kind(StrEnum):
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
class ClippingError(ValueError):
    """A line that cannot be taken as it is; `facts` fill the words that tell of it.

    `where` and `key` (the issue it belongs to) are entered as far as they are known.
    """

    kind: Kind
    facts: dict = field(default_factory=dict)
    where: Where = Where()
    key: Key | None = None


class UnreadableError(ValueError):
    """A file that cannot be read to its end; `file` names it."""

    def __init__(self, file: str, why: str):
        super().__init__(f"{file}: {why}")
        self.file, self.why = file, why
