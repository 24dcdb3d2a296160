"""oEmbed: what other sites are told of a link."""

from urllib.parse import quote

import pytest
from lxml import etree

from articles.models import Status
from articles.sharing.fonts import card_font
from articles.tests import factories
from articles.tests.html_parsing import Parsed

from .feed_asking import withdraw

pytestmark = pytest.mark.django_db


def ask(client, path, query="", site="http://testserver"):
    return client.get(f"/oembed?url={quote(site + path, safe='')}{query}")


def card_of(path) -> dict:
    """Return the thumbnail that a card gives, nothing where the machine has no font for cards."""
    if card_font() is None:
        return {}
    address = f"http://testserver/cards{path}.jpg"
    return {"thumbnail_url": address, "thumbnail_width": 1200, "thumbnail_height": 630}


def test_an_article_is_quoted_with_its_card(client, paper):
    url = f"http://testserver/articles/{paper.pk}/"
    response = ask(client, paper.get_absolute_url())
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response.json() == {
        "type": "rich",
        "version": "1.0",
        "title": "河埠路三处口袋公园开放 <b>",
        "author_name": "张可馨",
        "provider_name": "云溪日报",
        "provider_url": "http://testserver/",
        "cache_age": 60,
        "html": f'<blockquote cite="{url}"><p><strong><a href="{url}">'
        "河埠路三处口袋公园开放 &lt;b&gt;</a></strong></p>"
        "<p>昨天，三处公园开放。余下的年内建成。</p>"
        "<footer>云溪日报 2024年7月27日 A1 要闻</footer></blockquote>",
        "width": 600,
        "height": 240,
        **card_of(f"/articles/{paper.pk}"),
    }
    assert ask(client, f"/hant{paper.get_absolute_url()}").json() == response.json()


def test_an_issue_is_quoted_too_and_in_xml(client, paper):
    found = etree.fromstring(ask(client, "/2024-07-27/", "&format=xml").content)
    told = {child.tag: child.text for child in found}
    assert found.tag == "oembed"
    assert told["title"] == "云溪日报 2024年7月27日"
    assert "河埠路三处口袋公园开放 &lt;b&gt;" in told["html"]
    assert told.get("thumbnail_url") == card_of("/2024-07-27").get("thumbnail_url")


def test_a_site_with_less_room_gets_less(client, paper):
    told = ask(client, paper.get_absolute_url(), "&maxwidth=320&maxheight=100").json()
    assert (told["width"], told["height"]) == (320, 100)
    assert "thumbnail_url" not in told


@pytest.mark.parametrize(
    ("query", "status", "detail"),
    [
        ("", 400, "请在 url 参数中给出本站一篇稿件或一期报纸的地址。"),
        ("?url=", 400, "请在 url 参数中给出本站一篇稿件或一期报纸的地址。"),
        ("?url=//[", 400, "请在 url 参数中给出本站一篇稿件或一期报纸的地址。"),
        ("?url=javascript:alert(1)", 400, "请在 url 参数中给出本站一篇稿件或一期报纸的地址。"),
        ("?url=http://other.example/articles/1/", 404, "没有这篇稿件或这一期报纸。"),
        ("?url=http://testserver/about/", 404, "没有这篇稿件或这一期报纸。"),
        ("?url=http://testserver/articles/0/", 404, "没有这篇稿件或这一期报纸。"),
        ("?url=http://testserver/2024-02-31/", 404, "没有这篇稿件或这一期报纸。"),
        ("?url=http://testserver/2031-01-01/", 404, "没有这篇稿件或这一期报纸。"),
        ("?url=http://testserver/nowhere", 404, "没有这篇稿件或这一期报纸。"),
        ("?format=yaml", 501, "format 只能是 json 或 xml。"),
        ("?maxwidth=wide", 400, "maxwidth 和 maxheight 须是以像素计的整数。"),
    ],
)
def test_what_cannot_be_answered_is_told_in_a_sentence(client, paper, query, status, detail):
    response = client.get(f"/oembed{query}")
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["detail"] == detail


def test_what_readers_do_not_see_is_not_quoted(client, paper):
    draft = factories.make_article(page=paper.page, status=Status.DRAFT)
    assert ask(client, draft.get_absolute_url()).status_code == 404
    withdraw(paper)
    gone = ask(client, paper.get_absolute_url())
    assert (gone.status_code, gone.json()["detail"]) == (410, "这篇稿件已撤下。")


@pytest.mark.parametrize("many", [1, 25])
def test_a_quotation_takes_the_same_queries(client, paper, django_assert_num_queries, many):
    for _ in range(many - 1):
        factories.make_article(page=paper.page)
        factories.make_byline(article=paper)
    with django_assert_num_queries(6):
        ask(client, paper.get_absolute_url())
    with django_assert_num_queries(3):
        ask(client, "/2024-07-27/")


def test_pages_name_where_to_ask(client, paper):
    for path in (paper.get_absolute_url(), "/2024-07-27/", "/", f"/hant{paper.get_absolute_url()}"):
        links = Parsed(client.get(path)).all(".//link[@rel='alternate']")
        (address,) = [
            link.get("href") for link in links if link.get("type") == "application/json+oembed"
        ]
        assert client.get(address).status_code == 200
        (other,) = [link.get("href") for link in links if link.get("type") == "application/json"]
        assert client.get(other).status_code == 200
