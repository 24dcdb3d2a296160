"""What the desk's templates need."""

from django import template
from django.urls import reverse

from articles.models import Article
from articles.preflight import Finding

register = template.Library()


@register.filter
def mended_at(finding: Finding) -> str:
    """Return the address of the field, or else of the form, on which a finding is mended."""
    row = finding.about
    if isinstance(row, Article):
        form = reverse("admin:articles_article_change", args=[row.pk])
    else:
        form = reverse("admin:articles_issue_change", args=[getattr(row, "issue_id", row.pk)])
    return f"{form}#{finding.place}" if finding.place else form
