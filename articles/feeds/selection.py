"""Which articles a feed holds, what was withdrawn of it, and whether it has changed."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from articles import queries
from articles.models import Article, Correction, Genre, Issue, Masthead, Review

# How many articles a feed holds: more than the thickest paper of a day, or the newest of a subject.
PAPER, NEWEST = 120, 50
# In how many of the last issues they are looked for.
PAPER_ISSUES, PAGE_ISSUES = 10, 60
# How long a feed tells that an article was withdrawn.
TOLD_FOR = timedelta(days=30)
# A part of every ETag: a new number makes readers' programs fetch every feed anew.
FORMAT = 1
# What a feed shows of its articles beside their words, which `version` and `changed_at` tell.
SHOWN = ("page__label", "page__name", "page__issue__released_at", "column__name", "source")
PHOTOS = ("captions__position", "captions__photo__alt", "captions__photo__credit")
PHOTOS += ("captions__photo__generated",)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a feed is about; `name` is empty for the whole paper.

    `articles` are those that readers see, the newest first, `gone` those of them that were
    withdrawn; `page` is the address for people.
    """

    name: str
    page: str
    articles: QuerySet[Article]
    gone: QuerySet[Article]
    length: int = NEWEST
    # What follows the path in the address of the feed itself: the words that are searched for.
    query: str = ""

    def newest(self) -> QuerySet:
        """Select the ids of the articles that the feed holds; advertisements are no news."""
        return self.articles.exclude(genre=Genre.ADVERTISEMENT).values("pk")[: self.length]


@dataclass(frozen=True, slots=True)
class FeedState:
    """What tells whether a feed has changed, the ids of its articles, and if it tells anything."""

    etag: str
    modified: datetime | None
    articles: tuple[int, ...]
    is_empty: bool


def of_last_issues(count: int) -> QuerySet[Article]:
    """Select the published articles of the last issues, the newest first."""
    issues = Issue.objects.published().order_by("-issued_on", "-edition").values("pk")[:count]
    order = ("-page__issue__issued_on", "-page__issue__edition", "page", "position")
    return Article.objects.published().filter(page__issue__in=issues).order_by(*order)


def state_of(subject: Subject, origin: str) -> FeedState:
    """Return the state of a feed without building an entry. One query.

    Two where it holds no article, for what was withdrawn of it.
    """
    rows = list(_state_rows(subject))
    gone = [] if rows else tombstones_of(subject)
    stones = [(each.pk, each.withdrawn_at, each.public_note) for each in gone]
    told = rows or stones
    facts = repr((FORMAT, settings.FEED_CONTENT, origin, subject.name, subject.page, told))
    instants = [
        instant
        for row in rows
        for instant in (row[2], row[5], row[-3], row[-2])  # changed, released, corrected, withdrawn
        if instant
    ]
    instants += [withdrawn_at for _, withdrawn_at, _ in stones]
    return FeedState(
        etag=f'"{hashlib.sha256(facts.encode()).hexdigest()[:32]}"',
        modified=max(instants, default=None),
        articles=tuple(dict.fromkeys(row[0] for row in rows)),
        is_empty=not told,
    )


def _state_rows(subject: Subject) -> QuerySet:
    """Select a row for each article and photo of a feed, with all that its entries show."""
    corrected = Correction.objects.filter(article=OuterRef("pk")).order_by("-made_at")
    withdrawn = recent_withdrawals().order_by("-made_at").values("made_at")[:1]
    mastheads = Masthead.objects.filter(valid_from__lte=timezone.localdate())
    found = Article.objects.filter(pk__in=subject.newest()).annotate(
        corrected_at=Subquery(corrected.values("made_at")[:1]),
        withdrawn_at=Subquery(withdrawn),
        paper=Subquery(mastheads.order_by("-valid_from").values("name")[:1]),
    )
    # The newest first; the photos of an article in order.
    order = (F("page__issue__issued_on").desc(), "pk", "captions__position")
    facts = ("corrected_at", "withdrawn_at", "paper")
    return found.order_by(*order).values_list(
        "pk", "version", "changed_at", *SHOWN, *PHOTOS, *facts
    )


def entries_of(state: FeedState) -> list[Article]:
    """Return the articles of a feed with their parts, the newest first. Five queries.

    What was withdrawn since the state was read is left out.
    """
    articles = Article.objects.published().filter(pk__in=state.articles)
    return list(queries.with_parts(articles).newest_first())


def recent_withdrawals() -> QuerySet[Review]:
    """Select the withdrawals that feeds still tell of; which, changes at midnight."""
    since = timezone.make_aware(datetime.combine(timezone.localdate() - TOLD_FOR, time()))
    return Review.objects.filter(move="withdraw", made_at__gte=since)


def tombstones_of(subject: Subject) -> list[Article]:
    """Return the articles of a feed that were withdrawn lately, the latest first. One query.

    They have `uid`, `withdrawn_at` and `public_note`, and no other word. A search has none.
    """
    notes = Review.objects.filter(article=OuterRef("pk"), move="withdraw").order_by("-pk")
    gone = subject.gone.filter(pk__in=recent_withdrawals().values("article"))
    gone = gone.exclude(genre=Genre.ADVERTISEMENT).only("uid")
    told = gone.annotate(public_note=Subquery(notes.values("public_note")[:1]))
    return list(told.order_by("-withdrawn_at", "-pk")[:NEWEST])
