"""The years of a person and of a column as a chart with its table, and people who sign together."""

from datetime import date

import pytest

from articles import statistics
from articles.models import Article, Status
from articles.tests import factories
from articles.tests.html_parsing import Parsed

pytestmark = pytest.mark.django_db


@pytest.fixture
def column():
    """A column with three articles in 2022, none in 2023, and one in 2024, by one person."""
    column, person = factories.make_column(), factories.make_contributor()
    for year, count in ((2022, 3), (2024, 1)):
        page = factories.make_page(issue=factories.make_issue(issued_on=date(year, 7, 27)))
        for _ in range(count):
            article = factories.make_article(page=page, column=column)
            factories.make_byline(article=article, contributor=person)
        hidden = factories.make_article(page=page, column=column, status=Status.DRAFT)
        factories.make_byline(article=hidden, contributor=person)
    return column


def rows(client, address: str) -> list[list[str]]:
    """Return the rows of the table of years on a page."""
    page = Parsed(client.get(address))
    found = page.all(".//details[@class='chart']//tbody/tr")
    return [["".join(cell.itertext()) for cell in row] for row in found]


def test_a_year_without_an_article_is_shown_too(client, column):
    expected = [["2022", "3"], ["2023", "0"], ["2024", "1"]]
    assert rows(client, column.get_absolute_url()) == expected
    person = Article.objects.first().bylines.get().contributor
    assert rows(client, person.get_absolute_url()) == expected


def test_the_bars_are_as_high_as_the_years_are_strong():
    chart = statistics.chart_of_years({2022: 3, 2024: 1})
    assert [(bar.year, bar.count, bar.height) for bar in chart.bars] == [
        (2022, 3, 80),
        (2023, 0, 0),
        (2024, 1, 27),
    ]
    assert [bar.y + bar.height for bar in chart.bars] == [100, 100, 100]
    assert chart.width == 120


def test_a_single_year_has_no_chart(client):
    column = factories.make_column()
    factories.make_article(page=factories.make_page(), column=column)
    assert rows(client, column.get_absolute_url()) == []
    assert statistics.chart_of_years({}) is None


def test_people_who_signed_together_are_named_the_most_frequent_first(client):
    page, me = factories.make_page(), factories.make_contributor(name="林晓禾")
    often, once, hidden = (factories.make_contributor(name=name) for name in ("甲", "乙", "丙"))
    for others in ((often,), (often, once)):
        article = factories.make_article(page=page)
        for person in (me, *others):
            factories.make_byline(article=article, name=person.name, contributor=person)
    draft = factories.make_article(page=page, status=Status.DRAFT)
    for person in (me, hidden):
        factories.make_byline(article=draft, name=person.name, contributor=person)
    found = Parsed(client.get(me.get_absolute_url()))
    assert found.texts(".//dl/dt")[-1] == "合作署名"
    assert found.texts(".//dl/dd")[-1] == "甲 2、乙"
    assert found.links(".//dl")[-2:] == [often.get_absolute_url(), once.get_absolute_url()]
