"""What stands already: an archive's articles as they are stored, and whose work they are."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext as _

from articles import revisions
from articles.archived.assembling import PrintedIssue
from articles.archived.clippings import Clipping
from articles.models import Article, Change, Issue, Page, Review, Revision, Status

from .outgoing import clipping, whole


@dataclass(slots=True)
class Standing:
    """An issue as it is stored, held until the transaction ends, and an archive's articles."""

    issue: Issue
    is_new: bool
    pages: dict[str, Page]
    articles: dict[str, Article]
    places: dict[tuple[str, int], str]

    def is_as(self, wanted: Clipping) -> bool:
        """Tell whether an article is stored exactly as a clipping has it."""
        article = self.articles[wanted.uid]
        return article.page is not None and said(as_clipping(article)) == said(wanted)


def as_clipping(article: Article) -> Clipping:
    """Return a placed article as a clipping. No query."""
    return clipping(article, article.page.issue, article.page)


def said(clipping: Clipping) -> tuple:
    """Return what a clipping says of its article: place, words, and the facts besides."""
    facts = (clipping.links, clipping.genre, clipping.rank, clipping.source)
    return clipping.key, clipping.place, clipping.copy, facts


def standing(printed: PrintedIssue) -> Standing:
    """Hold an issue, made if there is none, and read what is stored of it and of its articles.

    Who comes at the same time waits, and then finds it all there. Eight queries, however many
    articles, and three more for a new issue.
    """
    issued_on, edition = printed.key
    issue, is_new = Issue.objects.get_or_create(issued_on=issued_on, edition=edition)
    issue = Issue.objects.locked([issue.pk]).get()
    pages = {page.label: page for page in issue.pages.all()}
    uids = [each.uid for each in printed.articles]
    rows = Article.objects.select_for_update(of=["self"]).filter(uid__in=uids).order_by("pk")
    articles = whole(rows.select_related("page__issue"))
    placed = Article.objects.filter(page__in=[page.pk for page in pages.values()])
    places = placed.values_list("page__label", "position", "uid")
    return Standing(
        issue,
        is_new,
        pages,
        {str(article.uid): article for article in articles},
        {(label, position): str(uid) for label, position, uid in places},
    )


def worked_on(articles: Collection[Article]) -> Mapping[str, str]:
    """Return why some articles, read by `whole`, are left as they are, by their uids.

    An archive's own drafts, which nobody has saved, moved or read, are not among them: four
    queries, however many.
    """
    ids = [article.pk for article in articles]
    by_people = ~Q(change=Change.ARCHIVED) | Q(made_by__isnull=False)
    made = Revision.objects.filter(article__in=ids)
    saved = {*made.filter(by_people).values_list("article", flat=True)}
    kept = dict(made.order_by("number").values_list("article", "digest"))
    logged = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Article), object_id__in=map(str, ids)
    )
    moved = {*Review.objects.filter(article__in=ids).values_list("article", flat=True)}
    saved |= {int(pk) for pk in logged.values_list("object_id", flat=True)}
    found = {}
    for article in articles:
        if article.status != Status.DRAFT or article.pk in moved:
            found[str(article.uid)] = _("it has been reviewed or published")
        elif article.pk in saved or kept.get(article.pk) != revisions.composed(article).digest:
            found[str(article.uid)] = _("somebody has worked on it")
    return found
