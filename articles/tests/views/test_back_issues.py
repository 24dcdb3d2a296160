"""Back issues: the calendars."""

from datetime import UTC, date, datetime, timedelta

import pytest

from articles.models import Status
from articles.tests.factories import make_article, make_issue, make_page
from articles.tests.html_parsing import Parsed

pytestmark = pytest.mark.django_db


def read(client, address: str) -> Parsed:
    response = client.get(address)
    assert response.status_code == 200
    return Parsed(response)


def month_links(page: Parsed) -> list[str]:
    return page.links(".//table[@class='cal big']/tbody")


def test_a_month_shows_every_day_with_its_lunar_day_and_links_those_with_a_paper(client):
    make_issue(issued_on=date(2024, 7, 26))
    make_issue(issued_on=date(2024, 7, 27))
    make_issue(issued_on=date(2024, 8, 1))
    page = read(client, "/archive/2024/7/")
    cells = page.texts(".//table[@class='cal big']/tbody/tr/td")
    assert len(cells) == 35
    assert [cell for cell in cells if cell][:6] == [
        "1廿六",
        "2廿七",
        "3廿八",
        "4廿九",
        "5三十",
        "6六月",
    ]
    assert cells[-4:] == ["", "", "", ""]
    assert month_links(page) == ["/2024-07-26/", "/2024-07-27/"]


def test_an_unreleased_issue_leaves_no_trace(client):
    make_issue(issued_on=date(2024, 7, 26))
    make_issue(issued_on=date(2024, 7, 29), released_at=None)
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    make_issue(issued_on=date(2024, 7, 30), released_at=tomorrow)
    make_issue(issued_on=date(2024, 9, 1), released_at=None)
    page = read(client, "/archive/2024/7/")
    assert month_links(page) == ["/2024-07-26/"]
    assert page.links(".//nav[@class='pn']") == []


def test_the_archive_opens_at_the_month_of_the_latest_issue(client):
    make_issue(issued_on=date(2023, 12, 30))
    make_issue(issued_on=date(2024, 7, 27))
    page = read(client, "/archive/")
    assert page.text(".//table[@class='cal big']/caption") == "2024年7月"
    assert page.links(".//nav[@class='pn']") == ["/archive/2023/12/"]
    assert page.texts(".//td/a[@aria-current='date']") == ["27廿二"]


def test_steps_lead_over_months_without_a_paper(client):
    for day in (date(2023, 3, 31), date(2024, 2, 29), date(2025, 1, 1)):
        make_issue(issued_on=day)
    page = read(client, "/archive/2024/2/")
    assert page.links(".//nav[@class='pn']") == ["/archive/2023/3/", "/archive/2025/1/"]


def test_a_month_without_a_paper_between_two_is_a_plain_calendar(client):
    make_issue(issued_on=date(2024, 2, 29))
    make_issue(issued_on=date(2024, 7, 27))
    page = read(client, "/archive/2024/5/")
    assert month_links(page) == []
    assert page.links(".//nav[@class='pn']") == ["/archive/2024/2/", "/archive/2024/7/"]


def test_an_extra_is_reached_beside_the_paper_of_its_day(client):
    make_issue(issued_on=date(2024, 7, 27))
    extra = make_issue(issued_on=date(2024, 7, 27), edition=2)
    page = read(client, "/archive/2024/7/")
    assert month_links(page) == ["/2024-07-27/"]
    assert page.links(".//p[@class='meta extras']") == ["/2024-07-27-2/"]
    assert extra.title in page.text(".//p[@class='meta extras']")


def test_a_day_with_nothing_but_an_extra_leads_to_it(client):
    make_issue(issued_on=date(2024, 7, 27), edition=2)
    assert month_links(read(client, "/archive/2024/7/")) == ["/2024-07-27-2/"]


def test_the_latest_issue_stands_beside_the_calendar(client):
    issue = make_issue()
    pages = [make_page(issue=issue, label=label) for label in ("A2", "A1")]
    make_article(page=pages[0], headline="次版稿件")
    make_article(page=pages[1], headline="头版稿件")
    make_article(page=pages[1], headline="未签发", status=Status.DRAFT)
    page = read(client, "/archive/")
    assert page.texts(".//aside/ol/li") == ["头版稿件", "次版稿件"]
    assert page.texts(".//aside/p[@class='meta']/span") == [
        "星期六",
        "甲辰年六月廿二",
        "2版",
        "2篇",
    ]


def test_a_year_shows_twelve_months_and_links_their_papers(client):
    make_issue(issued_on=date(2024, 1, 31))
    make_issue(issued_on=date(2024, 12, 1))
    page = read(client, "/archive/2024/")
    assert page.texts(".//table/caption") == [f"2024年{number}月" for number in range(1, 13)]
    assert page.links(".//tbody") == ["/2024-01-31/", "/2024-12-01/"]
    assert page.links(".//caption") == ["/archive/2024/1/", "/archive/2024/12/"]


def test_years_are_listed_from_the_latest_to_the_first(client):
    make_issue(issued_on=date(2022, 5, 1))
    make_issue(issued_on=date(2024, 7, 27))
    page = read(client, "/archive/2022/")
    assert page.texts(".//ul[@class='years']/li") == ["2024", "2023", "2022"]
    assert page.texts(".//ul[@class='years']//a[@aria-current]") == ["2022"]
    assert client.get("/archive/2023/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/archive/2024/13/",
        "/archive/2024/0/",
        "/archive/0/",
        "/archive/0/1/",
        "/archive/9999/12/",
        "/archive/99999999999999999999/1/",
        "/archive/2025/",
        "/archive/2023/7/",
    ],
)
def test_a_month_or_year_without_the_paper_is_not_found(client, address):
    make_issue(issued_on=date(2024, 7, 27))
    assert client.get(address).status_code == 404


def test_an_empty_archive_says_so(client):
    page = read(client, "/archive/")
    assert page.texts(".//main/p") == ["这里还没有发布过报纸。"]
    assert client.get("/archive/2024/7/").status_code == 404


def test_it_may_be_kept_a_minute_and_is_answered_with_304(client):
    make_issue()
    response = client.get("/archive/2024/7/")
    assert response["Cache-Control"] == "public, max-age=60"
    assert not response.cookies
    again = client.get("/archive/2024/7/", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("many", [1, 25])
@pytest.mark.parametrize(
    "address, queries", [("/archive/", 5), ("/archive/2024/7/", 5), ("/archive/2024/", 3)]
)
def test_it_takes_no_more_queries_for_more_issues(
    client, django_assert_num_queries, address, queries, many
):
    for day in range(1, many + 1):
        issue = make_issue(issued_on=date(2024, 7, day))
        make_issue(issued_on=date(2024, 7, day), edition=2)
    page = make_page(issue=issue)
    for _ in range(many):
        make_article(page=page, headline="")
    with django_assert_num_queries(queries):
        client.get(address)
