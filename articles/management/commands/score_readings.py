"""Scores how pages were read in, by what the desk corrected them to in the galley."""

from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.intake.messages import KINDS
from articles.intake.pdf_pages import ENCODING
from articles.intake.raw_pages import corrected_blocks
from articles.intake.reading_scores import WANTED, ReadingScore, score_reading, total_of
from articles.models import RawPage

BELOW, NONE = 1, 2
MOST = 200


class Command(BaseCommand):
    """Only pages of which drafts were made count: somebody has looked through them.

    Exit status 1 means that a share is below the one that is wanted, 2 that no page counts.
    """

    help = __doc__

    def add_arguments(self, parser):
        """Add which pages, and how many."""
        parser.add_argument("--issue", type=date.fromisoformat, metavar="2024-07-27")
        parser.add_argument("--pages", type=int, default=10, help="the last of them; else ten")
        parser.add_argument("--texts", action="store_true", help="raw texts, not PDFs")

    def handle(self, **options):
        """Print a line for each page, and the shares of all."""
        rows = list(self.rows(options))
        if not rows:
            text = _("There is no page of which drafts were made. Look through its galley first.")
            raise CommandError(text, returncode=NONE)
        scores = []
        for raw in rows:
            scores.append(score_reading(corrected_blocks(raw, count=0), corrected_blocks(raw)))
            self.stdout.write(page_line(raw, scores[-1]))
        total = total_of(scores)
        self.stdout.write("\n".join(["", *share_lines(total)]))
        if any(total.f1(kind) < share for kind, share in WANTED.items()):
            raise SystemExit(BELOW)

    def rows(self, options):
        """Return the raw pages that count, the last ones first."""
        rows = RawPage.objects.exclude(drafts_at=None).select_related("page__issue")
        pdfs = {"encoding": ENCODING}
        rows = rows.exclude(**pdfs) if options["texts"] else rows.filter(**pdfs)
        if options["issue"]:
            rows = rows.filter(page__issue__issued_on=options["issue"])
        return rows.order_by("-drafts_at", "-pk")[: max(1, min(options["pages"], MOST))]


def page_line(raw: RawPage, score: ReadingScore) -> str:
    """Return how many articles of a page were read rightly, and what was corrected unmarked."""
    right, there = score.right["article"], score.there["article"]
    text = _("%(page)s: %(right)d of %(there)d articles as corrected; %(marks)d marked, %(n)d not")
    values = {"right": right, "there": there, "marks": score.marks, "n": score.unmarked}
    return text % {"page": raw.page, **values}


def share_lines(total: ReadingScore) -> list[str]:
    """Return the shares of all pages beside those that are wanted."""
    text = ngettext("%(n)d page", "%(n)d pages", total.pages)
    lines = [text % {"n": total.pages}]
    names = KINDS | {"paragraph": _("paragraphs"), "article": _("whole articles")}
    for kind, wanted in WANTED.items():
        right, there = total.right[kind], total.there[kind]
        values = f"{total.f1(kind):7.2%}  {right}/{there}  (≥ {wanted:.1%})"
        lines.append(f"{names[kind]}  {values}")
    lines.append(_("marks a page: %(n).1f") % {"n": total.marks / total.pages})
    lines.append(_("corrected without a mark: %(n)d") % {"n": total.unmarked})
    return lines
