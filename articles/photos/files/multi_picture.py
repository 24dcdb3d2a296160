"""Further pictures in a JPEG: those of the index of a camera (MPF, CIPA DC-007). No Django here.

Previews and gain maps (Ultra HDR, Apple, ISO 21496-1) belong to the one picture that is shown;
views of a stereo camera and the like are several pictures.
"""

import re
import struct
from collections.abc import Iterator

from .jpeg_segments import MalformedError, jpeg_segments, jpeg_size

INDEX = b"MPF\0"
PREVIEWS = (0x010001, 0x010002)
UNDEFINED = 0
# How a gain map names itself, or a picture its gain map.
GAIN_MAP = re.compile(rb"hdrgm|hdrgainmap|GainMap|iso:ts:21496", re.I)
# As much of a JPEG as its metadata may be looked for in.
HEAD = 1 << 17
FURTHEST = 4096
# More further pictures than any camera stores; so many are not looked at.
MOST = 16
PADDING = b"\0\xff"


def count_pictures(data: bytes, start: int, end: int, size: tuple[int, int]) -> int:
    """Return the number of pictures by the index at `start`, without previews and gain maps.

    `size` is that of the first picture. What the index names and is not there does not count.
    """
    try:
        entries = list(_entries(data[start:end]))[1:]
    except (struct.error, IndexError):
        return 1
    if len(entries) > MOST:
        return 1 + len(entries)
    return 1 + sum(
        kind not in PREVIEWS and (kind != UNDEFINED or is_second(data, start + at, size))
        for kind, at in entries
    )


def is_second(data: bytes, at: int, size: tuple[int, int]) -> bool:
    """Tell whether a picture as large as the first stands at a place, and is no gain map of it."""
    other = jpeg_size(data, at)
    is_large = bool(other) and (other[0] >= size[0] or other[1] >= size[1])
    return is_large and not GAIN_MAP.search(data, at, at + HEAD)


def _entries(index: bytes) -> Iterator[tuple[int, int]]:
    """Iterate over the kind of each picture in an index, and its place from the index's start."""
    order = ">" if index.startswith(b"MM") else "<"
    at = struct.unpack_from(f"{order}L", index, 4)[0]
    for number in range(struct.unpack_from(f"{order}H", index, at)[0]):
        tag, _, length, first = struct.unpack_from(f"{order}HHLL", index, at + 2 + 12 * number)
        if tag == 0xB002:
            for entry in range(first, first + length, 16):
                kind, _, place = struct.unpack_from(f"{order}LLL", index, entry)
                yield kind & 0xFFFFFF, place


def previews_end(data: bytes, at: int, size: tuple[int, int]) -> int:
    """Return the end of the previews and gain maps behind a picture, or `at` if there are none."""
    if INDEX not in data[:HEAD] and not GAIN_MAP.search(data, 0, HEAD):
        return at
    try:
        for _number in range(MOST):
            start = data.find(b"\xff\xd8\xff", at, at + FURTHEST)
            if start < 0 or data[at:start].strip(PADDING) or is_second(data, start, size):
                return at
            at = [end for _, _, end in jpeg_segments(data, start + 2)][-1]
    except (MalformedError, struct.error, IndexError):
        pass
    return at
