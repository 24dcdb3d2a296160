"""A lead-in that stands in the text and in its fields is asked about before it is saved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.admin.article.lead_in_choice import doubled_lead_in, without_lead_in
from articles.content.article_html import sanitize, words
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

LEAD = "本报讯（记者 张可馨）"
BODY = f"<p>{LEAD}昨天，<strong>服务点</strong>启用。</p><p>第二段。</p>"
NAMES = [{"order": 1, "role": "记者", "name": "张可馨"}]
TITLE = "电头、署名会印两遍"


def send(desk, url=ARTICLE_ADD_URL, **typed):
    typed = {"dateline": "本报讯", "headline": "题", "body": BODY, "bylines": NAMES} | typed
    return desk.post(url, article_data(**typed))


@pytest.mark.django_db
def test_nothing_is_saved_before_the_question_is_answered(desk):
    page = send(desk)
    html = page.content.decode()
    assert page.status_code == 200 and not Article.objects.exists()
    assert TITLE in html and f"正文以“{LEAD}”开头" in html and "errornote" not in html
    assert fields(page, "article_form")["body"] == BODY


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "body"),
    [("take", "<p>昨天，<strong>服务点</strong>启用。</p><p>第二段。</p>"), ("leave", BODY)],
)
def test_an_answer_saves_as_the_first_button_would_have(desk, answer, body):
    form = fields(send(desk), "article_form")
    assert form["_continue"] == "1"
    saved = desk.post(ARTICLE_ADD_URL, form | {"_lead_in": answer})
    article = Article.objects.get()
    assert saved.status_code == 302 and saved.url == article_url(article)
    assert stored_copy(article).body == body


@pytest.mark.django_db
def test_what_was_left_once_is_not_asked_again(desk):
    send(desk, _lead_in="leave")
    article = Article.objects.get()
    assert desk.post(article_url(article), open_form(desk, article)).status_code == 302
    other = open_form(desk, article) | {"body": BODY.replace("张可馨", "李乙丙")}
    assert TITLE in desk.post(article_url(article), other).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed", [{"dateline": ""}, {"body": "<p>昨天，服务点启用。</p>"}, {"body": f"<h2>{LEAD}</h2>"}]
)
def test_what_is_printed_once_is_saved(desk, typed):
    assert send(desk, **typed).status_code == 302


@pytest.mark.django_db
def test_the_question_is_asked_with_the_errors_of_the_form(desk):
    page = send(desk, page="99999")
    assert TITLE in page.content.decode() and "errornote" in page.content.decode()


@pytest.mark.django_db
def test_a_dateline_that_is_added_to_a_stored_text_is_asked_about(desk):
    article = factories.make_article(headline="题", dateline="", body=BODY)
    page = desk.post(article_url(article), open_form(desk, article) | {"dateline": "本报讯"})
    assert TITLE in page.content.decode()
    assert stored_copy(article).dateline == ""


@given(st.sampled_from([LEAD, "本报讯 ", "新华社北京7月26日电 ", ""]), st.text(max_size=30))
def test_the_text_loses_its_lead_in_and_nothing_else(lead, text):
    body = sanitize(f"<p>{lead}<strong>{text.replace('<', '')}</strong></p><p>第二段</p>")
    found = doubled_lead_in("本报讯", body)
    if found:
        rest = words(without_lead_in(body, found))
        assert words(body)[: found.end] + rest in (words(body), words(body).replace("\n", "", 1))
