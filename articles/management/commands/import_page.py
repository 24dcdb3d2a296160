"""Reads the text of a printed page and stores its articles as drafts of an issue, or nothing."""

from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from articles import raw_pages
from articles.intake.paper import PageReading
from articles.intake.storing import NotStored, Outcome, store
from articles.models import Issue, Member, Page
from articles.raw_pages import NotReadable, decoded
from articles.readings import PROBLEMS, summary, told_outcome

LOOK, FAILED = 1, 2


class Command(BaseCommand):
    """Exit status 1: something was left, or is wrong with the file; 2: nothing is stored.

    An issue or a page that there is not yet is made. Drafts only: nothing becomes public.
    """

    help = __doc__

    def add_arguments(self, parser):
        """Take the file, and where in the paper its articles belong."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--issue", required=True, type=date.fromisoformat, metavar="2024-07-27")
        parser.add_argument("--edition", type=int, default=1, help="2 and up are extras")
        parser.add_argument("--page", required=True, metavar="A1")
        parser.add_argument("--name", default="", help="of a page that there is not yet: 要闻")
        parser.add_argument("--by", metavar="USERNAME", help="whose work it is; else nobody's")
        parser.add_argument("--dry-run", action="store_true", help="show it, and store nothing")

    def handle(self, *, file: Path, **options):
        """Store the page and tell what came of it; raise CommandError where that cannot be."""
        source = source_of(file)
        try:
            with transaction.atomic():
                page = page_of(options)
                raw = raw_pages.bring(page, source, name=file.name, by=member(options["by"]))
                found = raw_pages.reading(raw)
                outcome = store(raw, by=raw.brought_by)
                transaction.set_rollback(options["dry_run"])
        except (NotReadable, NotStored) as refusal:
            reasons = getattr(refusal, "reasons", refusal.args)
            said = "\n".join(f"{file.name}: {reason}" for reason in reasons)
            raise CommandError(said, returncode=FAILED) from refusal
        self.tell(file, found, outcome, is_dry=options["dry_run"])

    def tell(self, file: Path, found: PageReading, outcome: Outcome, *, is_dry: bool) -> None:
        """Print the reading and what came of it; exit with 1 where not all is well."""
        lines = [*summary(found), "", *told_outcome(outcome)]
        if is_dry:
            lines.append(_("This was a trial: nothing is stored."))
        self.stdout.write("\n".join(lines))
        problems = decoded(file.read_bytes()).problems
        for problem in problems:
            self.stderr.write(f"{file.name}: {PROBLEMS[problem]}")
        if problems or outcome.left or outcome.gone:
            raise SystemExit(LOOK)


def source_of(file: Path) -> bytes:
    """Return the bytes of a file; raise CommandError where it cannot be opened."""
    try:
        return file.read_bytes()
    except OSError as error:
        said = _("%(file)s cannot be opened: %(why)s") % {"file": file, "why": error.strerror}
        raise CommandError(said, returncode=FAILED) from error


def member(username: str | None) -> Member | None:
    """Return the member of a username; raise CommandError where there is none."""
    if username is None:
        return None
    found = Member.objects.filter(username=username, is_active=True).first()
    if found is None:
        said = _("There is no member %(name)s.") % {"name": username}
        raise CommandError(said, returncode=FAILED)
    return found


def page_of(options) -> Page:
    """Return the page that the options name, made if there is none; raise CommandError."""
    edition = max(options["edition"], 1)
    issue, _made = Issue.objects.get_or_create(issued_on=options["issue"], edition=edition)
    try:
        return raw_pages.page_of(issue, options["page"], name=options["name"])
    except ValidationError as fault:
        raise CommandError("\n".join(fault.messages), returncode=FAILED) from fault
