"""The article form and list of the desk, through the server, as an editor uses them."""

import pytest
from django.contrib.contenttypes.models import ContentType

from articles.models import Article, Genre, Status
from articles.tests import factories
from articles.tests.form_helpers import (
    ARTICLE_ADD_URL,
    article_data,
    article_url,
    byline_rows,
    bylines_of,
    fields,
)
from articles.tests.query_cost import LEDGER, NEW_ENTRY, SAVEPOINT

pytestmark = pytest.mark.django_db


def test_an_article_is_stored_as_typed(desk):
    page, column = factories.make_page(), factories.make_column()
    photo = factories.make_photo()
    response = desk.post(
        ARTICLE_ADD_URL,
        article_data(
            page=page.pk,
            column=column.pk,
            rank=2,
            genre="feature",
            kicker="——两办 印发",
            headline="　河埠路 便民服务点\x00启用 ",
            deck="八个窗口(半角)",
            dateline="本报讯",
            body='<p class="MsoNormal">　　昨天<b>上午</b>，启用。</p><p>&nbsp;</p>',
            source="云溪融媒",
            tags="民生、便民 服务；民生",
            bylines=[
                {"order": 2, "role": "记者", "name": "林晓禾"},
                {"order": 1, "role": "实习生", "name": "周一鸣"},
            ],
            captions=[{"order": 1, "photo": photo.pk, "words": "　新窗口。\r\n\r\n第二行"}],
        ),
    )
    article = Article.objects.get()
    assert response.status_code == 302
    assert (article.page, article.position, article.column, article.rank) == (page, 1, column, 2)
    assert (article.kicker, article.headline) == ("——两办 印发", "河埠路 便民服务点启用")
    assert (article.deck, article.dateline) == ("八个窗口(半角)", "本报讯")
    assert article.body == "<p>昨天<strong>上午</strong>，启用。</p>"
    assert (article.genre, article.source) == (Genre.FEATURE, "云溪融媒")
    assert sorted(article.tags.names()) == ["便民 服务", "民生"]
    assert bylines_of(article) == [(1, "实习生", "周一鸣"), (2, "记者", "林晓禾")]
    assert list(article.captions.values_list("words", flat=True)) == ["新窗口。\n第二行"]
    assert article.status == Status.DRAFT


def test_the_status_cannot_be_typed(desk):
    desk.post(ARTICLE_ADD_URL, article_data(headline="未签发", status="signed"))
    assert Article.objects.get().status == Status.DRAFT


def test_forty_bylines_are_stored_in_the_order_shown_and_reversed(desk):
    article = factories.make_article()
    rows = [{"order": n, "role": "记者", "name": f"作者{n:02}"} for n in range(1, 41)]
    desk.post(article_url(article), article_data(headline="四十人", bylines=rows))
    assert [name for _, _, name in bylines_of(article)] == [f"作者{n:02}" for n in range(1, 41)]
    back = [row | {"order": 41 - row["order"]} for row in byline_rows(article)]
    form = article_data(headline="四十人", bylines=back, stored=40, _version=2)
    response = desk.post(article_url(article), form)
    assert response.status_code == 302
    assert bylines_of(article) == [(n, "记者", f"作者{41 - n:02}") for n in range(1, 41)]


def test_bylines_are_deleted_added_and_moved_at_once(desk):
    article = factories.make_article()
    for name in "甲乙丙":
        factories.make_byline(article=article, name=name)
    one, two, three = byline_rows(article)
    rows = [one | {"order": 3}, two | {"DELETE": "on"}, three | {"order": 2}]
    rows.append({"order": 1, "role": "通讯员", "name": "丁"})
    desk.post(article_url(article), article_data(headline="三人", bylines=rows, stored=3))
    assert bylines_of(article) == [(1, "通讯员", "丁"), (2, "记者", "丙"), (3, "记者", "甲")]


def test_a_new_article_comes_last_on_its_page_and_may_leave_it(desk):
    page = factories.make_page()
    first = factories.make_article(page=page, status=Status.DRAFT)
    page.issue.released_at = None
    page.issue.save()
    desk.post(ARTICLE_ADD_URL, article_data(headline="第二篇", page=page.pk))
    second = Article.objects.get(headline="第二篇")
    assert (second.page, second.position) == (page, 2)
    desk.post(article_url(first), article_data(headline="第一篇"))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.page, first.position, second.position) == (None, None, 1)


def test_an_unchanged_save_keeps_place_status_and_words(desk):
    article = factories.make_article(page=factories.make_page(), genre="news")
    before = Article.objects.values().get()
    desk.post(
        article_url(article),
        article_data(headline=article.headline, body=article.body, page=article.page_id),
    )
    after = Article.objects.values().get()
    assert after.pop("changed_at") > before.pop("changed_at")
    assert after == before | {"version": 1}  # The words nobody had kept before are kept first.


def test_changed_words_void_the_sign_off(desk):
    issue = factories.make_issue(released_at=None)
    article = factories.make_article(page=factories.make_page(issue=issue))
    desk.post(
        article_url(article), article_data(headline="改过", body=article.body, page=article.page_id)
    )
    article.refresh_from_db()
    assert (article.headline, article.status) == ("改过", Status.SECOND_REVIEW)


def test_a_changed_byline_voids_the_sign_off(desk):
    article = factories.make_article(
        page=factories.make_page(issue=factories.make_issue(released_at=None))
    )
    rows = [{"order": 1, "role": "记者", "name": "林晓禾"}]
    desk.post(
        article_url(article),
        article_data(
            headline=article.headline, body=article.body, page=article.page_id, bylines=rows
        ),
    )
    article.refresh_from_db()
    assert article.status == Status.SECOND_REVIEW


def test_a_million_characters_are_stored(desk):
    text = "云溪区的一天。" * 142_858
    response = desk.post(ARTICLE_ADD_URL, article_data(headline="长文", body=f"<p>{text}</p>"))
    assert response.status_code == 302
    assert Article.objects.get().body == f"<p>{text}</p>"


@pytest.mark.parametrize("number", [1, 25])
def test_saving_takes_the_same_queries_for_any_number_of_rows(
    desk, django_assert_num_queries, number
):
    article = factories.make_article(status=Status.DRAFT)
    photo = factories.make_photo()
    bylines = [
        {
            "role": "记者",
            "name": f"作者{n}",
            "contributor": factories.make_contributor(name=f"作者{n}").pk,
        }
        for n in range(number)
    ]
    captions = [{"photo": photo.pk, "words": f"图说{n}"} for n in range(number)]
    form = article_data(headline="新题", bylines=bylines, captions=captions)
    ContentType.objects.get_for_model(Article)
    with django_assert_num_queries(35 + NEW_ENTRY + SAVEPOINT + LEDGER):
        desk.post(article_url(article), form)
    assert (article.bylines.count(), article.captions.count()) == (number, number)


@pytest.mark.parametrize("name", ["page", "column", "bylines-0-contributor", "captions-0-photo"])
def test_a_key_that_is_none_is_an_error_at_its_field_and_nothing_is_lost(desk, name):
    article = factories.make_article(status="draft")
    factories.make_byline(article=article)
    factories.make_caption(article=article)
    form = fields(desk.get(article_url(article)), "article_form") | {name: "x", "headline": "新题"}
    answer = desk.post(article_url(article), form)
    again = fields(answer, "article_form")
    assert (answer.status_code, again["headline"]) == (200, "新题")
    assert "errorlist" in answer.content.decode()
