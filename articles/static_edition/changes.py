"""What has changed since an instant, and which addresses of a static edition are public still."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from articles import queries
from articles.models import (
    Article,
    Byline,
    Contributor,
    Correction,
    Facsimile,
    Issue,
    Photo,
    Release,
    Review,
    Revision,
    Tagging,
)

ARTICLE = re.compile(r"(?:/hant)?/(?:cards/)?articles/([0-9]{1,18})(?:[/.]|$)")
ISSUE = re.compile(r"(?:/hant)?/(?:cards/)?([0-9]{4}-[0-9]{2}-[0-9]{2}(?:-[0-9]{1,2})?)(?:[/.]|$)")
LIST = re.compile(
    r"(?:/hant)?(/(?:columns|contributors|tags)/[0-9]+/|/archive/[0-9]+/(?:[0-9]+/)?)"
)
PHOTO = re.compile(r"/photos/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/")
LINK = re.compile(rb"/articles/([0-9]{1,18})/")


@dataclass(slots=True)
class Changes:
    """The keys of issues and of articles whose pages may have changed, and of lists with them."""

    issues: set[str] = field(default_factory=set)
    articles: set[int] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)

    @classmethod
    def since(cls, at: datetime, first_day: date = date.max) -> "Changes":
        """Find what was released, recalled, saved, corrected or withdrawn since an instant.

        Issues from `first_day` on count as changed. An issue changes with its articles, and
        with the issues beside it. One query, and six for each issue.
        """
        changes = cls()
        for issue in _issues_changed(at, first_day):
            changes._add_articles(issue)
            for each in filter(None, (issue, *queries.published_neighbours(issue))):
                day = each.issued_on
                changes.issues.add(each.url_key)
                changes.lists.add(reverse("articles:archive_year", args=[day.year]))
                changes.lists.add(reverse("articles:archive_month", args=[day.year, day.month]))
        return changes

    def _add_articles(self, issue: Issue) -> None:
        """Add the articles of an issue, and the lists of columns, people and tags with them."""
        articles = Article.objects.filter(page__issue=issue)
        self.articles |= set(articles.values_list("pk", flat=True))
        bylines = Byline.objects.filter(article__in=articles)
        photos = Photo.objects.filter(captions__article__in=articles)
        people = Q(pk__in=bylines.values("contributor")) | Q(name__in=bylines.values("name"))
        people |= Q(pk__in=photos.values("contributor"))
        tags = Tagging.objects.filter(content_object__in=articles)
        for name, rows in (
            ("column", articles.exclude(column=None).values_list("column", flat=True)),
            ("contributor", Contributor.objects.filter(people).values_list("pk", flat=True)),
            ("tag", tags.values_list("tag", flat=True)),
        ):
            self.lists |= {reverse(f"articles:{name}", args=[pk]) for pk in rows}

    def has(self, address: str) -> bool:
        """Tell whether what is at an address may have changed; single pages always may."""
        if found := ARTICLE.match(address):
            return int(found[1]) in self.articles
        if found := ISSUE.match(address):
            return found[1] in self.issues
        if found := LIST.match(address):
            return found[1] in self.lists
        return not PHOTO.match(address)

    def add_lists_with_them(self, addresses: Iterable[str], read: Callable[[str], bytes]) -> None:
        """Add the lists of which a part leads to an article that may have changed, for it may
        have left them. `read` gives what stands at an address.
        """
        for address in addresses:
            found = LIST.match(address)
            if not found or found[1] in self.lists:
                continue
            if not self.articles.isdisjoint(map(int, LINK.findall(read(address)))):
                self.lists.add(found[1])


def _issues_changed(at: datetime, first_day: date) -> QuerySet[Issue]:
    """Select issues that readers see of which something changed, and those recalled."""
    moved = [
        model.objects.filter(made_at__gte=at).values("article")
        for model in (Review, Revision, Correction)
    ]
    articles = Article.objects.filter(
        Q(changed_at__gte=at) | Q(pk__in=moved[0]) | Q(pk__in=moved[1]) | Q(pk__in=moved[2])
    )
    now = timezone.now()
    is_changed = Q(released_at__gte=at) | Q(issued_on__gte=first_day)
    is_changed |= Q(pk__in=articles.values("page__issue"))
    is_changed |= Q(pk__in=Facsimile.objects.filter(stored_at__gte=at).values("page__issue"))
    moved_issues = Release.objects.filter(made_at__gte=at).values("issue")
    return Issue.objects.filter(Q(released_at__lte=now) & is_changed | Q(pk__in=moved_issues))


def not_public(addresses: Iterable[str]) -> list[str]:
    """Return those addresses of articles, issues and photos that readers do not see.

    Three queries for any number.
    """
    keys = {address: (ARTICLE.match(address), ISSUE.match(address)) for address in addresses}
    pks = {int(found[1]) for found, _issue in keys.values() if found}
    public = set(Article.objects.published().filter(pk__in=pks).values_list("pk", flat=True))
    days = {day for _article, found in keys.values() if found and (day := _day(found[1][:10]))}
    issues = {each.url_key for each in Issue.objects.published().filter(issued_on__in=days)}
    uids = {address: found[1] for address in keys if (found := PHOTO.match(address))}
    shown = Photo.objects.published().filter(uid__in=set(uids.values()))
    photos = {str(uid) for uid in shown.values_list("uid", flat=True)}
    return [
        address
        for address, (article, issue) in keys.items()
        if (article and int(article[1]) not in public)
        or (issue and issue[1] not in issues)
        or (address in uids and uids[address] not in photos)
    ]


def _day(text: str) -> date | None:
    """Return a day of the calendar; None for one that is not, which somebody may have typed."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
