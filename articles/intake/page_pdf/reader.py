"""Child process: print one page of a PDF as JSON: characters, rules, pictures.

    python -I reader.py FILE NUMBER

No Django and no import of the project: it runs alone, with limits of time and memory, and can be
killed. PDFium is never loaded by a process that serves requests. Nothing of the PDF is executed:
this build of PDFium has no JavaScript engine, and forms, links and attachments are not opened.
"""

import ctypes
import json
import math
import resource
import sys
import unicodedata

import pypdfium2.raw as pdfium

MEMORY = 500 * 1024 * 1024
SECONDS = 15
MOST_PAGES = 40
MOST_CHARACTERS = 30_000
MOST_OBJECTS = 40_000
DEEPEST = 4  # of groups in groups
ENCRYPTED = 4  # FPDF_ERR_PASSWORD
ASCENT = 0.88  # of an em box, above the base line
DOTS, MOST_PIXELS = 110, 3_000  # of the rendering, an inch and a side
UNKNOWN = (0, 0xFFFE, 0xFFFF, 0xFFFD, *range(0xD800, 0xE000))
MARK = "\ufffd"  # stands for a character of which the font does not tell which it is
HIGH, LOW = 0xD800 >> 10, 0xDC00 >> 10  # the halves of a pair
Box = tuple[float, float, float, float]


def limit_resources() -> None:
    """Limit memory and processor time of this process; it may write no file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class UnreadablePdfError(Exception):
    """A PDF cannot be read; the argument is a code."""


class PageReader:
    """One page of an open document; boxes count from its upper left corner, in points."""

    def __init__(self, page):
        self.page = page
        area = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, area)
        self.left, self.bottom = area.left, area.bottom
        self.right, self.top = area.right, area.top
        self.turns = pdfium.FPDFPage_GetRotation(page) % 4

    @property
    def size(self) -> tuple[float, float]:
        """The width and height of the page as it is shown."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return a box of the PDF as one of the shown page: left, top, right, bottom."""
        one, two = self._point(left, top), self._point(right, bottom)
        xs, ys = sorted((one[0], two[0])), sorted((one[1], two[1]))
        return tuple(round(value, 2) for value in (xs[0], ys[0], xs[1], ys[1]))

    def _point(self, x: float, y: float) -> tuple[float, float]:
        right, down = x - self.left, self.top - y
        width, height = self.right - self.left, self.top - self.bottom
        return (
            (right, down),
            (height - down, right),
            (width - right, height - down),
            (down, width - right),
        )[self.turns]


class CharacterReader:
    """The characters of a page in the order of its content."""

    def __init__(self, reader: PageReader):
        self.reader = reader
        self.text = pdfium.FPDFText_LoadPage(reader.page)
        self.fonts: dict[str, int] = {}
        self.without_unicode = 0
        self.has_space = False
        self.origin, self.end = (0.0, 0.0), 0.0  # of the last character

    def read(self) -> list[list]:
        """Return a row for each character that prints: see Character in parse/page_pdf/types."""
        count = pdfium.FPDFText_CountChars(self.text)
        if count > MOST_CHARACTERS:
            raise UnreadablePdfError("too-long")
        found = [self._character(number) for number in range(max(count, 0))]
        return [row for row in found if row]

    def _character(self, number: int) -> list | None:
        character = self._printed(number)
        if character.isspace():
            self.has_space = self.has_space or character not in "\r\n"
            return None
        if character < " " or pdfium.FPDFText_IsGenerated(self.text, number) == 1:
            return None
        size, colour = self._style(number)
        angle = round(math.degrees(pdfium.FPDFText_GetCharAngle(self.text, number))) % 360
        box = self._box(number, character, size, angle)
        if box is None:
            return None
        is_spaced, self.has_space = self.has_space, False
        angle = (angle + 90 * self.reader.turns) % 360
        return [character, *box, self._font(number), size, colour, angle, is_spaced]

    def _printed(self, number: int) -> str:
        """Return what a character prints; one beyond U+FFFF comes in two halves."""
        get = pdfium.FPDFText_GetUnicode
        before, code, after = (get(self.text, number + step) for step in (-1, 0, 1))
        if code >> 10 == LOW and before >> 10 == HIGH:
            return "\n"  # as nothing: the first half is the whole character
        if code >> 10 == HIGH and after >> 10 == LOW:
            return chr(0x10000 + (code % 0x400 << 10) + after % 0x400)
        if pdfium.FPDFText_IsHyphen(self.text, number) == 1:
            return "-"  # which has no code at the end of a line
        if code in UNKNOWN or pdfium.FPDFText_HasUnicodeMapError(self.text, number) == 1:
            self.without_unicode += 1
            return MARK
        return chr(code)

    def _box(self, number: int, character: str, size: float, angle: int) -> Box | None:
        """Return the em box of an upright character: its ink would depend on its strokes."""
        loose, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        if not pdfium.FPDFText_GetLooseCharBox(self.text, number, loose):
            return None
        if angle or not pdfium.FPDFText_GetCharOrigin(self.text, number, x, y):
            return self.reader.box(loose.left, loose.bottom, loose.right, loose.top)
        is_wide = unicodedata.east_asian_width(character) in "WF" or character in "—…"
        width = size if is_wide else max(loose.right - x.value, 0.1 * size)
        left, bottom = x.value, y.value - (1 - ASCENT) * size
        if (left, bottom) == self.origin:  # one glyph for two characters, as for a long dash
            left = self.end
        self.origin, self.end = (x.value, bottom), left + width
        return self.reader.box(left, bottom, left + width, bottom + size)

    def _font(self, number: int) -> int:
        name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
        pdfium.FPDFText_GetFontInfo(self.text, number, name, 128, flags)
        plain = name.value.decode("utf-8", "replace").split("+", 1)[-1]
        return self.fonts.setdefault(plain, len(self.fonts))

    def _style(self, number: int) -> tuple[float, int]:
        """Return size in points and colour as 0xRRGGBB."""
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        pdfium.FPDFText_GetFillColor(self.text, number, red, green, blue, alpha)
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self.text, number, matrix)
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        size = abs(pdfium.FPDFText_GetFontSize(self.text, number)) * scale
        return max(round(size, 2), 0.01), red.value << 16 | green.value << 8 | blue.value


def add_ink(reader: PageReader, rows: list[list]) -> None:
    """Append to each character how dark a rendering of it is: fonts often tell no weight."""
    scale = min(DOTS / 72, MOST_PIXELS / max(*reader.size, 1))
    width, height = (max(int(side * scale), 1) for side in reader.size)
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, None, 0)
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
    pdfium.FPDF_RenderPageBitmap(bitmap, reader.page, 0, 0, width, height, 0, 0)
    stride = pdfium.FPDFBitmap_GetStride(bitmap)
    pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    for row in rows:
        left, top, right, bottom = (max(int(side * scale), 0) for side in row[1:5])
        lines = [
            pixels[y * stride + left : y * stride + min(right, width)]
            for y in range(top, min(bottom, height))
        ]
        row.append(darkness(b"".join(lines)))


def darkness(pixels: bytes) -> float:
    """Return how far pixels are on average from their ground, be it light or dark."""
    if not pixels:
        return 0.0
    lightest, darkest, mean = max(pixels), min(pixels), sum(pixels) / len(pixels)
    return round(min(lightest - mean, mean - darkest) / 255, 3)


class ObjectReader:
    """The rules, areas and pictures of a page, those in groups too."""

    def __init__(self, reader: PageReader):
        self.reader, self.seen = reader, 0
        self.shapes: list[list] = []
        self.pictures: list[Box] = []

    def read(self) -> None:
        """Read all objects of the page."""
        count = pdfium.FPDFPage_CountObjects(self.reader.page)
        objects = (pdfium.FPDFPage_GetObject(self.reader.page, n) for n in range(count))
        self._read(objects, (1, 0, 0, 1, 0, 0), 0)

    def _read(self, objects, matrix: tuple, depth: int) -> None:
        for each in objects:
            self.seen += 1
            if self.seen > MOST_OBJECTS:
                return
            kind = pdfium.FPDFPageObj_GetType(each)
            if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
                self._read_form(each, matrix, depth)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self.pictures.append(self._bounds(each, matrix))
            elif kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._read_path(each, matrix)

    def _read_form(self, form, matrix: tuple, depth: int) -> None:
        own = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(form, own)
        inner = (own.a, own.b, own.c, own.d, own.e, own.f)
        count = pdfium.FPDFFormObj_CountObjects(form)
        objects = (pdfium.FPDFFormObj_GetObject(form, n) for n in range(max(count, 0)))
        self._read(objects, multiply(inner, matrix), depth + 1)

    def _read_path(self, path, matrix: tuple) -> None:
        fill, is_stroked = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(path, fill, is_stroked)
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        get = "FPDFPageObj_GetFillColor" if fill.value else "FPDFPageObj_GetStrokeColor"
        getattr(pdfium, get)(path, red, green, blue, alpha)
        if alpha.value and (fill.value or is_stroked.value):
            colour = red.value << 16 | green.value << 8 | blue.value
            self.shapes.append([*self._bounds(path, matrix), colour, bool(fill.value)])

    def _bounds(self, each, matrix: tuple) -> Box:
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        pdfium.FPDFPageObj_GetBounds(each, left, bottom, right, top)
        corners = [
            (x * matrix[0] + y * matrix[2] + matrix[4], x * matrix[1] + y * matrix[3] + matrix[5])
            for x in (left.value, right.value)
            for y in (bottom.value, top.value)
        ]
        xs, ys = zip(*corners, strict=True)
        return self.reader.box(min(xs), min(ys), max(xs), max(ys))


def multiply(inner: tuple, outer: tuple) -> tuple:
    """Return the matrix that applies `inner` and then `outer`."""
    p, q, r, s, x, y = outer
    rows = (inner[:2], inner[2:4], inner[4:])
    one, two, (right, down) = ((a * p + b * r, a * q + b * s) for a, b in rows)
    return *one, *two, right + x, down + y


def open_document(file: str):
    """Return the open document. Raises UnreadablePdfError."""
    document = pdfium.FPDF_LoadDocument(file.encode(), None)
    if not document:
        is_encrypted = pdfium.FPDF_GetLastError() == ENCRYPTED
        raise UnreadablePdfError("encrypted" if is_encrypted else "damaged")
    count = pdfium.FPDF_GetPageCount(document)
    if not 1 <= count <= MOST_PAGES:
        raise UnreadablePdfError("damaged" if count < 1 else "too-many-pages")
    return document, count


def read_page(file: str, number: int) -> dict:
    """Return the page of a PDF as plain data. Raises UnreadablePdfError."""
    document, count = open_document(file)
    page = pdfium.FPDF_LoadPage(document, number)
    if not page:
        raise UnreadablePdfError("damaged")
    reader = PageReader(page)
    objects, characters = ObjectReader(reader), CharacterReader(reader)
    objects.read()
    rows = characters.read()
    add_ink(reader, rows)
    return {
        "pages": count,
        "size": [round(side, 2) for side in reader.size],
        "characters": [row for row in rows if row[0] != MARK or row[-1]],  # or it is a blank
        "fonts": list(characters.fonts),
        "shapes": objects.shapes,
        "pictures": objects.pictures,
        "without_unicode": characters.without_unicode,
    }


def main() -> None:
    """Print the page, or the code of why it cannot be read."""
    limit_resources()
    try:
        found = read_page(sys.argv[1], int(sys.argv[2]))
    except UnreadablePdfError as error:
        found = {"error": error.args[0]}
    except MemoryError:
        found = {"error": "too-heavy"}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
