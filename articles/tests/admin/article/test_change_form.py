"""The article form as a page: its errors, its fields, and what comes before the words."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from articles.editing.forms import ArticleForm
from articles.models import Article
from articles.tests import factories
from articles.tests.form_helpers import ARTICLE_ADD_URL, article_data, article_url

pytestmark = pytest.mark.django_db


def test_every_error_stands_at_its_field_and_everything_typed_is_still_there(desk):
    response = desk.post(
        ARTICLE_ADD_URL,
        article_data(
            headline="题" * 1001,
            kicker="引题还在",
            body="<p>正文&lt;还在&gt;</p>",
            tags="民生、" + "长" * 101,
            page="99999",
            bylines=[
                {"order": 1, "role": "记者", "name": ""},
                {"order": 2, "role": "通讯员", "name": "周一鸣"},
            ],
            captions=[{"order": 1, "photo": "", "words": "图说还在", "credit": "某人 摄"}],
        ),
    )
    html = response.content.decode()
    form = response.context["adminform"].form
    bylines, captions = (each.formset for each in response.context["inline_admin_formsets"])
    assert response.status_code == 200
    assert sorted(form.errors) == ["headline", "page", "tags"]
    assert bylines.errors[0].keys() == {"name"}
    assert captions.errors[0].keys() == {"photo"}
    for kept in (
        "题" * 1001,
        "引题还在",
        "&lt;p&gt;正文&amp;lt;还在&amp;gt;&lt;/p&gt;",
        "长" * 101,
        "周一鸣",
        "图说还在",
        "某人 摄",
    ):
        assert kept in html
    assert not Article.objects.exists()


def test_a_refused_placement_is_told_at_the_page_with_everything_typed(db):
    member = factories.make_member(username="reporter", is_staff=True)
    member.user_permissions.add(*_rights("add_article", "change_article", "view_article"))
    client = Client()
    client.force_login(member)
    page = factories.make_page()
    response = client.post(ARTICLE_ADD_URL, article_data(headline="想上版", page=page.pk))
    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == ["page"]
    assert "想上版" in response.content.decode()
    assert not Article.objects.exists()


def _rights(*names):
    return Permission.objects.filter(codename__in=names)


def test_a_lone_surrogate_is_told_at_its_field():
    form = ArticleForm(article_data(headline="坏\ud800字", body="<p>\udfff</p>", tags="\ud800"))
    assert sorted(form.errors) == ["body", "headline", "tags"]


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 25])
def test_the_form_takes_the_same_queries_for_any_number_of_rows(
    desk, django_assert_num_queries, number
):
    article = factories.make_article(page=factories.make_page())
    photo = factories.make_photo()
    for n in range(number):
        contributor = factories.make_contributor(name=f"作者{n}")
        factories.make_byline(article=article, contributor=contributor)
        factories.make_caption(article=article, photo=photo)
    ContentType.objects.get_for_model(Article)  # asked for once by each process
    with django_assert_num_queries(22):
        desk.get(article_url(article))


def test_the_form_loads_nothing_from_another_host_and_has_no_inline_code(desk):
    html = desk.get(article_url(factories.make_article())).content.decode()
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', html)
    assert not re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", html)
    assert "文字工具" in html


def test_the_reader_s_page_is_offered_where_readers_see_it(desk):
    public, draft = factories.make_article(page=factories.make_page()), factories.make_article()
    assert "在站点上查看" in desk.get(article_url(public)).content.decode()
    assert "在站点上查看" not in desk.get(article_url(draft)).content.decode()


def test_a_signed_article_of_a_released_issue_is_read_only_for_who_may_not_sign(db):
    member = factories.make_member(username="reporter", is_staff=True)
    member.user_permissions.add(*_rights("change_article", "view_article"))
    client = Client()
    client.force_login(member)
    article = factories.make_article(page=factories.make_page())
    shown = client.get(article_url(article))
    assert shown.context["has_change_permission"] is False
    assert article.body in shown.content.decode()
    response = client.post(article_url(article), article_data(headline="改", page=article.page_id))
    article.refresh_from_db()
    assert (response.status_code, article.headline == "改") == (403, False)


def test_an_empty_form_stores_nothing_and_says_so(desk):
    page = factories.make_page()
    response = desk.post(ARTICLE_ADD_URL, article_data(page=page.pk, body="<p>　</p>"))
    assert "您还没有写任何内容，所以没有保存。" in response.content.decode()
    assert not Article.objects.exists()
    desk.post(ARTICLE_ADD_URL, article_data(bylines=[{"order": 1, "name": "林晓禾"}]))
    assert Article.objects.get().bylines.get().name == "林晓禾"


def test_before_the_words_stands_no_script_that_the_browser_waits_for(desk):
    head, rest = desk.get(ARTICLE_ADD_URL).content.decode().split('<div class="writing">')
    assert re.findall(r'<script src="[^"]*/(\w+)\.', head) == ["theme"]
    assert "select2" not in head
    assert re.search(r"jsi18n/.*select2\.min\..*select2\.full\..*autosave/main\.", rest, re.DOTALL)


def test_no_script_of_the_form_keeps_the_page_from_being_shown(desk):
    html = desk.get(article_url(factories.make_article())).content.decode()
    scripts = re.findall(r"<script\b([^>]*)>", html.partition("</head>")[2])
    waited_for = [each for each in scripts if not re.search(r"defer|async|module", each)]
    assert len(scripts) > 10
    assert waited_for == []
