"""The picture of a page that came as PDF: made before anything is locked, stored with its text."""

from django.utils.translation import gettext_lazy as _

from articles.facsimiles import storing
from articles.facsimiles.process import UnusablePdfError
from articles.facsimiles.storing import MadePage
from articles.models import Issue, Member

from .raw_pages import ParsedSource, UnreadableTextError

WITHOUT_PICTURE = _("The text of page %(page)s was read, but no picture was made: %(why)s")
ONE_BY_ONE = _("The PDF has several pages. Without text nothing tells them apart: take each alone.")

RELEASED = _("The issue is released: pictures go out at once; whoever may release it adds them.")


def may_add(issue: Issue, by: Member | None) -> bool:
    """Tell whether somebody may add pictures to an issue; None is the operator.

    In a released issue readers would see them at once.
    """
    is_out = issue.released_at is not None
    return by is None or not is_out or by.has_perm("articles.release_issue")


def picture_of(parsed: ParsedSource) -> tuple[MadePage | None, str]:
    """Return what is made of the page of a PDF, or None and why nothing is; of a text, nothing.

    Two to three seconds. No query.
    """
    if not parsed.pdf:
        return None, ""
    try:
        return storing.make(parsed.pdf, number=parsed.number), ""
    except UnusablePdfError as error:
        return None, str(storing.REFUSALS[error.args[0]])


def picture_alone(source: bytes) -> MadePage:
    """Return what is made of a PDF of one page whose text is not read.

    Raises UnreadableTextError. No query.
    """
    try:
        made = storing.make(source)
    except UnusablePdfError as error:
        raise UnreadableTextError(str(storing.REFUSALS[error.args[0]])) from error
    if made.count > 1:
        raise UnreadableTextError(str(ONE_BY_ONE))
    return made
