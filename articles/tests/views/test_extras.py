"""An extra (号外) is announced above the paper of its day, and takes nobody's place."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Status
from articles.tests import factories
from articles.tests.html_parsing import Parsed, headlines, read_page

pytestmark = pytest.mark.django_db


def extra_with(headline, **facts):
    """Make an extra with one article."""
    issue = factories.make_issue(**facts)
    return factories.make_article(page=factories.make_page(issue=issue), headline=headline)


def test_an_extra_is_announced_above_the_paper_of_the_day_and_does_not_displace_it(client):
    factories.make_article(page=factories.make_page(), headline="头条")
    extra_with("昨天的号外", issued_on=date(2024, 7, 26), edition=2)
    extra_with("撤下的号外", edition=3, released_at=None)
    later = timezone.now() + timedelta(minutes=1)
    extra_with("未到点的号外", edition=4, released_at=later)
    html = read_page(client)
    assert headlines(html) == ["头条"] and "extras" not in html
    extra_with("大坝合龙", edition=2)
    extra_with("次日的号外", issued_on=date(2024, 7, 28), edition=2)
    page = Parsed(client.get("/"))
    links = [
        (link.get("href"), " ".join("".join(link.itertext()).split()))
        for link in page.all(".//aside[@class='extra']//a")
    ]
    assert links == [
        ("/2024-07-28-2/", "号外 次日的号外 2024年7月28日"),
        ("/2024-07-27-2/", "号外 大坝合龙 2024年7月27日"),
    ]
    assert page.texts(".//h1/span") == ["2024年7月27日"]
    assert "extras" not in read_page(client, "/2024-07-27/")


def test_an_unsigned_headline_of_an_extra_is_not_announced(client):
    factories.make_article(page=factories.make_page(), headline="头条")
    article = extra_with("未签的头条", edition=2)
    Article.objects.filter(pk=article.pk).update(status=Status.DRAFT)
    html = read_page(client)
    assert "/2024-07-27-2/" in html and "未签的头条" not in html


def test_without_a_paper_the_latest_extra_is_at_the_root(client):
    for day in (27, 26):
        extra_with(f"号外{day}", issued_on=date(2024, 7, day), edition=2)
    html = read_page(client)
    assert headlines(html) == ["号外27"] and "extras" not in html


def test_extras_take_one_query_more_however_many(client, django_assert_num_queries):
    factories.make_full_page(page=factories.make_page(), count=3)
    for edition in (2, 3, 4):
        extra_with(f"号外{edition}", edition=edition)
        with django_assert_num_queries(9):
            read_page(client)
