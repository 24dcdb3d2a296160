"""Read the files of an archive, gzipped or not, issue by issue; write one atomically.

Files are read twice: `survey` counts the records of each issue and collects the errors, `issues`
yields an issue as soon as its last record was read, so that few are in memory at a time.
"""

import gzip
import os
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from .reader import parse_record
from .record_errors import RecordError, UnreadableFileError
from .records import Key, Record, SourceLine

GZIP_MAGIC, BYTE_ORDER_MARK = b"\x1f\x8b", b"\xef\xbb\xbf"


@dataclass(slots=True)
class ArchiveSurvey:
    """How many records each issue has in all files, and the errors in its lines.

    `stray_errors` are those in lines that cannot belong to any issue of the files.
    """

    counts: Counter[Key] = field(default_factory=Counter)
    errors: dict[Key, list[RecordError]] = field(default_factory=lambda: defaultdict(list))
    stray_errors: list[RecordError] = field(default_factory=list)


def lines(path: Path) -> Iterator[tuple[SourceLine, bytes]]:
    """Iterate over the lines of a file that are not blank; raise UnreadableFileError."""
    try:
        with open(path, "rb") as plain:
            is_gzipped = plain.peek(2)[:2] == GZIP_MAGIC
            with gzip.open(plain) if is_gzipped else plain as file:
                for number, line in enumerate(file, 1):
                    line = line.removeprefix(BYTE_ORDER_MARK) if number == 1 else line
                    if line.strip():
                        yield SourceLine(str(path), number), line
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableFileError(
            str(path), getattr(error, "strerror", None) or str(error)
        ) from error


def survey(paths: Sequence[Path]) -> ArchiveSurvey:
    """Read all files to their end; raise UnreadableFileError where that fails."""
    found = ArchiveSurvey()
    for path in paths:
        _survey_file(path, found)
    return found


def _survey_file(path: Path, found: ArchiveSurvey) -> None:
    """Add the records and errors of one file.

    An error in a line whose issue is unknown counts for the issues of the lines beside it, and
    for all of the file where the file is not in the order of its issues.
    """
    order: list[Key] = []
    strays: list[tuple[int, RecordError]] = []
    for record in read_records(path):
        if isinstance(record, Record):
            found.counts[record.key] += 1
        elif record.key is None:
            strays.append((len(order), record))
            continue
        else:
            found.errors[record.key].append(record)
        if not order or order[-1] != record.key:
            order.append(record.key)
    for index, error in strays:
        suspects = order[max(index - 1, 0) : index + 1] if order == sorted(set(order)) else order
        for key in dict.fromkeys(suspects):
            found.errors[key].append(error)
        if not suspects:
            found.stray_errors.append(error)


def read_records(path: Path) -> Iterator[Record | RecordError]:
    """Iterate over the lines of a file: the record in each, or its error."""
    for where, line in lines(path):
        try:
            yield parse_record(line, where)
        except RecordError as error:
            yield error


def issues(paths: Iterable[Path], found: ArchiveSurvey) -> Iterator[tuple[Key, list[Record]]]:
    """Iterate over the issues without errors: the records of each, once they are complete."""
    pending: dict[Key, list[Record]] = defaultdict(list)
    for path in paths:
        for record in read_records(path):
            if record.key not in found.counts or record.key in found.errors:
                continue
            pending[record.key].append(record)
            if len(pending[record.key]) == found.counts[record.key]:
                yield record.key, pending.pop(record.key)


@contextmanager
def atomic_writer(path: Path) -> Iterator:
    """Yield a binary file that is written as a whole or not at all, gzipped for a name in .gz."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(partial, "xb") as plain:
            if path.suffix == ".gz":
                with gzip.GzipFile("", "wb", fileobj=plain, mtime=0) as packed:
                    yield packed
            else:
                yield plain
            plain.flush()
            os.fsync(plain.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
