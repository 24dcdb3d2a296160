"""What was published by whom in a month: articles, 字, photos and points of each person."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from articles.models import Article, Byline, Caption, Contributor, Issue, PointRate

from .photo_credits import PICTURE_ROLES, photographers
from .rates import PHOTO, Rates


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever signs: a contributor, or a printed name that is linked to none."""

    name: str
    contributor: int | None = None

    @property
    def key(self) -> str:
        """What names the person in an address."""
        return f"{self.contributor or ''}:{self.name}"


@dataclass(frozen=True, slots=True)
class Printed:
    """What the sheet says of one published article."""

    pk: int
    issue: Issue
    page: str
    title: str
    genre: str
    genre_name: str
    rank: int | None
    rank_name: str
    length: int


@dataclass(slots=True)
class Entry:
    """What one person did for one article in one role; `photos` for photos alone."""

    article: Printed
    role: str
    points: Decimal
    photos: int = 0


@dataclass(slots=True)
class Line:
    """One person of the sheet with all that was published."""

    person: Person
    entries: list[Entry] = field(default_factory=list)

    @property
    def articles(self) -> int:
        """The number of articles that bear the name."""
        return len({entry.article.pk for entry in self.entries if not entry.photos})

    @property
    def length(self) -> int:
        """The 字 of the articles that were written, each counted once and whole."""
        written = {
            entry.article.pk: entry.article.length
            for entry in self.entries
            if not entry.photos and entry.role not in PICTURE_ROLES
        }
        return sum(written.values())

    @property
    def photos(self) -> int:
        """The number of photos, each as often as it was printed."""
        return sum(entry.photos for entry in self.entries)

    @property
    def points(self) -> Decimal:
        """The sum of the points."""
        return sum((entry.points for entry in self.entries), Decimal(0))


def months() -> list[date]:
    """Return the first days of the months with a published issue, the latest first. One query."""
    return list(Issue.objects.published().dates("issued_on", "month", order="DESC"))


def month_sheet(month: date) -> list[Line]:
    """Return the people of a month by points, then by articles. Four queries."""
    published = _published_in(month)
    articles = {each.pk: each for each in map(_printed, published)}
    rates = Rates(PointRate.objects.all())
    lines: dict[Person, Line] = {}
    photos = _photo_entries(articles, _captions(published), rates)
    signed = _byline_entries(articles, _bylines(published), rates, {*photos})
    for (person, _article, _role), entry in [*signed.items(), *photos.items()]:
        lines.setdefault(person, Line(person)).entries.append(entry)
    return sorted(lines.values(), key=_order)


def _order(line: Line) -> tuple:
    return -line.points, -line.articles, -line.photos, line.person.name


def _published_in(month: date) -> QuerySet[Article]:
    after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    articles = Article.objects.published().select_related("page__issue", "column")
    days = {"page__issue__issued_on__gte": month, "page__issue__issued_on__lt": after}
    return articles.filter(**days).order_by("page__issue__issued_on", "page__issue__edition", "pk")


def _bylines(articles: QuerySet[Article]) -> Iterable[Byline]:
    rows = Byline.objects.filter(article__in=articles.order_by().values("pk"))
    return rows.select_related("contributor").order_by("article", "position")


def _captions(articles: QuerySet[Article]) -> Iterable[Caption]:
    rows = Caption.objects.filter(article__in=articles.order_by().values("pk"))
    return rows.select_related("photo__contributor").order_by("article", "position")


def _printed(article: Article) -> Printed:
    return Printed(
        pk=article.pk,
        issue=article.page.issue,
        page=article.page.label,
        title=article.display_title,
        genre=article.genre,
        genre_name=str(article.get_genre_display()),
        rank=article.rank,
        rank_name=str(article.get_rank_display() or ""),
        length=article.length,
    )


def _byline_entries(articles, bylines: Iterable[Byline], rates: Rates, photos: set) -> dict:
    """Return the entries of bylines by person, article and role.

    A byline for pictures has no points where the pictures themselves have them.
    """
    keys = [(_person(row.contributor, row.name), row.article_id, row.role) for row in bylines]
    found = dict.fromkeys(key for key in keys if key[1] in articles)
    signers = Counter((article, role) for _person, article, role in found)
    for person, pk, role in found:
        article = articles[pk]
        shared = {"signers": signers[pk, role]}
        points = rates.points(article.genre, role, article.rank, **shared)
        if role in PICTURE_ROLES and (person, pk, PHOTO) in photos:
            points = Decimal(0)
        found[person, pk, role] = Entry(article, role, points)
    return found


def _photo_entries(articles, captions: Iterable[Caption], rates: Rates) -> dict:
    """Return the entries of photos by person, article and role (摄)."""
    found: dict[tuple, Entry] = {}
    for caption in captions:
        if (article := articles.get(caption.article_id)) is None:
            continue
        people = _photographers(caption)
        for person in people:
            shared = {"signers": len(people)}
            points = rates.points(article.genre, PHOTO, article.rank, **shared)
            key = (person, article.pk, PHOTO)
            entry = found.setdefault(key, Entry(article, PHOTO, Decimal(0)))
            entry.points += points
            entry.photos += 1
    return found


def _photographers(caption: Caption) -> list[Person]:
    """Return who took a photo: its contributor, and whom the printed credit names besides."""
    credit, taken_by = caption.credit or caption.photo.credit, caption.photo.contributor
    names = photographers(credit)
    if taken_by is None or (names and taken_by.name not in names):
        return [Person(name) for name in names]
    own = _person(taken_by, "")
    return [own, *(Person(name) for name in names if name != taken_by.name)]


def _person(contributor: Contributor | None, name: str) -> Person:
    return Person(str(contributor), contributor.pk) if contributor else Person(name.strip())
