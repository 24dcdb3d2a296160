"""The page of a printed page that has a picture: its zones, beside its text."""

import re
from datetime import date

import pytest

from articles import previews
from articles.models import AfterWithdrawal
from articles.tests.facsimiles.making import LEFT, RIGHT, make_facsimile
from articles.tests.factories import make_article, make_chief, make_issue, make_page
from articles.workflow import transitions

pytestmark = pytest.mark.django_db
ADDRESS = "/2024-07-27/A1/"
LINK = re.compile(r'<li id="zone-(\d+)"><a href="?([^" ]+?)"? data-zone="([^"]*)"><span>([^<]*)')
COVERED = "本版有稿件未发布或已撤下，版面图上已遮住。"


@pytest.fixture
def page():
    return make_page(issue=make_issue(issued_on=date(2024, 7, 27)))


@pytest.fixture
def articles(page):
    return [make_article(page=page, headline=f"第{n}篇") for n in (1, 2)]


def corners(polygon) -> str:
    return " ".join(f"{x},{y}" for x, y in polygon)


def links(html: str) -> list[tuple[str, ...]]:
    return LINK.findall(html)


def test_the_articles_are_an_ordered_list_of_links_with_their_places(client, page, articles):
    make_facsimile(page, *articles)
    html = client.get(ADDRESS).content.decode()
    first, second = articles
    assert links(html) == [
        (f"{first.pk}", first.get_absolute_url(), corners(LEFT), "第1篇"),
        (f"{second.pk}", second.get_absolute_url(), corners(RIGHT), "第2篇"),
    ]


def test_an_article_in_two_places_is_one_link(client, page, articles):
    first = articles[0]
    make_facsimile(page, first, first)
    (link,) = links(client.get(ADDRESS).content.decode())
    assert link[2] == f"{corners(LEFT)}|{corners(RIGHT)}"


def test_the_picture_is_offered_in_every_width_and_its_size_is_told(client, page, articles):
    row = make_facsimile(page, *articles)
    html = client.get(ADDRESS).content.decode()
    for kind in ("webp", "jpg"):
        offered = ", ".join(f"{ADDRESS}facsimile-{w}.{kind} {w}w" for w in row.widths)
        assert offered in html
    width, height = row.pictures[-1]
    assert re.search(rf'width="?{width}"? height="?{height}"? fetchpriority="?high', html)
    assert 'alt="A1 版 要闻 版面图"' in html


@pytest.mark.parametrize("count", [1, 2])
def test_a_page_with_a_picture_takes_eight_queries(client, page, count, django_assert_num_queries):
    make_facsimile(page, *[make_article(page=page) for _ in range(count)])
    with django_assert_num_queries(8):
        client.get(ADDRESS)


def test_a_page_without_a_picture_is_as_before(client, page, articles):
    html = client.get(ADDRESS).content.decode()
    assert "facsimile" not in html
    assert "第1篇" in html


def test_a_withdrawn_article_is_no_link_any_more_and_the_page_says_so(client, page, articles):
    make_facsimile(page, *articles)
    transitions.move(articles[0], "withdraw", by=make_chief(), note="失实")
    html = client.get(ADDRESS).content.decode()
    assert [link[3] for link in links(html)] == ["第2篇"]
    assert COVERED in html
    assert "/2024-07-27/A1.pdf" not in html


def test_a_picture_that_shall_not_be_shown_leaves_the_text(client, page, articles):
    make_facsimile(page, *articles, after_withdrawal=AfterWithdrawal.GONE)
    transitions.move(articles[0], "withdraw", by=make_chief(), note="失实")
    html = client.get(ADDRESS).content.decode()
    assert "facsimile" not in html
    assert "第2篇" in html


def test_a_whole_page_offers_its_pdf(client, page, articles):
    make_facsimile(page, *articles)
    html = client.get(ADDRESS).content.decode()
    assert 'href="/2024-07-27/A1.pdf" download' in html
    assert COVERED not in html


def test_a_preview_shows_the_picture_at_its_own_addresses(client):
    waiting = make_issue(issued_on=date(2024, 7, 29), released_at=None)
    page = make_page(issue=waiting)
    article = make_article(page=page)
    row = make_facsimile(page, article)
    token = previews.token(previews.create_link(waiting, by=make_chief()))
    html = client.get(f"/preview/{token}/A1/").content.decode()
    assert f"/preview/{token}/A1/facsimile-{row.widths[0]}.webp" in html
    assert [link[1] for link in links(html)] == [f"/preview/{token}/articles/{article.pk}/"]
    assert "/2024-07-29/" not in html


def test_forty_articles_with_zones_weigh_less_than_40_kilobytes(client, page):
    row = make_facsimile(page)
    for order in range(40):
        corners = [[order, 80], [450, 80], [450, 700], [300, 700], [300, 500], [order, 500]]
        row.zones.create(article=make_article(page=page), polygon=corners, order=order)
    assert len(client.get(ADDRESS).content) <= 40 * 1024


def test_the_page_in_traditional_characters_leads_to_the_same_files(client, page, articles):
    make_facsimile(page, *articles)
    html = client.get(f"/hant{ADDRESS}").content.decode()
    assert 'href="/2024-07-27/A1.pdf" download' in html
    assert f"{ADDRESS}facsimile-480.webp" in html
    assert f"/hant{ADDRESS}facsimile" not in html
    assert [link[1] for link in links(html)] == [
        f"/hant{article.get_absolute_url()}" for article in articles
    ]
