"""The bin of drafts (废稿): a draft that nobody wants leaves the lists, and can be taken out again.

Its status does not change: it is a draft in the bin. Nothing in the bin can be submitted.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Member, Status
from articles.workflow.permissions import authors_of, permissions_of


class BinRefusedError(Exception):
    """A draft may not go into the bin; the text says why."""


def may_discard(article: Article, *, by: Member) -> bool:
    """Tell whether a member may throw a draft away: its author, or who may return articles.

    One query for the authors, and those for the permissions.
    """
    if article.status != Status.DRAFT or article.page_id:
        return False
    return "articles.return_article" in permissions_of(by) or by.pk in authors_of(article)


def discard(article: Article, *, by: Member) -> None:
    """Throw a draft away. Raises BinRefusedError. Two queries, and those for the permissions."""
    if not may_discard(article, by=by):
        raise BinRefusedError(
            _("Only a draft on no page, by its author or an editor, can go into the bin.")
        )
    drafts = Article.objects.filter(pk=article.pk, status=Status.DRAFT, page=None)
    if not drafts.update(discarded_at=timezone.now(), discarded_by=by):
        raise BinRefusedError(_("The article has moved on in the meantime."))


def take_out(article: Article) -> None:
    """Take a draft out of the bin; nothing happens to one that is in none. One query."""
    Article.objects.filter(pk=article.pk).update(discarded_at=None, discarded_by=None)
