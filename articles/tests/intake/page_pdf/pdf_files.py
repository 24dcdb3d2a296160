"""PDFs made by hand, sound ones and hostile ones; no library writes what these hold."""

from collections.abc import Sequence

CATALOGUE, PAGES, FONT, DESCENDANT, DESCRIPTOR = 1, 2, 3, 4, 5
FIRST_FREE = 6
SIZE = (600, 800)


def words(x: float, y: float, size: float, text: str) -> bytes:
    """Return the operators that print a line; y counts from the top, to its base line."""
    code = text.encode("utf-16-be").hex()
    return f"BT /F1 {size} Tf {x} {SIZE[1] - y} Td <{code}> Tj ET\n".encode()


def column(x: float, y: float, lines: Sequence[str], *, size: float = 10) -> bytes:
    """Return a column of lines; a line that begins with two blanks of 字 is indented."""
    found = b""
    for number, line in enumerate(lines):
        bare = line.lstrip("\u3000")
        indent = (len(line) - len(bare)) * size
        found += words(x + indent, y + number * size * 1.4, size, bare)
    return found


def picture(left: float, top: float, right: float, bottom: float) -> bytes:
    """Return the operators that draw a picture."""
    across, down = right - left, bottom - top
    return f"q {across} 0 0 {down} {left} {SIZE[1] - bottom} cm /I1 Do Q\n".encode()


def stream(content: bytes, extra: str = "") -> bytes:
    """Return a stream object."""
    head = f"<< /Length {len(content)} {extra} >>\nstream\n".encode()
    return head + content + b"\nendstream"


IMAGE = stream(
    b"\x80",
    "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
)


def make_pdf(
    *contents: bytes,
    kids: Sequence[int] | None = None,
    catalogue: str = "",
    trailer: str = "",
    encoding: str = "UniGB-UCS2-H",
    resources: str = "",
    more: Sequence[bytes] = (),
) -> bytes:
    """Return a PDF with a page for each content; `more` objects are numbered from 100."""
    numbers = [FIRST_FREE + 2 * number for number in range(len(contents))]
    listed = " ".join(f"{number} 0 R" for number in (kids if kids is not None else numbers))
    count = len(kids if kids is not None else numbers)
    objects = {
        CATALOGUE: f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>".encode(),
        PAGES: f"<< /Type /Pages /Kids [{listed}] /Count {count} >>".encode(),
        FONT: (
            f"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /{encoding}"
            f" /DescendantFonts [{DESCENDANT} 0 R] >>"
        ).encode(),
        DESCENDANT: (
            "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
            f"/CIDSystemInfo << /Registry (Adobe) /Ordering ({_ordering(encoding)})"
            f" /Supplement 2 >> /FontDescriptor {DESCRIPTOR} 0 R >>"
        ).encode(),
        DESCRIPTOR: (
            b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /Ascent 880"
            b" /Descent -120 /CapHeight 880 /StemV 80 /ItalicAngle 0"
            b" /FontBBox [0 -120 1000 880] >>"
        ),
        90: IMAGE,
    }
    for number, content in zip(numbers, contents, strict=True):
        objects[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {SIZE[0]} {SIZE[1]}]"
            f" /Contents {number + 1} 0 R /Resources << /Font << /F1 {FONT} 0 R >>"
            f" /XObject << /I1 90 0 R {resources} >> >> >>"
        ).encode()
        objects[number + 1] = stream(content)
    objects |= {100 + number: each for number, each in enumerate(more)}
    return _written(objects, trailer)


def _ordering(encoding: str) -> str:
    return "Identity" if encoding == "Identity-H" else "GB1"


def _written(objects: dict[int, bytes], trailer: str) -> bytes:
    out, places = b"%PDF-1.7\n", {}
    for number, content in sorted(objects.items()):
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += f"{number} 1\n{place:010} 00000 n \n".encode()
    size = max(places) + 1
    return out + (
        f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    )


HEADLINE = "河埠街道启用便民服务点"
FIRST = [
    "\u3000\u3000本报讯（记者 吴桐）昨天，",
    "河埠街道的便民服务点启用，附",
    "近居民前来办事，窗口的工作人",
    "员逐一作了解答。",
    "\u3000\u3000工程分三段推进，先通水，",
    "再铺路，最后补种树",
]
SECOND = ["木。", "\u3000\u3000计划年内再建三处，覆盖十", "二个村。"]
FOLIO = words(40, 30, 10, "A2 要闻") + words(300, 30, 10, "2026年11月30日 星期一")


def page_content(*, label: str = "A2") -> bytes:
    """Return a page: a folio, a headline over two columns, in the second a picture."""
    folio = words(40, 30, 10, f"{label} 要闻") + words(300, 30, 10, "2026年11月30日 星期一")
    return (
        folio
        + words(90, 80, 22, HEADLINE)
        + column(40, 110, FIRST)
        + picture(200, 100, 340, 150)
        + column(200, 162, ["图为便民服务点。 吴桐 摄"], size=8)
        + column(200, 182, SECOND)
    )


def sound_pdf() -> bytes:
    """Return a PDF of one page."""
    return make_pdf(page_content())


def encrypted_pdf() -> bytes:
    """Return a PDF that opens with a password only."""
    key = "00" * 32
    encrypt = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -4 >>"
    return make_pdf(page_content(), trailer=f"{encrypt} /ID [<00> <00>]")


def many_pages_pdf(count: int) -> bytes:
    """Return a PDF with one page so many times."""
    return make_pdf(page_content(), kids=[FIRST_FREE] * count)


def endless_tree_pdf() -> bytes:
    """Return a PDF of which the tree of pages holds itself."""
    return make_pdf(kids=[PAGES])


def scripted_pdf() -> bytes:
    """Return a sound page with a script that runs on opening, a link and an attached file."""
    action = "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"
    names = "/Names << /EmbeddedFiles << /Names [(a.exe) 100 0 R] >> >>"
    attached = [b"<< /Type /Filespec /F (a.exe) /EF << /F 101 0 R >> >>", stream(b"MZ")]
    return make_pdf(page_content(), catalogue=f"{action} {names}", more=attached)


def nested_pdf(depth: int = 9, times: int = 12) -> bytes:
    """Return a page that draws a group, which draws another several times, and so on."""
    forms = []
    for number in range(depth):
        inner = f"/N {101 + number} 0 R" if number < depth - 1 else ""
        content = b"/N Do\n" * times if inner else words(1, 1, 9, "尽")
        extra = (
            "/Type /XObject /Subtype /Form /BBox [0 0 600 800] "
            f"/Resources << /Font << /F1 {FONT} 0 R >> /XObject << {inner} >> >>"
        )
        forms.append(stream(content, extra))
    return make_pdf(page_content() + b"/G Do\n", resources="/G 100 0 R", more=forms)


def scanned_pdf() -> bytes:
    """Return a page that is one picture."""
    return make_pdf(picture(0, 0, *SIZE))


def unmapped_pdf() -> bytes:
    """Return a page in a font that does not tell its characters."""
    return make_pdf(page_content(), encoding="Identity-H")


def partly_unmapped_pdf() -> bytes:
    """Return a page that ends in three characters, of which a font does not tell the second.

    A blank of the same font follows it.
    """
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [.001 0 0 .001 0 0]"
        b" /CharProcs << /x1 101 0 R /x2 102 0 R >> /Encoding << /Differences [1 /x1 /x2] >>"
        b" /FirstChar 1 /LastChar 2 /Widths [1000 1000] >>"
    )
    drawings = stream(b"1000 0 d0 100 100 300 800 re f"), stream(b"1000 0 d0")
    ending = b"BT /F1 10 Tf 40 400 Td <8B66> Tj /F2 10 Tf <0102> Tj /F1 10 Tf <76CA> Tj ET"
    source = make_pdf(page_content() + ending, more=[font, *drawings])
    return source.replace(b"/F1 3 0 R >>", b"/F1 3 0 R /F2 100 0 R >>", 1)


HOSTILE = {
    "not-pdf": b"<!doctype html><title>A1.pdf</title>",
    "encrypted": encrypted_pdf(),
    "too-many-pages": many_pages_pdf(10_000),
    "no-text": scanned_pdf(),
    "no-unicode": unmapped_pdf(),
}
DAMAGED = {
    "cut off": sound_pdf()[:300],
    "nothing but a name": b"%PDF-1.7\n",
    "a tree that holds itself": endless_tree_pdf(),
    "no pages": make_pdf(),
}


TWO_PAGES = make_pdf(*(page_content(label=label) for label in ("A1", "A2")))
