"""The segments of a JPEG file, without decoding it. No Django here."""

import re
import struct
from collections.abc import Iterator

MAX_SEGMENTS = 50_000
SCAN_END = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
START_OF_FRAME = (0xC0, 0xC1, 0xC2)
START_OF_SCAN, END_OF_IMAGE = 0xDA, 0xD9


class MalformedError(ValueError):
    """The file is truncated or contradicts itself."""


def jpeg_segments(data: bytes, at: int = 2) -> Iterator[tuple[int, int, int]]:
    """Iterate over the segments of a JPEG: (marker, start of its content, end).

    Raises MalformedError, struct.error or IndexError where it is malformed.
    """
    for _part in range(MAX_SEGMENTS):
        if data[at] != 0xFF:
            raise MalformedError("no marker")
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == END_OF_IMAGE:
            yield marker, at + 2, at + 2
            return
        end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        yield marker, at + 4, end
        at = end
        if marker == START_OF_SCAN:
            found = SCAN_END.search(data, end)
            if not found:
                raise MalformedError("breaks off")
            at = found.start()
    raise MalformedError("too many parts")


def jpeg_size(data: bytes, at: int) -> tuple[int, int] | None:
    """Return the width and height of a JPEG that starts at a place; None where there is none."""
    if data[at : at + 3] != b"\xff\xd8\xff":
        return None
    try:
        for marker, start, _ in jpeg_segments(data, at + 2):
            if marker in START_OF_FRAME:
                height, width = struct.unpack_from(">HH", data, start + 1)
                return width, height
    except (MalformedError, struct.error, IndexError):
        pass
    return None
