"""Files of an archive, gzipped or not: what is in them, issue by issue, and writing one.

Files are gone through twice: `survey` counts the lines of each issue and finds what is wrong,
`issues` hands an issue out as soon as its last line was read, so that little is kept at a time.
"""

import gzip
import os
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from .clippings import Clipping, Key, Where
from .faults import ClippingError, UnreadableError
from .reading import read

GZIPPED, MARK = b"\x1f\x8b", b"\xef\xbb\xbf"


@dataclass(slots=True)
class Survey:
    """How many lines each issue has in all files, and what is wrong with it.

    `strays` are the faults of lines that no issue can have missed.
    """

    counts: Counter[Key] = field(default_factory=Counter)
    faults: dict[Key, list[ClippingError]] = field(default_factory=lambda: defaultdict(list))
    strays: list[ClippingError] = field(default_factory=list)

    @property
    def keys(self) -> list[Key]:
        """The issues that the files name, by date."""
        return sorted(self.counts.keys() | self.faults.keys())


def lines(path: Path) -> Iterator[tuple[Where, bytes]]:
    """Go through the lines of a file that hold something; raise UnreadableError."""
    try:
        with open(path, "rb") as plain:
            is_gzipped = plain.peek(2)[:2] == GZIPPED
            with gzip.open(plain) if is_gzipped else plain as file:
                for number, line in enumerate(file, 1):
                    line = line.removeprefix(MARK) if number == 1 else line
                    if line.strip():
                        yield Where(str(path), number), line
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableError(str(path), getattr(error, "strerror", None) or str(error)) from error


def survey(paths: Sequence[Path]) -> Survey:
    """Read all files to their end; raise UnreadableError where that fails."""
    found = Survey()
    for path in paths:
        _survey_file(path, found)
    return found


def _survey_file(path: Path, found: Survey) -> None:
    """Enter what one file holds.

    A line of which nobody can tell the issue spoils those beside it; all of the file, where the
    file is not in the order of its issues.
    """
    order: list[Key] = []
    strays: list[tuple[int, ClippingError]] = []
    for clipping in clippings(path):
        if isinstance(clipping, Clipping):
            found.counts[clipping.key] += 1
        elif clipping.key is None:
            strays.append((len(order), clipping))
            continue
        else:
            found.faults[clipping.key].append(clipping)
        if not order or order[-1] != clipping.key:
            order.append(clipping.key)
    for at, stray in strays:
        suspects = order[max(at - 1, 0) : at + 1] if order == sorted(set(order)) else order
        for key in dict.fromkeys(suspects):
            found.faults[key].append(stray)
        if not suspects:
            found.strays.append(stray)


def clippings(path: Path) -> Iterator[Clipping | ClippingError]:
    """Go through a file: what each line holds, or what is wrong with it."""
    for where, line in lines(path):
        try:
            yield read(line, where)
        except ClippingError as fault:
            yield fault


def issues(paths: Iterable[Path], found: Survey) -> Iterator[tuple[Key, list[Clipping]]]:
    """Hand out the clippings of each issue with which nothing is wrong, once it is complete."""
    waiting: dict[Key, list[Clipping]] = defaultdict(list)
    for path in paths:
        for clipping in clippings(path):
            if clipping.key not in found.counts or clipping.key in found.faults:
                continue
            held = waiting[clipping.key]
            held.append(clipping)
            if len(held) == found.counts[clipping.key]:
                yield clipping.key, waiting.pop(clipping.key)


@contextmanager
def written(path: Path) -> Iterator:
    """Write a file as a whole or not at all, gzipped where its name ends in .gz.

    Gives what takes lines of bytes. The same lines make the same bytes.
    """
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(fresh, "xb") as plain:
            if path.suffix == ".gz":
                with gzip.GzipFile("", "wb", fileobj=plain, mtime=0) as packed:
                    yield packed
            else:
                yield plain
            plain.flush()
            os.fsync(plain.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
