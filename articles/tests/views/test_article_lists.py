"""Columns, contributors, tags, the paper about itself, and what machines ask for."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from taggit.models import Tag

from articles import queries, revisions
from articles.lists.entries import follow, follow_names
from articles.models import Article, Issue, Status
from articles.tests.factories import (
    make_article,
    make_byline,
    make_caption,
    make_chief,
    make_column,
    make_contributor,
    make_issue,
    make_masthead,
    make_page,
    make_photo,
)
from articles.tests.html_parsing import Parsed
from articles.workflow import move

pytestmark = pytest.mark.django_db
FUTURE = datetime(2100, 1, 1, tzinfo=UTC)


def read(client, address: str) -> Parsed:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Cache-Control"] == "public, max-age=60"
    assert not response.cookies
    return Parsed(response)


def gather(article: Article, name: str) -> dict[str, str]:
    """Give an article a column, a contributor and a tag; return the addresses of their pages."""
    column = make_column(name=name)
    contributor = make_contributor(name=name)
    Article.objects.filter(pk=article.pk).update(column=column)
    make_byline(article=article, name=name, contributor=contributor)
    article.tags.add(name)
    follow([article.pk])
    tag = Tag.objects.get(name=name)
    return {
        "column": column.get_absolute_url(),
        "contributor": contributor.get_absolute_url(),
        "tag": reverse("articles:tag", args=[tag.pk]),
    }


def gather_all(articles: list[Article], name="民生") -> dict[str, str]:
    addresses = gather(articles[0], name)
    first = Article.objects.get(pk=articles[0].pk)
    for article in articles[1:]:
        Article.objects.filter(pk=article.pk).update(column=first.column)
        make_byline(article=article, contributor=first.bylines.get().contributor)
        article.tags.add(name)
    follow([article.pk for article in articles])
    return addresses


KINDS = ("column", "contributor", "tag")


@pytest.mark.parametrize("kind", KINDS)
def test_what_has_published_nothing_is_as_unknown_as_what_does_not_exist(client, kind):
    unreleased = make_issue(issued_on=date(2030, 1, 1), released_at=None)
    draft = make_article(page=make_page(), status=Status.DRAFT)
    early = make_article(page=make_page(issue=unreleased))
    addresses = [gather(draft, "甲")[kind], gather(early, "乙")[kind], f"/{kind}s/999999/"]
    answers = {(found.status_code, found.content) for found in map(client.get, addresses)}
    assert len(answers) == 1
    assert answers.pop()[0] == 404


@pytest.mark.parametrize("kind", KINDS)
def test_published_articles_are_gathered_newest_first_under_their_months(client, kind):
    june = make_page(issue=make_issue(issued_on=date(2024, 6, 30)))
    july = make_issue()
    late, early = make_page(issue=july, label="A10"), make_page(issue=july, label="A2")
    articles = [make_article(page=page, headline=page.label) for page in (june, late, early)]
    articles.append(make_article(page=early, headline="未签发", status=Status.DRAFT))
    page = read(client, gather_all(articles)[kind])
    assert page.text(".//h1") == "民生"
    assert page.texts(".//h3") == ["A2", "A10", "A1"]
    assert page.texts(".//h2") == ["2024年7月", "2024年6月"]
    assert page.texts(".//li//p[@class='meta']/time") == ["7月27日", "7月27日", "6月30日"]


@pytest.mark.parametrize("kind", KINDS)
def test_lists_hold_thirty_and_lead_on(client, kind):
    page = make_page()
    address = gather_all([make_article(page=page, headline=f"第{n}篇") for n in range(61)])[kind]
    articles = list(Article.objects.order_by("pk"))
    to_second, to_third = (f"?after={articles[number].pk}" for number in (29, 59))
    first, second, third = (read(client, address + query) for query in ("", to_second, to_third))
    assert [len(page.texts(".//h3")) for page in (first, second, third)] == [30, 30, 1]
    assert first.links(".//nav[@class='pn']") == [to_second]
    assert second.links(".//nav[@class='pn']") == ["?", to_third]
    assert third.links(".//nav[@class='pn']") == [to_second]
    (canonical,) = second.all(".//link[@rel='canonical']")
    assert canonical.get("href") == f"http://testserver{address}{to_second}"
    answers = [client.get(address, {"page": number}) for number in (1, 2, 3)]
    assert [answer.status_code for answer in answers] == [301] * 3
    assert [answer.url for answer in answers] == [address, address + to_second, address + to_third]
    assert client.get(address, {"page": 4}).status_code == 404


@pytest.mark.parametrize("number", ["0", "-1", "2", "x", "", "１", "99999999999999999999"])
@pytest.mark.parametrize("name", ["page", "after"])
def test_a_list_that_is_not_there_is_not_found(client, name, number):
    addresses = gather(make_article(page=make_page()), "民生")
    for address in addresses.values():
        if (name, number) != ("after", ""):
            assert client.get(address, {name: number}).status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_a_part_is_found_after_an_article_that_was_withdrawn(client, kind):
    page = make_page()
    articles = [make_article(page=page) for _ in range(3)]
    address = gather_all(articles)[kind]
    revisions.record(articles[1], by=None)
    move(articles[1], "withdraw", by=make_chief(), note="不实")
    shown = read(client, f"{address}?after={articles[1].pk}")
    assert shown.texts(".//h3") == [articles[2].headline]
    assert client.get(f"{address}?after={articles[2].pk}").status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_an_address_does_not_tell_which_article_is_to_come_in_a_list(client, kind):
    early = make_page(issue=make_issue(issued_on=date(2030, 1, 1), released_at=FUTURE))
    articles = [make_article(page=make_page()), make_article(page=early)]
    address = gather_all(articles)[kind]
    draft = make_article(page=articles[0].page, status=Status.DRAFT)
    for pk in (articles[1].pk, draft.pk, 999_999):
        assert client.get(f"{address}?after={pk}").status_code == 404


@pytest.mark.parametrize("many", [1, 25])
@pytest.mark.parametrize("kind, queries", [("column", 4), ("contributor", 7), ("tag", 3)])
def test_queries_do_not_grow_with_the_list(client, django_assert_num_queries, kind, queries, many):
    page = make_page()
    articles = [make_article(page=page, headline="") for _ in range(many)]
    address = gather_all(articles)[kind]
    contributor = articles[0].bylines.get().contributor
    for article in articles:
        make_caption(article=article, photo=make_photo(contributor=contributor))
    with django_assert_num_queries(queries):
        client.get(address)


# Columns


def test_a_column_says_what_it_is_and_whether_it_has_ended(client):
    column = make_column(name="民生实事", description="办到家门口。", is_current=False)
    make_article(page=make_page(), column=column)
    page = read(client, column.get_absolute_url())
    assert page.text(".//div[@class='plain']").strip() == "办到家门口。"
    assert "本栏目已结束。" in page.texts(".//p[@class='meta']")


def test_the_list_of_columns_shows_those_that_have_appeared_current_ones_first(client):
    page = make_page()
    for name, is_current in (("旧栏", False), ("新栏", True)):
        make_article(page=page, column=make_column(name=name, is_current=is_current))
    make_article(page=page, column=make_column(name="草稿栏"), status=Status.DRAFT)
    make_column(name="空栏")
    assert read(client, "/columns/").texts(".//main//h2") == ["新栏", "旧栏"]


@pytest.mark.parametrize("many", [1, 25])
def test_the_list_of_columns_takes_four_queries(client, django_assert_num_queries, many):
    page = make_page()
    for number in range(many):
        make_article(page=page, column=make_column(name=f"栏{number}"))
    with django_assert_num_queries(4):
        client.get("/columns/")


# Contributors


def test_a_contributor_s_page_gathers_names_that_are_linked_to_nobody(client):
    page, contributor = make_page(), make_contributor(name="林晓禾")
    titles = ["已链接", "未链接", "同名他人", "别人"]
    articles = [make_article(page=page, headline=title) for title in titles]
    make_byline(article=articles[0], name="林晓禾", contributor=contributor)
    make_byline(article=articles[1], name="林晓禾")
    make_byline(article=articles[2], name="林晓禾", contributor=make_contributor(name="晓禾"))
    make_byline(article=articles[3], name="周一鸣")
    draft = make_article(status=Status.DRAFT, headline="草稿")
    make_byline(article=draft, name="林晓禾")
    found = queries.articles_of_contributor(contributor)
    assert {article.headline for article in found} == {"已链接", "未链接"}
    assert "未链接" in client.get(contributor.get_absolute_url()).content.decode()
    make_contributor(name="林晓禾", distinction="通讯员")
    follow_names(["林晓禾"])
    assert {article.headline for article in found.all()} == {"已链接"}


def test_a_contributor_is_shown_with_role_count_and_last_day(client):
    contributor = make_contributor(name="林晓禾", role="记者", distinction="财务")
    page = make_page()
    for _ in range(2):
        make_byline(article=make_article(page=page), contributor=contributor)
    shown = read(client, contributor.get_absolute_url())
    assert shown.texts(".//dl/dd") == ["记者", "2篇", "2024年7月27日"]
    assert "财务" not in "".join(shown.root.itertext())


def test_two_bylines_in_one_article_count_once(client):
    contributor, article = make_contributor(), make_article(page=make_page())
    for role in ("记者", "摄"):
        make_byline(article=article, role=role, contributor=contributor)
    shown = read(client, contributor.get_absolute_url())
    assert shown.texts(".//dl/dd") == ["1篇", "2024年7月27日"]
    assert len(shown.texts(".//h3")) == 1


def test_a_photographer_without_bylines_has_a_page_of_photos(client):
    photographer = make_contributor(name="周一鸣")
    article = make_article(page=make_page(), headline="服务点启用")
    photo = make_caption(article=article, photo=make_photo(contributor=photographer)).photo
    draft = make_article(page=article.page, status=Status.DRAFT)
    make_caption(article=draft, photo=make_photo(contributor=photographer))
    shown = read(client, photographer.get_absolute_url())
    assert shown.links(".//ul[@class='shots']") == [article.get_absolute_url()]
    assert shown.texts(".//ul[@class='shots']/li") == ["服务点启用"]
    assert [image.get("src") for image in shown.all(".//img")] == [f"/photos/{photo.uid}/small.jpg"]


# About


def test_the_paper_says_what_it_is_and_leaves_out_what_nobody_gave(client):
    make_masthead(name="云溪日报", sponsor="云溪区融媒体中心", about="第一段。\n\n第二段。")
    page = read(client, "/about/")
    assert page.texts(".//main//p") == ["第一段。", "第二段。"]
    assert page.texts(".//main//dl/dt") == ["主办单位"]
    assert page.texts(".//main//dl/dd") == ["云溪区融媒体中心"]


def test_a_paper_that_says_nothing_still_has_its_page(client):
    assert read(client, "/about/").text(".//h1") == "关于本报"
    assert Issue.objects.count() == 0


# Machines


def test_robots_may_read_everything_but_the_desk(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == (
        "User-agent: *\nDisallow: /admin/\n\n"
        "Sitemap: http://testserver/sitemap.xml\n"
        "Sitemap: http://testserver/sitemaps/news.xml\n"
    )


def test_the_icon_is_found_by_its_old_name(client):
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    assert response["Location"].startswith("/static/img/icon.")
