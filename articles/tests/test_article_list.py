"""The list of articles on the desk: finding, filtering, deleting."""

from datetime import date

import pytest

from articles.models import Article, Byline, Status

from . import make
from .posting import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db):
    return signed_in()


@pytest.mark.parametrize("number", [1, 25])
def test_the_list_takes_the_same_queries_for_any_length(desk, django_assert_num_queries, number):
    page = make.make_page()
    for _ in range(number):
        make.make_article(page=page, headline="", column=make.make_column(name=str(_)))
    with django_assert_num_queries(10):
        response = desk.get("/admin/articles/article/")
    assert len(response.context["cl"].result_list) == number


@pytest.mark.parametrize("word", ["河埠路", "林晓禾", "六十项", "引题词", "副题词"])
def test_the_search_finds_headline_stack_names_and_text(desk, word):
    found = make.make_article(headline="河埠路", kicker="引题词", deck="副题词",
                              paragraphs=["办理六十项业务"])  # fmt: skip
    make.make_byline(article=found, name="林晓禾")
    make.make_article(headline="别的", paragraphs=["别的"])
    response = desk.get("/admin/articles/article/", {"q": word})
    assert list(response.context["cl"].result_list) == [found]


def test_the_list_filters_by_the_date_of_the_issue(desk):
    shown = make.make_article(page=make.make_page())
    make.make_article(page=make.make_page(issue=make.make_issue(issued_on=date(2024, 8, 1))))
    day = {"page__issue__issued_on__year": 2024, "page__issue__issued_on__month": 7}
    response = desk.get("/admin/articles/article/", day)
    assert list(response.context["cl"].result_list) == [shown]


def test_a_list_names_an_article_without_headline_by_its_opening(desk):
    make.make_article(headline="", paragraphs=["昨天上午八点，启用。"], column=make.make_column())
    html = desk.get("/admin/articles/article/").content.decode()
    assert "民生实事：昨天上午八点" in html


def test_many_articles_are_never_deleted_at_once(desk):
    make.make_article()
    assert "delete_selected" not in desk.get("/admin/articles/article/").content.decode()


def test_a_signed_article_cannot_be_deleted_and_a_draft_can(desk):
    signed_off, draft = make.make_article(), make.make_article(status=Status.DRAFT)
    make.make_byline(article=draft)
    for article in (signed_off, draft):
        desk.post(f"/admin/articles/article/{article.pk}/delete/", {"post": "yes"})
    assert list(Article.objects.all()) == [signed_off]
    assert not Byline.objects.exists()
