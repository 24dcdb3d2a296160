"""The sample issue is on the desk exactly as it was printed.

Its date, 2024-07-27, does not stand in the text: it is inferred from it (a session held on 26 July,
an opening "last night").
"""

from datetime import UTC, date, datetime
from hashlib import sha256
from io import StringIO

import pytest
from django.core.management import call_command
from django.forms.models import model_to_dict

from articles.content import article_html
from articles.models import Article, Contributor, Issue, Masthead, Page, Photo
from articles.photos import renditions

pytestmark = pytest.mark.django_db

HEADLINES = [
    (1, "document", "中国共产党常州市武进区 第十三届委员会第七次全体会议决议"),
    (2, "news", "第五届海峡两岸青年环太湖交流活动暨太湖湾仲夏堰潮流文化季在我区启动"),
    (3, "news", "武进区村(社区)干部“青蓝工程”开展第三期调研活动"),
    (3, "news", "武进区优质水产产业农合联成立"),
    (3, "photo", ""),
]
LEAD_INS = [
    ("", ""),
    ("本报讯", "（记者 张可馨）"),
    ("本报讯", "（记者 史莲寅）"),
    ("本报讯", "（实习生 徐帆 记者 徐梦超）"),
    ("", ""),
]
BYLINES = [
    [],
    [(1, "记者", "张可馨", "张可馨")],
    [(1, "记者", "史莲寅", "史莲寅")],
    [(1, "实习生", "徐帆", "徐帆"), (2, "记者", "徐梦超", "徐梦超")],
    [(1, "摄", "徐芊卉", "徐芊卉")],
]
# How each body begins and ends, how many paragraphs it has, and the digest of all its words.
WORDS = [
    (
        "中国共产党常州市武进区第十三届委员会第七次全体会议，",
        "华人民共和国成立75周年！",
        7,
        "2c1f60cc07caa3554bc9b647587a7fc4a01b95d089d4bae6d1033bf6ff323283",
    ),
    (
        "昨晚，第五届海峡两岸青年",
        "民族复兴强盛的大道上同心同行。",
        5,
        "5b36af53214f7148bf86c602d5f5aaf54b657cb7f8c909e59f88f1db4a0443a2",
    ),
    (
        "昨天下午，2024年度武进区村（社区）干部",
        "业务本领精湛的基层骨干队伍。",
        4,
        "930813e5070f7312c12cbd261f6d1e3eea9a9bf1a0df69bd0d8cbdb880d5aff9",
    ),
    (
        "7月25日，武进区优质水产产业农合联正式挂牌成立，",
        "农业产业升级和农民增收。",
        3,
        "44fb1b7cb5589f10bda5475bb2216cc9bc33bc40d75a6233950de0018418f4cd",
    ),
    (
        "日前，位于常州西太湖科技产业园的市重大项目——",
        "预计年产值新增4.5亿元。",
        1,
        "a6369ea23436459ca8d5e0abc5d87535ed548393fc0ff26503f9ce2a5f1d3ee2",
    ),
]


@pytest.fixture
def articles():
    call_command("loaddata", "sample_issue", stdout=StringIO())
    return list(Article.objects.published().in_print_order())


def test_its_issue_has_one_page_and_is_out(articles):
    issue, page = Issue.objects.published().get(), Page.objects.get()
    assert (issue.issued_on, issue.edition, issue.serial) == (date(2024, 7, 27), 1, None)
    assert issue.released_at == datetime(2024, 7, 26, 22, 0, tzinfo=UTC)
    assert (page.issue, page.label, page.name) == (issue, "A1", "要闻")
    assert (page.editor, page.designer, page.proofreader) == ("", "", "")
    assert [article.position for article in articles] == [1, 2, 3, 4, 5]
    assert Article.objects.count() == 5


def test_its_masthead_states_nothing_but_the_name(articles):
    facts = model_to_dict(Masthead.objects.get(), exclude=["id"])
    known = {"name": "武进日报", "valid_from": date(2024, 7, 27)}
    assert {name: value for name, value in facts.items() if value} == known


def test_its_headlines_and_ranks_are_as_printed(articles):
    assert [(one.rank, one.genre, one.headline) for one in articles] == HEADLINES
    assert {(one.kicker, one.deck, one.source) for one in articles} == {("", "", "")}


def test_its_datelines_and_bylines_are_as_printed(articles):
    assert [
        (article.dateline, article.lead_in_of(article.bylines.all())) for article in articles
    ] == LEAD_INS
    assert [
        list(article.bylines.values_list("position", "role", "name", "contributor__name"))
        for article in articles
    ] == BYLINES
    assert set(Contributor.objects.values_list("name", "role", "distinction")) == {
        ("张可馨", "记者", ""),
        ("史莲寅", "记者", ""),
        ("徐帆", "实习生", ""),
        ("徐梦超", "记者", ""),
        ("徐芊卉", "摄影", ""),
    }


def test_its_words_are_as_printed_to_the_character(articles):
    for article, (opening, ending, number, digest) in zip(articles, WORDS, strict=True):
        paragraphs = article_html.paragraphs(article.body)
        assert paragraphs[0].startswith(opening)
        assert paragraphs[-1].endswith(ending)
        assert len(paragraphs) == number
        assert sha256("\n".join(paragraphs).encode()).hexdigest() == digest
        assert article.body == article_html.sanitize(article.body)


def test_its_photo_news_stands_in_its_column_with_a_drawn_placeholder(articles):
    assert [one.column and one.column.name for one in articles] == [None] * 4 + ["重点项目 进行时"]
    photo = Photo.objects.published().get()
    assert (photo.alt, photo.credit, photo.taken_on, photo.place, photo.rights) == (
        "示例占位图",
        "徐芊卉 摄",
        None,
        "",
        "",
    )
    captions = list(articles[4].captions.values_list("position", "photo", "words", "credit"))
    assert captions == [(1, photo.pk, "", "徐芊卉 摄")]
    assert {name: renditions.rendition_size(photo, name) for name in ("front", "wide")} == {
        "front": (720, 480),
        "wide": (1440, 960),
    }


def test_each_of_its_articles_has_tags(articles):
    assert [sorted(article.tags.names()) for article in articles] == [
        ["区委全会", "新质生产力"],
        ["两岸交流", "太湖湾"],
        ["基层治理", "青蓝工程"],
        ["农合联", "水产养殖"],
        ["西太湖科技产业园", "重大项目"],
    ]
