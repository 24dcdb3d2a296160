"""What 今晚 shows a member: the next issue page by page, their own work, what changed since."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext

from articles.admin.article.list_filters import written_by
from articles.editing import autosave
from articles.models import (
    Article,
    Byline,
    Issue,
    Member,
    Page,
    Review,
    Revision,
    Status,
    WorkingCopy,
)
from articles.workflow.moves import REVIEWING
from articles.workflow.queues import dated, returned_to, unfinished_by, waiting_for

# Issues shown at most; how long a draft or a held article is shown; how far back news goes;
# open forms looked at.
MAX_ISSUES = 4
SHOWN_FOR = timedelta(days=60)
NEWS_FOR = timedelta(hours=24)
MAX_COPIES = 200
UNSIGNED = (Status.DRAFT, *REVIEWING, Status.HELD)
UNPUBLISHED = (Status.DRAFT, *REVIEWING, Status.HELD, Status.SIGNED)


@dataclass(frozen=True, slots=True)
class TonightArticle:
    """One line: an article, and who else has it open."""

    article: Article
    opened_by: tuple[Member, ...] = ()
    news_since: datetime | None = None

    @property
    def authors(self) -> str:
        """The first name under it, and how many there are if more: 张可馨等3人."""
        name, count = self.article.first_author or "", self.article.author_count
        if count < 2:
            return name
        return gettext("%(name)s and others, %(count)d in all") % {"name": name, "count": count}

    @property
    def opened_names(self) -> str:
        """The names of those who have it open."""
        return "、".join(map(str, self.opened_by))

    @property
    def age(self) -> str:
        """How long it has had its status, in the largest unit: 3 小时."""
        return age_in_words(self.article.since)

    @property
    def news(self) -> str:
        """What others did with it since the member last looked; empty if nothing."""
        since = self.news_since
        if since is None:
            return ""
        changed = self.article.others_changed_at
        is_changed = bool(changed and changed > since)
        moved = self.article.others_moved_at
        if moved and moved > since:
            return gettext("changed and moved") if is_changed else gettext("moved")
        return gettext("changed") if is_changed else ""


@dataclass(frozen=True, slots=True)
class TonightPage:
    """One page of the next issue with its articles as placed."""

    page: Page
    lines: list[TonightArticle]

    @property
    def length(self) -> int:
        """The number of 字 on the page."""
        return sum(line.article.length for line in self.lines)

    @property
    def open_places(self) -> int:
        """How many planned articles are still missing."""
        return max(0, self.page.planned - len(self.lines))


@dataclass(frozen=True, slots=True)
class UnsavedCopy:
    """Words of the member on the server that are not saved; `article` None: a new article."""

    copy: WorkingCopy
    article: Article | None

    @property
    def title(self) -> str:
        """What names it: the headline typed, or the article's, or the first words."""
        fields = dict(self.copy.fields)
        typed = Article(headline=fields.get("headline", "").strip(), body=fields.get("body", ""))
        return typed.display_title if self.article is None else self.article.display_title

    @property
    def url(self) -> str:
        """The form that offers to take them over."""
        if self.article is None:
            return reverse("admin:articles_article_add")
        return reverse("admin:articles_article_change", args=[self.article.pk])

    @property
    def age(self) -> str:
        """How long ago they were typed."""
        return age_in_words(self.copy.typed_at)


@dataclass(frozen=True, slots=True)
class Tonight:
    """Everything that 今晚 shows one member at one moment; `own` are stories in no other list."""

    issues: list[Issue]
    issue: Issue | None
    pages: list[TonightPage]
    waiting: list[TonightArticle]
    returned: list[TonightArticle]
    unfinished: list[TonightArticle]
    own: list[TonightArticle]
    held: list[TonightArticle]
    unsaved: list[UnsavedCopy]
    since: datetime
    news_count: int

    @classmethod
    def of(cls, member: Member, issues: list[Issue]) -> "Tonight":
        """Load it. Three queries at most, for a superuser four."""
        issue = next((each for each in issues if not each.is_published()), None)
        pages = list(Page.objects.filter(issue=issue).in_order()) if issue else []
        articles = list(tonights_articles(member, pages))
        copies = _working_copies(member)
        since = max(member.looked_at or timezone.now() - NEWS_FOR, timezone.now() - NEWS_FOR)
        opened = _opened_by(copies, member)
        lines = [TonightArticle(each, opened.get(each.pk, ()), since) for each in articles]
        placed = _by_page(lines, pages)
        return cls(
            issues=issues,
            issue=issue,
            pages=[TonightPage(page, placed[page.pk]) for page in pages],
            waiting=[line for line in lines if line.article.is_waiting],
            returned=[line for line in lines if line.article.is_returned],
            unfinished=[line for line in lines if line.article.is_unfinished],
            own=[line for line in lines if _is_elsewhere(line.article)],
            held=[line for line in lines if line.article.status == Status.HELD],
            unsaved=[_unsaved(copy) for copy in copies if copy.member_id == member.pk],
            since=since,
            news_count=sum(bool(line.news) for line in lines),
        )


def upcoming_issues(issues: QuerySet[Issue], today: date) -> list[Issue]:
    """Return the first issues from today on. One query."""
    return list(issues.filter(issued_on__gte=today).order_by("issued_on", "edition")[:MAX_ISSUES])


def tonights_articles(member: Member, pages: list[Page]) -> QuerySet[Article]:
    """Select what stands on some pages, what is held, and what is in a queue of a member.

    Each says in which queues it is (`is_waiting`, `is_returned`, `is_unfinished`, `is_own`),
    `since` when it has its status, and what others last did. No query, for a superuser one.
    """
    recent = Q(changed_at__gte=timezone.now() - SHOWN_FOR)
    in_queue = Q(is_waiting=True) | Q(is_returned=True) | Q(is_unfinished=True) | Q(is_own=True)
    shown = (
        Q(page__in=[page.pk for page in pages])
        | Q(status__in=REVIEWING) & in_queue
        | Q(status=Status.DRAFT, discarded_at=None) & in_queue & recent
        | Q(status=Status.HELD) & recent
        | Q(status=Status.SIGNED, page=None, is_own=True) & recent
    )
    articles = dated(Article.objects.all()).annotate(
        is_waiting=_within(waiting_for(member)),
        is_returned=_within(returned_to(member)),
        is_unfinished=_within(unfinished_by(member).filter(status=Status.DRAFT)),
        is_own=_within(Article.objects.filter(written_by(member), status__in=UNPUBLISHED)),
    )
    found = articles.filter(shown, pk__in=_candidates(pages))
    return _with_facts(found, member).select_related("page__issue", "column")


def _candidates(pages: list[Page]) -> QuerySet:
    """Select the ids of what stands on some pages or none, or is not signed: the rest is finished.

    A union, so that each part is found in an index.
    """
    articles = Article.objects.order_by().values("pk")
    unsigned = articles.filter(status__in=UNSIGNED)
    return articles.filter(page__in=pages).union(articles.filter(page=None), unsigned)


def _within(articles: QuerySet[Article]) -> Exists:
    return Exists(articles.order_by().filter(pk=OuterRef("pk")))


def _with_facts(articles: QuerySet[Article], member: Member) -> QuerySet[Article]:
    """Annotate names, the last remark, and when others changed and moved each article."""
    names = Byline.objects.filter(article=OuterRef("pk"))
    count = names.order_by().values("article").annotate(n=Count("name", distinct=True)).values("n")
    reviews = Review.objects.filter(article=OuterRef("pk")).order_by("-pk")
    remarks = reviews.exclude(note="").values("note")
    by = reviews.exclude(note="").values(by=NullIf("made_by__name", Value("")))
    others = ~Q(made_by=member)
    changes = Revision.objects.filter(others, article=OuterRef("pk")).order_by("-number")
    return articles.annotate(
        first_author=Subquery(names.order_by("position").values("name")[:1]),
        author_count=Coalesce(Subquery(count), 0),
        remark=Subquery(remarks[:1]),
        remark_by=Subquery(by[:1], output_field=CharField()),
        others_changed_at=Subquery(changes.values("made_at")[:1]),
        others_moved_at=Subquery(reviews.filter(others).values("made_at")[:1]),
    )


def _working_copies(member: Member) -> list[WorkingCopy]:
    """Return the member's unsaved copies, and forms that others have open. One query.

    Of others' forms only who and when: their words are not loaded.
    """
    own = Q(member=member, typed_at__isnull=False)
    opened = Q(seen_at__gt=timezone.now() - autosave.PRESENT, article__isnull=False)
    opened &= ~Q(member=member)
    words = Case(
        When(member=member, then=F("stored_fields")), default=Value("[]", output_field=TextField())
    )
    copies = WorkingCopy.objects.filter(own | opened).defer("stored_fields")
    copies = copies.select_related("member", "article__column").annotate(own_fields=words)
    return list(copies.order_by("pk")[:MAX_COPIES])


def _is_elsewhere(article: Article) -> bool:
    """Tell whether it is the member's own story and in no other list of theirs."""
    return article.is_own and not (article.is_returned or article.is_unfinished)


def _unsaved(copy: WorkingCopy) -> UnsavedCopy:
    copy.stored_fields = copy.own_fields
    return UnsavedCopy(copy, copy.article)


def _opened_by(copies: Iterable[WorkingCopy], member: Member) -> dict[int, tuple[Member, ...]]:
    """Return who else has each article open, by its id."""
    opened: dict[int, dict[Member, None]] = {}
    for copy in copies:
        if copy.article_id and copy.member_id != member.pk:
            opened.setdefault(copy.article_id, {})[copy.member] = None
    return {key: tuple(members) for key, members in opened.items()}


def _by_page(lines: list[TonightArticle], pages: list[Page]) -> dict[int, list[TonightArticle]]:
    placed: dict[int, list[TonightArticle]] = {page.pk: [] for page in pages}
    for line in sorted(lines, key=lambda line: line.article.position or 0):
        if line.article.page_id in placed:
            placed[line.article.page_id].append(line)
    return placed


def age_in_words(since: datetime) -> str:
    """Return how long ago an instant was, in its largest unit: 3 小时."""
    if timezone.now() - since < timedelta(minutes=1):
        return gettext("just now")
    return timesince(since, depth=1).replace("\xa0", " ")
