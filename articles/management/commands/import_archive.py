"""Import back issues from an archive in JSON Lines, gzipped or not."""

import sys
from collections.abc import Sequence
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DataError, IntegrityError, OperationalError
from django.utils.translation import gettext as _
from tqdm import tqdm

from articles.archive.error_messages import ImportRefusedError, describe_error, issue_name
from articles.archive.format import files
from articles.archive.format.files import ArchiveSurvey
from articles.archive.format.record_errors import RecordError, UnreadableFileError
from articles.archive.format.records import Key, Record
from articles.archive.importer import import_issue
from articles.archive.result import ImportResult
from articles.models import Member
from articles.query_planner import refresh_statistics
from articles.workflow.permissions import permissions_of

EXIT_INCOMPLETE = 1
Outcome = tuple[list[ImportResult], int]  # and the number of issues refused
MAX_LINES = 20
SECONDS_BETWEEN_LINES = 5


class ProgressLines(tqdm):
    """Progress as plain lines, for a log: tqdm's bar moves the cursor of a terminal."""

    def display(self, msg=None, pos=None):
        """Write the state as a line."""
        if msg is None:
            self.fp.write(f"{self}\n")

    def clear(self, *, nolock=False):
        """Do nothing: lines stay."""


def progress_bar(total: int, *, is_shown: bool, unit: str = "") -> tqdm:
    """Return a bar that counts articles, or something else; a line every few seconds in a log."""
    options = {"total": total, "desc": unit or _("articles"), "unit": "", "leave": False}
    options["disable"] = not is_shown
    if sys.stderr.isatty():
        return tqdm(**options)
    every = {"mininterval": SECONDS_BETWEEN_LINES, "delay": SECONDS_BETWEEN_LINES, "miniters": 1}
    return ProgressLines(
        **options, **every, bar_format="{desc}: {n_fmt}/{total_fmt}, {rate_fmt}, {remaining}"
    )


class Command(BaseCommand):
    """Imports issue by issue, each as a whole or not at all; a second run changes nothing.

    Nothing is published unless --release is given. The exit status is 1 where something was
    refused, skipped or not released.
    """

    help = __doc__

    def add_arguments(self, parser):
        """Take the files, the folder of the photos, and whether to release the issues."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--photos", type=Path, metavar="FOLDER", help="where the photos are")
        parser.add_argument(
            "--release",
            action="store_true",
            help="publish the issues of past days, each under its own date",
        )
        parser.add_argument("--by", metavar="USERNAME", help="the member responsible for --release")

    def handle(self, *, files: list[Path], photos: Path | None, verbosity: int, **options):
        """Import the files, and print a summary in one line."""
        self.options = {
            "folder": _folder(photos),
            "release": options["release"],
            "by": _releaser(options["by"], is_releasing=options["release"]),
        }
        results, refused = self.import_files(files, is_shown=verbosity > 0)
        if not all(each.is_unchanged for each in results):
            refresh_statistics()
        if verbosity:
            self.stdout.write(summary(results, refused, is_releasing=options["release"]))
        if refused or any(each.skipped or each.release_refusal for each in results):
            raise SystemExit(EXIT_INCOMPLETE)

    def import_files(self, paths: Sequence[Path], *, is_shown: bool) -> Outcome:
        """Import all issues; return the results and the number of those refused."""
        try:
            found = files.survey(paths)
            total = sum(count for key, count in found.counts.items() if key not in found.errors)
            self.bar = progress_bar(total, is_shown=is_shown and total > 0)
            with self.bar:
                self.report_errors(found)
                results = [self.import_issue(*issue) for issue in files.issues(paths, found)]
        except UnreadableFileError as error:
            params = {"file": error.file, "why": error.why}
            raise CommandError(_("%(file)s cannot be read to its end: %(why)s") % params) from error
        stored = [result for result in results if result]
        refused = len(found.errors) + len(found.stray_errors) + len(results) - len(stored)
        return stored, refused

    def import_issue(self, key: Key, records: list[Record]) -> ImportResult | None:
        """Import one issue and report what needs attention; None where it was refused."""
        try:
            result = import_issue(records, **self.options)
        except (RecordError, ImportRefusedError, IntegrityError, DataError) as error:
            return self.report_refusal(key, [_refusal_text(error)])
        except OperationalError as error:
            message = _("The database cannot be reached: %(why)s Run it again to go on.")
            raise CommandError(message % {"why": error}) from error
        finally:
            self.bar.update(len(records))
        self.report_result(result)
        return result

    def report_errors(self, found: ArchiveSurvey) -> None:
        """Write the errors in lines, and the issues that are refused for them."""
        self.write_lines([describe_error(error) for error in found.stray_errors])
        for key, errors in sorted(found.errors.items()):
            self.report_refusal(key, [describe_error(error) for error in errors])

    def report_result(self, result: ImportResult) -> None:
        """Write what was cleaned and skipped in an issue, and why it was not released."""
        lines = [*_shortened(result.cleaned), *_shortened(result.skipped)]
        if result.release_refusal:
            params = {"issue": issue_name(result.key), "why": result.release_refusal}
            lines.append(_("%(issue)s is stored, but not released: %(why)s") % params)
        self.write_lines(lines)

    def report_refusal(self, key: Key, reasons: Sequence[str]) -> None:
        """Write why an issue is not stored."""
        refusal = _("%(issue)s is not stored.") % {"issue": issue_name(key)}
        self.write_lines([*_shortened(reasons), refusal])

    def write_lines(self, lines: Sequence[str]) -> None:
        """Write lines in the place of the bar."""
        if lines:
            self.bar.clear()
            self.stderr.write("\n".join(lines))


def summary(results: Sequence[ImportResult], refused: int, *, is_releasing: bool) -> str:
    """Return the counts of an import in one line."""
    unchanged = sum(each.is_unchanged for each in results)
    parts = [
        _("%(n)d issues stored") % {"n": len(results) - unchanged},
        _("%(n)d issues already there, unchanged") % {"n": unchanged},
        _("%(n)d articles new") % {"n": sum(each.created for each in results)},
        _("%(n)d articles changed") % {"n": sum(each.updated for each in results)},
    ]
    if skipped := sum(len(each.skipped) for each in results):
        parts.append(_("%(n)d times something was left as it is") % {"n": skipped})
    if refused:
        parts.append(_("%(n)d refused") % {"n": refused})
    if is_releasing:
        parts.append(_("%(n)d issues released") % {"n": sum(each.is_released for each in results)})
    return _("; ").join(parts)


def _shortened(lines: Sequence[str]) -> list[str]:
    rest = len(lines) - MAX_LINES
    return [*lines[:MAX_LINES], *([_("… and %(n)d more") % {"n": rest}] if rest > 0 else [])]


def _folder(photos: Path | None) -> Path | None:
    if photos is not None and not photos.is_dir():
        raise CommandError(_("%(folder)s is no folder.") % {"folder": photos})
    return photos


def _releaser(username: str | None, *, is_releasing: bool) -> Member | None:
    """Return the member responsible for the release, who must have the permission."""
    if username is None:
        return None
    if not is_releasing:
        raise CommandError(_("--by names who answers for --release, which is not given."))
    member = Member.objects.filter(username=username).first()
    if member is None:
        raise CommandError(_("There is no member %(name)s.") % {"name": username})
    if "articles.release_issue" not in permissions_of(member):
        raise CommandError(_("%(name)s may not release issues.") % {"name": username})
    return member


def _refusal_text(error: Exception) -> str:
    """Return why an issue is refused: by its lines, by what is stored, or by the database."""
    if isinstance(error, RecordError):
        return describe_error(error)
    if isinstance(error, ImportRefusedError):
        return str(error)
    return _("the database refuses it: %(why)s") % {"why": error}
