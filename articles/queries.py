"""Everything that readers' pages, and the pages of a preview link, select.

Rows come as whole model instances, so that a new field is in every page's context by itself. A
function that returns a queryset makes no query; the others say how many they make.
"""

from datetime import date
from uuid import UUID

from django.db.models import (
    DateField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    Value,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce, JSONObject, TruncMonth
from django.utils.translation import gettext
from taggit.models import Tag

from .lists import years
from .lists.listed import listed_articles
from .models import (
    Article,
    Byline,
    Caption,
    Column,
    Contributor,
    Correction,
    Issue,
    ListKind,
    Masthead,
    Page,
    Photo,
    Review,
    Tagging,
    Zone,
)
from .workflow.moves import LIVE

# Mastheads and issues


def masthead_on(day: date) -> Masthead:
    """Return the masthead valid on a day, or the first one known, or an empty one. One query."""
    mastheads = list(Masthead.objects.order_by("valid_from"))  # a paper has a handful
    if not mastheads:
        return Masthead(name=gettext("The paper"), valid_from=day)
    valid = [masthead for masthead in mastheads if masthead.valid_from <= day]
    return valid[-1] if valid else mastheads[0]


def latest_paper() -> tuple[Issue | None, list[Issue]]:
    """Return the latest published paper, and the extras of its day and after, the latest first.

    Where there is no normal paper the latest extra stands for it. One query.
    """
    published = Issue.objects.published()
    its_day = published.filter(edition=1).order_by("-issued_on").values("issued_on")[:1]
    since = published.filter(issued_on__gte=Coalesce(Subquery(its_day), Value(date.min)))
    issues = list(since.order_by("-issued_on", "-edition"))
    paper = next((issue for issue in issues if issue.edition == 1), None)
    extras = [issue for issue in issues if paper and issue is not paper]
    return paper or next(iter(issues), None), extras


def first_headlines(issues: list[Issue]) -> dict[int, Article]:
    """Return the first article that readers see of each issue, by the id of the issue.

    One query, none without issues.
    """
    if not issues:
        return {}
    articles = Article.objects.published().filter(page__issue__in=issues)
    found = articles.select_related("page").in_print_order()
    return {article.page.issue_id: article for article in reversed(found)}


def published_neighbours(issue: Issue) -> tuple[Issue | None, Issue | None]:
    """Return the published issues before and after an issue, over days without. Two queries.

    Each has one bound on the date and one exception, so that an index gives the row at once.
    """
    published, day = Issue.objects.published(), issue.issued_on
    before = published.filter(issued_on__lte=day)
    before = before.exclude(issued_on=day, edition__gte=issue.edition)
    after = published.filter(issued_on__gte=day)
    after = after.exclude(issued_on=day, edition__lte=issue.edition)
    return (
        before.order_by("-issued_on", "-edition").first(),
        after.order_by("issued_on", "edition").first(),
    )


def nearest_issues(day: date) -> list[Issue]:
    """Return the last published issue up to a day and the first one after it. Two queries."""
    published = Issue.objects.published().order_by("issued_on", "edition")
    before = published.filter(issued_on__lte=day).order_by("-issued_on", "edition").first()
    found = (before, published.filter(issued_on__gt=day).first())
    return [issue for issue in found if issue]


def issues_of_year(year: int) -> QuerySet[Issue]:
    """Select the published issues of a year, the normal paper of a day before its extras."""
    return Issue.objects.published().filter(issued_on__year=year).order_by("issued_on", "edition")


def latest_issue_with_dates(start: date | None = None, end: date = date.max) -> Issue | None:
    """Return the latest published issue, or None. One query.

    It knows the date of the first issue (`first_on`), of the last before `start` (`before_on`),
    and of the first from `end` on (`after_on`). Without `start`, the month of each issue is meant.
    """
    dates = Issue.objects.published().order_by("issued_on").values("issued_on")
    its_date = ExpressionWrapper(OuterRef("issued_on"), output_field=DateField())
    before = dates.filter(issued_on__lt=start or TruncMonth(its_date)).reverse()
    return (
        Issue.objects.published()
        .annotate(
            first_on=Subquery(dates[:1]),
            before_on=Subquery(before[:1]),
            after_on=Subquery(dates.filter(issued_on__gte=end)[:1]),
        )
        .order_by("-issued_on", "-edition")
        .first()
    )


# The pages and articles of an issue


def pages_of(issue: Issue) -> list[Page]:
    """Return the pages of an issue as they are bound, their default order. One query."""
    return list(issue.pages.all())


def published_in(issue: Issue) -> QuerySet[Article]:
    """Select the articles of an issue that readers see."""
    return Article.objects.published().filter(page__issue=issue)


def all_in(issue: Issue) -> QuerySet[Article]:
    """Select every article of an issue, drafts too, for the desk alone."""
    return Article.objects.filter(page__issue=issue)


def previewed_in(issue: Issue) -> QuerySet[Article]:
    """Select what a preview of an issue shows: all that may still be printed."""
    return all_in(issue).filter(status__in=LIVE)


def previewed_photos(issue: Issue) -> QuerySet[Photo]:
    """Select the photos of the articles that a preview of an issue shows."""
    return Photo.objects.filter(captions__article__in=previewed_in(issue)).distinct()


def articles_by_page(articles: QuerySet[Article]) -> dict[int, list[Article]]:
    """Return articles by the id of their page, in order, each with its column. One query."""
    pages: dict[int, list[Article]] = {}
    for article in articles.select_related("column").order_by("position"):
        pages.setdefault(article.page_id, []).append(article)
    return pages


def articles_in_print_order(articles: QuerySet[Article]) -> list[Article]:
    """Return articles of an issue in print order, each with its column. One query.

    `first_caption` is the words of the first picture of each and its size, or None.
    """
    facts = JSONObject(width="photo__width", height="photo__height", caption="words")
    first = Caption.objects.filter(article=OuterRef("pk")).order_by("position").values(facts=facts)
    found = articles.annotate(first_caption=Subquery(first[:1]))
    return list(found.select_related("column").in_print_order())


def load_bylines_and_captions(articles: list[Article]) -> None:
    """Load `loaded_bylines` and `loaded_captions`, with photos, of articles. Two queries, or none.

    Lists, since Django would make a queryset for each article: a third of the work for 25.
    """
    captions = Caption.objects.select_related("photo")
    prefetch_related_objects(
        articles,
        Prefetch("bylines", Byline.objects.all(), to_attr="loaded_bylines"),
        Prefetch("captions", captions, to_attr="loaded_captions"),
    )


def picture_count(articles: list[Article]) -> int:
    """Return how many pictures some articles have. One query."""
    return Caption.objects.filter(article__in=articles).count()


# One article


def with_parts(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Load articles with all that the page of an article shows, and `has_zone`. Five queries."""
    articles = articles.annotate(has_zone=Exists(Zone.objects.filter(article=OuterRef("pk"))))
    return articles.select_related("page__issue", "column").prefetch_related(
        Prefetch("bylines", Byline.objects.select_related("contributor")),
        Prefetch("captions", Caption.objects.select_related("photo")),
        Prefetch("corrections", Correction.objects.order_by("-made_at", "-pk")),
        Prefetch("taggings", Tagging.objects.select_related("tag").order_by("pk")),
    )


def published_article(pk: int) -> Article | None:
    """Return a published article with its parts, or None. Five queries, one for None."""
    articles = with_parts(Article.objects.published())
    return articles.filter(pk=pk).first()


def withdrawn_articles() -> QuerySet[Article]:
    """Select the articles that readers no longer see, the latest first, without their words.

    They have `withdrawn_at`, and their page and issue: what was published stays in its issue.
    """
    articles = Article.objects.withdrawn().filter(page__isnull=False)
    places = articles.select_related("page__issue").only("page")
    return places.order_by("-withdrawn_at", "-pk")


def latest_withdrawn_articles(count: int) -> list[Article]:
    """Return the articles withdrawn last, the latest first, as `withdrawn_articles` does.

    Searched for among the last withdrawals: an article may have several, or be back in print. Two
    queries.
    """
    withdrawals = Review.objects.filter(move="withdraw").order_by("-made_at")
    latest = list(withdrawals.values_list("article", flat=True)[: 3 * count])
    return list(withdrawn_articles().filter(pk__in=latest)[:count])


def withdrawn_article(pk: int) -> Article | None:
    """Return an article that was withdrawn, without its words, with `public_note`. One query."""
    withdrawals = Review.objects.filter(article=OuterRef("pk"), move="withdraw")
    note = Subquery(withdrawals.order_by("-pk").values("public_note")[:1])
    return withdrawn_articles().annotate(public_note=note).filter(pk=pk).first()


def published_photo(uid: UUID) -> Photo | None:
    """Return a photo that is used in a published article, or None. One query."""
    return Photo.objects.published().filter(uid=uid).first()


# Lists of articles


def published_columns() -> list[Column]:
    """Return the columns that have published anything, the current ones first.

    Each knows how many articles it has (`article_count`) and the date of the last (`last_on`).
    Three queries.
    """
    totals = years.totals(ListKind.COLUMN)
    columns = list(Column.objects.filter(pk__in=totals))
    for column in columns:
        column.article_count, column.last_on = totals[column.pk].articles, totals[column.pk].last_on
    return sorted(columns, key=lambda c: (not c.is_current, -c.last_on.toordinal(), c.name))


def articles_of_column(column: Column) -> QuerySet[Article]:
    """Select the published articles of a column, the newest first."""
    return listed_articles(ListKind.COLUMN, column.pk)


def articles_of_contributor(contributor: Contributor) -> QuerySet[Article]:
    """Select the published articles that carry a contributor's byline, the newest first.

    A byline that is linked to nobody counts where no other contributor has its name.
    """
    return listed_articles(ListKind.CONTRIBUTOR, contributor.pk)


def articles_of_tag(tag: Tag) -> QuerySet[Article]:
    """Select the published articles under a tag, the newest first."""
    return listed_articles(ListKind.TAG, tag.pk)


def articles_with_photos_of(contributor: Contributor) -> QuerySet[Article]:
    """Select the published articles with photos by a contributor, the newest first.

    `photos_taken` are the captions of those photos. Two queries.
    """
    captions = Caption.objects.filter(photo__contributor=contributor).select_related("photo")
    articles = Article.objects.published().filter(pk__in=captions.order_by().values("article"))
    taken = Prefetch("captions", captions, to_attr="photos_taken")
    return articles.newest_first().select_related("column").prefetch_related(taken)


def published_corrections() -> QuerySet[Correction]:
    """Select the corrections of the articles that readers see, the newest first."""
    articles = Article.objects.published().filter(pk=OuterRef("article"))
    corrections = Correction.objects.filter(Exists(articles)).order_by("-made_at", "-pk")
    return corrections.select_related("article__page__issue", "article__column")
