"""Role × status × move, each tried with a POST at the desk's own address, as the table says."""

import pytest
from django.urls import reverse

from articles.models import Article, Review, Status
from articles.tests.factories import PAST, make_member
from articles.tests.form_helpers import signed_in
from articles.tests.role_tables import LEADS, NOBODY, ROLES, STATES, WHO
from articles.tests.workflow_factories import member_who_may, on_a_page, put_at
from articles.workflow import MOVES


@pytest.fixture
def person(roles):
    """Return a function that makes somebody in a role, or in none."""

    def make(role):
        if role in NOBODY:
            return make_member(username=role, is_staff=True, is_superuser=role == NOBODY[0])
        return roles(role)

    return make


@pytest.fixture
def others(db):
    """Those who wrote and read the articles of the matrix."""
    return [member_who_may(username=name) for name in ("甲", "乙", "丙", "丁")]


def article_at(state, others) -> Article:
    place = on_a_page(released_at=PAST) if state == "published" else {}
    status = Status.SIGNED if state == "published" else state
    return put_at(status, writer=others[0], readers=others[1:], **place)


def address(article) -> str:
    return reverse("admin:articles_article_move", args=[article.pk])


def posted(article, name) -> dict:
    return {
        "_move": name,
        "_version": article.version,
        "_status": article.status,
        "_note": "见批注",
    }


def test_every_move_is_in_the_table_and_has_a_role():
    assert set(WHO) == set(LEADS) == set(MOVES)
    assert all(WHO.values())


@pytest.mark.slow
@pytest.mark.parametrize("role", [*ROLES, *NOBODY])
def test_each_move_is_taken_by_whom_and_from_where_the_table_says(person, others, role):
    desk, wrong = signed_in(person(role)), []
    for state in STATES:
        for name in MOVES:
            article = article_at(state, others)
            before = article.reviews.count()
            answer = desk.post(address(article), posted(article, name))
            may = role in WHO[name]
            target = LEADS[name].get(state) if may else None
            found = (
                answer.status_code,
                Article.objects.get(pk=article.pk).status,
                article.reviews.count() - before,
            )
            if found != (302 if may else 403, target or article.status, 1 if target else 0):
                wrong.append((state, name, found))
    assert wrong == []


@pytest.mark.slow
def test_a_get_moves_nothing(others):
    desk = signed_in(member_who_may(username="全能"))
    articles = [article_at(state, others) for state in STATES]
    before = list(Review.objects.values_list("pk", flat=True))
    for article in articles:
        for name in MOVES:
            for verb in (desk.get, desk.head, desk.put, desk.delete):
                assert verb(address(article) + f"?_move={name}").status_code == 405
            form = reverse("admin:articles_article_change", args=[article.pk])
            assert desk.get(form, posted(article, name)).status_code == 200
    assert list(Review.objects.values_list("pk", flat=True)) == before


def test_a_stranger_moves_nothing(client, others):
    article = article_at("draft", others)
    answer = client.post(address(article), posted(article, "submit"))
    assert (answer.status_code, Article.objects.get().status) == (403, "draft")


def test_an_article_that_is_not_there_is_not_found(others):
    desk = signed_in(others[0])
    nowhere = reverse("admin:articles_article_move", args=[404_404])
    assert desk.post(nowhere, {"_move": "submit"}).status_code == 404


@pytest.mark.parametrize(
    ("version", "status"),
    [
        ("", ""),
        ("", "draft"),
        ("x", "draft"),
        ("-1", "draft"),
        ("²", "draft"),
        ("9" * 5000, "draft"),
        ("2", "draft"),
        ("0", "draft"),
        ("1", ""),
        ("1", "held"),
        ("1", "nonsense"),
    ],
    ids=range(11),
)
def test_a_page_that_was_never_seen_moves_nothing(others, version, status):
    article = article_at("draft", others)
    desk = signed_in(others[0])
    desk.post(address(article), {"_move": "submit", "_version": version, "_status": status})
    assert Article.objects.get().status == "draft"
    desk.post(address(article), {"_move": "submit", "_version": "1", "_status": "draft"})
    assert Article.objects.get().status == "first_review"


@pytest.mark.parametrize("name", ["publish", "void", "correct", ""])
def test_there_are_no_other_moves(others, name):
    article = article_at("signed", others)
    signed_in(others[1]).post(address(article), posted(article, name))
    assert (Article.objects.get().status, article.reviews.count()) == ("signed", 4)
