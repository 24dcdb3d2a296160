"""Back issues go out: each under its own date, where it was asked for and nothing is open."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import workflow
from articles.models import Article, Issue, Member, Status
from articles.release import release_printed

from .outcome import Filed
from .outgoing import whole
from .standing import worked_on


def let_out(issue: Issue, articles: Collection[Article], filed: Filed, *, by: Member | None):
    """Sign the archive's articles of an issue as printed, and release it; tell what forbids it.

    An issue that is released already stays as it is. As many queries for one article as for many.
    """
    if issue.released_at:
        return
    if issue.issued_on >= timezone.localdate():
        filed.held_back = _("its day is not past")
        return
    if filed.left:
        filed.held_back = _("something in it was left as it is")
        return
    try:
        with transaction.atomic():
            workflow.printed(_drafts(articles), by=by)
            release_printed(issue, by=by)
    except workflow.MoveRefused as refusal:
        filed.held_back = str(refusal)
    else:
        filed.is_released = True


def _drafts(articles: Collection[Article]) -> list[Article]:
    """Return the articles that still wait to be signed; raise MoveRefused for people's own."""
    ids = [article.pk for article in articles if article.status == Status.DRAFT]
    drafts = list(whole(Article.objects.filter(pk__in=ids)))
    left = worked_on(drafts)
    for draft in drafts:
        if why := left.get(str(draft.uid)):
            told = {"article": draft, "why": why}
            raise workflow.MoveRefused(_("“%(article)s”: %(why)s.") % told)
    return drafts
