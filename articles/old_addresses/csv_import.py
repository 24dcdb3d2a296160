"""Import old addresses from a table in CSV: all of them or none.

Columns: the old address, where it leads, why it is gone (旧地址, 去处, 原因). Where it leads is a
path here, or `uid:` and the uid of an article as the archive has it.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Article, OldAddress

from .patterns import LONGEST
from .validation import clean_pattern, clean_target

BATCH = 2_000
UID = re.compile(r"uid:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.I)
HEADERS = {("old", "new", "reason"), ("旧地址", "去处", "原因")}
MOST_ERRORS = 20


class RedirectsRefusedError(Exception):
    """A file is refused as a whole; `reasons` name its lines, the first twenty of them."""

    def __init__(self, reasons: list[str]):
        super().__init__("\n".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class RedirectCounts:
    """How many old addresses a file has brought."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: "RedirectCounts") -> "RedirectCounts":
        return RedirectCounts(
            self.new + other.new, self.changed + other.changed, self.unchanged + other.unchanged
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file."""

    line: int
    pattern: str
    target: str
    reason: str


def open_text(path: Path) -> io.TextIOWrapper:
    """Open a file as text in UTF-8, or in GB18030 as spreadsheets of Chinese systems save it."""
    with open(path, "rb") as file:
        try:
            for _chunk in io.TextIOWrapper(file, encoding="utf-8-sig", newline=""):
                pass
        except UnicodeDecodeError:
            return open(path, encoding="gb18030", newline="")
    return open(path, encoding="utf-8-sig", newline="")


def import_redirects(
    path: Path, *, is_trial: bool, tick: Callable[[int], object]
) -> RedirectCounts:
    """Store the old addresses of a file in one transaction; a second run changes nothing.

    `tick` is told how many lines each batch had. Three queries a batch of 2,000 lines. Raises
    RedirectsRefusedError with the lines that cannot be stored, OSError, and UnicodeDecodeError
    or csv.Error for a file that is no table.
    """
    errors = _Errors()
    total, first_lines = RedirectCounts(), {}
    with transaction.atomic(), open_text(path) as file:
        lines = _rows(file, errors)
        while rows := list(islice(lines, BATCH)):
            valid = [row for row in _resolved(rows, errors) if _is_first(row, first_lines, errors)]
            if not errors.reasons:
                total += _store(valid)
            tick(len(rows))
        errors.raise_any()
        if is_trial:
            transaction.set_rollback(True)
    return total


class _Errors:
    """The errors of a file, as many as are shown."""

    def __init__(self):
        self.reasons: list[str] = []

    def add(self, line: int, reason: str) -> None:
        """Note an error; end the import once there are enough of them."""
        self.reasons.append(_("Line %(line)d: %(why)s") % {"line": line, "why": reason})
        if len(self.reasons) >= MOST_ERRORS:
            self.raise_any()

    def raise_any(self) -> None:
        """Raise RedirectsRefusedError if there are any."""
        if self.reasons:
            raise RedirectsRefusedError(self.reasons)


def _rows(file, errors: _Errors) -> Iterator[Row]:
    """Give the lines of a table that are not blank, without a line of headings."""
    reader = csv.reader(file)
    for cells in reader:
        cells = [cell.strip() for cell in cells]
        if not any(cells) or (reader.line_num == 1 and tuple(cells) in HEADERS):
            continue
        if not 2 <= len(cells) <= 3:
            errors.add(reader.line_num, _("A line has two or three columns."))
            continue
        yield Row(reader.line_num, *cells, *[""] * (3 - len(cells)))


def _resolved(rows: list[Row], errors: _Errors) -> Iterator[Row]:
    """Give rows as they are stored, articles by their address. At most one query."""
    uids = {uid[1].lower() for row in rows if (uid := UID.fullmatch(row.target))}
    known = dict(Article.objects.filter(uid__in=uids).values_list("uid", "pk")) if uids else {}
    pks = {str(uid): pk for uid, pk in known.items()}
    for row in rows:
        try:
            yield _cleaned(row, pks)
        except ValidationError as error:
            errors.add(row.line, " ".join(error.messages))


def _cleaned(row: Row, pks: dict[str, int]) -> Row:
    target, uid = row.target, UID.fullmatch(row.target)
    if uid and uid[1].lower() not in pks:
        raise ValidationError(_("There is no article with this uid. Import the archive first."))
    if uid:
        target = f"/articles/{pks[uid[1].lower()]}/"
    if bool(target) == bool(row.reason):
        raise ValidationError(_("Give either the address that it leads to, or why it is gone."))
    if len(target) > LONGEST or len(row.reason) > OldAddress._meta.get_field("reason").max_length:
        raise ValidationError(_("This is too long."))
    ProhibitNullCharactersValidator()(row.reason)
    pattern = clean_pattern(row.pattern)
    return Row(row.line, pattern, clean_target(target, pattern) if target else "", row.reason)


def _is_first(row: Row, first_lines: dict[int, int], errors: _Errors) -> bool:
    """Tell whether no line before has the same old address, which is an error.

    Hashes of 64 bits are kept instead of 440,000 addresses.
    """
    before = first_lines.setdefault(hash(row.pattern), row.line)
    if before != row.line:
        errors.add(row.line, _("This old address stands already in line %(n)d.") % {"n": before})
    return before == row.line


def _store(rows: list[Row]) -> RedirectCounts:
    """Store rows that differ from what is stored. Two queries."""
    found = OldAddress.objects.filter(pattern__in=[row.pattern for row in rows])
    stored = {pattern: rest for pattern, *rest in found.values_list("pattern", "target", "reason")}
    differing = [row for row in rows if stored.get(row.pattern) != [row.target, row.reason]]
    OldAddress.objects.bulk_create(
        [OldAddress(pattern=r.pattern, target=r.target, reason=r.reason) for r in differing],
        update_conflicts=True,
        unique_fields=["pattern"],
        update_fields=["target", "reason"],
    )
    changed = sum(row.pattern in stored for row in differing)
    return RedirectCounts(len(differing) - changed, changed, len(rows) - len(differing))
