"""Back issues become public where --release says so, each under its own date, and never else."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Issue, Photo, Release, ReleaseAction, Review, Status
from articles.tests.archive_records import row, run, stored, written
from articles.tests.factories import (
    make_article,
    make_byline,
    make_chief,
    make_issue,
    make_member,
    make_page,
)
from articles.tests.form_helpers import signed_in
from articles.tests.html_parsing import Parsed
from articles.workflow import MoveRefusedError
from articles.workflow.release import release_printed
from articles.workflow.transitions import sign_printed_articles

pytestmark = pytest.mark.django_db

DAYS = ["2019-09-30", "2019-10-01", "2019-10-02"]
FACTS = {
    "column": "民生实事",
    "tags": ["水利"],
    "bylines": [{"name": "张可馨", "contributor": ["张可馨", ""]}],
}


def month() -> list[dict]:
    return [
        row(date=day, page=page, order=order, **FACTS)
        for day in DAYS
        for page in (1, 2)
        for order in (1, 2)
    ]


@pytest.fixture
def file(tmp_path):
    return written(tmp_path / "a.jsonl", month())


def addresses() -> list[str]:
    """Return every address under which something of the archive could be read."""
    found = [f"/{day}/" for day in DAYS] + [f"/{day}/pages/" for day in DAYS]
    found += [f"/{day}/{label}/" for day in DAYS for label in ("01", "02")]
    found += [article.get_absolute_url() for article in Article.objects.all()]
    article = Article.objects.first()
    found += [f"{article.column.get_absolute_url()}"]
    found += [reverse("articles:tag", args=[article.tags.get().pk])]
    return [*found, article.bylines.get().contributor.get_absolute_url()]


def seen(client, address: str) -> bool:
    """Tell whether a reader is shown anything of the archive there."""
    answer = client.get(address)
    words = re.sub(r"<[^>]*>", "", answer.content.decode())
    return answer.status_code == 200 and "云溪区第" in words


def test_an_import_makes_nothing_public(client, file):
    run("import_archive", file)
    assert Issue.objects.published().count() == Article.objects.published().count() == 0
    assert Photo.objects.published().count() == 0
    assert {*Article.objects.values_list("status", flat=True)} == {Status.DRAFT}
    asked = [*addresses(), "/", "/archive/", "/archive/2019/", "/archive/2019/10/", "/columns/"]
    assert [address for address in asked if seen(client, address)] == []
    for address in ("/archive/2019/10/", "/archive/"):
        assert "2019-10-01" not in client.get(address).content.decode()


def test_a_release_shows_every_issue_under_its_own_date(client, file):
    status, _out, err = run("import_archive", file, release=True)
    assert (status, err) == (0, "")
    assert Issue.objects.published().count() == 3
    assert Article.objects.published().count() == 12
    assert [address for address in addresses() if not seen(client, address)] == []
    month = Parsed(client.get("/archive/2019/10/"))
    days = month.links(".//table[@class='cal big']/tbody")
    assert days == ["/2019-10-01/", "/2019-10-02/"]
    before = datetime(2019, 9, 30, 21, 59, tzinfo=UTC)
    assert list(Issue.objects.published(before).values_list("issued_on", flat=True)) == [
        date(2019, 9, 30)
    ]


def test_readers_go_from_one_back_issue_to_the_next(client, file):
    run("import_archive", file, release=True)
    between = client.get("/2019-10-01/").content.decode()
    assert "/2019-09-30/" in between and "/2019-10-02/" in between


def test_back_issues_never_take_the_place_of_the_latest(client, file):
    article = make_article(page=make_page(issue=make_issue()), headline="今天的头条")
    run("import_archive", file, release=True)
    assert article.headline in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("day", "at"),
    [
        ("2019-10-01", datetime(2019, 9, 30, 22, tzinfo=UTC)),
        ("1986-05-04", datetime(1986, 5, 3, 21, tzinfo=UTC)),
        ("1988-07-01", datetime(1988, 6, 30, 21, tzinfo=UTC)),
        ("1991-09-15", datetime(1991, 9, 14, 22, tzinfo=UTC)),
        ("1949-10-01", datetime(1949, 9, 30, 22, tzinfo=UTC)),
    ],
)
def test_an_issue_came_out_at_six_by_the_clock_of_its_day(client, day, at):
    stored(row(date=day), release=True)
    issue = Issue.objects.get()
    assert (issue.released_at, str(issue.issued_on)) == (at, day)
    assert client.get(f"/{day}/").status_code == 200


def test_an_issue_of_today_or_later_is_stored_and_stays_unreleased(tmp_path):
    today = timezone.localdate()
    days = [today - timedelta(days=1), today, today + timedelta(days=1)]
    file = written(tmp_path / "a.jsonl", [row(date=day.isoformat()) for day in days])
    status, _out, err = run("import_archive", file, release=True)
    assert (status, len(err.splitlines())) == (1, 2)
    assert list(Issue.objects.published().values_list("issued_on", flat=True)) == days[:1]
    assert Issue.objects.filter(released_at=None).count() == 2
    assert Article.objects.filter(status=Status.DRAFT).count() == 2


def test_what_was_imported_before_can_be_released_later(file):
    run("import_archive", file)
    assert run("import_archive", file, release=True)[0] == 0
    assert (Issue.objects.published().count(), Article.objects.published().count()) == (3, 12)
    assert Review.objects.count() == 12
    assert run("import_archive", file, release=True)[0] == 0
    assert (Review.objects.count(), Release.objects.count()) == (12, 3)


def test_only_issues_that_the_files_name_are_released(tmp_path, file):
    run("import_archive", file)
    run("import_archive", written(tmp_path / "b.jsonl", month()[:4]), release=True)
    assert list(map(str, Issue.objects.published().values_list("issued_on", flat=True))) == DAYS[:1]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.FIRST_REVIEW, Status.HELD, Status.SPIKED])
def test_an_issue_that_holds_other_unsigned_articles_is_not_released(tmp_path, file, status):
    run("import_archive", file)
    page = Issue.objects.get(issued_on=DAYS[1]).pages.first()
    make_article(page=page, status=status, headline="还没审的")
    status, _out, err = run("import_archive", file, release=True)
    assert status == 1 and "还没审的" in err
    assert list(map(str, Issue.objects.published().values_list("issued_on", flat=True))) == [
        DAYS[2],
        DAYS[0],
    ]
    assert Article.objects.published().count() == 8
    standing = Article.objects.filter(page__issue__issued_on=DAYS[1], reviews=None)
    assert standing.count() == 5
    assert Review.objects.count() == 8


def test_an_issue_with_something_left_alone_is_not_released(tmp_path, file):
    run("import_archive", file)
    Article.objects.filter(page__issue__issued_on=DAYS[0]).update(headline="旁门改的")
    status, out, err = run("import_archive", file, release=True)
    assert (status, Issue.objects.published().count()) == (1, 2)


def test_an_article_that_a_person_returned_is_not_printed_by_an_import(file):
    run("import_archive", file)
    article = Article.objects.filter(page__issue__issued_on=DAYS[0]).first()
    Review.objects.create(
        article=article,
        revision=article.revisions.get(),
        move="return",
        from_status=Status.FINAL_REVIEW,
        to_status=Status.DRAFT,
        note="查一下",
    )
    status, _out, err = run("import_archive", file, release=True)
    assert status == 1 and str(article) in err
    assert Issue.objects.published().count() == 2


def test_a_printed_article_is_signed_with_one_review_of_the_words_as_they_stand(file):
    run("import_archive", file, release=True)
    article = Article.objects.first()
    review = article.reviews.get()
    assert (review.move, review.from_status, review.to_status) == ("print", "draft", "signed")
    assert (review.revision, review.made_by) == (article.revisions.get(), None)
    event = Release.objects.first()
    assert (event.act, event.pages, event.articles, event.made_by) == (
        ReleaseAction.RELEASED,
        2,
        4,
        None,
    )


def test_a_member_who_may_release_can_answer_for_it(file):
    chief = make_chief(name="总编")
    run("import_archive", file, release=True, by="zongbian")
    assert {*Review.objects.values_list("made_by", flat=True)} == {chief.pk}
    assert {*Release.objects.values_list("made_by", flat=True)} == {chief.pk}


@pytest.mark.parametrize("name", ["jizhe", "nobody"])
def test_nobody_else_can(file, name):
    make_member(username="jizhe")
    with pytest.raises(CommandError, match=name):
        run("import_archive", file, release=True, by=name)
    assert Issue.objects.count() == 0


def test_who_answers_is_named_only_for_a_release(file):
    make_chief()
    with pytest.raises(CommandError):
        run("import_archive", file, by="zongbian")


def article_of(day: date, **facts) -> Article:
    issue = make_issue(issued_on=day, released_at=None)
    article = make_article(page=make_page(issue=issue), status=Status.DRAFT, **facts)
    make_byline(article=article)
    return article


def test_only_drafts_of_past_issues_count_as_printed():
    yesterday = timezone.localdate() - timedelta(days=1)
    loose = make_article(status=Status.DRAFT)
    today, reviewed = article_of(timezone.localdate()), article_of(yesterday)
    Article.objects.filter(pk=reviewed.pk).update(status=Status.FINAL_REVIEW)
    stored(row())
    good = Article.objects.get(page__issue__issued_on="2019-10-01")
    stale = Article.objects.get(pk=good.pk)
    stale.version = 0
    for article in (loose, today, reviewed, stale):
        with pytest.raises(MoveRefusedError):
            sign_printed_articles([good, article] if article is not stale else [stale], by=None)
    assert not Review.objects.exists()
    with pytest.raises(MoveRefusedError):
        sign_printed_articles([good], by=make_member(username="jizhe"))
    assert [review.article for review in sign_printed_articles([good], by=None)] == [good]
    good.refresh_from_db()
    assert good.status == Status.SIGNED


def test_many_articles_are_printed_with_as_many_queries_as_one():
    stored(*(row(order=order) for order in range(1, 31)))
    stored(row(date="2019-10-02"))
    counts = []
    for day in ("2019-10-02", "2019-10-01"):
        articles = list(Article.objects.filter(page__issue__issued_on=day))
        with CaptureQueriesContext(connection) as queries:
            sign_printed_articles(articles, by=None)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_issue_of_today_cannot_be_released_as_printed():
    article = article_of(timezone.localdate())
    with pytest.raises(MoveRefusedError):
        release_printed(article.page.issue, by=None)
    with pytest.raises(MoveRefusedError):
        release_printed(article.page.issue, by=make_member(username="jizhe"))


def test_what_is_wrong_with_a_paper_that_was_printed_so_does_not_bar_it():
    first, second = row(rank=1), row(order=2, rank=1)
    result = stored(first, second, {"date": "2019-10-01", "page": 2}, release=True)
    assert result.is_released
    assert len(Release.objects.get().shown.splitlines()) >= 1


def test_the_desk_says_who_released_and_signed(file):
    run("import_archive", file, release=True)
    desk = signed_in(make_chief(is_superuser=True))
    article = Article.objects.first()
    issue = article.page.issue
    for address in (
        reverse("admin:articles_issue_release", args=[issue.pk]),
        reverse("admin:articles_review_sheet", args=[article.pk]),
        reverse("admin:articles_article_history", args=[article.pk]),
        reverse("admin:articles_article_change", args=[article.pk]),
        reverse("admin:articles_review_changelist"),
        reverse("admin:articles_review_change", args=[article.reviews.get().pk]),
    ):
        shown = desk.get(address)
        assert shown.status_code == 200
        assert str(Release.objects.first().maker) in shown.content.decode(), address
        assert "None" not in Parsed(shown).text(".//main")
    for name in ("index", "articles_issue_changelist", "articles_article_changelist"):
        assert desk.get(reverse(f"admin:{name}")).status_code == 200
