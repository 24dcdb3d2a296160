"""Load the stored issue and articles of an archive, and find those that people have edited."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext as _

from articles import revisions
from articles.archive.format.printed_issue import PrintedIssue
from articles.archive.format.records import Record
from articles.models import Article, Change, Issue, Page, Review, Revision, Status

from .exporter import article_record, with_all_parts


@dataclass(slots=True)
class ExistingIssue:
    """A stored issue, locked until the transaction ends, and the stored articles of an archive.

    `places` has the uid of the article at each label and position.
    """

    issue: Issue
    is_new: bool
    pages: dict[str, Page]
    articles: dict[str, Article]
    places: dict[tuple[str, int], str]

    def is_identical(self, record: Record) -> bool:
        """Tell whether an article is stored exactly as in a record."""
        article = self.articles[record.uid]
        return article.page is not None and _compared(placed_record(article)) == _compared(record)


def placed_record(article: Article) -> Record:
    """Return the record of an article that is on a page. No query."""
    return article_record(article, article.page.issue, article.page)


def _compared(record: Record) -> tuple:
    return record.key, record.place, record.copy, record.links, record.article


def lock_existing(printed: PrintedIssue) -> ExistingIssue:
    """Lock an issue, created if there is none, and load its pages and the articles of an archive.

    Another import of the same issue waits, and then finds it complete. Eight queries, however
    many articles, and three more for a new issue.
    """
    issued_on, edition = printed.key
    issue, is_new = Issue.objects.get_or_create(issued_on=issued_on, edition=edition)
    issue = Issue.objects.locked([issue.pk]).get()
    pages = {page.label: page for page in issue.pages.all()}
    uids = [record.uid for record in printed.articles]
    rows = Article.objects.select_for_update(of=["self"]).filter(uid__in=uids).order_by("pk")
    articles = with_all_parts(rows.select_related("page__issue"))
    placed = Article.objects.filter(page__in=[page.pk for page in pages.values()])
    places = placed.values_list("page__label", "position", "uid")
    return ExistingIssue(
        issue,
        is_new,
        pages,
        {str(article.uid): article for article in articles},
        {(label, position): str(uid) for label, position, uid in places},
    )


def edited_articles(articles: Collection[Article]) -> Mapping[str, str]:
    """Return why some articles, loaded by `with_all_parts`, may not be changed, by their uids.

    An archive's own drafts, which nobody has saved, moved or reviewed, are not among them. Four
    queries, however many.
    """
    ids = [article.pk for article in articles]
    revision_rows = Revision.objects.filter(article__in=ids)
    by_people = revision_rows.filter(~Q(change=Change.ARCHIVED) | Q(made_by__isnull=False))
    logged = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Article), object_id__in=map(str, ids)
    )
    edited = {*by_people.values_list("article", flat=True)}
    edited |= {int(pk) for pk in logged.values_list("object_id", flat=True)}
    digests = dict(revision_rows.order_by("number").values_list("article", "digest"))
    reviewed = {*Review.objects.filter(article__in=ids).values_list("article", flat=True)}
    reasons = {}
    for article in articles:
        if article.status != Status.DRAFT or article.pk in reviewed:
            reasons[str(article.uid)] = _("it has been reviewed or published")
        elif article.pk in edited or digests.get(article.pk) != revisions.composed(article).digest:
            reasons[str(article.uid)] = _("somebody has worked on it")
    return reasons
