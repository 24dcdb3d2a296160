"""An article that is opened from the board, or from a filtered list, leads back there."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from articles.models import Article
from articles.tests.form_helpers import (
    ARTICLE_ADD_URL,
    article_data,
    article_url,
    fields,
    signed_in,
)
from articles.tests.html_parsing import Parsed
from articles.tests.issue_helpers import article_named, board_url, make_board
from articles.tests.workflow_factories import rewritten, written

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"


@pytest.fixture
def issue(db):
    Article.objects.all().delete()
    return make_board()


@pytest.fixture
def draft(issue, writer):
    """A draft of somebody else on A2."""
    return written(by=writer, headline="戊", page=issue.pages.get(label="A2"))


@pytest.fixture
def desk(roles):
    return signed_in(roles("责任编辑"))


def form_address(desk, issue, headline) -> str:
    """Return the address of an article's form as the board links it."""
    page = Parsed(desk.get(board_url(issue) + "?unplaced=all"))
    (piece,) = page.all(f".//li[@id='article-{article_named(headline).pk}']")
    return next(piece.iter("h3")).find("a").get("href")


def post(desk, address, **typed):
    """Fill in the form at an address and post it there."""
    return desk.post(address, fields(desk.get(address), "article_form") | typed)


def back(issue, article) -> str:
    return f"{board_url(issue)}?unplaced=all#article-{article.pk}"


def back_links(answer) -> list[tuple[str, str]]:
    """Return the links of a form that lead back, with their words."""
    links = Parsed(answer).all(".//a[@class='button back']")
    return [(link.get("aria-label"), link.get("href")) for link in links]


@pytest.mark.parametrize("button", [{"_save": "1"}, {"_move": "submit"}])
def test_saving_or_moving_leads_back_to_the_article_on_the_board(desk, issue, draft, button):
    address = form_address(desk, issue, "戊")
    assert post(desk, address, headline="戊改", **button).url == back(issue, draft)
    assert article_named("戊改").status == ("draft" if "_save" in button else "first_review")


def test_the_form_links_the_board_and_keeps_it_through_saves_and_errors(desk, issue, draft):
    address = form_address(desk, issue, "戊")
    saved = post(desk, address, headline="戊改", _continue="1")
    assert saved.url == address
    refused = post(desk, address, _move="pass_first")
    assert refused.url == address
    wrong = post(desk, address, page="999999", _save="1")
    for answer in (desk.get(address), wrong):
        assert back_links(answer) == [("回到版面", back(issue, draft))]


def test_a_conflict_keeps_the_way_back(desk, issue, draft, writer):
    address = form_address(desk, issue, "戊")
    opened = fields(desk.get(address), "article_form")
    rewritten(draft, by=writer, headline="他改")
    asked = desk.post(address, opened | {"headline": "我改", "_save": "1"})
    assert asked.status_code == 409
    form = next(each for each in Parsed(asked).all(".//form") if each.get("id") == "conflict_form")
    assert form.get("action") == address


def test_a_new_article_leads_back_to_the_board(desk, issue):
    links = [a.get("href") for a in Parsed(desk.get(board_url(issue))).all(".//a")]
    address = next(url for url in links if url.startswith(ARTICLE_ADD_URL + "?page="))
    page = issue.pages.in_order()[0].pk
    data = article_data(headline="己", page=str(page))
    saved = desk.post(address, data | {"_save": "1"}).url
    assert saved == f"{board_url(issue)}?unplaced=signed#article-{article_named('己').pk}"
    kept = desk.post(address, article_data(headline="庚") | {"_continue": "1"}).url
    assert kept.startswith(article_url(article_named("庚"))) and "next=" in kept
    moved = desk.post(address, article_data(headline="辛") | {"_move": "submit"})
    assert moved.url.endswith(f"#article-{article_named('辛').pk}")


def test_who_may_not_change_an_article_is_led_back_by_a_step(roles, issue, draft):
    address = f"{article_url(draft)}?{urlencode({'next': board_url(issue)})}"
    reader = signed_in(roles("值班总编"))
    step = reverse("admin:articles_article_move", args=[draft.pk])
    posted = {"_move": "hold", "_note": "等照片", "_version": draft.version, "_status": "draft"}
    query = address.partition("?")[2]
    assert reader.post(f"{step}?{query}", posted).url == f"{board_url(issue)}#article-{draft.pk}"


@pytest.mark.parametrize(
    "url",
    [
        "//evil.example/admin/",
        "https://evil.example/admin/",
        "http:///admin/",
        "javascript:alert(1)",
    ]
    + ["/", "x", "\x00", "/\\evil.example/admin/"],
)
def test_another_address_is_not_led_to(desk, draft, url):
    address = f"{article_url(draft)}?{urlencode({'next': url})}"
    assert back_links(desk.get(address)) == []
    assert post(desk, address, _save="1").url == LIST


def test_a_filtered_list_is_led_back_to_with_its_filters(desk, draft):
    filters = urlencode({"_changelist_filters": "status__exact=draft"})
    address = f"{article_url(draft)}?{filters}"
    assert back_links(desk.get(address)) == [("回到列表", f"{LIST}?status__exact=draft")]
    assert post(desk, address, _save="1").url == f"{LIST}?status__exact=draft"
    new = f"{ARTICLE_ADD_URL}?{filters}"
    moved = desk.post(new, article_data(headline="己") | {"_move": "submit"})
    assert moved.url == f"{article_url(article_named('己'))}?{filters}"
    assert post(desk, address, headline="戊改", _continue="1").url == address
