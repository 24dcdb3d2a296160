"""Why a document is refused. The messages are in documents/document_messages.py."""

from enum import StrEnum


class Reason(StrEnum):
    """Why a document is refused."""

    TOO_HEAVY = "too heavy"
    EMPTY = "empty"
    OLD_WORD = "old Word file"
    ENCRYPTED = "encrypted"
    MACROS = "macros"
    RICH_TEXT = "rich text"
    PDF = "pdf"
    OTHER_KIND = "another kind of file"
    BOMB = "unpacks to too much"
    TOO_LONG = "too long"
    UNREADABLE = "no readable text"
    BROKEN = "broken"
    GONE = "gone"


class DocumentRefusedError(ValueError):
    """A document is refused; `reason` says why."""

    def __init__(self, reason: Reason):
        super().__init__(reason.value)
        self.reason = reason


def refuse(reason: Reason, *, when: bool) -> None:
    """Raise DocumentRefusedError with the reason where the condition holds."""
    if when:
        raise DocumentRefusedError(reason)
