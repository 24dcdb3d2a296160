"""Run the renderer in a child process that is killed when it takes too long."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

RENDERER = Path(__file__).with_name("renderer")
SECONDS = 30
LARGEST = 100 * 1024 * 1024
START = b"%PDF-"


class UnusablePdfError(Exception):
    """No picture can be made of a PDF; the argument is a code of `articles.facsimiles.storing`."""


def is_pdf(source: bytes) -> bool:
    """Tell whether a file says in its first kilobyte that it is a PDF."""
    return START in source[:1024]


@contextmanager
def workshop(source: bytes = b"") -> Iterator[Path]:
    """Give a folder for the files of the renderer, with a PDF in it, and remove it afterwards."""
    with tempfile.TemporaryDirectory(prefix="facsimile-") as folder:
        if source:
            Path(folder, "source.pdf").write_bytes(source)
        yield Path(folder)


def run(folder: Path, command: str, *arguments: object) -> dict:
    """Run a command of the renderer, which writes into a folder; return what it tells.

    Takes 2 to 3 s for a page, at most 30 s and 500 MB. Raises UnusablePdfError.
    """
    line = [sys.executable, "-I", RENDERER, command, *arguments, folder]
    try:
        done = subprocess.run(
            [str(part) for part in line],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            env={},
            cwd=folder,
        )
    except subprocess.TimeoutExpired as error:
        raise UnusablePdfError("too-slow") from error
    if done.returncode:
        raise UnusablePdfError("damaged")
    made = json.loads(done.stdout)
    if "error" in made:
        raise UnusablePdfError(made["error"])
    return made
