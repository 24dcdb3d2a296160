"""Picture files for tests: honest ones as newsrooms send them, and hostile ones of every sort."""

import struct
import zipfile
from functools import partial
from io import BytesIO
from zlib import compress, crc32

from PIL import Image, ImageCms
from PIL.ExifTags import GPS, IFD, Base

from articles.photos.files.image_validation import MAX_BYTES, Reason

from .factories import image_bytes

GPS_TEXT = b"OFFICE-CAMERA"


def saved(image: Image.Image, format: str, **options) -> bytes:
    buffer = BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


def two_coloured(size=(90, 60)) -> Image.Image:
    """A picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    return image


def camera_jpeg(*, size=(90, 60), orientation=6) -> bytes:
    """A JPEG as a camera writes it: held sideways, with a place, a name and a comment."""
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    exif[Base.Model] = GPS_TEXT.decode()
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (31.7, 0.0, 0.0)
    return saved(two_coloured(size), "JPEG", exif=exif, comment=GPS_TEXT, quality=95)


def profiled_jpeg() -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return saved(two_coloured(), "JPEG", icc_profile=profile, progressive=True)


def deep_png() -> bytes:
    """A grey PNG of 16 bits, half as bright as white."""
    return saved(Image.new("I;16", (90, 60), 0x8000), "PNG")


def clear_png() -> bytes:
    """A red PNG whose right half is transparent."""
    image = Image.new("RGBA", (90, 60), (255, 0, 0, 255))
    image.paste((0, 0, 0, 0), (45, 0, 90, 60))
    return saved(image, "PNG")


FILM = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0\0\0\x08free"
ONEPLUS = b'[{"name":"watermark.device","offset":1,"length":0}]'
# What phones and photo desks leave behind a picture.
TRAILERS = {
    "a Samsung": (
        struct.pack("<HHL", 0, 0x0A01, 14)
        + b"Image_UTC_Data1720000000000SEFH"
        + struct.pack("<LLHHLLL", 106, 1, 0, 0x0A01, 35, 35, 24)
        + b"SEFT"
    ),
    "a OnePlus": ONEPLUS + b"jxrs" + struct.pack("<L", len(ONEPLUS)),
    "a vivo": b'vivo{"media":"self"}\0\xff\xff\xff\xff\x1b*9HWfu\x84\x93\xa2\xb1',
    "a phone that films": FILM,
    "FotoStation": struct.pack(">HH", 1, 0) + b"x" * 8 + b"\0\0\0\x1a\xa1\xb2\xc3\xd4",
    "Photo Mechanic": b"\x1c\x02\0\0\x02\0\x04" + struct.pack(">L", 7) + b"cbipcbbl",
    "a camera that adds a byte": b"\x0a",
    "an unknown phone": bytes(range(1, 250)),
}


def with_trailer(name: str) -> bytes:
    """A JPEG with what a phone or a photo desk leaves behind it."""
    return camera_jpeg() + TRAILERS[name]


def with_many_seconds() -> bytes:
    """A JPEG whose index names a picture of 40,000 parts again and again."""
    first = image_bytes()
    parts = b"\xff\xd8" + b"\xff\xfe\0\2" * 40_000 + first[2:]
    entries = struct.pack(">LLLHH", 0, 0, len(first) + 65_460, 0, 0) * 4_000
    index = b"MPF\0MM\0*\0\0\0\x08\0\x01" + struct.pack(">HHLL", 0xB002, 7, len(entries), 26)
    index = (index + bytes(4) + entries).ljust(65_466, b"\0")
    segment = b"\xff\xe2" + struct.pack(">H", len(index) + 2) + index
    return first[:2] + segment + first[2:] + parts


def with_second(other: bytes, *, kind=0) -> bytes:
    """A JPEG whose index names a second picture behind it (MPF)."""
    data = image_bytes()
    entries = struct.pack(">LLLHH", 0x030000, 0, 0, 0, 0)
    entries += struct.pack(">LLLHH", kind, len(other), len(data) + 80, 0, 0)
    tags = struct.pack(">HHL4s", 0xB000, 7, 4, b"0100") + struct.pack(">HHLL", 0xB001, 4, 1, 2)
    tags += struct.pack(">HHLL", 0xB002, 7, len(entries), 50)
    index = b"MPF\0MM\0*\0\0\0\x08\0\x03" + tags + bytes(4) + entries
    segment = b"\xff\xe2" + struct.pack(">H", len(index) + 2) + index
    return data[:2] + segment + data[2:] + other


HONEST = {
    "a camera's JPEG": camera_jpeg,
    "a CMYK JPEG": lambda: saved(two_coloured().convert("CMYK"), "JPEG"),
    "a progressive JPEG with a profile": profiled_jpeg,
    "a large JPEG": lambda: camera_jpeg(size=(6000, 4000), orientation=1),
    "a PNG with transparency": clear_png,
    "a PNG with a palette": lambda: saved(two_coloured().convert("P"), "PNG"),
    "a PNG of 16 bits": deep_png,
    "a WebP": lambda: saved(two_coloured(), "WEBP"),
    "a WebP without loss, with transparency": lambda: saved(
        two_coloured().convert("RGBA"), "WEBP", lossless=True
    ),
    "a JPEG that ends in zeros": lambda: image_bytes() + bytes(100),
    "a PNG that ends in a stray byte": lambda: clear_png() + b"\x0b",
    "a WebP that ends in a note": lambda: saved(two_coloured(), "WEBP") + b"note",
    "a JPEG before a text of its program": lambda: image_bytes() + b'<?xml version="1.0"?><note/>',
    **{f"a JPEG of {name}": partial(with_trailer, name) for name in TRAILERS},
    "a JPEG of stereo previews": lambda: with_second(image_bytes(size=(30, 20)), kind=0x010002),
    "a JPEG with a gain map": lambda: with_second(image_bytes(size=(30, 20))),
    "a JPEG with a large gain map": lambda: with_second(
        image_bytes(comment=b"urn:com:apple:photo:2020:aux:hdrgainmap")
    ),
    "a JPEG with a gain map that no index names": lambda: (
        image_bytes(comment=b"hdrgm:Version") + image_bytes(size=(30, 20))
    ),
    "a JPEG with a gain map, then a film": lambda: with_second(image_bytes(size=(30, 20))) + FILM,
    "a JPEG whose index names what is gone": lambda: with_second(b""),
}


def frames(count=2) -> dict:
    return {"save_all": True, "append_images": [two_coloured()] * (count - 1)}


def archive() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("index.html", "<script>alert(1)</script>")
    return buffer.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">L", len(content)) + name + content + struct.pack(">L", crc32(name + content))
    )


def stated_png(width: int, height: int, *chunks: bytes, colour=2) -> bytes:
    """A PNG that states a size and holds almost nothing."""
    header = chunk(b"IHDR", struct.pack(">LLBBBBB", width, height, 8, colour, 0, 0, 0))
    body = chunk(b"IDAT", compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + body + chunk(b"IEND", b"")


def stated_jpeg(width: int, height: int) -> bytes:
    """A JPEG whose frame states another size than it has."""
    data = image_bytes()
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]


def stated_webp(width: int, height: int) -> bytes:
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    inner = saved(two_coloured(), "WEBP")[12:]
    body = b"WEBPVP8X" + struct.pack("<L", 10) + bytes(4) + size + inner
    return b"RIFF" + struct.pack("<L", len(body)) + body


def many_scans() -> bytes:
    """A small progressive JPEG of a large picture that takes minutes to decode."""
    data = saved(Image.new("L", (9000, 9000)), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * 200 + b"\xff\xd9"


def broken_in(data: bytes, share: float) -> bytes:
    at = int(len(data) * share)
    return data[:at] + bytes(byte ^ 0xFF for byte in data[at : at + 4]) + data[at + 4 :]


def text_bomb() -> bytes:
    content = b"Comment\0\0" + compress(bytes(50_000_000), 9)
    return stated_png(60, 40, chunk(b"zTXt", content))


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
WRONG = {
    "an SVG": lambda: SVG,
    "an SVG behind a declaration": lambda: b'<?xml version="1.0"?>' + SVG,
    "HTML": lambda: b"<!doctype html><script>alert(1)</script>",
    "PostScript": lambda: saved(two_coloured(), "EPS"),
    "a PDF": lambda: saved(two_coloured(), "PDF"),
    "a GIF": lambda: saved(two_coloured(), "GIF"),
    "a moving GIF": lambda: saved(two_coloured(), "GIF", **frames()),
    "a TIFF": lambda: saved(two_coloured(), "TIFF"),
    "a BMP": lambda: saved(two_coloured(), "BMP"),
    "an icon": lambda: saved(two_coloured(), "ICO"),
    "a JPEG 2000 stream": lambda: b"\xff\x4f\xff\x51" + bytes(200),
    "a PPM": lambda: saved(two_coloured(), "PPM"),
    "an AVIF": lambda: b"\0\0\0\x1cftypavif" + bytes(200),
    "an archive": archive,
    "text before a JPEG": lambda: b"<!--" + image_bytes(),
    "a sound": lambda: b"RIFF\x24\0\0\0WAVEfmt " + bytes(200),
    "nothing but zeros": lambda: bytes(500),
}
BROKEN = {
    "half a JPEG": lambda: camera_jpeg()[: len(camera_jpeg()) // 2],
    "half a PNG": lambda: clear_png()[: len(clear_png()) // 2],
    "half a WebP": lambda: HONEST["a WebP"]()[:-20],
    "a JPEG without its end": lambda: image_bytes()[:-2],
    "a JPEG of nothing but a head": lambda: b"\xff\xd8\xff\xe0",
    "a PNG with a wrong checksum": lambda: broken_in(clear_png(), 0.5),
    "a PNG without pixels": lambda: stated_png(60, 40),
    "a PNG of no size": lambda: stated_png(0, 40),
    "a PNG with an unknown colour type": lambda: stated_png(6, 4, colour=5),
    "a PNG with a bomb of text": text_bomb,
    "a WebP that states a larger canvas": lambda: stated_webp(900, 600),
    "a JPEG of no height": lambda: stated_jpeg(60, 0),
    "a PHP script behind a PNG's signature": lambda: b"\x89PNG\r\n\x1a\n<?php phpinfo(); ?>" * 20,
}
TOO_LARGE = {
    "a PNG of 2,500 megapixels": lambda: stated_png(50_000, 50_000),
    "a PNG of 101 megapixels": lambda: stated_png(10_100, 10_000),
    "a PNG 20,001 pixels wide": lambda: stated_png(20_001, 10),
    "a JPEG of 4,000 megapixels": lambda: stated_jpeg(65_000, 65_000),
    "a JPEG 20,001 pixels high": lambda: stated_jpeg(10, 20_001),
    "a WebP of 200 megapixels": lambda: stated_webp(16_000, 12_500),
    "a PNG whose size overflows": lambda: stated_png(2**31 - 1, 2**31 - 1),
}
SEVERAL = {
    "a moving WebP": lambda: saved(Image.new("RGB", (90, 60)), "WEBP", **frames()),
    "a moving PNG": lambda: saved(Image.new("RGB", (90, 60)), "PNG", **frames()),
    "a JPEG of several views": lambda: saved(two_coloured(), "MPO", **frames()),
    "a JPEG with another as large": lambda: with_second(image_bytes()),
    "a JPEG of thousands of pictures": with_many_seconds,
    "a JPEG of a stereo camera": lambda: with_second(image_bytes(size=(30, 20)), kind=0x020002),
}
APPENDED = {
    "a JPEG that is an archive too": lambda: image_bytes() + archive(),
    "a PNG that is an archive too": lambda: clear_png() + archive(),
    "a WebP that is an archive too": lambda: HONEST["a WebP"]() + archive(),
    "a JPEG followed by HTML": lambda: image_bytes() + b"<script>alert(1)</script>",
    "a JPEG followed by a JPEG": lambda: image_bytes() + image_bytes(),
    "a JPEG followed by a smaller JPEG": lambda: image_bytes() + image_bytes(size=(6, 4)),
    "a JPEG followed by a PNG": lambda: image_bytes() + clear_png(),
    "a JPEG followed by an SVG": lambda: image_bytes() + b"note" + SVG,
    "a JPEG followed by PostScript": lambda: image_bytes() + saved(two_coloured(), "EPS"),
    "a JPEG followed by a PDF": lambda: image_bytes() + b"\n" + saved(two_coloured(), "PDF"),
    "a PNG followed by a PHP script": lambda: clear_png() + b"\r\n<?PHP phpinfo(); ?>",
    "a WebP followed by a program": lambda: HONEST["a WebP"]() + b"\x7fELF\2\1\1",
    "a phone's JPEG that is an archive too": lambda: with_trailer("a Samsung") + archive(),
    "a film's JPEG with HTML": lambda: image_bytes() + FILM + b"<HTML><body onload=alert(1)>",
    "a JPEG with a gain map, then an archive": lambda: (
        with_second(image_bytes(size=(30, 20))) + archive()
    ),
}
LABORIOUS = {
    "a JPEG of two hundred scans": many_scans,
    "a WebP of 90 megapixels": lambda: stated_webp(9_500, 9_500),
    "a PNG of 99 megapixels in colour": lambda: stated_png(9_950, 9_950),
}
HOSTILE = {
    **{name: (make, Reason.WRONG_KIND) for name, make in WRONG.items()},
    **{name: (make, Reason.BROKEN) for name, make in BROKEN.items()},
    **{name: (make, Reason.TOO_LARGE) for name, make in TOO_LARGE.items()},
    **{name: (make, Reason.SEVERAL) for name, make in SEVERAL.items()},
    **{name: (make, Reason.APPENDED) for name, make in APPENDED.items()},
    **{name: (make, Reason.LABORIOUS) for name, make in LABORIOUS.items()},
    "31 megabytes": (lambda: image_bytes() + bytes(MAX_BYTES), Reason.TOO_HEAVY),
    "nothing": (lambda: b"", Reason.WRONG_KIND),
}
