"""PDFs that were made to do harm, or came broken: each with what must become of it."""

import random
import zlib
from collections.abc import Callable

from .pdf_files import (
    FIRST_FREE,
    FONT,
    PAGES,
    encrypted_pdf,
    endless_tree_pdf,
    make_pdf,
    many_pages_pdf,
    nested_pdf,
    page_content,
    picture,
    scanned_pdf,
    scripted_pdf,
    sound_pdf,
    stream,
    unmapped_pdf,
    words,
)

READ = "read"  # harmless: what is harmful is left out
CONTENTS = b"/Contents 7 0 R"
BOX = b"/MediaBox [0 0 600 800]"


def bomb(megabytes: int, fill: bytes = b" ") -> bytes:
    """Return so many megabytes, deflated: one block again and again, each apart from the others."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(fill * (1024 * 1024 // len(fill))) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\xda" + block * megabytes + b"\x03\x00"


def filtered(data: bytes, name: str = "/FlateDecode", extra: str = "") -> bytes:
    """Return a page of which the content goes through a filter."""
    packed = stream(data, f"/Filter {name} {extra}")
    return make_pdf(page_content(), more=[packed]).replace(CONTENTS, b"/Contents 100 0 R")


def image(extra: str, data: bytes = b"\x80") -> bytes:
    """Return a page with an image of another kind."""
    packed = stream(data, f"/Type /XObject /Subtype /Image {extra}")
    content = page_content() + picture(100, 300, 300, 500).replace(b"/I1", b"/I2")
    return make_pdf(content, resources="/I2 100 0 R", more=[packed])


def form(content: bytes, extra: str = "") -> bytes:
    """Return a page that draws a group, numbered 100, with resources that hold itself."""
    head = "/Type /XObject /Subtype /Form /BBox [0 0 600 800]"
    own = f"/Resources << /XObject << /G 100 0 R >> /Font << /F1 {FONT} 0 R >> {extra} >>"
    more = [stream(content, f"{head} {own}")]
    return make_pdf(page_content() + b"/G Do\n", resources="/G 100 0 R", more=more)


def page(old: bytes, new: bytes) -> bytes:
    """Return a sound page in which something was replaced."""
    source = sound_pdf()
    assert old in source
    return source.replace(old, new, 1)


def font(entry: str, *more: bytes) -> bytes:
    """Return a page in a font with another entry; `more` objects are numbered from 100."""
    return make_pdf(page_content(), more=more).replace(
        b"/Subtype /Type0", f"/Subtype /Type0 {entry}".encode()
    )


def type3(drawing: bytes, resources: str = "") -> bytes:
    """Return a page with a character that is a drawing."""
    kind = (
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [.001 0 0 .001 0 0]"
        " /CharProcs << /a 101 0 R >> /Encoding << /Differences [97 /a] >> /FirstChar 97"
        f" /LastChar 97 /Widths [1000] /Resources << {resources} >> >>"
    )
    content = page_content() + b"BT /F2 20 Tf 40 300 Td (aaaa) Tj ET"
    source = make_pdf(content, more=[kind.encode(), stream(drawing)])
    return source.replace(b"/F1 3 0 R >>", b"/F1 3 0 R /F2 100 0 R >>", 1)


def pattern(step: str, content: bytes, own: str = "") -> bytes:
    """Return a page with an area in a pattern."""
    kind = (
        f"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] {step}"
        f" /Resources << {own} >>"
    )
    area = b"/Pattern cs /P1 scn 0 0 600 800 re f\n"
    source = make_pdf(area + page_content(), more=[stream(content, kind)])
    return source.replace(b"/XObject <<", b"/Pattern << /P1 100 0 R >> /XObject <<", 1)


def deep_tree(levels: int) -> bytes:
    """Return a page at the end of a tree of so many levels."""
    more = [
        f"<< /Type /Pages /Kids [{101 + n if n < levels - 1 else FIRST_FREE} 0 R] /Count 1 >>"
        for n in range(levels)
    ]
    return make_pdf(page_content(), more=[each.encode() for each in more], kids=[100])


def noise(length: int) -> bytes:
    """Return random bytes, always the same."""
    return random.Random(5).randbytes(length)


def action(entry: str) -> bytes:
    """Return a sound page with an action on opening."""
    return make_pdf(page_content(), catalogue=f"/OpenAction << {entry} >>")


XREF = b"xref\n0 1\n"
LOOP = "/Prev 9 /XRefStm 9"
HUGE = "/Width 60000 /Height 60000 /ColorSpace /DeviceGray /BitsPerComponent 8"
SMALL = "/Width 9 /Height 9 /ColorSpace /DeviceGray /BitsPerComponent 8"
FLATE = "/Filter /FlateDecode"
BROKEN = ("damaged", "no-text", "too-heavy", "too-slow")

# Each: what must become of it, one of several; and how it is made.
FILES: dict[str, tuple[tuple[str, ...], Callable[[], bytes]]] = {
    # no PDFs
    "a page of the web": (("not-pdf",), lambda: b"<!doctype html><title>A1.pdf</title>"),
    "a ZIP": (("not-pdf",), lambda: b"PK\x03\x04" + noise(500)),
    "an empty line": (("not-pdf",), lambda: b"\n"),
    "a picture": (("not-pdf",), lambda: b"\xff\xd8\xff\xe0" + noise(500)),
    "PostScript": (("not-pdf",), lambda: b"%!PS-Adobe-3.0\nshowpage\n"),
    "a name too late": (("not-pdf",), lambda: b" " * 2000 + sound_pdf()),
    # broken files
    "a name only": (("damaged",), lambda: b"%PDF-1.7\n"),
    "a name and an end": (("damaged",), lambda: b"%PDF-1.7\nstartxref\n0\n%%EOF\n"),
    "noise after the name": (("damaged",), lambda: b"%PDF-1.7\n" + noise(200_000)),
    "zeros after the name": (("damaged",), lambda: b"%PDF-1.7\n" + bytes(200_000)),
    "the first third": (("damaged",), lambda: sound_pdf()[: len(sound_pdf()) // 3]),
    "no table of places": ((READ,), lambda: page(XREF, b"xxxx\n0 1\n")),
    "a wrong start of the table": ((READ,), lambda: page(b"startxref\n", b"startxref\n99")),
    "tables that lead to each other": (
        (READ, "damaged"),
        lambda: make_pdf(page_content(), trailer=LOOP),
    ),
    "a length too long": ((READ, *BROKEN), lambda: page(b"/Length ", b"/Length 99999")),
    "a length below zero": ((READ, *BROKEN), lambda: page(b"/Length ", b"/Length -")),
    "a length that is itself": (
        (READ, *BROKEN),
        lambda: page(b"<< /Length ", b"<< /Length 7 0 R /L "),
    ),
    "no catalogue": (("damaged",), lambda: page(b"/Root 1 0 R", b"/Root 99 0 R")),
    "a stream of objects within itself": (
        (READ, *BROKEN),
        lambda: make_pdf(
            page_content(),
            more=[stream(b"100 0 100 0", "/Type /ObjStm /N 2 /First 8 /Extends 100 0 R")],
        ),
    ),
    # trees of pages
    "a tree that holds itself": (("damaged",), endless_tree_pdf),
    "ten thousand pages": (("too-many-pages",), lambda: many_pages_pdf(10_000)),
    "a thousand million pages": (
        (READ, "too-many-pages", "damaged"),
        lambda: page(b"/Count 1", b"/Count 999999999"),
    ),
    "fewer pages than none": ((READ, "damaged"), lambda: page(b"/Count 1", b"/Count -9")),
    "no pages": (("damaged",), make_pdf),
    "pages that are a number": (("damaged",), lambda: page(b"/Kids [6 0 R]", b"/Kids 6")),
    "a tree of a thousand levels": ((READ, *BROKEN), lambda: deep_tree(1_000)),
    "a page that is the tree": (
        ("damaged",),
        lambda: make_pdf(page_content(), kids=[PAGES, PAGES]),
    ),
    # sizes
    "a page without a size": ((READ,), lambda: page(BOX, b"")),
    "a page of no size": ((READ, *BROKEN), lambda: page(BOX, b"/MediaBox [0 0 0 0]")),
    "a page of thousands of kilometres": (
        (READ, *BROKEN),
        lambda: page(BOX, b"/MediaBox [0 0 1e10 1e10]"),
    ),
    "a page that is no number": ((READ, *BROKEN), lambda: page(BOX, b"/MediaBox [0 0 nan 800]")),
    "a page upside down": ((READ, *BROKEN), lambda: page(BOX, b"/MediaBox [600 800 0 0]")),
    # content
    "a thousand megabytes of blanks": (
        ("too-heavy", "too-slow", "damaged"),
        lambda: filtered(bomb(1000)),
    ),
    "blanks packed twice": (
        BROKEN,
        lambda: filtered(zlib.compress(bomb(1000)), "[/FlateDecode /FlateDecode]"),
    ),
    "runs of blanks": (BROKEN, lambda: filtered(b"\x81 " * 3_000_000, "/RunLengthDecode")),
    "noise in place of content": (BROKEN, lambda: filtered(noise(5000))),
    "a million operators": (
        ("too-slow", "too-heavy", "no-text", READ),
        lambda: filtered(bomb(20, b"q 1 0 0 1 0 0 cm Q\n")),
    ),
    "a million lines": (BROKEN, lambda: filtered(bomb(40, b"0 0 m 9 9 l S\n"))),
    "states that never end": (BROKEN, lambda: filtered(bomb(20, b"q\n"))),
    "a million characters": (
        ("too-long", "too-slow", "too-heavy"),
        lambda: filtered(bomb(20, words(9, 9, 9, "满版的字"))),
    ),
    "numbers of a thousand digits": (
        (READ, *BROKEN),
        lambda: make_pdf(b"9" * 1000 + b" 0 0 1 0 0 cm\n" + page_content()),
    ),
    "groups in groups": (BROKEN, nested_pdf),
    "a group that draws itself": ((READ, *BROKEN), lambda: form(b"/G Do\n" * 9)),
    # pictures
    "a picture of 3,600 megapixels": ((READ, *BROKEN), lambda: image(HUGE)),
    "a picture that unpacks to a thousand megabytes": (
        (READ, *BROKEN),
        lambda: image(f"{HUGE} {FLATE}", bomb(1000, b"\x00")),
    ),
    "JPEG 2000 of noise": (
        (READ, *BROKEN),
        lambda: image(f"{SMALL} /Filter /JPXDecode", noise(9000)),
    ),
    "JBIG2 of noise": ((READ, *BROKEN), lambda: image(f"{HUGE} /Filter /JBIG2Decode", noise(9000))),
    "a facsimile of noise": (
        (READ, *BROKEN),
        lambda: image(
            f"{HUGE} /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 60000 >>", noise(9000)
        ),
    ),
    "a picture that is its own mask": ((READ, *BROKEN), lambda: image(f"{SMALL} /SMask 100 0 R")),
    # patterns and fonts
    "a pattern of millions of tiles": (
        (READ, *BROKEN),
        lambda: pattern("/XStep .001 /YStep .001", b"0 0 9 9 re f"),
    ),
    "a pattern in itself": (
        (READ, *BROKEN),
        lambda: pattern(
            "/XStep 9 /YStep 9", b"/Pattern cs /P1 scn 0 0 9 9 re f", "/Pattern << /P1 100 0 R >>"
        ),
    ),
    "a character that writes itself": (
        (READ, *BROKEN),
        lambda: type3(b"1000 0 d0 BT /F2 1 Tf (aaaa) Tj ET", "/Font << /F2 100 0 R >>"),
    ),
    "a table of characters that unpacks without end": (
        (READ, *BROKEN),
        lambda: font("/ToUnicode 100 0 R", stream(bomb(700, b"<0041> <0042>\n"), FLATE)),
    ),
    "a font file that unpacks without end": (
        (READ, *BROKEN),
        lambda: page(b"/StemV 80", b"/StemV 80 /FontFile2 90 0 R").replace(
            b"/Width 1 ", b"/Width 9 "
        ),
    ),
    "a font that is its own descendant": (
        (READ, *BROKEN, "no-unicode"),
        lambda: page(b"/DescendantFonts [4 0 R]", b"/DescendantFonts [3 0 R]"),
    ),
    # locked, without text, or with more than a page
    "a password": (("encrypted",), encrypted_pdf),
    "an unknown lock": (
        ("encrypted", "damaged"),
        lambda: make_pdf(page_content(), trailer="/Encrypt << /Filter /Other /V 9 >>"),
    ),
    "a scan": (("no-text",), scanned_pdf),
    "a font without characters": (("no-unicode",), unmapped_pdf),
    "a script and an attached file": ((READ,), scripted_pdf),
    "a program to start": ((READ,), lambda: action("/S /Launch /F (cmd.exe)")),
    "an address to open": ((READ,), lambda: action("/S /URI /URI (http://example.com/)")),
    "a file of this computer": (
        (READ,),
        lambda: page(b"<< /Length ", b"<< /F (/etc/passwd) /FFilter /ASCIIHexDecode /Length "),
    ),
}
