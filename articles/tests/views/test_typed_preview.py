"""The preview: the reader's page of an article that readers do not see."""

import html
import re

import pytest
from django.test import Client

from articles.models import Article, Byline, Member, Status
from articles.tests import factories
from articles.tests.form_helpers import article_data, byline_rows

pytestmark = pytest.mark.django_db
NEW = "/admin/articles/article/preview/"


@pytest.fixture
def desk(db) -> Client:
    client = Client()
    client.force_login(Member.objects.create_superuser("chief", password="correct horse"))
    return client


def framed(response) -> str:
    """Return the reader's page in the phone's frame."""
    return html.unescape(re.findall(r'srcdoc="([^"]*)"', response.content.decode())[1])


def test_a_draft_is_shown_as_readers_will_see_it(desk, client):
    issue = factories.make_issue(released_at=None)
    article = factories.make_article(
        page=factories.make_page(issue=issue),
        status=Status.DRAFT,
        headline="未发稿件",
        dateline="本报讯",
    )
    factories.make_byline(article=article)
    page = framed(desk.get(f"/admin/articles/article/{article.pk}/preview/"))
    assert "未发稿件" in page
    assert "本报讯" in page
    assert "（记者 林晓禾）" in page
    assert client.get(article.get_absolute_url()).status_code == 404


def test_what_is_typed_is_shown_and_not_stored(desk):
    column, photo = factories.make_column(), factories.make_photo()
    response = desk.post(
        NEW,
        article_data(
            headline="刚刚输入",
            column=column.pk,
            body="<div>　　正文<b>粗</b></div>",
            dateline="本报讯",
            tags="民生、新标签",
            bylines=[
                {"order": 2, "role": "记者", "name": "乙"},
                {"order": 1, "role": "记者", "name": "甲"},
            ],
            captions=[{"order": 1, "photo": photo.pk, "words": "图说在此"}],
        ),
    )
    page = framed(response)
    for shown in (
        "刚刚输入",
        "民生实事",
        "正文<strong>粗</strong>",
        "新标签",
        "图说在此",
        "（记者 甲 乙）",
        str(photo.uid),
    ):
        assert shown in page
    assert not Article.objects.exists()


def test_changes_typed_to_a_stored_article_are_shown_and_not_stored(desk):
    article = factories.make_article(page=factories.make_page(), headline="原题")
    factories.make_byline(article=article, name="原名")
    rows = [byline_rows(article)[0] | {"name": "新名"}]
    form = article_data(
        headline="新题",
        body="<p>新正文</p>",
        page=article.page_id,
        bylines=rows,
        stored=1,
        dateline="本报讯",
    )
    page = framed(desk.post(f"/admin/articles/article/{article.pk}/preview/", form))
    assert "新题" in page
    assert "新名" in page
    assert "原题" not in page
    article.refresh_from_db()
    assert article.headline == "原题"
    assert Byline.objects.get().name == "原名"


def test_a_form_with_mistakes_is_shown_as_far_as_it_goes(desk):
    form = article_data(
        headline="题" * 1001,
        body="<p>正文在</p>",
        page="9999",
        bylines=[{"order": "x", "role": "记者", "name": ""}],
    )
    response = desk.post(NEW, form)
    assert response.status_code == 200
    assert "正文在" in framed(response)


def test_a_preview_is_kept_by_nobody_and_found_by_no_search_engine(desk):
    response = desk.get(f"/admin/articles/article/{factories.make_article().pk}/preview/")
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


def test_no_script_runs_in_a_preview(desk):
    article = factories.make_article(headline="<script>alert(1)</script>")
    page = framed(desk.get(f"/admin/articles/article/{article.pk}/preview/"))
    assert "<script" not in page.replace("&lt;script", "")


def test_only_members_who_may_view_articles_see_a_preview(client):
    address = f"/admin/articles/article/{factories.make_article().pk}/preview/"
    assert client.get(address).status_code == 302
    client.force_login(factories.make_member(username="guest", is_staff=True))
    assert client.get(address).status_code == 403


def test_an_unknown_article_has_no_preview(desk):
    assert desk.get("/admin/articles/article/999/preview/").status_code == 404


@pytest.mark.parametrize("number", [1, 25])
def test_a_preview_takes_the_same_queries_for_any_number_of_rows(
    desk, django_assert_num_queries, number
):
    article, photo = factories.make_article(page=factories.make_page()), factories.make_photo()
    for n in range(number):
        factories.make_byline(
            article=article, contributor=factories.make_contributor(name=f"作者{n}")
        )
        factories.make_caption(article=article, photo=photo)
    with django_assert_num_queries(13):
        desk.get(f"/admin/articles/article/{article.pk}/preview/")
