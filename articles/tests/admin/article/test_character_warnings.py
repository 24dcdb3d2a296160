"""The article form takes invisible characters out and says so; look-alikes wait for a button."""

import pytest

from articles.models import Article
from articles.tests import factories
from articles.tests.form_helpers import (
    ARTICLE_ADD_URL,
    article_data,
    article_url,
    open_form,
    stored_copy,
)

pytestmark = pytest.mark.django_db
FAMILY = "👨\u200d👩\u200d👧"
NOTICE = "有些字只是形似，不是正字"


def told(response) -> list[str]:
    """Return the messages of a page."""
    return [str(each) for each in response.context["messages"]]


def test_what_was_taken_out_is_told_by_field(desk):
    form = article_data(
        headline="甲\u200b镇\u200b开工",
        deck=f"{FAMILY}合影",
        body="<p>甲&shy;镇\u2028开工\u202a</p>",
        tags="民\ufe00生",
        bylines=[{"order": 1, "role": "记者", "name": "王\u2060甲"}],
    )
    page = desk.post(ARTICLE_ADD_URL, form, follow=True)
    copy = stored_copy(Article.objects.get())
    assert (copy.headline, copy.deck, copy.tags) == ("甲镇开工", f"{FAMILY}合影", ("民生",))
    assert (copy.body, copy.bylines[0].name) == ("<p>甲镇<br>开工</p>", "王甲")
    assert told(page)[0] == (
        "已去掉不显示的字符。主题：零宽字符 U+200B 2 个；"
        "正文：软连字符 U+00AD 1 个、书写方向控制符 U+202A 1 个；"
        "标签：字形变体选择符 U+FE00 1 个；署名 名称：零宽字符 U+2060 1 个"
    )


def test_nothing_is_told_of_ordinary_words(desk):
    form = article_data(headline=f"甲镇Ａ２{FAMILY}", body="<p>第一行\r\n</p>")
    page = desk.post(ARTICLE_ADD_URL, form, follow=True)
    assert len(told(page)) == 1 and "不显示" not in told(page)[0]
    assert NOTICE not in page.content.decode()


def test_look_alikes_stay_and_are_told_until_a_button_replaces_them(desk):
    article = factories.make_article(headline="便⺠站点", body="<p>家⾨⼝，\uf98e底。</p>")
    factories.make_byline(article=article, role="记者", name="⽅甲")
    page = desk.get(article_url(article))
    shown = page.content.decode()
    assert NOTICE in shown and told(page) == []
    assert page.context["look_alikes"] == [
        "主题：“⺠”（U+2EA0）应为“民” 1 处",
        "正文：“⾨”（U+2FA8）应为“门” 1 处、“⼝”（U+2F1D）应为“口” 1 处、"
        "“\uf98e”（U+F98E）应为“年” 1 处",
        "署名 名称：“⽅”（U+2F45）应为“方” 1 处",
    ]
    desk.post(article_url(article), open_form(desk, article) | {"kicker": "两办"})
    assert stored_copy(article).headline == "便⺠站点"
    form = open_form(desk, article) | {"_continue": "look-alikes"}
    page = desk.post(article_url(article), form, follow=True)
    copy = stored_copy(article)
    assert (copy.headline, copy.body) == ("便民站点", "<p>家门口，年底。</p>")
    assert copy.bylines[0].name == "方甲"
    assert page.request["PATH_INFO"] == article_url(article)
    assert NOTICE not in page.content.decode()


def test_a_form_that_is_refused_tells_of_its_look_alikes(desk):
    page = desk.post(ARTICLE_ADD_URL, article_data(headline="⺠" * 1001, tags="⽣" * 3))
    assert (page.status_code, Article.objects.count()) == (200, 0)
    assert page.context["look_alikes"][0] == "主题：“⺠”（U+2EA0）应为“民” 1001 处"
