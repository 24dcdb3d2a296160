"""What a body loses when it is stored is told to whoever has saved it."""

import pytest

from articles.models import Article
from articles.tests import factories
from articles.tests.form_helpers import ARTICLE_ADD_URL, article_data, article_url, open_form

pytestmark = pytest.mark.django_db
TYPED = (
    "<p>共<del>三百</del>五百户<s>，下略</s></p><img alt='开工现场'><img src='b.png'>"
    "<div class=msocomtxt>先别<br>见报</div>"
)


def warnings(client, address) -> list[str]:
    """Return the warnings of the next page."""
    return [str(each) for each in client.get(address).context["messages"] if each.level == 30]


def test_words_that_are_left_out_are_told_after_the_save(desk):
    desk.post(ARTICLE_ADD_URL, article_data(headline="有批注", body=TYPED))
    article = Article.objects.get()
    assert article.body == "<p>共五百户</p>"
    assert warnings(desk, article_url(article)) == [
        "正文略去 9 个字，它们没有存入：修订删去的字“三百”；批注“先别 见报”；划掉的字“，下略”；"
        "图片“开工现场 / （没有说明）”。"
    ]


def test_a_body_that_is_stored_whole_is_not_talked_about(desk):
    desk.post(ARTICLE_ADD_URL, article_data(headline="没有", body="<p>　　共五百户</p>"))
    assert warnings(desk, article_url(Article.objects.get())) == []


def test_an_old_body_that_nobody_touches_is_stored_to_the_character(desk):
    old = '<p>一<br><br>二\n三 <a href="www.yunxi.example">网</a></p>'
    article = factories.make_article(body=old)
    form = open_form(desk, article)
    desk.post(article_url(article), form | {"body": old.replace("\n", "\r\n")})
    article.refresh_from_db()
    assert article.body == old
