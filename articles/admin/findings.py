"""Where on the desk a finding is mended."""

from django.urls import reverse

from articles.models import Article
from articles.preflight import Finding


def address(finding: Finding) -> str:
    """Return the address of the field, or else of the form, on which a finding is mended."""
    row = finding.about
    if isinstance(row, Article):
        form = reverse("admin:articles_article_change", args=[row.pk])
    else:
        form = reverse("admin:articles_issue_change", args=[getattr(row, "issue_id", row.pk)])
    return f"{form}#{finding.place}" if finding.place else form
