"""Photographs drawn for measuring: every shape and size that a desk sends, none of a person.

A portrait has a disc where a face would be. Its colour is found again in the page as a browser
shows it, so that a face that was cut off is counted.
"""

from io import BytesIO

from PIL import Image, ImageDraw

FACE = (230, 0, 230)
# Name: width, height, ground, and the disc of a face: its middle and its radius in fractions of
# the width and height of the picture.
PHOTOGRAPHS = {
    "portrait": (1600, 2400, (150, 160, 170), (0.5, 0.22, 0.13)),
    "standing": (900, 2000, (170, 160, 140), (0.45, 0.14, 0.15)),
    "landscape": (2400, 1600, (120, 150, 120), None),
    "landscape_again": (1800, 1200, (160, 150, 120), None),
    "panorama": (3000, 900, (120, 140, 170), None),
    "square": (1200, 1200, (170, 140, 130), None),
    "tiny": (320, 240, (150, 150, 150), None),
    "dark": (2000, 1400, (24, 24, 28), None),
}
QUALITY = 88


def photograph(name: str) -> bytes:
    """Return a photograph as the bytes of a JPEG."""
    width, height, ground, face = PHOTOGRAPHS[name]
    image = Image.new("RGB", (width, height), ground)
    draw = ImageDraw.Draw(image)
    for number in range(1, 8):
        edge = height * number // 8
        shade = tuple(max(0, level - 6 * number) for level in ground)
        draw.rectangle((0, edge, width, height), fill=shade)
    if face:
        x, y, radius = face[0] * width, face[1] * height, face[2] * width
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=FACE)
    data = BytesIO()
    image.save(data, "JPEG", quality=QUALITY, subsampling=0)
    return data.getvalue()
