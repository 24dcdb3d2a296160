"""Pictures with metadata for tests: IPTC of photo desks, XMP, EXIF, marks of generation."""

import struct

from PIL import Image, PngImagePlugin
from PIL.ExifTags import IFD, Base

from articles.tests.picture_cases import saved, two_coloured

NUMBERS = {
    **{"title": 5, "keywords": 25, "date": 55, "byline": 80, "city": 90, "location": 92},
    **{"province": 95, "headline": 105, "credit": 110, "source": 115, "caption": 120},
}
UTF8 = b"\x1c\x01\x5a\0\3\x1b%G"
XMP = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
    ' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"'
    ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
    "{attributes}>{elements}"
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
)
TC260 = ' xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/"'


def dataset(number: int, value: bytes) -> bytes:
    """One dataset of record 2."""
    return struct.pack(">BBBH", 0x1C, 2, number, len(value)) + value


def iptc(*, encoding="utf-8", states_utf8=False, **values) -> bytes:
    """The datasets of IPTC-IIM with these values, each a text or a list of them."""
    block = UTF8 if states_utf8 else b""
    for name, texts in values.items():
        for text in [texts] if isinstance(texts, str) else texts:
            block += dataset(NUMBERS[name], text.encode(encoding))
    return block


def with_iptc(block: bytes) -> bytes:
    """A JPEG with datasets in the block of Photoshop."""
    resource = (
        b"8BIM\x04\x04\0\0" + struct.pack(">L", len(block)) + block + b"\0" * (len(block) % 2)
    )
    content = b"Photoshop 3.0\0" + resource
    data = saved(two_coloured(), "JPEG")
    return data[:2] + b"\xff\xed" + struct.pack(">H", len(content) + 2) + content + data[2:]


def packet(elements="", attributes="") -> bytes:
    """An XMP packet."""
    return XMP.format(elements=elements, attributes=attributes).encode()


def with_xmp(xmp: bytes, format="JPEG") -> bytes:
    """A picture with an XMP packet."""
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", xmp.decode())
    return saved(two_coloured(), format, xmp=xmp, **{"pnginfo": info} if format == "PNG" else {})


def with_exif(*, description=None, artist=None, comment=None, keywords=None, taken=None) -> bytes:
    """A JPEG with what a camera or Windows writes."""
    exif = Image.Exif()
    ascii_tags = {Base.ImageDescription: description, Base.Artist: artist}
    wide_tags = {Base.XPComment: comment, Base.XPKeywords: keywords}
    exif.update({tag: value for tag, value in ascii_tags.items() if value})
    exif.update({t: v.encode("utf-16-le") + b"\0\0" for t, v in wide_tags.items() if v})
    if taken:
        exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = taken
    return saved(two_coloured(), "JPEG", exif=exif)
