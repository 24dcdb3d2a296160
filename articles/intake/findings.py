"""Store the doubtful spots of a parsed page as findings of its articles."""

from collections.abc import Sequence

from articles.models import Article, Finding

from .parse.types import ParseWarning
from .warning_texts import WARNINGS


def store_findings(found: Sequence[tuple[Article, Sequence[ParseWarning]]]) -> None:
    """Store the warnings about articles; each article is saved.

    A finding that is there already stays as it is, dismissed or not; open ones that are no longer
    found are deleted. Three queries at most.
    """
    wanted = {
        (article.pk, warning.code, warning.text): warning
        for article, warnings in found
        for warning in warnings
    }
    known = Finding.objects.filter(article__in=[article for article, _warnings in found])
    known = {(row.article_id, row.kind, row.excerpt): row for row in known}
    gone = [row.pk for key, row in known.items() if key not in wanted and not row.dismissed_at]
    if gone:
        Finding.objects.filter(pk__in=gone, dismissed_at=None).delete()
    Finding.objects.bulk_create(
        Finding(article_id=pk, kind=kind, excerpt=excerpt, message=str(WARNINGS[kind]))
        for pk, kind, excerpt in wanted
        if (pk, kind, excerpt) not in known
    )
