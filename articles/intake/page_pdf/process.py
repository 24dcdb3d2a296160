"""Read a PDF, each page in a child process that is killed when it takes too long."""

import json
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from articles.facsimiles.process import LARGEST, is_pdf
from articles.intake.parse.page_pdf.types import Character, PrintedPage, Shape

READER = Path(__file__).with_name("reader.py")
PAGE_SECONDS, ALL_SECONDS = 15, 120
# Fewer characters than this, with a picture over most of the page, are a scan.
FEWEST = 20
UNKNOWN, WITHOUT_UNICODE = "\ufffd", 0.3  # the mark of such a character, and how many may be


class PdfRefusedError(Exception):
    """A PDF cannot be read; the argument is a code of `articles.intake.pdf_pages`."""


def read_pages(source: bytes) -> Iterator[PrintedPage]:
    """Yield the pages of a PDF. Raises PdfRefusedError; no query.

    A page takes about 0.4 s in a process of its own, at most 15 s and 500 MB.
    """
    if not is_pdf(source):
        raise PdfRefusedError("not-pdf")
    if len(source) > LARGEST:
        raise PdfRefusedError("too-heavy")
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(source)
        file.flush()
        yield from _pages(file.name)


def _pages(name: str) -> Iterator[PrintedPage]:
    deadline, number, count = time.monotonic() + ALL_SECONDS, 0, 1
    while number < count:
        seconds = min(PAGE_SECONDS, deadline - time.monotonic())
        found = _read_page(name, number, seconds)
        _refuse_unreadable(found)
        count, number = found["pages"], number + 1
        yield _printed_page(found)


def _read_page(name: str, number: int, seconds: float) -> dict:
    command = [sys.executable, "-I", str(READER), name, str(number)]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=max(seconds, 0.1),
            env={},
        )
    except subprocess.TimeoutExpired as error:
        raise PdfRefusedError("too-slow") from error
    if done.returncode == -signal.SIGXCPU:
        raise PdfRefusedError("too-slow")
    if done.returncode == -signal.SIGABRT:  # PDFium ends so where memory is not given
        raise PdfRefusedError("too-heavy")
    if done.returncode:
        raise PdfRefusedError("damaged")
    return json.loads(done.stdout)


def _refuse_unreadable(found: dict) -> None:
    if "error" in found:
        raise PdfRefusedError(found["error"])
    known = sum(row[0] != UNKNOWN for row in found["characters"])
    unknown = found["without_unicode"]
    if unknown > WITHOUT_UNICODE * (known + unknown):
        raise PdfRefusedError("no-unicode")
    if known < FEWEST:
        raise PdfRefusedError("no-text")


def _printed_page(found: dict) -> PrintedPage:
    fonts = found["fonts"]
    return PrintedPage(
        *found["size"],
        tuple(Character(*row[:5], fonts[row[5]], *row[6:]) for row in found["characters"]),
        tuple(Shape(*row) for row in found["shapes"]),
        tuple(map(tuple, found["pictures"])),
    )
