"""How many pages, articles and unsigned articles issues have."""

from django.db.models import QuerySet

from articles.models import Article, Issue, Page, Status

from .list_mixins import count_of


def annotate_counts(issues: QuerySet[Issue]) -> QuerySet[Issue]:
    """Annotate the numbers of pages, of articles and of unsigned articles of issues."""
    unsigned = Article.objects.exclude(status=Status.SIGNED)
    return issues.annotate(
        page_total=count_of(Page.objects.all(), "issue"),
        article_total=count_of(Article.objects.all(), "page__issue"),
        unsigned_total=count_of(unsigned, "page__issue"),
    )
