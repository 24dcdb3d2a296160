"""Lists follow whatever changes an article of a released issue."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from taggit.models import Tag

from articles import revisions
from articles.archive import named_rows
from articles.content.copy import BylineText
from articles.editing import placement, saving
from articles.lists import entries, years
from articles.lists.build_check import entries_of_lists
from articles.lists.listed import listed_articles
from articles.lists.places import place_in_print
from articles.models import Article, Byline, Column, Contributor, ListEntry, ListKind, ListYear
from articles.tests.factories import (
    make_article,
    make_byline,
    make_chief,
    make_column,
    make_contributor,
    make_issue,
    make_page,
)
from articles.workflow import move
from articles.workflow.release import recall, release

SECTIONS = st.text("ABZ", max_size=3)
PLACES = st.tuples(
    st.integers(1, 99),
    st.builds("{}{}".format, SECTIONS, st.sampled_from(["1", "2", "01", "9", "10", "100", "010"])),
    st.integers(1, 9_999),
)


@given(st.lists(PLACES, unique=True))
def test_places_sort_as_printed_extras_first(places):
    def printed(place):
        edition, label, position = place
        return -edition, label.rstrip("0123456789"), len(label), label, position

    expected = sorted(places, key=printed)
    assert sorted(places, key=lambda place: place_in_print(*place)) == expected


def articles_of(kind: str, subject: int) -> list[int]:
    """Return the articles of a list as the rows of the paper say, the newest first."""
    published = Article.objects.published().newest_first()
    if kind == ListKind.COLUMN:
        return list(published.filter(column=subject).values_list("pk", flat=True))
    if kind == ListKind.TAG:
        return list(published.filter(taggings__tag=subject).values_list("pk", flat=True))
    contributor = Contributor.objects.get(pk=subject)
    linked = Q(contributor=subject)
    if Contributor.objects.filter(name=contributor.name).count() == 1:
        linked |= Q(contributor=None, name=contributor.name)
    signed = Byline.objects.filter(linked).values("article")
    return list(published.filter(pk__in=signed).values_list("pk", flat=True))


def check_lists() -> list[int]:
    """Compare every list and every count with the rows; return how many articles each has."""
    lengths = []
    for kind, model in (("column", Column), ("tag", Tag), ("contributor", Contributor)):
        for subject in model.objects.order_by("pk").values_list("pk", flat=True):
            expected = articles_of(kind, subject)
            listed = listed_articles(kind, subject).values_list("pk", flat=True)
            assert list(listed) == expected
            counted = years.years_of(kind, subject)
            assert sum(year.articles for year in counted.values()) == len(expected)
            days = [article.page.issue.issued_on for article in listed_articles(kind, subject)]
            assert max((year.last_on for year in counted.values()), default=None) == max(
                days, default=None
            )
            total = years.totals(kind).get(subject, years.Counted())
            assert total.articles == len(expected)
            lengths.append(len(expected))
    return lengths


@pytest.fixture
def chief(db):
    return make_chief()


@pytest.fixture
def issue(chief):
    """Return a finished issue: two articles of one column, signed by 林晓禾; one tagged 民生."""
    issue = make_issue(issued_on=date(2024, 7, 27), released_at=None)
    column, writer = make_column(), make_contributor(name="林晓禾")
    for label in ("A1", "A2"):
        article = make_article(page=make_page(issue=issue, label=label), column=column)
        make_byline(article=article, contributor=writer if label == "A1" else None)
        revisions.record(article, by=chief)
    article.tags.add("民生")
    revisions.record(article, by=chief)
    return issue


def rewrite(article: Article, chief, *, headline="改过的标题", **words):
    """Change words of an article as its form does."""
    article = Article.objects.get(pk=article.pk)
    copy = replace(revisions.read(article), headline=headline, **words)
    submission = saving.Submission(copy, saving.metadata_of(article))
    base = saving.BaseVersion(article.version, submission.metadata)
    saving.save(article.pk, submission, base=base, by=chief, reason="核实后更改")


def test_lists_follow_an_issue_from_release_to_withdrawal(issue, chief):
    assert ListEntry.objects.count() == 0

    release(issue, by=chief)
    assert check_lists() == [2, 1, 2]

    first, second = Article.objects.order_by("pk")
    rewrite(
        first,
        chief,
        column="重点项目",
        tags=("民生", "交通"),
        bylines=(BylineText("记者", "周一鸣"),),
    )
    assert check_lists() == [1, 1, 2, 1, 1]

    move(second, "withdraw", by=chief, note="不实")
    assert check_lists() == [0, 1, 1, 1, 0]

    rewritten = Article.objects.get(pk=first.pk)
    saving.restore(
        rewritten.revisions.get(number=1), version=rewritten.version, by=chief, reason="撤回更改"
    )
    assert check_lists() == [1, 0, 0, 0, 1]


def test_an_issue_that_is_recalled_leaves_the_lists(issue, chief):
    release(issue, by=chief, at=timezone.now() + timedelta(hours=1))
    assert ListEntry.objects.count() == 5
    assert check_lists() == [0, 0, 0]

    recall(issue, by=chief)
    assert ListEntry.objects.count() == 0
    assert check_lists() == [0, 0, 0]


def test_counts_change_at_the_minute_of_release(issue, chief, monkeypatch):
    release(issue, by=chief, at=timezone.now() + timedelta(hours=1))
    later = timezone.now() + timedelta(hours=2)

    monkeypatch.setattr(timezone, "now", lambda: later)

    assert check_lists() == [2, 1, 2]


def test_lists_follow_an_article_put_on_a_page_of_a_released_issue(issue, chief):
    release(issue, by=chief, at=timezone.now() + timedelta(hours=1))
    first, second = Article.objects.order_by("pk")

    placement.place(second, first.page, by=chief)

    places = ListEntry.objects.filter(kind="column").order_by("place")
    assert list(places.values_list("article", flat=True)) == [first.pk, second.pk]
    assert {place[2:4] for place in places.values_list("place", flat=True)} == {"A "}


def test_lists_follow_a_contributor_who_comes_and_is_renamed(issue, chief, client):
    release(issue, by=chief)
    chief.is_superuser = True
    chief.save()
    client.force_login(chief)
    add = reverse("admin:articles_contributor_add")

    client.post(add, {"name": "林晓禾", "distinction": "通讯员", "role": ""})
    assert check_lists() == [2, 1, 1, 0]

    namesake = Contributor.objects.get(distinction="通讯员")
    change = reverse("admin:articles_contributor_change", args=[namesake.pk])
    client.post(change, {"name": "林小禾", "distinction": "", "role": ""})
    assert check_lists() == [2, 1, 2, 0]


def test_an_article_without_lists_and_an_unreleased_one_have_no_entries(chief):
    make_article(page=make_page())
    early = make_page(issue=make_issue(issued_on=date(2030, 1, 1), released_at=None))
    make_article(page=early, column=make_column())

    assert ListEntry.objects.count() == ListYear.objects.count() == 0


def test_lists_are_made_anew_from_nothing(issue, chief):
    release(issue, by=chief)
    kept = sorted(ListEntry.objects.values_list("article", "kind", "subject", "day", "place"))
    wrong = ListEntry.objects.order_by("pk").first()
    ListEntry.objects.exclude(pk=wrong.pk).delete()
    ListEntry.objects.filter(pk=wrong.pk).update(place="", day=date(1999, 1, 1))
    ListYear.objects.all().delete()

    call_command("rebuild_lists", verbosity=0)

    found = ListEntry.objects.values_list("article", "kind", "subject", "day", "place")
    assert sorted(found) == kept
    assert check_lists() == [2, 1, 2]


@pytest.mark.parametrize("many", [1, 25])
def test_queries_of_following_do_not_grow_with_the_articles(many, chief, django_assert_num_queries):
    column, page = make_column(), make_page()
    articles = [make_article(page=page, column=column) for _ in range(many)]
    ListEntry.objects.all().delete()

    with django_assert_num_queries(10):
        entries.follow([article.pk for article in articles])


def test_lists_that_were_never_made_are_reported(issue, chief):
    assert entries_of_lists(databases=["default"]) == []
    release(issue, by=chief)
    assert entries_of_lists(databases=["default"]) == []

    ListEntry.objects.all().delete()

    assert [found.id for found in entries_of_lists(databases=["default"])] == ["articles.W003"]
    assert entries_of_lists(databases=None) == []


def test_the_articles_that_stay_on_a_page_keep_their_order(issue, chief):
    first, second = Article.objects.order_by("pk")
    column, page = first.column, first.page
    staying = [make_article(page=page, column=column) for _ in range(3)]
    release(issue, by=chief, at=timezone.now() + timedelta(hours=1))

    placement.place(Article.objects.get(pk=first.pk), second.page, by=chief)
    entries.follow([staying[1].pk])

    places = ListEntry.objects.filter(kind="column").order_by("place", "pk")
    assert list(places.values_list("article", flat=True)) == [
        *(article.pk for article in staying),
        second.pk,
        first.pk,
    ]
    assert len({*places.values_list("place", flat=True)}) == 5


def test_an_article_that_leaves_a_released_issue_leaves_its_lists(issue, chief):
    release(issue, by=chief, at=timezone.now() + timedelta(hours=1))
    later = make_page(issue=make_issue(issued_on=date(2030, 1, 1), released_at=None))

    placement.place(Article.objects.order_by("pk")[0], later, by=chief)

    assert ListEntry.objects.filter(kind="column").count() == 1


def test_years_that_are_due_are_counted_with_the_next_release(issue, chief, monkeypatch):
    release(issue, by=chief, at=timezone.now() + timedelta(hours=1))
    assert ListYear.objects.filter(articles__gt=0).count() == 0
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)

    next_issue = make_issue(issued_on=date(2024, 7, 30), released_at=None)
    make_article(page=make_page(issue=next_issue))
    release(next_issue, by=chief)

    assert ListYear.objects.filter(articles__gt=0, recount_at=None).count() == 3
    assert check_lists() == [2, 1, 2]


def test_the_desk_counts_what_has_come_out(issue, chief, client, monkeypatch):
    release(issue, by=chief, at=timezone.now() + timedelta(hours=1))
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    client.force_login(chief)

    shown = client.get(reverse("admin:articles_column_changelist")).context["cl"].result_list

    assert [column.article_total for column in shown] == [2]


def test_lists_follow_contributors_that_an_archive_brings(issue, chief):
    release(issue, by=chief)
    Contributor.objects.filter(name="林晓禾").update(name="周一鸣")
    entries.follow_names({"林晓禾"})
    assert check_lists() == [2, 1, 1]

    named_rows.contributors([("林晓禾", "")])

    assert check_lists() == [2, 1, 1, 1]
