"""Imports printed pages as drafts of an issue: the raw text or the PDF of one, or those of a day.

Of a file all articles are saved, or none. A ZIP or a folder is imported file by file: what is
wrong with one is told at it, the others are saved.
"""

from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from articles import ledger
from articles.facsimiles import storing
from articles.facsimiles.storing import MadePage, removed_without_row
from articles.intake import raw_pages
from articles.intake.day_files import DayFile, files_of_folder, is_zip, label_in_name, unpack
from articles.intake.messages import PROBLEMS, result_lines, summary_lines
from articles.intake.page_pictures import WITHOUT_PICTURE, picture_alone, picture_of
from articles.intake.parse.types import ParsedPage
from articles.intake.pdf_pages import ENCODING, parse_upload
from articles.intake.persistence import DraftsRefusedError, DraftsResult, save_drafts
from articles.intake.raw_pages import ParsedSource, UnreadableTextError, decode_source
from articles.models import Issue, Member, Page, RawPage

from .import_archive import progress_bar

NEEDS_CHECK, FAILED = 1, 2


class Command(BaseCommand):
    """Exit status 1: something was left, or is wrong with a file; 2: nothing is saved.

    An issue or a page that does not exist is created. Drafts only: nothing becomes public.
    """

    help = __doc__

    def add_arguments(self, parser):
        """Add the file, and the issue and page of its articles."""
        parser.add_argument("file", type=Path, help="a text, a PDF, a ZIP or a folder")
        parser.add_argument("--issue", required=True, type=date.fromisoformat, metavar="2024-07-27")
        parser.add_argument("--edition", type=int, default=1, help="2 and up are extras")
        parser.add_argument(
            "--page", default="", metavar="A1", help="else the label that the page prints"
        )
        parser.add_argument("--name", default="", help="of a page that is created: 要闻")
        parser.add_argument("--by", metavar="USERNAME", help="the member who imports; else none")
        parser.add_argument(
            "--picture-only", action="store_true", help="of a PDF; its text is not read"
        )
        parser.add_argument("--dry-run", action="store_true", help="show it, and save nothing")

    def handle(self, *, file: Path, **options):
        """Save the pages and print the result; raise CommandError where that is not possible."""
        by = get_member(options["by"])
        if (day := files_of_day(file)) is not None:
            self.save_day(file.name, day, by, options)
            return
        source = read_file(file)
        try:
            pages, done = self.save_file(file.name, source, by, options)
        except (UnreadableTextError, DraftsRefusedError) as error:
            raise CommandError(reasons_of(file.name, error), returncode=FAILED) from error
        self.report_all(done, options)
        is_text = bool(pages) and pages[0].encoding != ENCODING
        problems = decode_source(source).problems if is_text else ()
        self.report_problems(file.name, problems, [result for _, result in done])

    def save_file(self, name: str, source: bytes, by, options) -> tuple[list, list]:
        """Save the pages of a file, all or none; return them, and what became of each."""
        if options["picture_only"]:
            self.save_picture(source, options)
            return [], []
        pages = parse_upload(name, source)  # minutes for a PDF: nothing is locked yet
        pictures = [self.picture(each, options) for each in pages]
        with removed_without_row() as stored, ledger.atomic():
            done = []
            for parsed, made in zip(pages, pictures, strict=True):
                raw = self.raw_page(name, parsed, pages, by, options)
                if made:
                    stored.append(storing.store(raw.page, made, raw_page=raw))
                done.append(self.save(raw, options))
            transaction.set_rollback(options["dry_run"])
        return pages, done

    def save_day(self, name: str, day: list[DayFile], by, options) -> None:
        """Save the files of a day, each by itself; exit with 1 where one failed, 2 where all."""
        if options["page"]:
            text = _("--page is for one page; of a day each page or file name tells its own.")
            raise CommandError(text, returncode=FAILED)
        failed, results = [], []
        is_shown = options["verbosity"] > 0
        with progress_bar(len(day), is_shown=is_shown, unit=_("files")) as bar:
            for file in day:
                try:
                    done = self.save_day_file(file, by, options | {"verbosity": 0})
                    self.report_all(done, options)
                    results += [result for _, result in done]
                except (UnreadableTextError, DraftsRefusedError, CommandError) as error:
                    failed.append(reasons_of(file.name, error))
                bar.update()
        if len(failed) == len(day):
            raise CommandError("\n".join(failed), returncode=FAILED)
        for line in failed:
            self.stderr.write(line)
        self.report_problems(name, (), results, is_failed=bool(failed))

    def save_day_file(self, file: DayFile, by, options) -> list:
        """Save the pages of a file of a day; one that prints no label has it in its name."""
        if file.error:
            raise UnreadableTextError(file.error)
        named = options | {"page_in_name": label_in_name(file.name)}
        _pages, done = self.save_file(file.name, file.source, by, named)
        return done

    def raw_page(
        self, name: str, parsed: ParsedSource, pages: list[ParsedSource], by, options
    ) -> RawPage:
        """Store the text of one page."""
        given = options["page"] if len(pages) == 1 else ""
        named = options.get("page_in_name", "") if len(pages) == 1 else ""
        page = get_page(options, given or parsed.label or named)
        return raw_pages.create_raw_page(page, parsed, name=name, by=by)

    def save(self, raw: RawPage, options) -> tuple[ParsedPage, DraftsResult]:
        """Save the drafts of a page; return it as it was read, and what became of its articles."""
        found = raw_pages.corrected_page(raw)
        with progress_bar(len(found.articles), is_shown=options["verbosity"] > 0) as bar:
            return found, save_drafts(raw, by=raw.uploaded_by, progress=bar.update)

    def picture(self, parsed: ParsedSource, options) -> MadePage | None:
        """Return the picture of a page; print why none can be made. None for a trial."""
        made, why_not = (None, "") if options["dry_run"] else picture_of(parsed)
        if why_not:
            page = options["page"] or parsed.label
            self.stderr.write(str(WITHOUT_PICTURE) % {"page": page, "why": why_not})
        return made

    def save_picture(self, source: bytes, options) -> None:
        """Store the picture and the PDF of a page whose text is not read."""
        made = picture_alone(source)
        with removed_without_row() as stored, transaction.atomic():
            page = get_page(options, options["page"] or options.get("page_in_name", ""))
            if not options["dry_run"]:
                stored.append(storing.store(page, made))
            transaction.set_rollback(options["dry_run"])
        self.stdout.write(_("The picture and the PDF of %(page)s.") % {"page": page})

    def report_all(self, done: list[tuple[ParsedPage, DraftsResult]], options) -> None:
        """Print the pages of a file."""
        for parsed, result in done:
            self.report(parsed, result, is_dry=options["dry_run"])

    def report(self, parsed: ParsedPage, result: DraftsResult, *, is_dry: bool) -> None:
        """Print the parsed page and what became of its articles."""
        lines = [*summary_lines(parsed), "", *result_lines(result)]
        if is_dry:
            lines.append(_("This was a trial: nothing is stored."))
        self.stdout.write("\n".join(lines))

    def report_problems(
        self,
        name: str,
        problems: tuple[str, ...],
        results: list[DraftsResult],
        *,
        is_failed: bool = False,
    ) -> None:
        """Print the problems of the file; exit with 1 where something needs a check."""
        for problem in problems:
            self.stderr.write(f"{name}: {PROBLEMS[problem]}")
        if is_failed or problems or any(result.left or result.gone for result in results):
            raise SystemExit(NEEDS_CHECK)


def files_of_day(file: Path) -> list[DayFile] | None:
    """Return the files of a folder or a ZIP; None for one page. Raises CommandError."""
    try:
        if file.is_dir():
            found = [*files_of_folder(file)]
        else:
            source = read_file(file)
            if not is_zip(file.name, source):
                return None
            found = [*unpack(source)]
    except UnreadableTextError as error:
        raise CommandError(f"{file.name}: {error}", returncode=FAILED) from error
    if not found:
        raise CommandError(_("There are no files in the folder."), returncode=FAILED)
    return found


def reasons_of(name: str, error: Exception) -> str:
    """Return why a file cannot be saved, a line for each reason."""
    return "\n".join(f"{name}: {reason}" for reason in getattr(error, "reasons", error.args))


def read_file(file: Path) -> bytes:
    """Return the bytes of a file; raise CommandError where it cannot be opened."""
    try:
        return file.read_bytes()
    except OSError as error:
        message = _("%(file)s cannot be opened: %(why)s") % {"file": file, "why": error.strerror}
        raise CommandError(message, returncode=FAILED) from error


def get_member(username: str | None) -> Member | None:
    """Return the member of a username; raise CommandError where there is none."""
    if username is None:
        return None
    found = Member.objects.filter(username=username, is_active=True).first()
    if found is None:
        message = _("There is no member %(name)s.") % {"name": username}
        raise CommandError(message, returncode=FAILED)
    return found


def get_page(options, label: str) -> Page:
    """Return the page of a label, created if there is none; raise CommandError."""
    if not label:
        raise CommandError(_("Which page is it? Name it by --page."), returncode=FAILED)
    edition = max(options["edition"], 1)
    issue, _created = Issue.objects.get_or_create(issued_on=options["issue"], edition=edition)
    try:
        return raw_pages.get_or_create_page(issue, label, name=options["name"])
    except ValidationError as error:
        raise CommandError("\n".join(error.messages), returncode=FAILED) from error
