"""Brings back issues in from an archive in JSON Lines, gzipped or not."""

from collections.abc import Sequence
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DataError, IntegrityError, OperationalError
from django.utils.translation import gettext as _

from articles.archived import files
from articles.archived.clippings import Clipping, Key
from articles.archived.faults import ClippingError, UnreadableError
from articles.archiving.outcome import Filed
from articles.archiving.refusals import FilingRefused, named, told
from articles.archiving.storing import store
from articles.duties import rights
from articles.management.progress import Progress
from articles.models import Member

LOOK = 1
MOST_TOLD = 20


class Command(BaseCommand):
    """Stores issue by issue, each as a whole or not at all; a second run changes nothing.

    Nothing becomes public unless --release is given. The exit status is 1 where something was
    refused, left alone or not released.
    """

    help = __doc__

    def add_arguments(self, parser):
        """Take the files, the folder of their pictures, and whether the issues go out."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--photos", type=Path, metavar="FOLDER", help="where the pictures lie")
        parser.add_argument(
            "--release",
            action="store_true",
            help="let readers see the issues of past days, each under its own date",
        )
        parser.add_argument("--by", metavar="USERNAME", help="the member who answers for --release")

    def handle(self, *, files: list[Path], photos: Path | None, verbosity: int, **options):
        """Store what the files hold, and say in one line what came of it."""
        self.told = verbosity > 0
        self.options = {
            "folder": _folder(photos),
            "release": options["release"],
            "by": _answering(options["by"], is_releasing=options["release"]),
        }
        outcomes, refused = self.bring(files)
        if self.told:
            self.stdout.write(summary(outcomes, refused, is_releasing=options["release"]))
        if refused or any(each.left or each.held_back for each in outcomes):
            raise SystemExit(LOOK)

    def bring(self, paths: Sequence[Path]) -> tuple[list[Filed], int]:
        """Store all issues; return what came of each, and how many were refused."""
        try:
            found = files.survey(paths)
            is_shown = self.told and bool(found.counts)
            self.progress = Progress(self.stderr, len(found.counts), is_shown=is_shown)
            self.tell([told(fault) for fault in found.strays])
            for key, faults in sorted(found.faults.items()):
                self.refuse(key, [told(fault) for fault in faults])
            stored = [self.store(*each) for each in files.issues(paths, found)]
            self.progress.clear()
        except UnreadableError as error:
            said = {"file": error.file, "why": error.why}
            raise CommandError(_("%(file)s cannot be read to its end: %(why)s") % said) from error
        outcomes = [each for each in stored if each]
        refused = len(found.faults) + len(found.strays) + len(stored) - len(outcomes)
        return outcomes, refused

    def store(self, key: Key, clippings: list[Clipping]) -> Filed | None:
        """Store one issue and tell what there is to look at; None where it was refused."""
        try:
            filed = store(clippings, **self.options)
        except ClippingError as fault:
            return self.refuse(key, [told(fault)])
        except FilingRefused as refusal:
            return self.refuse(key, [str(refusal)])
        except (IntegrityError, DataError) as error:
            return self.refuse(key, [_("the database refuses it: %(why)s") % {"why": error}])
        except OperationalError as error:
            said = _("The database cannot be reached: %(why)s Run it again to go on.")
            raise CommandError(said % {"why": error}) from error
        finally:
            self.progress.step(len(clippings))
        self.report(filed)
        return filed

    def report(self, filed: Filed) -> None:
        """Tell what was left alone in an issue, and why it was not released."""
        lines = filed.left[:MOST_TOLD]
        lines += _more(len(filed.left))
        if filed.held_back:
            said = {"issue": named(filed.key), "why": filed.held_back}
            lines.append(_("%(issue)s is stored, but not released: %(why)s") % said)
        self.tell(lines)

    def refuse(self, key: Key, reasons: Sequence[str]) -> None:
        """Tell why an issue is not stored."""
        lines = [*reasons[:MOST_TOLD], *_more(len(reasons))]
        self.tell([*lines, _("%(issue)s is not stored.") % {"issue": named(key)}])

    def tell(self, lines: Sequence[str]) -> None:
        """Write lines where the bar stands."""
        if lines:
            self.progress.clear()
            self.stderr.write("\n".join(lines))


def summary(outcomes: Sequence[Filed], refused: int, *, is_releasing: bool) -> str:
    """Say in one line what came of an import."""
    same = sum(each.is_unchanged for each in outcomes)
    said = [
        _("%(n)d issues stored") % {"n": len(outcomes) - same},
        _("%(n)d issues already there, unchanged") % {"n": same},
        _("%(n)d articles new") % {"n": sum(each.created for each in outcomes)},
        _("%(n)d articles changed") % {"n": sum(each.updated for each in outcomes)},
    ]
    if left := sum(len(each.left) for each in outcomes):
        said.append(_("%(n)d times something was left as it is") % {"n": left})
    if refused:
        said.append(_("%(n)d refused") % {"n": refused})
    if is_releasing:
        said.append(_("%(n)d issues released") % {"n": sum(each.is_released for each in outcomes)})
    return _("; ").join(said)


def _more(count: int) -> list[str]:
    rest = count - MOST_TOLD
    return [_("… and %(n)d more") % {"n": rest}] if rest > 0 else []


def _folder(photos: Path | None) -> Path | None:
    if photos is not None and not photos.is_dir():
        raise CommandError(_("%(folder)s is no folder.") % {"folder": photos})
    return photos


def _answering(username: str | None, *, is_releasing: bool) -> Member | None:
    """Return the member who answers for the release, who must have the right to it."""
    if username is None:
        return None
    if not is_releasing:
        raise CommandError(_("--by names who answers for --release, which is not given."))
    member = Member.objects.filter(username=username).first()
    if member is None:
        raise CommandError(_("There is no member %(name)s.") % {"name": username})
    if "articles.release_issue" not in rights(member):
        raise CommandError(_("%(name)s may not release issues.") % {"name": username})
    return member
