"""The page of one article."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from articles.models import Article, Issue, Status
from articles.sharing.fonts import card_font
from articles.tests.factories import (
    make_article,
    make_byline,
    make_caption,
    make_column,
    make_contributor,
    make_issue,
    make_masthead,
    make_page,
    make_photo,
)
from articles.tests.html_parsing import Parsed
from articles.views.article.article_page import ArticlePage

pytestmark = pytest.mark.django_db


def address(article: Article) -> str:
    return reverse("articles:article", args=[article.pk])


def read(client, article: Article) -> Parsed:
    response = client.get(address(article))
    assert response.status_code == 200
    return Parsed(response)


# Who may read it


def test_a_draft_an_unplaced_an_unreleased_and_an_unknown_article_are_the_same_404(client):
    draft = make_article(page=make_page(), status=Status.DRAFT)
    unplaced = make_article()
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    later = make_issue(issued_on=date(2030, 1, 1), released_at=tomorrow)
    early = make_article(page=make_page(issue=later))
    never = make_article(
        page=make_page(issue=make_issue(issued_on=date(2030, 1, 2), released_at=None))
    )
    answers = {
        (response.status_code, response.content)
        for pk in (draft.pk, unplaced.pk, early.pk, never.pk, 999_999, 10**30)
        for response in [client.get(f"/articles/{pk}/")]
    }
    assert len(answers) == 1
    assert answers.pop()[0] == 404


def test_an_article_is_read_from_the_minute_of_release_on(client):
    article = make_article(page=make_page(issue=make_issue(released_at=datetime.now(UTC))))
    assert client.get(address(article)).status_code == 200


# What it says


def test_the_whole_title_stack_is_shown_with_one_h1(client):
    article = make_article(
        page=make_page(),
        column=make_column(name="民生实事"),
        kicker="多部门联合推动——",
        headline="云溪区便民服务点启用 居民少跑路",
        deck="——窗口前移之后",
    )
    page = read(client, article)
    header = ".//article/header"
    assert page.text(f"{header}/p[@class='lanmu']") == "民生实事"
    assert page.links(f"{header}/p[@class='lanmu']") == [article.column.get_absolute_url()]
    assert page.text(f"{header}/p[@class='kicker']") == "多部门联合推动"
    assert page.texts(".//h1") == ["云溪区便民服务点启用 居民少跑路"]
    assert page.text(f"{header}/p[@class='deck']") == "窗口前移之后"


def test_the_lead_in_is_composed_and_the_words_stay_whole(client):
    words = ["昨天上午，服务点启用。", "服务点设有“八个”窗口 <三层>。"]
    article = make_article(page=make_page(), dateline="本报讯", paragraphs=words)
    make_byline(article=article, role="记者", name="林晓禾")
    make_byline(article=article, role="实习生", name="徐苇")
    page = read(client, article)
    prose = ".//div[@class='prose']"
    assert page.texts(f"{prose}/p") == ["本报讯（记者 林晓禾 实习生 徐苇）" + words[0], words[1]]
    assert page.texts(f"{prose}/p/b[@class='lead-in']") == ["本报讯"]


def test_bylines_are_printed_in_order_and_linked_where_a_contributor_is_known(client):
    article = make_article(page=make_page())
    contributor = make_contributor(name="林晓禾")
    make_byline(article=article, role="记者", name="林晓禾", contributor=contributor)
    make_byline(article=article, role="摄", name="周一鸣")
    make_byline(article=article, role="", name="云溪发布")
    by = ".//p[@class='by']"
    page = read(client, article)
    assert page.texts(f"{by}/span")[:3] == ["记者 林晓禾", "周一鸣 摄", "云溪发布"]
    assert page.links(by) == [contributor.get_absolute_url()]


def test_the_source_is_the_paper_unless_another_is_given(client):
    make_masthead(name="云溪日报")
    page = make_page()
    own, foreign = make_article(page=page), make_article(page=page, source="云溪通讯社")
    assert "来源 云溪日报" in read(client, own).texts(".//p[@class='by']/span")
    assert "来源 云溪通讯社" in read(client, foreign).texts(".//p[@class='by']/span")


def test_the_length_is_counted(client):
    article = make_article(page=make_page(), paragraphs=["一二三，四五。", "六 七"])
    assert read(client, article).texts(".//p[@class='by']/span")[-1] == "9字"


def test_date_weekday_page_and_paper_are_always_shown(client):
    make_masthead(name="云溪日报")
    article = make_article(page=make_page(label="A3", name="民生"))
    page = read(client, article)
    assert page.texts(".//footer[@class='src']/p") == [
        "刊于《云溪日报》2024年7月27日 星期六 第A3版 民生"
    ]
    assert page.texts(".//nav[@class='where']//time") == ["2024年7月27日"]
    assert [time.get("datetime") for time in page.all(".//nav[@class='where']//time")] == [
        "2024-07-27"
    ]


def test_those_responsible_for_the_page_are_named_where_given(client):
    article = make_article(page=make_page(editor="陈立", proofreader="高远"))
    assert read(client, article).texts(".//footer[@class='src']/p")[-1] == (
        "责任编辑：陈立　校对：高远"
    )


def test_tags_lead_to_their_lists(client):
    article = make_article(page=make_page())
    article.tags.add("便民服务")
    tag = article.tags.get()
    page = read(client, article)
    assert page.texts(".//ul[@class='tags']/li") == ["便民服务"]
    assert page.links(".//ul[@class='tags']") == [reverse("articles:tag", args=[tag.pk])]


# What may be missing


def test_an_article_with_nothing_but_a_headline_is_whole(client):
    page = read(client, make_article(page=make_page(name=""), body="", headline="启事"))
    assert page.texts(".//h1") == ["启事"]
    assert page.texts(".//figure") == []
    assert page.texts(".//nav[@class='onward']") == []
    assert page.texts(".//aside") == []


def test_forty_bylines_and_the_longest_headline_are_shown(client):
    article = make_article(page=make_page(), headline="长" * 200, dateline="本报讯")
    for number in range(40):
        make_byline(article=article, name=f"甲{number}")
    page = read(client, article)
    assert len(page.texts(".//p[@class='by']/span")) == 42
    assert page.text(".//h1") == "长" * 200


def test_markup_in_plain_fields_is_shown_as_typed(client):
    hostile = "</script><img src=x onerror=alert(1)>"
    article = make_article(
        page=make_page(name=hostile[:40]),
        headline=hostile,
        kicker=hostile,
        deck=hostile,
        dateline=hostile,
        source=hostile,
        column=make_column(name=hostile),
    )
    make_byline(article=article, role=hostile[:30], name=hostile)
    make_caption(article=article, photo=make_photo(alt=hostile, credit=hostile), words=hostile)
    article.tags.add(hostile)
    page = read(client, article)
    assert page.text(".//h1") == hostile
    assert [image.get("src")[:8] for image in page.all(".//img")] == ["/photos/"]
    assert len(page.all(".//script")) == 5


def test_a_table_scrolls_in_a_frame_that_the_keyboard_reaches(client):
    article = make_article(page=make_page(), body="<table><tr><td>一</td></tr></table>")
    (frame,) = read(client, article).all(".//div[@class='table']")
    assert frame.attrib == {
        "class": "table",
        "role": "region",
        "tabindex": "0",
        "aria-label": "表格",
    }


# How it is sent


def test_the_head_describes_the_article(client):
    article = make_article(page=make_page(), headline="服务点启用")
    photo = make_caption(article=article).photo
    page = read(client, article)
    site = "http://testserver"
    assert page.text(".//title") == "服务点启用 — 本报"
    (canonical,) = page.all(".//link[@rel='canonical']")
    assert canonical.get("href") == site + address(article)
    assert page.meta("og:type") == ["article"]
    assert page.meta("og:title") == ["服务点启用"]
    assert page.meta("og:url") == [site + address(article)]
    drawn = [f"{site}/cards/articles/{article.pk}.jpg?v=0"]
    assert page.meta("og:image") == (
        drawn if card_font() else [f"{site}/photos/{photo.uid}/wide.jpg"]
    )
    assert page.meta("article:published_time") == ["2024-07-27T06:00:00+08:00"]
    assert page.root.get("lang") == "zh-Hans"


def test_it_may_be_kept_a_minute_and_sets_no_cookie(client):
    response = client.get(address(make_article(page=make_page())))
    assert response["Cache-Control"] == "public, max-age=60"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_an_unchanged_article_is_answered_with_304(client):
    article = make_article(page=make_page())
    etag = client.get(address(article))["ETag"]
    again = client.get(address(article), headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    Article.objects.filter(pk=article.pk).update(headline="改过的标题")
    assert client.get(address(article), headers={"if-none-match": etag}).status_code == 200


def test_an_article_no_longer_published_is_not_confirmed(client):
    article = make_article(page=make_page())
    etag = client.get(address(article))["ETag"]
    Issue.objects.update(released_at=None)
    assert client.get(address(article), headers={"if-none-match": etag}).status_code == 404


@pytest.mark.parametrize("many", [1, 25])
def test_it_takes_eight_queries_whatever_stands_around(client, django_assert_num_queries, many):
    page = make_page()
    column = make_column()
    articles = [make_article(page=page, column=column, headline="") for _ in range(many)]
    for number in range(many):
        contributor = make_contributor(name=f"甲{number}")
        make_byline(article=articles[0], name=f"甲{number}", contributor=contributor)
        make_caption(article=articles[0])
        articles[0].tags.add(f"标签{number}")
    with django_assert_num_queries(8):
        client.get(address(articles[0]))


# A preview


def test_an_article_without_page_and_issue_can_be_composed():
    page = ArticlePage.of(make_article(status=Status.DRAFT))
    assert page.position is None
    assert page.frame.pages == ()


def test_an_unpublished_article_on_a_page_has_the_page_but_no_place_among_the_published():
    printed = make_page(issue=make_issue(released_at=None))
    page = ArticlePage.of(make_article(page=printed, status=Status.DRAFT))
    assert page.position is None
    assert [link.label for link in page.frame.pages] == ["A1"]
