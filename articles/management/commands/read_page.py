"""Parses the text or PDF of printed pages into articles, and prints them; nothing is saved."""

import json
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles.intake.messages import problem_lines, summary_lines
from articles.intake.page_pdf.process import is_pdf
from articles.intake.parse.decoding import DecodedText, decode
from articles.intake.parse.parser import assemble, parse
from articles.intake.parse.serialization import to_json
from articles.intake.pdf_pages import read_pdf
from articles.intake.raw_pages import UnreadableTextError

HAS_PROBLEMS, UNREADABLE = 1, 2


class Command(BaseCommand):
    """Prints the articles of a page, with what is doubtful and the warnings.

    Exit status 1 means that something is wrong with the file, 2 that it cannot be parsed.
    """

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser):
        """Add the file, and the form of the output."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="the whole parsed page as JSON")

    def handle(self, *, file: Path, **options):
        """Print the parsed page; raise CommandError where the file has no text."""
        if is_pdf(read_start(file)):
            self.show_pdf(file, is_json=options["json"])
            return
        source = decode_file(file)
        page = parse(source.text)
        if options["json"]:
            found = to_json(page) | {"source": file.name, "problems": list(source.problems)}
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(summary_lines(page)))
        for problem in problem_lines(source):
            self.stderr.write(f"{file.name}: {problem}")
        if source.problems:
            raise SystemExit(HAS_PROBLEMS)

    def show_pdf(self, file: Path, *, is_json: bool) -> None:
        """Print the pages of a PDF; as JSON with the places of blocks and pictures, in ‰."""
        try:
            readings = list(read_pdf(file.read_bytes()))
        except UnreadableTextError as error:
            raise CommandError(f"{file.name}: {error}", returncode=UNREADABLE) from error
        pages = [(each, assemble(each.blocks, each.removed)) for each in readings]
        if is_json:
            found = [
                to_json(page)
                | {"places": each.places, "pictures": [asdict(one) for one in each.pictures]}
                for each, page in pages
            ]
            shown = {"source": file.name, "pages": found}
            self.stdout.write(json.dumps(shown, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n\n".join("\n".join(summary_lines(page)) for _, page in pages))


def read_start(file: Path) -> bytes:
    """Return the first kilobyte of a file; nothing where it cannot be opened."""
    try:
        with file.open("rb") as opened:
            return opened.read(1024)
    except OSError:
        return b""


def decode_file(file: Path) -> DecodedText:
    """Return the text of a file; raise CommandError where there is none to parse."""
    try:
        source = decode(file.read_bytes())
    except OSError as error:
        message = _("%(file)s cannot be opened: %(why)s") % {"file": file, "why": error.strerror}
        raise CommandError(message, returncode=UNREADABLE) from error
    if not source.is_readable:
        message = _("%(file)s is not text in UTF-8, UTF-16 or GB18030.") % {"file": file}
        raise CommandError(message, returncode=UNREADABLE)
    if "empty" in source.problems:
        raise CommandError(_("%(file)s is empty.") % {"file": file}, returncode=UNREADABLE)
    return source
