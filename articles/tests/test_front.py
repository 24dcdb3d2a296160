"""The front page of an issue, and what stands around every reader's page."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.utils import timezone

from articles.models import Article, Issue, Status
from articles.tests import make
from articles.tests.parsed import Parsed

pytestmark = pytest.mark.django_db
SENTENCE = "昨天上午，云溪区新设的便民服务点在河埠路启用，附近居民前来办事。"


def read(client, path="/", status=200):
    """Return the HTML of a page."""
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def words(html):
    """Return the text content of some HTML."""
    return unescape(re.sub("<[^>]+>", "", html))


def headlines(html):
    """Return the text of all headings below the first."""
    return [words(found).strip() for found in re.findall(r"<h[23][^>]*>(.*?)</h[23]>", html, re.S)]


def make_full_page(*, page, count):
    for _ in range(count):
        article = make.make_article(page=page, dateline="本报讯", paragraphs=[SENTENCE] * 30)
        make.make_byline(article=article)
        make.make_caption(article=article)


def test_the_latest_issue_is_at_the_root(client):
    for day in (26, 27):
        page = make.make_page(issue=make.make_issue(issued_on=date(2024, 7, day)))
        make.make_article(page=page, headline=f"七月{day}日的头条")
    html = read(client)
    assert headlines(html) == ["七月27日的头条"]
    assert '<link rel="canonical" href="http://testserver/">' in html


def test_an_issue_stands_at_its_date_for_ever(client):
    make.make_article(page=make.make_page(), headline="头条")
    html = read(client, "/2024-07-27/")
    assert headlines(html) == ["头条"]
    assert '<link rel="canonical" href="http://testserver/2024-07-27/">' in html


@pytest.mark.parametrize(
    "size, offered",
    [((1500, 1000), "{front} 720w, {large} 1200w"), ((900, 900), "{front} 720w, {large} 900w"),
     ((720, 480), None)],
)  # fmt: skip
def test_a_browser_chooses_how_large_the_picture_of_the_lead_is(client, size, offered):
    photo = make.make_photo(size=size)
    make.make_caption(article=make.make_article(page=make.make_page()), photo=photo)
    (picture,) = Parsed(client.get("/")).all(".//img")
    names = {
        "front": f"/photos/{photo.uid}/front.jpg",
        "large": f"/photos/{photo.uid}/front-large.jpg",
    }
    assert picture.get("src") == names["front"]
    assert picture.get("srcset") == (offered and offered.format(**names))


def test_a_photo_story_with_many_words_opens_with_whole_sentences(client):
    page = make.make_page()
    make.make_article(page=page, headline="头条")
    short, long = [SENTENCE] * 3, [SENTENCE] * 60
    for paragraphs in (short, long):
        story = make.make_article(page=page, genre="photo", headline="", paragraphs=paragraphs)
        make.make_caption(article=story)
    told = Parsed(client.get("/")).texts(".//article[@class='photo']")
    assert [text.count(SENTENCE) for text in told] == [3, 12]
    assert ["全文" in text for text in told] == [False, True]


def test_an_extra_stands_beside_the_paper_of_its_day(client):
    make.make_article(page=make.make_page(), headline="日报")
    extra = make.make_issue(edition=2)
    make.make_article(page=make.make_page(issue=extra), headline="号外消息")
    assert headlines(read(client, "/2024-07-27-2/")) == ["号外消息"]


@pytest.mark.parametrize("path", ["/2024-07-27/", "/2024-07-27/A1/", "/2024-07-27/pages/"])
@pytest.mark.parametrize("released_in", [None, timedelta(minutes=1)])
def test_an_issue_before_its_minute_is_as_unknown_as_none(client, path, released_in):
    released_at = released_in and timezone.now() + released_in
    make.make_article(page=make.make_page(issue=make.make_issue(released_at=released_at)))
    html = read(client, path, status=404)
    assert "便民服务点" not in html
    Article.objects.all().delete()
    Issue.objects.all().delete()
    assert html == read(client, path, status=404)


def test_drafts_are_not_on_the_front_page(client):
    page = make.make_page()
    make.make_article(page=page, headline="签发的稿件")
    make.make_article(page=page, headline="未签的稿件", status=Status.DRAFT)
    assert headlines(read(client)) == ["签发的稿件"]


def test_before_the_first_issue_the_front_page_says_so(client):
    make.make_masthead()
    html = read(client)
    assert "尚未刊出" in html
    assert "云溪日报" in html


@pytest.mark.parametrize("with_pages", [False, True])
def test_an_issue_without_articles_says_so(client, with_pages):
    issue = make.make_issue()
    if with_pages:
        make.make_page(issue=issue)
    assert "本版暂无稿件" in read(client)


def test_the_masthead_shows_what_is_known_and_nothing_else(client):
    make.make_masthead(name="云溪日报", cn_number="CN 99-0001")
    page = make.make_page(issue=make.make_issue(serial=1234))
    make.make_page(issue=page.issue, label="A2", name="综合")
    mast = re.search(r'<header class="mast">(.*?)</header>', read(client), re.S)[1]
    assert words(mast).split("\n") == [
        "",
        "2024年7月27日 星期六 农历甲辰年六月廿二",
        "云溪日报2024年7月27日",
        "今日 2 版 第 1234 期 国内统一连续出版物号 CN 99-0001",
        "",
    ]
    assert '<time datetime="2024-07-27">' in mast


def test_a_masthead_with_a_name_only_shows_no_empty_facts(client):
    make.make_masthead(name="云溪日报")
    make.make_page()
    html = read(client)
    for label in ("主管", "主办", "国内统一", "第  期", "热线", "None"):
        assert label not in html


def test_an_issue_prints_the_masthead_of_its_day(client):
    make.make_masthead(name="云溪报", valid_from=date(1990, 1, 1))
    make.make_masthead(name="云溪日报", valid_from=date(2025, 1, 1))
    make.make_page()
    assert "<title>云溪报 2024年7月27日</title>" in read(client)


def test_the_lead_is_composed_of_lead_in_and_its_exact_words(client):
    article = make.make_article(
        page=make.make_page(), dateline="本报讯", paragraphs=["“同心同行 青春力量”<1>。"]
    )
    make.make_byline(article=article, role="实习生", name="徐小溪")
    make.make_byline(article=article, name="林晓禾")
    opening = '<p><b class="lead-in">本报讯</b>（实习生 徐小溪 记者 林晓禾）“同心同行 青春力量”'
    assert opening + "&lt;1&gt;。</p>" in read(client)


def test_a_headline_breaks_at_its_space_and_keeps_it(client):
    make.make_article(page=make.make_page(), headline="中国共产党云溪区 第三届委员会决议")
    html = read(client)
    assert "云溪区 <br>" in html
    assert headlines(html) == ["中国共产党云溪区 第三届委员会决议"]


def test_a_document_leads_centred_and_is_boxed_elsewhere(client):
    page = make.make_page()
    make.make_article(page=page, genre="document")
    make.make_article(page=page, genre="notice")
    html = read(client)
    classes = re.findall(r'<article class="([^"]+)"', html)
    assert classes == ["story p1 doc", "story p3 doc boxed"]


def test_photo_news_is_its_picture_words_and_credit(client):
    page = make.make_page()
    make.make_article(page=page)
    column = make.make_column(name="重点项目 进行时")
    article = make.make_article(
        page=page, genre="photo", headline="", column=column, paragraphs=["项目竣工。"]
    )
    make.make_byline(article=article, role="摄", name="周小鸣")
    make.make_caption(article=article, photo=make.make_photo(credit="周小鸣 摄"), words="")
    html = read(client)
    assert headlines(html)[1] == "图片新闻：重点项目 进行时"
    assert '<figcaption>项目竣工。 <span class="credit">周小鸣 摄</span></figcaption>' in html
    assert 'width="720" height="480" alt="灰色的方块"' in html


def test_photo_news_without_a_picture_is_an_article(client):
    make.make_article(page=make.make_page(), genre="photo", headline="", paragraphs=["项目竣工。"])
    html = read(client)
    assert headlines(html) == ["项目竣工。"]
    assert "<figure" not in html


def test_other_pages_are_headlines_with_one_opening(client):
    issue = make.make_issue()
    make.make_article(page=make.make_page(issue=issue), headline="头条")
    inside = make.make_page(issue=issue, label="A2", name="综合")
    for headline in ("第一篇", "第二篇"):
        make.make_article(page=inside, headline=headline, paragraphs=[SENTENCE * 3])
    strip = read(client).partition('id="leaves"')[2]
    assert strip.count(SENTENCE) == 1
    assert '<a href="/2024-07-27/A2/"><span class="tag">A2</span>综合</a>' in strip
    assert "第一篇" in strip
    assert "第二篇" in strip


def test_neighbours_are_found_over_days_without_a_paper(client):
    for day in (20, 27, 31):
        make.make_page(issue=make.make_issue(issued_on=date(2024, 7, day)))
    make.make_issue(issued_on=date(2024, 7, 29), released_at=datetime(2999, 1, 1, tzinfo=UTC))
    html = read(client, "/2024-07-27/")
    assert '<a href="/2024-07-20/" rel="prev">' in html
    assert '<a class="next" href="/2024-07-31/" rel="next">' in html


@pytest.mark.parametrize("count", [1, 25])
def test_a_front_page_takes_six_queries(client, django_assert_num_queries, count):
    make_full_page(page=make.make_page(), count=count)
    with django_assert_num_queries(6):
        read(client)
    with django_assert_num_queries(6):
        read(client, "/2024-07-27/")


def test_a_front_page_sets_no_cookie_and_may_be_kept_a_minute(client):
    make.make_article(page=make.make_page())
    response = client.get("/")
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert "Vary" not in response.headers
    assert not response.cookies


def test_a_front_page_seen_before_is_not_sent_again(client):
    make.make_article(page=make.make_page())
    seen = client.get("/").headers["ETag"]
    assert client.get("/", headers={"if-none-match": seen}).status_code == 304
    Article.objects.update(headline="改过的标题")
    assert client.get("/", headers={"if-none-match": seen}).status_code == 200


def test_readers_only_read(client):
    make.make_page()
    assert client.post("/2024-07-27/").status_code == 405
    assert client.head("/2024-07-27/").status_code == 200


def test_no_english_shows_on_the_front_page(client):
    make_full_page(page=make.make_page(), count=3)
    body = read(client).partition("<body>")[2]
    assert re.findall(r"[A-Za-z]{2,}", words(body)) == []
