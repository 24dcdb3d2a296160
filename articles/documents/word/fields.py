"""Fields of a Word document: of each, the result is text and the instruction is not."""

import re
from dataclasses import dataclass, field

from .errors import Reason, refuse

LINK = re.compile(r'\s*HYPERLINK\s+"?((?:https?://|mailto:)[^"\s]+)', re.I)
# Fields inside fields: Word's own documents have three or four.
DEEPEST_FIELD = 100


@dataclass(slots=True)
class Field:
    """One field that has begun and not ended; `link` is its address once its result begins."""

    code: list[str] = field(default_factory=list)
    is_in_code: bool = True
    link: str = ""

    def end_code(self) -> None:
        """Begin the result, and find the address where the field is a link."""
        if self.is_in_code and (found := LINK.match("".join(self.code))):
            self.link = found[1]
        self.is_in_code = False


class Fields:
    """The fields that are open at a place of the text, the outermost first."""

    def __init__(self):
        self._open: list[Field] = []

    @property
    def is_in_code(self) -> bool:
        """Whether what stands here belongs to an instruction."""
        return any(each.is_in_code for each in self._open)

    @property
    def link(self) -> str:
        """The address of the innermost field that is a link; empty where there is none."""
        return next((each.link for each in reversed(self._open) if each.link), "")

    def mark(self, kind: str) -> None:
        """Note the beginning, the middle or the end of a field; a stray mark changes nothing.

        Raises DocumentRefusedError where too many are open at once.
        """
        if kind == "begin":
            self._open.append(Field())
            refuse(Reason.TOO_LONG, when=len(self._open) > DEEPEST_FIELD)
        elif self._open and kind == "separate":
            self._open[-1].end_code()
        elif self._open and kind == "end":
            self._open.pop()

    def add_code(self, code: str) -> None:
        """Add a part of the instruction of the innermost field."""
        if self._open and self._open[-1].is_in_code:
            self._open[-1].code.append(code)
