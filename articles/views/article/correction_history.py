"""更正记录: when an article was printed and corrected, and which of its parts changed.

The earlier words are not shown: what was wrong is not repeated.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst

from articles import queries
from articles.models import Article, Byline, Caption, Correction, Revision
from articles.views.frame import Frame, reader_page, render_page
from articles.views.freshness import kept_with_issue

from .withdrawn import withdrawn


@dataclass(frozen=True, slots=True)
class CorrectedRevision:
    """One correction: its notice, the number of the revision, and the names of what changed."""

    correction: Correction
    number: int
    parts: list[str]


@reader_page
def correction_history(request: HttpRequest, pk: int) -> HttpResponse:
    """List the corrections of a published article, the oldest first. Eight queries at most.

    One that was withdrawn is answered with a notice (410).
    """
    article = queries.published_article(pk)
    if article is None:
        return withdrawn(request, pk)
    issue = article.page.issue
    shown = render_page(
        request,
        "paper/correction_history.html",
        Frame.of(issue, queries.pages_of(issue)),
        canonical=reverse("articles:correction_history", args=[pk]),
        current_page=article.page.label,
        current_kind="true",
        article=article,
        history=corrected_revisions(article),
    )
    return kept_with_issue(shown, issue)


def corrected_revisions(article: Article) -> list[CorrectedRevision]:
    """Return the corrections of an article, the oldest first. One query, none without any.

    A correction is stored with its revision, so that the one before is what readers saw until then.
    """
    corrections = sorted(article.corrections.all(), key=lambda row: (row.made_at, row.pk))
    if not corrections:
        return []
    revisions = {row.number: row for row in article.revisions.all()}
    numbers = {row.pk: row.number for row in revisions.values()}
    return [
        CorrectedRevision(
            row,
            numbers[row.revision_id],
            changed_parts(
                revisions.get(numbers[row.revision_id] - 1), revisions[numbers[row.revision_id]]
            ),
        )
        for row in corrections
    ]


def changed_parts(before: Revision | None, after: Revision) -> list[str]:
    """Return the names of the parts in which two revisions differ; none without the first."""
    if before is None:
        return []
    names = {
        field.name: field.verbose_name for field in Article._meta.get_fields() if field.concrete
    }
    names |= {"bylines": Byline._meta.verbose_name, "captions": Caption._meta.verbose_name}
    return [
        capfirst(str(names[part]))
        for part in after.copy.__slots__
        if getattr(before.copy, part) != getattr(after.copy, part)
    ]
