"""Child process: a page of a PDF → pictures of it, and a PDF with what is printed and no more.

    python -I renderer page FILE NUMBER FOLDER      its pictures and page.pdf
    python -I renderer cover FILE POLYGONS FOLDER   its pictures, with polygons painted over
    python -I renderer join FILE … FOLDER           issue.pdf, with the pages of all files

It prints what it made as JSON. No Django and no import of the project: it runs alone, with limits
of time and memory, and can be killed. PDFium is never loaded by a process that serves requests.
"""

import ctypes
import json
import resource
import sys
from collections.abc import Iterable
from pathlib import Path

import pypdfium2.raw as pdfium
from bare_pdf import write_bare
from PIL import Image, ImageDraw, ImageFilter

MEMORY = 500 * 1024 * 1024
SECONDS = 20
LARGEST_FILE = 150 * 1024 * 1024
MOST_PAGES = 40
ENCRYPTED = 4  # FPDF_ERR_PASSWORD
WIDTHS, LARGE = (480, 960, 1600), 2600
TALLEST, LEAST_SIDE, MOST_SIDE = 4800, 10, 14_400  # pixels; points
# A phone loads one of these first: quality, and then sharpness, give way until it is light.
LIGHT, LIGHT_BYTES = 960, 150_000
QUALITIES = ((60, 0), (45, 0), (32, 0), (26, 0.6), (24, 0.9), (20, 1.3), (10, 2))
COVER, EDGE = (228, 228, 228), (170, 170, 170)


class UnusablePdfError(Exception):
    """No picture can be made of a PDF; the argument is a code."""


def limit_resources() -> None:
    """Limit memory, processor time and the size of files of this process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def open_document(file: Path):
    """Return the open document. Raises UnusablePdfError."""
    document = pdfium.FPDF_LoadDocument(str(file).encode(), None)
    if not document:
        is_encrypted = pdfium.FPDF_GetLastError() == ENCRYPTED
        raise UnusablePdfError("encrypted" if is_encrypted else "damaged")
    count = pdfium.FPDF_GetPageCount(document)
    if not 1 <= count <= MOST_PAGES:
        raise UnusablePdfError("damaged" if count < 1 else "too-many-pages")
    return document


class PrintedPage:
    """A page of an open document, as it is shown without annotations and forms."""

    def __init__(self, document, number: int = 0):
        self.page = pdfium.FPDF_LoadPage(document, number)
        if not self.page:
            raise UnusablePdfError("damaged")
        width = pdfium.FPDF_GetPageWidthF(self.page)
        self.size = width, pdfium.FPDF_GetPageHeightF(self.page)
        longest, shortest = max(self.size), min(self.size)
        if not LEAST_SIDE <= shortest <= longest <= min(MOST_SIDE, 12 * shortest):
            raise UnusablePdfError("damaged")

    def picture(self, across: int = LARGE) -> Image.Image:
        """Return a picture of a width, or less where the page is very tall."""
        scale = min(across / self.size[0], TALLEST / self.size[1])
        width, height = (max(round(side * scale), 1) for side in self.size)
        bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGR, None, 0)
        if not bitmap:
            raise MemoryError
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, self.page, 0, 0, width, height, 0, 0)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
        pdfium.FPDFBitmap_Destroy(bitmap)
        return Image.frombuffer("RGB", (width, height), pixels, "raw", "BGR", stride, 1)


# Pictures


def save_pictures(large: Image.Image, folder: Path) -> list[tuple[int, int]]:
    """Write the large picture and the smaller ones; return their sizes."""
    sizes = []
    for width in (*(each for each in WIDTHS if each < 0.85 * large.width), large.width):
        size = width, max(round(large.height * width / large.width), 1)
        shown = large if size == large.size else shrunk(large, size)
        save_picture(shown, folder / f"{width}.webp", "WEBP", method=2)
        save_picture(shown, folder / f"{width}.jpg", "JPEG", optimize=True, progressive=True)
        sizes.append(size)
    return sizes


def shrunk(large: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Return a smaller picture."""
    return large.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def save_picture(picture: Image.Image, file: Path, kind: str, **options) -> None:
    """Write a picture; one that must be light is tried until it is."""
    for quality, softness in QUALITIES:
        shown = picture.filter(ImageFilter.GaussianBlur(softness)) if softness else picture
        shown.save(file, kind, quality=quality, **options)
        if picture.width > LIGHT or file.stat().st_size <= LIGHT_BYTES:
            return


def paint_over(picture: Image.Image, polygons: Iterable[list]) -> None:
    """Paint polygons over, whose points are ‰ of the picture."""
    draw = ImageDraw.Draw(picture)
    across, down = picture.size
    for polygon in polygons:
        points = [(x * across / 1000, y * down / 1000) for x, y in polygon]
        draw.polygon(points, fill=COVER, outline=EDGE, width=3)


# PDFs


def copy_pages(sources: Iterable[tuple], file: Path) -> None:
    """Write a new document with pages (document, number) of others. Raises UnusablePdfError."""
    copy = pdfium.FPDF_CreateNewDocument()
    for place, (document, number) in enumerate(sources):
        numbers = (ctypes.c_int * 1)(number)
        if not pdfium.FPDF_ImportPagesByIndex(copy, document, numbers, 1, place):
            raise UnusablePdfError("damaged")
    with file.open("wb") as out:
        writing = pdfium.FPDF_FILEWRITE(version=1)

        def write_block(_, data, size):
            out.write(ctypes.string_at(data, size))
            return 1

        writing.WriteBlock = type(writing.WriteBlock)(write_block)
        if not pdfium.FPDF_SaveAsCopy(copy, writing, pdfium.FPDF_NO_INCREMENTAL):
            raise UnusablePdfError("damaged")


def save_bare_page(document, number: int, folder: Path) -> None:
    """Write page.pdf, a page without anything that can be opened, followed or run.

    Raises UnusablePdfError where it would show what the page hides.
    """
    rough, file = folder / "rough.pdf", folder / "page.pdf"
    copy_pages([(document, number)], rough)
    if write_bare(rough, file):
        before, after = PrintedPage(document, number), PrintedPage(open_document(file))
        if before.picture(600).tobytes() != after.picture(600).tobytes():
            raise UnusablePdfError("layers")
    rough.unlink()


# Commands


def make_page(file: str, number: str, folder: str) -> dict:
    """Write the pictures and the PDF of a page."""
    document = open_document(Path(file))
    page = PrintedPage(document, int(number))
    save_bare_page(document, int(number), Path(folder))
    pictures = save_pictures(page.picture(), Path(folder))
    pages = pdfium.FPDF_GetPageCount(document)
    return {"pages": pages, "size": page.size, "pictures": pictures}


def cover(file: str, polygons: str, folder: str) -> dict:
    """Write the pictures of a page of one's own, with polygons painted over."""
    large = PrintedPage(open_document(Path(file))).picture()
    paint_over(large, json.loads(polygons))
    return {"pictures": save_pictures(large, Path(folder))}


def join(*names: str) -> dict:
    """Write the PDF of an issue."""
    *files, folder = map(Path, names)
    documents = [open_document(file) for file in files]
    copy_pages([(document, 0) for document in documents], folder / "issue.pdf")
    return {"pages": len(documents)}


def main() -> None:
    """Carry out a command and print what it made, or the code of why not."""
    limit_resources()
    try:
        made = {"page": make_page, "cover": cover, "join": join}[sys.argv[1]](*sys.argv[2:])
    except UnusablePdfError as error:
        made = {"error": error.args[0]}
    except MemoryError:
        made = {"error": "too-heavy"}
    sys.stdout.write(json.dumps(made))


if __name__ == "__main__":
    main()
