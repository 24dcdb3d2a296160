"""The board of an issue without scripts: what it shows, how articles are moved, who may."""

from urllib.parse import urlencode

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import revisions
from articles.editing.placement import format_arrangement
from articles.models import Article, Page, Rank, Status
from articles.tests.factories import (
    make_article,
    make_byline,
    make_caption,
    make_issue,
    make_member,
    make_page,
)
from articles.tests.form_helpers import fields, signed_in
from articles.tests.html_parsing import Parsed
from articles.tests.issue_helpers import (
    announcement,
    article_named,
    board_order,
    board_url,
    make_board,
    open_board,
    placement_data,
)


@pytest.fixture
def desk(db):
    return signed_in()


@pytest.fixture
def issue(db):
    return make_board()


# What it shows


def test_the_board_shows_pages_with_their_articles_in_order(desk, issue):
    page = Parsed(desk.get(board_url(issue)))
    sheets = [each for each in page.all(".//section") if each.get("class") == "sheet"]
    assert [["".join(h.itertext()) for h in (*s.iter("h2"), *s.iter("h3"))] for s in sheets] == [
        ["A1 要闻", "甲", "乙", "丙"],
        ["A2 要闻", "丁"],
    ]


def test_each_article_says_its_status_length_pictures_and_warnings_in_words(desk, issue):
    Article.objects.filter(headline="乙").update(status=Status.FIRST_REVIEW, rank=Rank.LEAD)
    make_caption(article=article_named("乙"))
    for role, name in (("记者", "徐梦超"), ("通讯员", "陈晚"), ("摄", "徐梦超")):
        make_byline(article=article_named("乙"), role=role, name=name)
    page = Parsed(desk.get(board_url(issue)))
    (piece,) = page.all(f".//li[@id='article-{article_named('乙').pk}']")
    words = " ".join("".join(piece.itertext()).split())
    length = article_named("乙").length
    assert words.startswith(f"乙 待一审 徐梦超、陈晚 {length} 字 1 图 ⠿ 移动")
    pressed = page.texts(".//button[@aria-pressed='true']")
    assert pressed == ["头条"]


def test_an_article_shows_its_first_photo_and_a_draft_is_a_word_not_a_warning(desk, issue):
    Article.objects.filter(headline="乙").update(status=Status.DRAFT)
    captions = [make_caption(article=article_named("乙")) for _ in range(2)]
    page = Parsed(desk.get(board_url(issue)))
    (piece,) = page.all(f".//li[@id='article-{article_named('乙').pk}']")
    (thumb,) = piece.iter("img")
    assert thumb.get("src") == reverse("articles:photo", args=[captions[0].photo.uid, "preview"])
    assert thumb.get("alt") == ""
    assert [each.text for each in piece.iter("span") if "draft" in each.get("class", "")] == [
        "草稿"
    ]
    assert "草稿" not in "".join("".join(each.itertext()) for each in piece.iter("ul"))


@given(headline=st.text("<>&\"'%{}汉A", min_size=1, max_size=20).filter(bool))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_headline_stands_on_the_board_to_the_character(desk, issue, headline):
    article = issue.pages.first().articles.first()
    Article.objects.filter(pk=article.pk).update(headline=headline)
    page = Parsed(desk.get(board_url(issue)))
    (card,) = page.all(f".//li[@id='article-{article.pk}']")
    assert card.get("data-title") == headline


@pytest.mark.parametrize(
    ("planned", "expected"),
    [(None, "1 篇 · 1,203 字"), (1500, "1 篇 · 1,203 / 1,500 字")]
    + [(1203, "1 篇 · 1,203 / 1,203 字"), (1000, "1 篇 · 1,203 / 1,000 字 超出 203 字")],
)
def test_a_page_counts_its_characters_against_its_planned_length(desk, issue, planned, expected):
    Page.objects.filter(label="A2").update(planned_length=planned)
    Article.objects.filter(headline="丁").update(body=f"<p>{'云' * 1203}</p>")
    page = Parsed(desk.get(board_url(issue)))
    sheet = page.all(".//section[@class='sheet']")[1]
    facts = next(each for each in sheet.iter("p") if each.get("class") == "facts")
    assert " ".join("".join(facts.itertext()).split()) == expected


def test_a_finding_of_an_article_leads_to_its_field(desk, issue):
    Article.objects.filter(headline="乙").update(status=Status.FIRST_REVIEW)
    page = Parsed(desk.get(board_url(issue)))
    (piece,) = page.all(f".//li[@id='article-{article_named('乙').pk}']")
    links = [link.get("href") for link in piece.iter("a")]
    form = reverse("admin:articles_article_change", args=[article_named("乙").pk])
    back = "?" + urlencode({"next": f"{board_url(issue)}?unplaced=signed"})
    assert links[:2] == [form + back, f"{form}{back}#bylines-group"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["已签"]),
        ("?unplaced=%00", ["已签"]),
        ("?unplaced=mine", ["我写的"]),
        ("?unplaced=all", ["我写的", "他写的", "已签"]),
    ],
)
def test_articles_on_no_page_stand_beside(db, issue, query, expected):
    me, other = (make_member(username=name, is_superuser=True, is_staff=True) for name in "ab")
    make_article(headline="已签")
    make_article(headline="毙了", status=Status.SPIKED)
    for headline, member in (("他写的", other), ("我写的", me)):
        revisions.record(make_article(headline=headline, status=Status.DRAFT), by=member)
    page = Parsed(signed_in(me).get(board_url(issue) + query))
    (beside,) = page.all(".//section[@id='unplaced']")
    assert ["".join(each.itertext()) for each in beside.iter("h3")] == expected


def test_planned_places_are_shown_as_long_as_they_are_empty(desk, issue):
    page = Page.objects.get(label="A2")
    seen = open_board(desk, issue)
    for _ in range(2):
        desk.post(board_url(issue), seen | {"more": page.pk})
    shown = Parsed(desk.get(board_url(issue))).texts(".//ol[@class='open-places']/li")
    assert shown == ["计划中，尚空"] * 2
    desk.post(board_url(issue), open_board(desk, issue) | placement_data("甲", "A2", 2))
    assert len(Parsed(desk.get(board_url(issue))).all(".//ol[@class='open-places']/li")) == 1
    desk.post(board_url(issue), seen | {"fewer": page.pk})
    assert Parsed(desk.get(board_url(issue))).all(".//ol[@class='open-places']") == []
    assert Page.objects.get(label="A2").planned == 0


# Moving


@pytest.mark.parametrize(
    ("headline", "label", "place", "expected"),
    [
        ("丙", "A1", 1, {"A1": "丙甲乙", "A2": "丁"}),
        ("甲", "A1", 3, {"A1": "乙丙甲", "A2": "丁"}),
        ("甲", "A1", 99, {"A1": "乙丙甲", "A2": "丁"}),
        ("乙", "A2", 1, {"A1": "甲丙", "A2": "乙丁"}),
        ("乙", "A2", 2, {"A1": "甲丙", "A2": "丁乙"}),
        ("丁", "A1", 2, {"A1": "甲丁乙丙", "A2": ""}),
        ("乙", "", 1, {"A1": "甲丙", "A2": "丁"}),
        ("乙", "A1", 2, {"A1": "甲乙丙", "A2": "丁"}),
    ],
)
def test_an_article_is_put_anywhere_and_undone_again(desk, issue, headline, label, place, expected):
    before = board_order(issue)
    answer = desk.post(
        board_url(issue), open_board(desk, issue) | placement_data(headline, label, place)
    )
    assert board_order(issue) == expected
    page = desk.get(answer.url)
    undo = next(form for form in Parsed(page).all(".//form") if form.get("class") == "undo")
    back = {field.get("name"): field.get("value") for field in undo.iter("input")}
    desk.post(board_url(issue), back)
    assert board_order(issue) == before


def test_an_unplaced_article_is_put_on_a_page_and_the_move_is_told(desk, issue):
    make_article(headline="戊")
    answer = desk.post(board_url(issue), open_board(desk, issue) | placement_data("戊", "A2", 1))
    assert board_order(issue) == {"A1": "甲乙丙", "A2": "戊丁"}
    page = desk.get(answer.url)
    assert announcement(page) == "《戊》现在在 A2 要闻 第 1 位。"
    assert "撤销：放回未上版" in page.content.decode()
    assert LogEntry.objects.get().get_change_message() == "把《戊》移到 A2 第 1 位。"


@pytest.mark.parametrize(("button", "expected"), [("up", "乙甲丙"), ("down", "甲丙乙")])
def test_the_buttons_move_an_article_one_place(desk, issue, button, expected):
    desk.post(board_url(issue), open_board(desk, issue) | {button: article_named("乙").pk})
    assert board_order(issue)["A1"] == expected


def test_the_panel_asks_for_page_and_place(desk, issue):
    panel = fields(desk.get(board_url(issue) + f"?move={article_named('乙').pk}"), "mover")
    page = Page.objects.get(label="A1")
    assert (panel["page"], panel["place"]) == (str(page.pk), "2")
    desk.post(board_url(issue), panel | {"page": Page.objects.get(label="A2").pk, "place": "1"})
    assert board_order(issue) == {"A1": "甲丙", "A2": "乙丁"}


# Two people at one board


def test_a_move_on_a_page_that_somebody_else_arranged_is_not_made_and_nothing_is_lost(desk, issue):
    early = open_board(desk, issue)
    desk.post(board_url(issue), open_board(desk, issue) | placement_data("丙", "A1", 1))
    answer = desk.post(board_url(issue), early | placement_data("甲", "A2", 1))
    assert answer.status_code == 409
    assert board_order(issue) == {"A1": "丙甲乙", "A2": "丁"}
    assert announcement(answer).startswith(
        "刚才有别人调整了这个版，没有移动。 您想把《甲》放到 A2 要闻 第 1 位。下面是现在的版面。"
    )
    assert [h for h in Parsed(answer).texts(".//h3") if h in "甲乙丙丁"] == ["丙", "甲", "乙", "丁"]
    (again,) = Parsed(answer).all(".//div[@role='alert']/form")
    desk.post(
        board_url(issue), {each.get("name"): each.get("value") for each in again.iter("input")}
    )
    assert board_order(issue) == {"A1": "丙乙", "A2": "甲丁"}


def test_two_people_on_different_pages_do_not_disturb_each_other(desk, issue):
    make_article(page=Page.objects.get(label="A2"), headline="戊")
    early = open_board(desk, issue)
    desk.post(board_url(issue), open_board(desk, issue) | placement_data("丙", "A1", 1))
    answer = desk.post(board_url(issue), early | placement_data("戊", "A2", 1))
    assert answer.status_code == 302
    assert board_order(issue) == {"A1": "丙甲乙", "A2": "戊丁"}


@pytest.mark.parametrize("seen", ["", "x", "1:2,;3", "9" * 5000, "1:\x00", "１:２"])
def test_a_move_that_has_seen_nothing_is_not_made(desk, issue, seen):
    answer = desk.post(board_url(issue), placement_data("丙", "A1", 1) | {"seen": seen})
    assert answer.status_code == 409
    assert board_order(issue) == {"A1": "甲乙丙", "A2": "丁"}


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"article": "x"},
        {"article": 10**30, "page": 1},
        {"article": 10**12, "page": ""},
        {"more": 10**30},
        {"up": 10**30},
        {"fewer": "x"},
    ],
)
def test_what_does_not_arrive_whole_moves_nothing(desk, issue, posted):
    answer = desk.post(board_url(issue), open_board(desk, issue) | posted)
    assert answer.status_code == 409
    assert board_order(issue) == {"A1": "甲乙丙", "A2": "丁"}


def test_an_article_is_not_put_on_a_page_of_another_issue(desk, issue):
    other = make_page(issue=make_issue(edition=2, released_at=None), label="C1")
    answer = desk.post(board_url(issue), open_board(desk, issue) | placement_data("甲", "C1", 1))
    assert answer.status_code == 409
    assert board_order(issue)["A1"] == "甲乙丙"
    assert board_order(other.issue) == {"C1": ""}


@pytest.mark.parametrize(
    "query",
    [
        "?move=x",
        "?move=" + "9" * 40,
        "?article=1",
        "?article=1&stood=9-9",
        "?article=1&stood=x-y",
        "?stood=-",
        "?move=٣",
    ],
)
def test_an_odd_address_shows_the_board(desk, issue, query):
    assert desk.get(board_url(issue) + query).status_code == 200


def test_looking_changes_nothing(desk, issue):
    pk = article_named("乙").pk
    query = f"?up={pk}&seen={format_arrangement({1: [1]})}&article={pk}&page=&place=1"
    desk.get(board_url(issue) + query)
    assert board_order(issue) == {"A1": "甲乙丙", "A2": "丁"}
    assert not LogEntry.objects.exists()
