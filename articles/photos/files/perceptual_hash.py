"""Hash what a picture looks like: alike pictures have hashes that differ in few bits. No Django.

A difference hash: the picture is reduced to 9 by 8 grey pixels, and each bit says whether one is
lighter than the next in its row.
"""

import hashlib
from io import BytesIO

from PIL import Image

from .image_processing import TURNS, Size, orientation, shrink

WIDTH, HEIGHT = 9, 8
# Pixels of the shorter side of the picture that is reduced.
SIDE = 128
# Fewer steps of grey than this between all pixels say nothing of a picture.
LEAST_CONTRAST = 6
BITS = 64


def sha256(data: bytes) -> str:
    """Return the SHA-256 of a file in hex."""
    return hashlib.sha256(data).hexdigest()


def perceptual_hash(data: bytes) -> int | None:
    """Return the hash of a validated picture file, as a signed number of 64 bits.

    None where the picture has too little contrast to be told from others.
    """
    with Image.open(BytesIO(data)) as image:
        turn = orientation(image)
        grey = shrink(image, _factor).convert("L")
    if turn in TURNS:
        grey = grey.transpose(TURNS[turn])
    pixels = grey.resize((WIDTH, HEIGHT), Image.Resampling.BOX).tobytes()
    return None if max(pixels) - min(pixels) < LEAST_CONTRAST else _hash_of(pixels)


def _hash_of(pixels: bytes) -> int:
    """Return the hash of WIDTH by HEIGHT grey pixels."""
    places = (at for at in range(WIDTH * HEIGHT) if (at + 1) % WIDTH)
    bits = "".join("01"[pixels[at] > pixels[at + 1]] for at in places)
    return int.from_bytes(int(bits, 2).to_bytes(BITS // 8, "big"), "big", signed=True)


def distance(one: int, other: int) -> int:
    """Return the number of bits in which two hashes differ."""
    return ((one ^ other) & ((1 << BITS) - 1)).bit_count()


def _factor(size: Size) -> int:
    return max(1, min(size) // SIDE)
