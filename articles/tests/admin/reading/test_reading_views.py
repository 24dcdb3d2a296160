"""The reading view: what it shows, its steps, the way through the queue, what it costs."""

import html
import re

import pytest
from django.urls import reverse

from articles.admin.reading.reading_queue import QueuePlace
from articles.editing.notes import add_note
from articles.models import Article
from articles.tests.factories import make_byline, make_caption, make_member
from articles.tests.form_helpers import signed_in
from articles.tests.html_parsing import text_of
from articles.tests.query_cost import LEDGER
from articles.tests.workflow_factories import (
    member_who_may,
    on_a_page,
    put_at,
    rewritten,
    through,
    written,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    return member_who_may(username="jizhe")


@pytest.fixture
def readers():
    return [member_who_may(username=f"shendu{number}") for number in range(3)]


@pytest.fixture
def desk(readers):
    return signed_in(readers[0])


def read(article) -> str:
    return reverse("read_article", args=[article.pk])


def waiting(writer, readers, status="first_review", **facts) -> Article:
    return put_at(status, writer=writer, readers=readers, **facts)


def step(client, article, name="pass_first", *, note="", **seen):
    data = {"_version": article.version, "_status": article.status} | seen
    return client.post(read(article), data | {"_move": name, "_note": note})


def text(response) -> str:
    """Return the text of a page in one line."""
    return " ".join(text_of(response.content.decode()).split())


def printed(response) -> str:
    """Return the document in the frame."""
    return html.unescape(re.search(r'srcdoc="([^"]*)"', response.content.decode())[1])


def test_the_article_is_shown_as_readers_will_see_it(desk, writer, readers):
    article = waiting(writer, readers, headline="渔季开始", body="<p>云溪区今天开渔。</p>")
    make_byline(article=article, name="张可馨")
    document = printed(desk.get(read(article)))
    words = text_of(document)
    assert [each for each in ("渔季开始", "张可馨", "云溪区今天开渔。") if each not in words] == []
    assert "<script" not in document


def test_remarks_and_the_history_stand_beside_it(desk, writer, readers):
    article = through(written(by=writer), ("submit", writer), ("return", readers[1]))
    through(article, ("submit", writer))
    shown = text(desk.get(read(article)))
    assert "见批注" in shown
    assert shown.index("审稿意见") < shown.index("退回作者")


def test_notes_stand_beside_it(desk, writer, readers):
    article = waiting(writer, readers)
    add_note(article, "请核对地名", by=readers[1])
    html = desk.get(read(article)).content.decode()
    assert "请核对地名" in html and 'id="notes-form"' in html


def test_findings_of_preflight_are_told_but_not_that_it_is_not_signed(desk, writer, readers):
    article = waiting(writer, readers, headline="", body="<p>云溪区今天开渔。</p>")
    findings = desk.get(read(article)).context["findings"]
    assert {each.code for each in findings} == {"no_headline", "no_byline"}


def test_what_has_changed_since_the_reader_returned_it_comes_first(desk, writer, readers):
    article = waiting(writer, readers, body="<p>" + "云溪区今天开渔。" * 30 + "旧</p>")
    through(article, ("return", readers[0]))
    article = rewritten(article, by=writer, headline="改后的标题")
    through(article, ("submit", writer))
    response = desk.get(read(article))
    assert "您看过第 1 版之后的改动" in text(response)
    (difference,) = response.context["differences"]
    assert difference.title == "主题"


def test_a_step_leads_to_the_next_article_that_waits(desk, writer, readers):
    first, second, third = (waiting(writer, readers) for _ in range(3))
    assert step(desk, second).url == read(third)
    assert step(desk, third).url == read(first)
    assert step(desk, first).url == reverse("read_next")
    assert {*Article.objects.values_list("status", flat=True)} == {"second_review"}
    assert "没有等您审读的稿件" in text(desk.get(reverse("read_next")))


def test_reading_begins_with_what_waits_longest(desk, writer, readers):
    first, _second = (waiting(writer, readers) for _ in range(2))
    assert desk.get(reverse("read_next")).url == read(first)


def test_words_that_have_changed_since_are_refused_and_the_difference_is_shown(
    desk, writer, readers
):
    article = waiting(writer, readers, headline="原来的标题")
    rewritten(article, by=writer, headline="悄悄改的标题")
    answer = step(desk, article)
    assert answer.url == f"{read(article)}?seen=1"
    response = desk.get(answer.url)
    shown = text(response)
    assert "请重新审读" in shown and "您看过第 1 版之后的改动" in shown
    assert Article.objects.get().status == "first_review"


def test_a_return_without_a_reason_is_refused_and_comes_back(desk, writer, readers):
    article = waiting(writer, readers)
    assert step(desk, article, "return").url == read(article)
    assert "：请写明原因。" in text(desk.get(read(article)))
    step(desk, article, "return", note="请核对地名")
    assert Article.objects.get().status == "draft"
    assert article.reviews.last().note == "请核对地名"


def test_the_place_in_the_queue_is_told_and_leads_both_ways(desk, writer, readers):
    articles = [waiting(writer, readers) for _ in range(3)]
    response = desk.get(read(articles[1]))
    assert "第 2 篇，共 3 篇" in text(response)
    place = response.context["place"]
    assert (place.before, place.after) == (articles[0].pk, articles[2].pk)
    own = written(by=readers[0])
    assert "还有 3 篇等您审读" in text(desk.get(read(own)))


def test_the_queue_is_a_circle():
    assert QueuePlace.of(1, [1]) == QueuePlace(1, 1, None, None)
    assert QueuePlace.of(1, [1, 2]) == QueuePlace(1, 2, 2, 2)
    assert QueuePlace.of(3, [1, 2, 3]) == QueuePlace(3, 3, 2, 1)
    assert QueuePlace.of(9, [1, 2]) == QueuePlace(0, 2, None, 1)
    assert QueuePlace.of(9, []) == QueuePlace(0, 0, None, None)


def test_who_may_see_no_articles_reads_none(writer, readers):
    article = waiting(writer, readers)
    stranger = signed_in(make_member(username="guanli", is_staff=True))
    assert stranger.get(read(article)).status_code == 403
    assert stranger.get(reverse("read_next")).status_code == 403
    assert step(stranger, article).status_code == 403


def test_a_step_that_nobody_gave_is_forbidden_and_an_unknown_article_not_found(writer, readers):
    article = waiting(writer, readers)
    viewer = signed_in(member_who_may("view_article"))
    assert "_move" not in viewer.get(read(article)).content.decode()
    assert step(viewer, article).status_code == 403
    assert viewer.get(reverse("read_article", args=[10**15])).status_code == 404


def test_the_form_leads_back_and_on_to_the_next_article_once_it_is_passed(desk, writer, readers):
    first, second = (waiting(writer, readers) for _ in range(2))
    page = desk.get(read(second)).content.decode()
    form = html.unescape(re.search(r'aria-keyshortcuts="e" href="([^"]*)"', page)[1])
    back = desk.get(form).context["return_to"]["url"].partition("#")[0]
    assert desk.get(back).url == read(second)
    through(second, ("pass_first", readers[0]))
    assert desk.get(back).url == read(first)


def test_the_home_page_the_list_and_the_form_lead_to_it(desk, writer, readers):
    article = waiting(writer, readers)
    start = f'href="{reverse("read_next")}"'
    assert start in desk.get("/admin/").content.decode()
    assert start in desk.get("/admin/articles/article/").content.decode()
    form = desk.get(f"/admin/articles/article/{article.pk}/change/").content.decode()
    assert f'href="{read(article)}"' in form


@pytest.mark.parametrize("count", [1, 15])
def test_it_costs_the_same_with_one_and_with_many(
    writer, readers, count, django_assert_num_queries
):
    article = waiting(writer, readers, "second_review", **on_a_page())
    for number in range(count):
        waiting(writer, readers, "second_review", **on_a_page())
        make_byline(article=article)
        make_caption(article=article)
        add_note(article, f"请核对{number}", by=readers[1], passage="启用")
        article = through(article, ("return", readers[2]), ("submit", writer))
        article = through(article, ("pass_first", readers[1]))
    article = rewritten(article, by=readers[2], headline="改后的标题")
    desk = signed_in(readers[0])
    with django_assert_num_queries(22):
        response = desk.get(read(article))
    assert response.context["last_seen"] and response.context["remarks"]


@pytest.mark.parametrize("count", [1, 15])
def test_a_step_costs_the_same_with_one_and_with_many(
    desk, writer, readers, count, django_assert_num_queries
):
    article, *_others = [waiting(writer, readers) for _ in range(count + 1)]
    with django_assert_num_queries(21 + LEDGER):
        step(desk, article)
