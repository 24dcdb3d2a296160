"""One page of an issue."""

import pytest

from articles.tests import factories
from articles.tests.html_parsing import headlines, read_page

pytestmark = pytest.mark.django_db


def make_three_pages():
    issue = factories.make_issue()
    for label in ("A10", "A1", "A2"):
        page = factories.make_page(issue=issue, label=label, name=f"{label}版")
        factories.make_article(page=page, headline=f"{label}头条")
    return issue


def test_a_page_shows_its_own_articles_only(client):
    make_three_pages()
    html = read_page(client, "/2024-07-27/A2/")
    assert headlines(html) == ["A2头条"]
    assert '<h1 class="title"><span class="tag">A2</span>A2版</h1>' in html
    assert '<link rel="canonical" href="http://testserver/2024-07-27/A2/">' in html


def test_pages_follow_each_other_in_bound_order(client):
    make_three_pages()
    html = read_page(client, "/2024-07-27/A2/")
    assert '<a href="/2024-07-27/A1/" rel="prev">' in html
    assert '<a class="next" href="/2024-07-27/A10/" rel="next">' in html
    assert 'rel="prev"' not in read_page(client, "/2024-07-27/A1/")
    assert 'rel="next"' not in read_page(client, "/2024-07-27/A10/")


def test_the_page_bar_says_where_one_is(client):
    make_three_pages()
    html = read_page(client, "/2024-07-27/A2/")
    assert html.count("aria-current") == 1
    assert '<a href="/2024-07-27/A2/" aria-current="page"><b>A2</b>A2版</a>' in html


def test_the_people_responsible_are_named_where_known(client):
    factories.make_page(editor="林晓禾", proofreader="周小鸣")
    html = read_page(client, "/2024-07-27/A1/")
    assert "林晓禾</span>" in html
    assert "周小鸣</span>" in html
    assert "版式" not in html


def test_an_unknown_page_is_not_found(client):
    factories.make_page()
    read_page(client, "/2024-07-27/A9/", status=404)


def test_an_empty_page_says_so(client):
    factories.make_page()
    assert "本版暂无稿件" in read_page(client, "/2024-07-27/A1/")


@pytest.mark.parametrize("count", [1, 25])
def test_a_page_takes_seven_queries(client, django_assert_num_queries, count):
    factories.make_full_page(page=factories.make_page(), count=count)
    with django_assert_num_queries(7):
        read_page(client, "/2024-07-27/A1/")
