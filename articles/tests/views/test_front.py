"""The front page of an issue, and what stands around every reader's page."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Issue, Status
from articles.tests import factories
from articles.tests.html_parsing import Parsed, headlines, read_page, text_of

pytestmark = pytest.mark.django_db


def test_the_latest_issue_is_at_the_root(client):
    for day in (26, 27):
        page = factories.make_page(issue=factories.make_issue(issued_on=date(2024, 7, day)))
        factories.make_article(page=page, headline=f"七月{day}日的头条")
    html = read_page(client)
    assert headlines(html) == ["七月27日的头条"]
    assert '<link rel="canonical" href="http://testserver/">' in html


def test_an_issue_stands_at_its_date_for_ever(client):
    factories.make_article(page=factories.make_page(), headline="头条")
    html = read_page(client, "/2024-07-27/")
    assert headlines(html) == ["头条"]
    assert '<link rel="canonical" href="http://testserver/2024-07-27/">' in html


@pytest.mark.parametrize(
    "size, offered",
    [
        ((1500, 1000), "{front} 720w, {large} 1200w, {full} 1500w"),
        ((900, 900), "{front} 720w, {large} 900w"),
        ((720, 480), None),
    ],
)
def test_a_browser_chooses_how_large_the_picture_of_the_lead_is(client, size, offered):
    photo = factories.make_photo(size=size)
    factories.make_caption(article=factories.make_article(page=factories.make_page()), photo=photo)
    (picture,) = Parsed(client.get("/")).all(".//img")
    names = {
        "front": f"/photos/{photo.uid}/front.jpg",
        "large": f"/photos/{photo.uid}/front-large.jpg",
        "full": f"/photos/{photo.uid}/front-full.jpg",
    }
    assert picture.get("src") == names["front"]
    assert picture.get("srcset") == (offered and offered.format(**names))


def test_a_photo_story_with_many_words_opens_with_whole_sentences(client):
    page = factories.make_page()
    factories.make_article(page=page, headline="头条")
    short, long = [factories.SENTENCE] * 3, [factories.SENTENCE] * 60
    for paragraphs in (short, long):
        story = factories.make_article(page=page, genre="photo", headline="", paragraphs=paragraphs)
        factories.make_caption(article=story)
    told = Parsed(client.get("/")).texts(".//article[@class='photo slim']")
    shown = [text.count(factories.SENTENCE) for text in told]
    assert shown[0] == 3 and 1 <= shown[1] < 60
    assert ["全文" in text for text in told] == [False, True]


def test_an_extra_stands_beside_the_paper_of_its_day(client):
    factories.make_article(page=factories.make_page(), headline="日报")
    extra = factories.make_issue(edition=2)
    factories.make_article(page=factories.make_page(issue=extra), headline="号外消息")
    assert headlines(read_page(client, "/2024-07-27-2/")) == ["号外消息"]


@pytest.mark.parametrize("path", ["/2024-07-27/", "/2024-07-27/A1/", "/2024-07-27/pages/"])
@pytest.mark.parametrize("released_in", [None, timedelta(minutes=1)])
def test_an_issue_before_its_minute_is_as_unknown_as_none(client, path, released_in):
    released_at = released_in and timezone.now() + released_in
    factories.make_article(
        page=factories.make_page(issue=factories.make_issue(released_at=released_at))
    )
    html = read_page(client, path, status=404)
    assert "便民服务点" not in html
    Article.objects.all().delete()
    Issue.objects.all().delete()
    assert html == read_page(client, path, status=404)


def test_drafts_are_not_on_the_front_page(client):
    page = factories.make_page()
    factories.make_article(page=page, headline="签发的稿件")
    factories.make_article(page=page, headline="未签的稿件", status=Status.DRAFT)
    assert headlines(read_page(client)) == ["签发的稿件"]


def test_before_the_first_issue_the_front_page_says_so(client):
    factories.make_masthead()
    html = read_page(client)
    assert "尚未刊出" in html
    assert "云溪日报" in html


@pytest.mark.parametrize("with_pages", [False, True])
def test_an_issue_without_articles_says_so(client, with_pages):
    issue = factories.make_issue()
    if with_pages:
        factories.make_page(issue=issue)
    assert "本版暂无稿件" in read_page(client)


def test_the_masthead_shows_what_is_known_and_nothing_else(client):
    factories.make_masthead(name="云溪日报", cn_number="CN 99-0001")
    page = factories.make_page(issue=factories.make_issue(serial=1234))
    factories.make_page(issue=page.issue, label="A2", name="综合")
    mast = re.search(r'<header class="mast">(.*?)</header>', read_page(client), re.S)[1]
    assert text_of(mast).split("\n") == [
        "",
        "2024年7月27日 星期六 农历甲辰年六月廿二",
        "云溪日报2024年7月27日",
        "今日 2 版 第 1234 期 国内统一连续出版物号 CN 99-0001",
        "",
    ]
    assert '<time datetime="2024-07-27">' in mast


def test_a_masthead_with_a_name_only_shows_no_empty_facts(client):
    factories.make_masthead(name="云溪日报")
    factories.make_page()
    html = read_page(client)
    for label in ("主管", "主办", "国内统一", "第  期", "热线", "None"):
        assert label not in html


def test_an_issue_prints_the_masthead_of_its_day(client):
    factories.make_masthead(name="云溪报", valid_from=date(1990, 1, 1))
    factories.make_masthead(name="云溪日报", valid_from=date(2025, 1, 1))
    factories.make_page()
    assert "<title>云溪报 2024年7月27日</title>" in read_page(client)


def test_the_lead_is_composed_of_lead_in_and_its_exact_words(client):
    article = factories.make_article(
        page=factories.make_page(), dateline="本报讯", paragraphs=["“同心同行 青春力量”<1>。"]
    )
    factories.make_byline(article=article, role="实习生", name="徐小溪")
    factories.make_byline(article=article, name="林晓禾")
    opening = '<p><b class="lead-in">本报讯</b>（实习生 徐小溪 记者 林晓禾）“同心同行 青春力量”'
    assert opening + "&lt;1&gt;。</p>" in read_page(client)


def test_a_headline_breaks_at_its_space_and_keeps_it(client):
    factories.make_article(page=factories.make_page(), headline="中国共产党云溪区 第三届委员会决议")
    html = read_page(client)
    assert "云溪区 </span>第三届" in html
    assert headlines(html) == ["中国共产党云溪区 第三届委员会决议"]


def test_a_document_leads_centred_and_is_boxed_elsewhere(client):
    page = factories.make_page()
    factories.make_article(page=page, genre="document")
    factories.make_article(page=page, genre="notice")
    html = read_page(client)
    classes = re.findall(r'<article class="([^"]+)"', html)
    assert classes == ["story p1 doc", "story p3 doc boxed"]


def test_photo_news_is_its_picture_words_and_credit(client):
    page = factories.make_page()
    factories.make_article(page=page)
    column = factories.make_column(name="重点项目 进行时")
    article = factories.make_article(
        page=page, genre="photo", headline="", column=column, paragraphs=["项目竣工。"]
    )
    factories.make_byline(article=article, role="摄", name="周小鸣")
    factories.make_caption(
        article=article, photo=factories.make_photo(credit="周小鸣 摄"), words=""
    )
    html = read_page(client)
    assert headlines(html)[1] == "图片新闻：重点项目 进行时"
    assert '<figcaption>项目竣工。 <span class="credit">周小鸣 摄</span></figcaption>' in html
    assert 'width="60" height="40" alt="灰色的方块"' in html


def test_photo_news_without_a_picture_is_an_article(client):
    factories.make_article(
        page=factories.make_page(), genre="photo", headline="", paragraphs=["项目竣工。"]
    )
    html = read_page(client)
    assert headlines(html) == ["项目竣工。"]
    assert "<figure" not in html


def test_neighbours_are_found_over_days_without_a_paper(client):
    for day in (20, 27, 31):
        factories.make_page(issue=factories.make_issue(issued_on=date(2024, 7, day)))
    factories.make_issue(issued_on=date(2024, 7, 29), released_at=datetime(2999, 1, 1, tzinfo=UTC))
    html = read_page(client, "/2024-07-27/")
    assert '<a href="/2024-07-20/" rel="prev">' in html
    assert '<a class="next" href="/2024-07-31/" rel="next">' in html


def test_neighbours_of_one_day_are_in_the_order_of_editions(client):
    for day, edition in ((26, 2), (27, 1), (27, 2), (27, 3), (28, 1)):
        issue = factories.make_issue(issued_on=date(2024, 7, day), edition=edition)
        factories.make_page(issue=issue)
    links = {
        path: [link.get("href") for link in Parsed(client.get(path)).all(".//nav[@class='pn']/a")]
        for path in ("/2024-07-27/", "/2024-07-27-2/", "/2024-07-27-3/")
    }
    assert links == {
        "/2024-07-27/": ["/2024-07-26-2/", "/2024-07-27-2/"],
        "/2024-07-27-2/": ["/2024-07-27/", "/2024-07-27-3/"],
        "/2024-07-27-3/": ["/2024-07-27-2/", "/2024-07-28/"],
    }


@pytest.mark.parametrize("count", [1, 25])
def test_a_front_page_takes_eight_queries(client, django_assert_num_queries, count):
    factories.make_full_page(page=factories.make_page(), count=count)
    with django_assert_num_queries(8):
        read_page(client)
    with django_assert_num_queries(8):
        read_page(client, "/2024-07-27/")


def test_a_front_page_sets_no_cookie_and_may_be_kept_a_minute(client):
    factories.make_article(page=factories.make_page())
    response = client.get("/")
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert response.headers["Vary"] == "Accept-Encoding"
    assert not response.cookies


def test_a_front_page_seen_before_is_not_sent_again(client):
    factories.make_article(page=factories.make_page())
    seen = client.get("/").headers["ETag"]
    assert client.get("/", headers={"if-none-match": seen}).status_code == 304
    Article.objects.update(headline="改过的标题")
    assert client.get("/", headers={"if-none-match": seen}).status_code == 200


def test_readers_only_read(client):
    factories.make_page()
    assert client.post("/2024-07-27/").status_code == 405
    assert client.head("/2024-07-27/").status_code == 200


def test_no_english_shows_on_the_front_page(client):
    factories.make_full_page(page=factories.make_page(), count=3)
    body = read_page(client).partition("<body>")[2]
    body = re.sub(r'<p class="on-paper">.*?</p>', "", body)  # the address, which is printed
    assert re.findall(r"[A-Za-z]{2,}", text_of(body)) == []


def test_the_front_of_today_names_the_address_of_its_issue_on_paper(client):
    factories.make_article(page=factories.make_page())
    for address, issue in (("/", "/2024-07-27/"), ("/hant/", "/hant/2024-07-27/")):
        printed = re.search('<p class="on-paper">(.*?)</p>', read_page(client, address), re.S)[1]
        assert printed.split()[-1].endswith(f"http://testserver{issue}")
