"""复制到公众号: styles in every tag, nothing lost, and a policy that allows these styles alone."""

import re

import pytest
from django.contrib.auth.models import Permission
from hypothesis import given
from hypothesis import strategies as st

from articles.sharing.wechat import HASHES, STYLES, styled, wechat_html
from articles.tests import factories
from articles.tests.form_helpers import signed_in
from articles.tests.html_parsing import text_of

SITE = "https://news.example"


@pytest.fixture
def article(db):
    factories.make_masthead()
    page = factories.make_page(editor="李明")
    article = factories.make_article(
        page=page, headline="社区食堂", kicker="引题", dateline="本报讯"
    )
    article.body += (
        '<h2>先通水</h2><p>详见<a href="https://example.org/">公告</a>。</p>'
        '<table><tbody><tr><th>项目</th><td colspan="2">3</td></tr></tbody></table>'
    )
    article.save()
    factories.make_byline(article=article)
    factories.make_caption(article=article)
    return article


def address(article) -> str:
    return f"/admin/articles/article/{article.pk}/wechat/"


def copy_of(article) -> str:
    return wechat_html(article, paper="云溪日报", origin=SITE)


def test_it_holds_the_words_pictures_and_credits_in_order(article):
    words = re.sub(r"\s+", " ", text_of(copy_of(article).replace("</p>", "\n")))
    assert words.startswith("引题 本报讯（记者 林晓禾）昨天上午")
    assert "详见公告。" in words
    assert "新启用的服务点。 周一鸣 摄" in words
    assert words.endswith("来源：云溪日报 2024年7月27日 A1 要闻 责任编辑：李明 ")
    photo = article.captions.get().photo
    assert f'<img src="{SITE}/photos/{photo.uid}/wide.jpg"' in copy_of(article)


def test_no_class_link_or_unknown_style_is_left(article):
    html = copy_of(article)
    assert not re.search(r"class=|<a\b|<wbr|<div|href=", html)
    assert set(re.findall(r'style="([^"]*)"', html)) <= set(STYLES.values())
    assert 'colspan="2"' in html


def test_photo_news_begins_with_its_pictures(article):
    article.genre = "photo"
    html = copy_of(article)
    assert html.index("<img") < html.index("昨天上午")


@given(st.lists(st.text(alphabet="武进日报，。ab1", max_size=20), max_size=5))
def test_no_word_is_lost(texts):
    html = "".join(f'<p>{text}<strong>{text}</strong><a href="/">{text}</a></p>' for text in texts)
    assert text_of(styled(html)) == text_of(html)


def test_the_page_shows_the_copy_and_its_policy_allows_these_styles_alone(article):
    response = signed_in(factories.make_chief()).get(address(article))
    html = response.content.decode()
    assert response.status_code == 200
    assert '<section style="' in html
    (styles,) = re.findall(r"style-src ([^;]*)", response["Content-Security-Policy"])
    assert styles.split() == ["'self'", "'unsafe-hashes'", *HASHES]
    assert "no-store" in response["Cache-Control"]
    assert "公众号要等发布后才取得到图片" not in html


def test_what_readers_do_not_see_yet_is_said(db):
    draft = factories.make_article(status="draft")
    html = signed_in(factories.make_chief()).get(address(draft)).content.decode()
    assert "公众号要等发布后才取得到图片" in html


def test_it_takes_a_permission_of_its_own(article):
    member = factories.make_member(username="jizhe", is_staff=True)
    member.user_permissions.set(Permission.objects.filter(codename="view_article"))
    assert signed_in(member).get(address(article)).status_code == 403
    member.user_permissions.add(Permission.objects.get(codename="copy_for_wechat"))
    assert signed_in(member).get(address(article)).status_code == 200


@pytest.mark.parametrize("many", [1, 10])
def test_the_article_takes_as_many_queries_with_many_pictures(
    article, many, django_assert_num_queries
):
    desk = signed_in(factories.make_chief())
    desk.get(address(article))
    for _ in range(many):
        factories.make_caption(article=article)
    with django_assert_num_queries(10):
        desk.get(address(article))
