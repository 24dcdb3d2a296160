"""Release an imported back issue under its own date."""

from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext as _

from articles import ledger
from articles.models import Article, Issue, Member, Status
from articles.workflow import MoveRefusedError, transitions
from articles.workflow.release import release_printed

from .existing import edited_articles
from .exporter import with_all_parts
from .result import ImportResult


def release_back_issue(
    issue: Issue, articles: Collection[Article], result: ImportResult, *, by: Member | None
):
    """Sign the archive's articles of an issue as printed, and release it; report why not.

    A released issue stays as it is. As many queries for one article as for many.
    """
    if issue.released_at:
        return
    if issue.issued_on >= timezone.localdate():
        result.release_refusal = _("its day is not past")
        return
    if result.skipped:
        result.release_refusal = _("something in it was left as it is")
        return
    try:
        with ledger.atomic():
            transitions.sign_printed_articles(_drafts(articles), by=by)
            release_printed(issue, by=by)
    except MoveRefusedError as error:
        result.release_refusal = str(error)
    else:
        result.is_released = True


def _drafts(articles: Collection[Article]) -> list[Article]:
    """Return the drafts to sign; raise MoveRefusedError where a person has edited one."""
    ids = [article.pk for article in articles if article.status == Status.DRAFT]
    drafts = list(with_all_parts(Article.objects.filter(pk__in=ids)))
    reasons = edited_articles(drafts)
    for draft in drafts:
        if why := reasons.get(str(draft.uid)):
            params = {"article": draft, "why": why}
            raise MoveRefusedError(_("“%(article)s”: %(why)s.") % params)
    return drafts
