"""Read the header of a JPEG, PNG or WebP file without decoding it: size, frames, end.

One function for each format. No Django here.
"""

import struct
from dataclasses import dataclass
from zlib import crc32

from . import multi_picture
from .jpeg_segments import START_OF_FRAME, START_OF_SCAN, MalformedError, jpeg_segments

MAX_PARTS = 50_000
PNG_START = b"\x89PNG\r\n\x1a\n"
# Bytes of a pixel in Pillow, by the colour type of a PNG.
PNG_BYTES = {0: 1, 2: 4, 3: 1, 4: 4, 6: 4}
WEBP_BYTES = 13


@dataclass(frozen=True, slots=True)
class ImageHeader:
    """The header of an image file.

    `end` is the end of the image data, `memory` the bytes that decoding takes beyond those of a
    small copy, `passes` how often decoding visits all pixels.
    """

    kind: str
    width: int
    height: int
    end: int
    frames: int = 1
    memory: int = 0
    passes: int = 1

    @property
    def pixels(self) -> int:
        return self.width * self.height


def read_header(data: bytes) -> ImageHeader | None:
    """Return the header of a file, or None where its format is not accepted.

    Raises MalformedError where it is truncated or contradicts itself.
    """
    try:
        if data.startswith(b"\xff\xd8\xff"):
            return read_jpeg(data)
        if data.startswith(PNG_START):
            return read_png(data)
        if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
            return read_webp(data)
    except (struct.error, IndexError, ZeroDivisionError) as error:
        raise MalformedError(str(error)) from error
    return None


def read_jpeg(data: bytes) -> ImageHeader:
    """Return the header of a JPEG file."""
    frame, scans, index = None, 0, None
    for marker, start, end in jpeg_segments(data):
        if marker in START_OF_FRAME:
            frame = data[start - 4 : end]
        elif marker == START_OF_SCAN:
            scans += 1
        elif marker == 0xE2 and data[start : start + 4] == multi_picture.INDEX:
            index = start + 4, end
    if frame is None or not scans:
        raise MalformedError("no picture")
    height, width = struct.unpack_from(">HH", frame, 5)
    size = width, height
    frames = multi_picture.count_pictures(data, *index, size) if index else 1
    end = multi_picture.previews_end(data, end, size) if frames == 1 else end
    buffered = frame[1] == 0xC2 or scans > 1
    memory = jpeg_coefficients(frame, width * height) if buffered else 0
    return ImageHeader("JPEG", width, height, end, frames, memory, scans)


def jpeg_coefficients(frame: bytes, pixels: int) -> int:
    """Return the bytes of the coefficients that stay in memory while a JPEG is decoded."""
    factors = [frame[11 + 3 * number] for number in range(frame[9])]
    areas = [(factor >> 4) * (factor & 15) for factor in factors]
    return 2 * pixels * sum(areas) // max(areas)


def read_png(data: bytes) -> ImageHeader:
    """Return the header of a PNG file; verify all checksums."""
    width, height, depth, colour = struct.unpack_from(">LLBB", data, 16)
    at, frames, seen = len(PNG_START), 1, set()
    for _part in range(MAX_PARTS):
        length, name = struct.unpack_from(">L4s", data, at)
        end = at + 8 + length
        if struct.unpack_from(">L", data, end)[0] != crc32(memoryview(data)[at + 4 : end]):
            raise MalformedError("wrong checksum")
        seen.add(name)
        if name == b"acTL":
            frames = struct.unpack_from(">L", data, at + 8)[0]
        at = end + 4
        if name == b"IEND":
            break
    if not {b"IHDR", b"IDAT", b"IEND"} <= seen or colour not in PNG_BYTES:
        raise MalformedError("no picture")
    memory = width * height * max(PNG_BYTES[colour], depth // 8)
    return ImageHeader("PNG", width, height, at, frames, memory)


def read_webp(data: bytes) -> ImageHeader:
    """Return the header of a WebP file."""
    stop = 8 + struct.unpack_from("<L", data, 4)[0]
    at, sizes, frames = 12, [], 0
    for _part in range(MAX_PARTS):
        if at + 8 > stop:
            break
        name, length = struct.unpack_from("<4sL", data, at)
        sizes += webp_size(name, data, at + 8)
        frames += name in (b"VP8 ", b"VP8L", b"ANMF")
        at += 8 + length + length % 2
    if stop > len(data) or not frames or not sizes:
        raise MalformedError("breaks off")
    width, height = (max(side) for side in zip(*sizes, strict=True))
    return ImageHeader("WEBP", width, height, stop, frames, WEBP_BYTES * width * height)


def webp_size(name: bytes, data: bytes, at: int) -> list[tuple[int, int]]:
    """Return the size in one chunk of a WebP file, if it has one."""
    if name == b"VP8X":
        wide, high = data[at + 4 : at + 7], data[at + 7 : at + 10]
        return [(1 + int.from_bytes(wide, "little"), 1 + int.from_bytes(high, "little"))]
    if name == b"VP8L":
        bits = struct.unpack_from("<L", data, at + 1)[0]
        return [(1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))]
    if name == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, at + 6)
        return [(width & 0x3FFF, height & 0x3FFF)]
    return []
