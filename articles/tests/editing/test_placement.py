"""Articles on pages: each stands once, pages count from 1 without gaps."""

from datetime import timedelta
from functools import partial

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.editing.placement import (
    Place,
    PlacementError,
    StaleArrangementError,
    format_arrangement,
    parse_arrangement,
    place,
    plan,
    put,
)
from articles.models import Article, Issue, Page
from articles.tests.factories import make_article, make_issue, make_member, make_page


@pytest.fixture
def editor(db):
    return make_member(username="zebian")


@pytest.fixture
def releaser(db):
    member = make_member(username="bianwei")
    member.user_permissions.add(Permission.objects.get(codename="release_issue"))
    return member


@pytest.fixture
def issue(db):
    return make_issue(released_at=None)


def standing(page) -> list[int]:
    """Return the articles of a page, after checking that they are numbered 1..n."""
    rows = list(page.articles.order_by("position").values_list("position", "pk"))
    assert [position for position, _ in rows] == list(range(1, len(rows) + 1))
    return [pk for _, pk in rows]


def rearrange(article, page, position, by) -> None:
    """Put an article at a position by what is arranged now."""
    seen = {
        each.pk: list(each.articles.order_by("position").values_list("pk", flat=True))
        for each in Page.objects.all()
    }
    put(article, page, position, seen=seen, by=by)


def test_an_article_is_put_at_the_end_of_a_page(issue, editor):
    page = make_page(issue=issue)
    first, second = make_article(page=page), make_article()
    place(second, page, by=editor)
    assert standing(page) == [first.pk, second.pk]
    assert (second.page, second.position) == (page, 2)


def test_an_article_put_where_it_is_stays_in_its_place(issue, editor):
    page = make_page(issue=issue)
    first, second = make_article(page=page), make_article(page=page)
    place(first, page, by=editor)
    assert standing(page) == [first.pk, second.pk]


def test_taking_an_article_off_closes_the_gap(issue, editor):
    page = make_page(issue=issue)
    first, second, third = (make_article(page=page) for _ in range(3))
    place(second, None, by=editor)
    assert standing(page) == [first.pk, third.pk]
    assert (second.page, second.position) == (None, None)


@pytest.mark.parametrize("delay", [timedelta(hours=-1), timedelta(hours=1)])
def test_a_released_issue_is_arranged_only_by_who_may_release_it(editor, releaser, delay):
    page = make_page(issue=make_issue(released_at=timezone.now() + delay))
    a, b = make_article(page=page), make_article(page=page)
    with pytest.raises(PlacementError):
        rearrange(b, page, 1, editor)
    with pytest.raises(PlacementError):
        place(make_article(), page, by=editor)
    rearrange(b, page, 1, releaser)
    assert standing(page) == [b.pk, a.pk]


def test_a_published_article_cannot_be_taken_out_of_its_issue(releaser):
    one = make_page()
    two = make_page(issue=one.issue, label="A2")
    other = make_page(issue=make_issue(edition=2, released_at=None))
    article = make_article(page=one)
    for page in (None, other):
        with pytest.raises(PlacementError):
            place(article, page, by=releaser)
    place(article, two, by=releaser)
    assert (standing(one), standing(two)) == ([], [article.pk])


acts = st.one_of(
    st.tuples(st.just("place"), st.integers(0, 5), st.integers(0, 3)),
    st.tuples(st.integers(1, 7), st.integers(0, 5), st.integers(0, 3)),
)


@pytest.mark.slow
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(plan=st.lists(acts, min_size=1, max_size=8))
def test_any_sequence_of_placements_keeps_every_article_once(editor, plan):
    for model in (Article, Page, Issue):
        model.objects.all().delete()
    issue = make_issue(released_at=None)
    pages = [None] + [make_page(issue=issue, label=f"A{n}") for n in (1, 2, 3)]
    articles = [make_article() for _ in range(6)]
    for act, which, page in plan:
        if act == "place":
            place(articles[which], pages[page], by=editor)
            continue
        rearrange(articles[which], pages[page], act, editor)
        if page:
            there = standing(pages[page])
            assert there.index(articles[which].pk) + 1 == min(act, len(there))
    placed = [pk for page in pages[1:] for pk in standing(page)]
    unplaced = list(Article.objects.filter(page=None).values_list("pk", flat=True))
    assert sorted(placed + unplaced) == [article.pk for article in articles]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_many_people_placing_at_once_lose_nothing(together):
    issue, editor = make_issue(released_at=None), make_member(username="zebian")
    pages = [make_page(issue=issue, label=f"A{n}") for n in (1, 2)]
    articles = [make_article() for _ in range(12)]

    def work(own, other):
        for article in own:
            place(article, pages[0], by=editor)
            put_first(article)
            put_first(other)

    def put_first(article):
        while True:
            try:
                return rearrange(article, pages[1], 1, editor)
            except StaleArrangementError:
                continue

    together([partial(work, articles[n::4], articles[(n + 1) % 4]) for n in range(4)])
    assert sorted(standing(pages[0]) + standing(pages[1])) == [row.pk for row in articles]


def test_an_article_is_put_at_a_position_and_put_back(issue, editor):
    one, two = make_page(issue=issue), make_page(issue=issue, label="A2")
    a, b, c = (make_article(page=one) for _ in range(3))
    d = make_article(page=two)
    before = {one.pk: standing(one), two.pk: standing(two)}
    stood = put(b, two, 1, seen=before, by=editor)
    assert (stood, standing(one), standing(two)) == (Place(one.pk, 2), [a.pk, c.pk], [b.pk, d.pk])
    after = {one.pk: standing(one), two.pk: standing(two)}
    assert put(b, one, stood.position, seen=after, by=editor) == Place(two.pk, 1)
    assert {one.pk: standing(one), two.pk: standing(two)} == before


@pytest.mark.parametrize("change", ["order of the page it leaves", "of the other", "its place"])
def test_an_article_is_not_put_where_somebody_has_arranged_meanwhile(issue, editor, change):
    one, two = make_page(issue=issue), make_page(issue=issue, label="A2")
    a, b = make_article(page=one), make_article(page=one)
    _, d = make_article(page=two), make_article(page=two)
    seen = {one.pk: standing(one), two.pk: standing(two)}
    article, page = {"order": (b, one), "of": (d, two), "its": (a, two)}[change.split()[0]]
    rearrange(article, page, 1, editor)
    now = standing(one), standing(two)
    with pytest.raises(StaleArrangementError):
        put(a, two, 1, seen=seen, by=editor)
    assert (standing(one), standing(two)) == now


def test_a_change_on_a_third_page_does_not_disturb(issue, editor):
    one, two, three = (make_page(issue=issue, label=f"A{n}") for n in (1, 2, 3))
    a, _, c = (make_article(page=page) for page in (one, three, three))
    seen = {page.pk: standing(page) for page in (one, two, three)}
    rearrange(c, three, 1, editor)
    put(a, two, 1, seen=seen, by=editor)
    assert standing(two) == [a.pk]


def test_planned_places_count_from_what_stands_there(issue, editor):
    page = make_page(issue=issue)
    make_article(page=page)
    planned = []
    for step in (1, 1, -1, -1, -1):
        plan(page, step, by=editor)
        planned.append(page.planned)
    assert planned == [2, 3, 2, 0, 0]


@pytest.mark.slow
@given(
    order=st.dictionaries(
        st.integers(1, 10**9), st.lists(st.integers(1, 10**9), unique=True, max_size=9), max_size=9
    )
)
def test_an_arrangement_is_written_and_read_without_loss(order):
    assert parse_arrangement(format_arrangement(order)) == order


@given(line=st.text())
def test_any_other_line_is_read_as_some_arrangement_or_none(line):
    assert isinstance(parse_arrangement(line), dict)
