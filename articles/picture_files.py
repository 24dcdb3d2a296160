"""The outside of a picture file: kind, size, frames and end, read without decoding a pixel.

Three readers, one for each kind that is accepted. No Django here.
"""

import re
import struct
from dataclasses import dataclass
from zlib import crc32

PARTS = 50_000
SCAN_END = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
PNG_START = b"\x89PNG\r\n\x1a\n"
# How many bytes Pillow keeps for a pixel, by the PNG's colour type.
PNG_BYTES = {0: 1, 2: 4, 3: 1, 4: 4, 6: 4}
WEBP_BYTES = 13
# The types of a camera's own small copies in a JPEG's index of pictures (CIPA DC-007).
CAMERA_PREVIEWS = (0x010001, 0x010002)


class MalformedError(ValueError):
    """The file does not hold together."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What a file says of itself.

    `end` is where the picture's data stop, `memory` the bytes that decoding it takes beyond
    what a small copy needs, `passes` how often decoding goes over all its pixels.
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


def outline(data: bytes) -> Outline | None:
    """Return what a file says of itself, or None where it is of no kind that is accepted.

    Raises MalformedError where it breaks off or contradicts itself.
    """
    try:
        if data.startswith(b"\xff\xd8\xff"):
            return jpeg(data)
        if data.startswith(PNG_START):
            return png(data)
        if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
            return webp(data)
    except (struct.error, IndexError, ZeroDivisionError) as error:
        raise MalformedError(str(error)) from error
    return None


def jpeg(data: bytes) -> Outline:
    """Return the outline of a JPEG file."""
    frame, scans, frames = None, 0, 1
    for marker, start, end in jpeg_segments(data):
        if marker in (0xC0, 0xC1, 0xC2):
            frame = data[start - 4 : end]
        elif marker == 0xDA:
            scans += 1
        elif marker == 0xE2 and data[start : start + 4] == b"MPF\0":
            frames = jpeg_frames(data[start + 4 : end])
        elif marker == 0xD9:
            break
    if frame is None or not scans:
        raise MalformedError("no picture")
    height, width = struct.unpack_from(">HH", frame, 5)
    buffered = frame[1] == 0xC2 or scans > 1
    memory = jpeg_coefficients(frame, width * height) if buffered else 0
    end = jpeg_previews_end(data, end) if frames == 1 else end
    return Outline("JPEG", width, height, end, frames, memory, scans)


def jpeg_segments(data: bytes, at: int = 2):
    """Go through a JPEG's segments: (marker, where its content starts, where it ends)."""
    for _part in range(PARTS):
        if data[at] != 0xFF:
            raise MalformedError("no marker")
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            yield marker, at + 2, at + 2
            return
        end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        yield marker, at + 4, end
        at = end
        if marker == 0xDA:
            found = SCAN_END.search(data, end)
            if not found:
                raise MalformedError("breaks off")
            at = found.start()
    raise MalformedError("too many parts")


def jpeg_coefficients(frame: bytes, pixels: int) -> int:
    """Return the bytes of a picture that must be kept whole while it is decoded."""
    factors = [frame[11 + 3 * number] for number in range(frame[9])]
    areas = [(factor >> 4) * (factor & 15) for factor in factors]
    return 2 * pixels * sum(areas) // max(areas)


def jpeg_frames(index: bytes) -> int:
    """Return how many pictures a JPEG's index names, its camera's previews not counted."""
    order = ">" if index.startswith(b"MM") else "<"
    at = struct.unpack_from(f"{order}L", index, 4)[0]
    for number in range(struct.unpack_from(f"{order}H", index, at)[0]):
        tag, _, length, start = struct.unpack_from(f"{order}HHLL", index, at + 2 + 12 * number)
        if tag == 0xB002:
            kinds = [
                struct.unpack_from(f"{order}L", index, start + entry)[0] & 0xFFFFFF
                for entry in range(0, length, 16)
            ]
            return 1 + sum(kind not in CAMERA_PREVIEWS for kind in kinds[1:])
    return 1


def jpeg_previews_end(data: bytes, at: int) -> int:
    """Return where a camera's previews behind the picture end, or `at` where there are none."""
    if b"MPF\0" not in data[: 1 << 17]:
        return at
    while (start := data.find(b"\xff\xd8\xff", at, at + 4096)) >= 0:
        if data[at:start].strip(b"\0\xff"):
            return at
        at = [end for _, _, end in jpeg_segments(data, start + 2)][-1]
    return at


def png(data: bytes) -> Outline:
    """Return the outline of a PNG file, all its checksums verified."""
    width, height, depth, colour = struct.unpack_from(">LLBB", data, 16)
    at, frames, seen = len(PNG_START), 1, set()
    for _part in range(PARTS):
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
    return Outline("PNG", width, height, at, frames, memory)


def webp(data: bytes) -> Outline:
    """Return the outline of a WebP file."""
    stop = 8 + struct.unpack_from("<L", data, 4)[0]
    at, sizes, frames = 12, [], 0
    for _part in range(PARTS):
        if at + 8 > stop:
            break
        name, length = struct.unpack_from("<4sL", data, at)
        sizes += webp_size(name, data, at + 8)
        frames += name in (b"VP8 ", b"VP8L", b"ANMF")
        at += 8 + length + length % 2
    if stop > len(data) or not frames or not sizes:
        raise MalformedError("breaks off")
    width, height = (max(side) for side in zip(*sizes, strict=True))
    return Outline("WEBP", width, height, stop, frames, WEBP_BYTES * width * height)


def webp_size(name: bytes, data: bytes, at: int) -> list[tuple[int, int]]:
    """Return the size that one part of a WebP file states, if it states one."""
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
