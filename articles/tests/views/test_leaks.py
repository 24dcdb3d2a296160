"""What readers never see: no public address gives away an article that is not published.

Every address that urls.py names has a row in ADDRESSES; one without a row fails.
"""

from datetime import date, timedelta
from itertools import product

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import previews, revisions
from articles.content import article_html
from articles.lists.entries import follow
from articles.models import Article, Column, Contributor, Correction, Issue, Status
from articles.photos.files import image_processing
from articles.tests.facsimiles.making import ADDRESSES as PRINTED
from articles.tests.factories import (
    make_article,
    make_byline,
    make_caption,
    make_chief,
    make_column,
    make_contributor,
    make_issue,
    make_page,
    make_photo,
)
from articles.tests.feeds.program_addresses import FOR_PROGRAMS
from articles.urls import urlpatterns
from articles.workflow import transitions

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SECRETS = {
    "headline": "鲸落主题",
    "kicker": "鲸落引题",
    "deck": "鲸落副题",
    "dateline": "鲸落电头",
    "source": "鲸落来源",
    "body": "鲸落正文一句。",
    "byline": "鲸落记者",
    "caption": "鲸落图说",
    "credit": "鲸落摄",
    "alt": "鲸落替代",
    "tag": "鲸落标签",
    "column": "鲸落栏目",
    "notice": "鲸落更正",
    "note": "鲸落理由",
}
LINES = ("headline", "kicker", "deck", "dateline", "source")
FIRST_PK = 87_650_001
UNKNOWN_PK = 87_659_999
UNKNOWN_UID = "00000000-0000-4000-8000-000000000000"
OUT, UNRELEASED = date(2024, 7, 27), date(2031, 5, 6)
LATER, NEVER = date(2031, 5, 8), date(2031, 5, 4)
QUERIES = ("", "?page=1", "?page=2", "?q=1", "?preview=1", "?status=draft&at=2100-01-01T00:00")
HIDDEN = [status for status in Status if status != Status.SIGNED]


class Paper:
    """A published issue, two that are not, and an article in every state that hides it."""

    def __init__(self):
        tomorrow = timezone.now() + timedelta(days=1)
        issues = [
            make_issue(issued_on=OUT),
            make_issue(issued_on=UNRELEASED, released_at=None),
            make_issue(issued_on=LATER, released_at=tomorrow),
        ]
        self.pages = [make_page(issue=issue) for issue in issues]
        self.chief = make_chief()
        self.seen = make_article(page=self.pages[0], column=make_column())
        self.writer = make_contributor()
        make_byline(article=self.seen, contributor=self.writer)
        make_caption(article=self.seen)
        self.seen.tags.add("公园")
        self.own_column, self.own_writer = (
            make_column(name=SECRETS["column"], description=SECRETS["note"]),
            make_contributor(name=SECRETS["byline"]),
        )
        self.hidden = [self.hide(page, status) for page, status in self.states()]
        follow([self.seen.pk, *(article.pk for article in self.hidden)])
        self.withdraw(self.hidden[-1])
        self.tokens = ["x.y", self.ended_token(issues[1])]

    def states(self):
        """Give the pages and statuses of articles that readers do not see; the last one was."""
        out, unreleased, later = self.pages
        yield None, Status.DRAFT
        yield from ((out, status) for status in HIDDEN if status != Status.WITHDRAWN)
        yield from ((page, status) for page in (unreleased, later) for status in Status)
        yield out, Status.SIGNED

    def hide(self, page, status) -> Article:
        """Make an article with every secret, and everything that readers see beside it."""
        taken = Article.objects.filter(pk__gte=FIRST_PK).count()
        article = make_article(
            pk=FIRST_PK + taken,
            page=page,
            status=status,
            body=article_html.html_from_paragraphs([SECRETS["body"]]),
            column=self.seen.column if taken % 2 else self.own_column,
            **{
                name: SECRETS[name] for name in ("headline", "kicker", "deck", "dateline", "source")
            },
        )
        make_byline(article=article, name=SECRETS["byline"], contributor=self.own_writer)
        make_byline(article=article, contributor=self.writer)
        photo = make_photo(alt=SECRETS["alt"], credit=SECRETS["credit"], contributor=self.writer)
        make_caption(article=article, photo=photo, words=SECRETS["caption"])
        article.tags.add("公园", SECRETS["tag"])
        return article

    def withdraw(self, article):
        """Correct a published article, and withdraw it."""
        facts = {"notice": SECRETS["notice"], "made_by": self.chief}
        Correction.objects.create(article=article, revision=revisions.current(article), **facts)
        transitions.move(article, "withdraw", by=self.chief, note=SECRETS["note"])

    def ended_token(self, issue) -> str:
        """Return the token of a preview link that was revoked."""
        link = previews.create_link(issue, by=self.chief)
        previews.revoke(link, by=self.chief)
        return previews.token(link)

    @property
    def photos(self):
        """The photos of the hidden articles."""
        return [article.captions.get().photo for article in self.hidden]

    def words(self) -> list[str]:
        """Return everything that no reader may find: words, article ids, photo ids, dates."""
        ids = [str(article.pk) for article in self.hidden]
        # Not the year alone, which a digest or a random name may hold by chance.
        days = ["2031年", "2031-05-0"]
        return [*SECRETS.values(), *ids, *(str(photo.uid) for photo in self.photos), *days]


KEYS = [*map(str, (OUT, UNRELEASED, LATER, NEVER)), f"{OUT}-2"]
# Each address by the name in urls.py, with what it is asked for.
ADDRESSES = {
    "latest": lambda paper: [()],
    "issue": lambda paper: [(key,) for key in KEYS],
    "issue_overview": lambda paper: [(key,) for key in KEYS],
    **dict.fromkeys(("full_text", "issue_epub"), lambda paper: [(key,) for key in KEYS]),
    "page": lambda paper: [(key, label) for key in KEYS for label in ("A1", "A2")],
    "article": lambda paper: [(row.pk,) for row in [paper.seen, *paper.hidden]],
    "photo": lambda paper: [
        (photo.uid, name)
        for photo in paper.photos
        for name in [*image_processing.RENDITIONS, "original"]
    ],
    "correction_history": lambda paper: [(row.pk,) for row in [paper.seen, *paper.hidden]],
    "bibtex": lambda paper: [(row.pk,) for row in [paper.seen, *paper.hidden]],
    "ris": lambda paper: [(row.pk,) for row in [paper.seen, *paper.hidden]],
    "article_card": lambda paper: [(row.pk,) for row in [paper.seen, *paper.hidden]],
    "issue_card": lambda paper: [(key,) for key in KEYS],
    **PRINTED,
    "preview": lambda paper: [(token,) for token in paper.tokens],
    "preview_issue_overview": lambda paper: [(token,) for token in paper.tokens],
    "preview_page": lambda paper: [(token, "A1") for token in paper.tokens],
    "preview_article": lambda paper: [
        (token, row.pk) for token in paper.tokens for row in paper.hidden
    ],
    "preview_photo": lambda paper: [
        (token, photo.uid, "wide") for token in paper.tokens for photo in paper.photos
    ],
    "archive": lambda paper: [()],
    "archive_year": lambda paper: [(2024,), (2031,)],
    "archive_month": lambda paper: [(2024, 7), (2031, 5)],
    "columns": lambda paper: [()],
    "column": lambda paper: [(row.pk,) for row in Column.objects.all()],
    "contributor": lambda paper: [(row.pk,) for row in Contributor.objects.all()],
    "tag": lambda paper: [(tag.pk,) for tag in Article.tags.all()],
    **{name: lambda paper: [()] for name in ("corrections", "about", "feeds", "search")},
}
ALONE = ("robots", "favicon", "manifest", "service_worker", "offline")
ADDRESSES |= {name: lambda paper: [()] for name in ALONE}
ADDRESSES |= FOR_PROGRAMS
FILES = ("photo", *PRINTED, "article_card", "issue_card", "bibtex", "ris", "issue_epub", *ALONE)
FILES += tuple(FOR_PROGRAMS)
ADDRESSES |= {
    f"hant_{name}": asked
    for name, asked in ADDRESSES.items()
    if name not in FILES and not name.startswith("preview")
}


def all_addresses(paper) -> list[str]:
    """Return every public address, and some that lead nowhere."""
    named = [
        reverse(f"articles:{name}", args=args)
        for name, asked in ADDRESSES.items()
        for args in asked(paper)
    ]
    pk = paper.hidden[0].pk
    photo = paper.photos[0].file
    nowhere = [f"/articles/{pk}/x/", f"/articles/{pk}.json", "/articles/", "/2031-05-06/A1/1/"]
    files = [f"/media/{photo.name}", f"/{photo.name}", "/sitemap.xml", "/feed/", "/search/"]
    return [*named, *nowhere, *files, "/2031-02-31/", "/2031-05/", "/preview/"]


def told(response, words: list[str]) -> list[str]:
    """Return which words an answer gives away, in its text or in a header."""
    content = response.content.decode(errors="replace").replace("<wbr>", "")
    text = content + "\n".join(map(str, response.headers.items()))
    return [word for word in words if word in text]


def test_every_address_of_the_site_has_a_row():
    assert set(ADDRESSES) == {pattern.name for pattern in urlpatterns}


@pytest.mark.any_database
def test_no_address_gives_away_what_is_not_published(client):
    paper = Paper()
    words, leaks = paper.words(), {}
    for path, query in product(all_addresses(paper), QUERIES):
        for address in {path, path.rstrip("/") or "/"}:
            for ask in (client.get, client.head):
                answer = ask(address + query)
                # Where the slash is missing, the way to it repeats what was asked.
                echoed = answer.status_code == 301
                if found := [word for word in told(answer, words) if not (echoed and word in path)]:
                    leaks[ask.__name__, address + query] = found
                assert answer.status_code in (200, 301, 302, 400, 404, 410), address
    assert leaks == {}


def test_any_other_method_gives_nothing_away(client):
    paper = Paper()
    words = paper.words()
    for path in all_addresses(paper):
        for ask in (client.post, client.put, client.delete, client.options, client.trace):
            answer = ask(path)
            assert (answer.status_code, told(answer, words)) == (405, [])


def facts(response) -> tuple:
    """Return everything that a reader can compare of an answer."""
    return response.status_code, response.content, sorted(response.headers.items())


def test_what_is_not_published_and_what_never_was_are_the_same_to_the_byte(client):
    paper = Paper()
    unpublished = [row for row in paper.hidden if row.status != Status.WITHDRAWN]
    own_tag = Article.tags.get(name=SECRETS["tag"])
    pairs = [(f"/articles/{row.pk}/", f"/articles/{UNKNOWN_PK}/") for row in unpublished]
    pairs += [
        (f"/photos/{photo.uid}/{name}.jpg", f"/photos/{UNKNOWN_UID}/{name}.jpg")
        for photo in paper.photos
        for name in image_processing.RENDITIONS
    ]
    pairs += [
        (f"/{day}/{tail}", f"/{NEVER}/{tail}")
        for day in (UNRELEASED, LATER)
        for tail in ("", "pages/", "A1/")
    ]
    pairs += [
        (paper.own_column.get_absolute_url(), f"/columns/{UNKNOWN_PK}/"),
        (paper.own_writer.get_absolute_url(), f"/contributors/{UNKNOWN_PK}/"),
        (reverse("articles:tag", args=[own_tag.pk]), f"/tags/{UNKNOWN_PK}/"),
        ("/archive/2031/", "/archive/2033/"),
        ("/archive/2031/5/", "/archive/2033/5/"),
        *((f"/preview/{token}/", "/preview/unknown/") for token in paper.tokens),
    ]
    for ask in (client.get, client.head):
        differing = [pair for pair in pairs if facts(ask(pair[0])) != facts(ask(pair[1]))]
        assert differing == []
        assert {ask(pair[0]).status_code for pair in pairs} == {404}


def test_the_withdrawn_one_is_the_only_one_that_answers_410(client):
    paper = Paper()
    answers = {row.pk: client.get(f"/articles/{row.pk}/").status_code for row in paper.hidden}
    assert answers == {row.pk: 404 for row in paper.hidden[:-1]} | {paper.hidden[-1].pk: 410}


def test_lists_and_counts_leave_out_what_is_not_published(client):
    paper = Paper()
    for address in (
        paper.seen.column.get_absolute_url(),
        paper.writer.get_absolute_url(),
        reverse("articles:tag", args=[Article.tags.get(name="公园").pk]),
        "/2024-07-27/pages/",
    ):
        text = client.get(address).content.decode()
        assert text.count("/articles/") == text.count(paper.seen.get_absolute_url()) > 0, address


def test_this_test_would_find_what_is_given_away(client):
    paper = Paper()
    Article.objects.filter(pk__gte=FIRST_PK).update(status=Status.SIGNED)
    Issue.objects.update(released_at=timezone.now())
    words = paper.words()
    found = {word for address in all_addresses(paper) for word in told(client.get(address), words)}
    unplaced, own_photo = str(paper.hidden[0].pk), str(paper.photos[0].uid)
    assert found == set(words) - {unplaced, own_photo}
