"""Reads the text of a printed page into articles, and shows them; nothing is stored."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles.intake.parsing import parse
from articles.intake.printing import to_json
from articles.intake.reading import Text, read
from articles.readings import PROBLEMS, summary

LOOK, UNREADABLE = 1, 2


class Command(BaseCommand):
    """Shows a reading, with its doubts and warnings.

    Exit status 1 says that something is wrong with the file, 2 that it cannot be read.
    """

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser):
        """Take the file, and the form in which its reading is wanted."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="the whole reading as JSON")

    def handle(self, *, file: Path, **options):
        """Print the reading of one file; raise CommandError where it holds no words."""
        source = words_of(file)
        reading = parse(source.text)
        if options["json"]:
            found = to_json(reading) | {"source": file.name, "problems": list(source.problems)}
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(summary(reading)))
        for problem in source.problems:
            self.stderr.write(f"{file.name}: {PROBLEMS[problem]}")
        if source.problems:
            raise SystemExit(LOOK)


def words_of(file: Path) -> Text:
    """Return the text of a file; raise CommandError where there is none to read."""
    try:
        source = read(file.read_bytes())
    except OSError as error:
        said = _("%(file)s cannot be opened: %(why)s") % {"file": file, "why": error.strerror}
        raise CommandError(said, returncode=UNREADABLE) from error
    if not source.is_readable:
        said = _("%(file)s is not text in UTF-8, UTF-16 or GB18030.") % {"file": file}
        raise CommandError(said, returncode=UNREADABLE)
    if "empty" in source.problems:
        raise CommandError(_("%(file)s is empty.") % {"file": file}, returncode=UNREADABLE)
    return source
