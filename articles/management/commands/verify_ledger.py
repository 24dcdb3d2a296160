"""Verify the ledger, and that what it tells of is as it was entered."""

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from articles.ledger import sending, taking_in, verification
from articles.ledger.verification import Head, Verdict
from articles.workflow.printed_digest import changed_after_sign_off

BROKEN, UNSENT = 1, 3  # With 2 argparse refuses options that make no sense.


class Command(BaseCommand):
    """Finds what was changed, removed, inserted or exchanged, and prints it in words.

    In the ledger itself, and in the revisions, reviews, releases and corrections. The exit status
    is 1 where anything is wrong, 3 where LEDGER_WEBHOOK or the mail server did not take the
    verdict. That the end was cut off is found by a head written down before: it stands in every
    backup and on every review sheet.
    """

    help = __doc__

    def add_arguments(self, parser):
        """Add what to compare with, and the two other things to do."""
        parser.add_argument(
            "--expect",
            action="append",
            default=[],
            type=Head.parse,
            metavar="NUMBER:DIGEST",
            help="a head that was written down before; may be given several times",
        )
        parser.add_argument("--head", action="store_true", help="print the head, verify nothing")
        parser.add_argument(
            "--take-in",
            action="store_true",
            help="first enter rows without an entry, which an older version stored in an update",
        )
        parser.add_argument(
            "--signed",
            action="store_true",
            help="also compare what is printed of every signed article with what was signed",
        )
        parser.add_argument(
            "--mail",
            action="append",
            default=[],
            metavar="ADDRESS",
            help="send verdict and head there too, where nobody here can change them",
        )

    def handle(self, *, expect: list[Head], head: bool, take_in: bool, mail: list[str], **options):
        """Print the head, or take in and verify."""
        if head:
            self.stdout.write(str(verification.head()))
            return
        if take_in:
            number = sum(taking_in.take_in(apps))
            self.stdout.write(_("Taken in: %(n)d rows.") % {"n": number})
        verdict = verified(expect, is_with_signed=options["signed"])
        lines = told_lines(verdict)
        (self.stderr if verdict.count else self.stdout).write("\n".join(lines))
        is_sent = [sending.send(facts_of(verdict)), sending.mail(lines, mail)]
        if verdict.count or not all(is_sent):
            raise SystemExit(BROKEN if verdict.count else UNSENT)


def facts_of(verdict: Verdict) -> dict[str, str | int | bool]:
    """Return a verdict with the head for programs. One query."""
    return {
        "head": str(verification.head()),
        "is_intact": not verdict.count,
        "entries": verdict.entries,
        "rows": verdict.rows,
        "defects": verdict.count,
    }


def verified(expected: list[Head], *, is_with_signed: bool) -> Verdict:
    """Return what was found; raise CommandError where the database cannot be read."""
    try:
        verdict = verification.verify(expected)
        for article in changed_after_sign_off() if is_with_signed else ():
            words = _("“%(article)s” (%(number)d) is no longer what was signed.")
            verdict.add(words % {"article": article, "number": article.pk})
    except DatabaseError as error:
        told = _("The database could not be read to its end: %(error)s") % {"error": error}
        raise CommandError(told) from error
    return verdict


def told_lines(verdict: Verdict) -> list[str]:
    """Return a verdict in lines: what is wrong, then the head and the sum. One query."""
    lines = [*verdict.defects]
    if more := verdict.count - len(verdict.defects):
        lines.append(_("and %(n)d more") % {"n": more})
    lines.append(_("Head: %(head)s") % {"head": verification.head()})
    facts = {"entries": verdict.entries, "rows": verdict.rows, "defects": verdict.count}
    words = _("The ledger is intact: %(entries)d entries, %(rows)d rows.")
    if verdict.count:
        words = _("%(defects)d defects in %(entries)d entries and %(rows)d rows.")
    return [*lines, words % facts]
