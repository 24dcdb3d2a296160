"""One button takes headings, dateline, names and credits out of the body; nothing is saved."""

import pytest

from articles.content.article_html import html_from_paragraphs
from articles.models import Article
from articles.tests import factories
from articles.tests.form_helpers import (
    ARTICLE_ADD_URL,
    article_data,
    article_url,
    fields,
    open_form,
    stored_copy,
)

pytestmark = pytest.mark.django_db
FIRST = "昨天上午，云溪区新设的便民服务点在河埠路启用，附近居民前来办事。"
MORE = "服务点设有八个窗口，可以办理六十项业务。区里计划年内再建三个。"
TEXT = [
    "民生实事",
    "便民服务点启用",
    "——首批八个窗口开放",
    f"本报讯（记者 张可馨 通讯员 李乙）{FIRST}",
    MORE,
    "徐芊卉 摄",
]
BODY = html_from_paragraphs(TEXT)


def split(desk, url=ARTICLE_ADD_URL, **typed):
    """Return the page that comes back, and its form."""
    data = article_data(**{"body": BODY} | typed) | {"_split": "1"}
    del data["_continue"]
    page = desk.post(url, data)
    return page, fields(page, "article_form")


def test_a_pasted_text_fills_the_fields_and_nothing_is_saved(desk):
    photo = factories.make_photo()
    captions = [{"order": 1, "photo": photo.pk, "words": "新窗口。"}]
    page, form = split(desk, bylines=[{"order": 1, "role": "", "name": ""}], captions=captions)
    assert page.status_code == 200 and not Article.objects.exists()
    shown = {name: form[name] for name in ("kicker", "headline", "deck", "dateline", "body")}
    assert shown == {
        "kicker": TEXT[0],
        "headline": TEXT[1],
        "deck": TEXT[2],
        "dateline": "本报讯",
        "body": html_from_paragraphs([FIRST, MORE]),
    }
    names = [(form[f"bylines-{n}-role"], form[f"bylines-{n}-name"]) for n in range(2)]
    assert names == [("记者", "张可馨"), ("通讯员", "李乙")]
    assert form["captions-0-credit"] == "徐芊卉 摄"
    assert page.context["split_lines"] == ["已从正文拆出：引题、主题、副题、电头、署名、图片署名。"]
    assert "还没有保存" in page.content.decode() and "errornote" not in page.content.decode()
    desk.post(ARTICLE_ADD_URL, form | {"_continue": "1"})
    assert stored_copy(Article.objects.get()).bylines[1].name == "李乙"


def test_what_is_filled_stays_and_is_told(desk):
    page, form = split(desk, headline="别的标题", dateline="新华社电")
    assert (form["headline"], form["dateline"], form["kicker"]) == ("别的标题", "新华社电", TEXT[0])
    assert form["body"] == html_from_paragraphs([TEXT[1], *TEXT[3:]])
    assert page.context["split_lines"] == [
        "已从正文拆出：引题、副题。",
        "栏内已有别的文字，仍留在正文里：主题、电头。",
    ]


def test_a_standing_column_is_chosen(desk):
    column = factories.make_column(name="民生实事")
    _page, form = split(desk)
    assert (form["column"], form["kicker"]) == (str(column.pk), "")


def test_a_stored_article_is_split_in_its_form_only(desk):
    article = factories.make_article(headline="", body=BODY)
    data = open_form(desk, article) | {"_split": "1"}
    del data["_continue"]
    page = desk.post(article_url(article), data)
    form = fields(page, "article_form")
    assert (form["headline"], form["_version"]) == (TEXT[1], data["_version"])
    article.refresh_from_db()
    assert (article.headline, article.body) == ("", BODY)


def test_a_text_with_nothing_to_take_out_says_so(desk):
    page, form = split(desk, headline="标题", body="<p>一段正文，没有别的。</p>")
    assert form["body"] == "<p>一段正文，没有别的。</p>"
    assert page.context["split_lines"] == ["正文里没有可拆出的标题、电头、署名。"]


@pytest.mark.parametrize("total", ["", "abc", "-1", "99999999999999999999"])
def test_a_form_of_nonsense_is_no_error(desk, total):
    data = article_data(body=BODY) | {"_split": "1", "bylines-TOTAL_FORMS": total}
    data |= {"captions-x-photo": "abc"}
    assert desk.post(ARTICLE_ADD_URL, data).status_code in (200, 400)


def test_who_may_not_change_an_article_cannot_split_it(client):
    article = factories.make_article(body=BODY)
    client.force_login(factories.make_member(username="reader", is_staff=True))
    assert client.post(article_url(article), {"_split": "1", "body": BODY}).status_code == 403
