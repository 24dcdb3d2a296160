"""The galley screen: corrections and drafts."""

import pytest
from django.urls import reverse

from articles.content import article_html
from articles.intake import raw_pages
from articles.models import Article, RawPage
from articles.tests.factories import make_article, make_issue, make_page
from articles.tests.form_helpers import fields, signed_in
from articles.tests.intake_cases import CASES, EXPECTED, PAGE

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return make_page(issue=make_issue(released_at=None))


@pytest.fixture
def raw(page):
    return raw_pages.import_text(page, PAGE.encode(), by=None)


@pytest.fixture
def desk(roles):
    return signed_in(roles("责任编辑"))


def address(raw):
    return reverse("admin:articles_rawpage_change", args=[raw.pk])


def at(words) -> int:
    blocks = raw_pages.corrected_blocks(RawPage.objects.get())
    return next(n for n, block in enumerate(blocks) if block.text.startswith(words))


def act(desk, raw, words, **posted):
    """Press a button for the line that begins with some words."""
    shown = {"version": RawPage.objects.get(pk=raw.pk).version, "block": at(words)}
    return desk.post(address(raw), shown | posted)


def kinds():
    return [block.kind for block in raw_pages.corrected_blocks(RawPage.objects.get())]


def test_the_screen_shows_the_text_beside_the_articles(desk, raw):
    response = desk.get(address(raw))
    html = response.content.decode()
    assert response.status_code == 200
    assert html.count('class="item"') == 5
    assert html.count("data-why=") == sum(1 for line in PAGE.splitlines() if line.strip())
    assert '<span data-goto="4" class="after-seam">' in html
    assert "请先看这" in html and "词语重复" in html


def test_the_form_that_is_shown_takes_the_step_that_is_pressed(desk, raw):
    form = fields(desk.get(f"{address(raw)}?block={at('展示厅')}"), "galley-form")
    response = desk.post(address(raw), form | {"act": "part"})
    assert response["Location"] == f"{address(raw)}?block={at('展示厅')}#block-{at('展示厅')}"
    assert "第 33 行已另起一段。" in desk.get(response["Location"]).content.decode()


def test_a_join_is_undone_and_redone(desk, raw):
    joined = [block.joins_previous for block in raw_pages.corrected_blocks(raw)]
    act(desk, raw, "展示厅", act="part")
    act(desk, raw, "展示厅", act="undo")
    undone = raw_pages.corrected_blocks(RawPage.objects.get())
    assert [block.joins_previous for block in undone] == joined
    act(desk, raw, "展示厅", act="redo")
    assert not raw_pages.corrected_blocks(RawPage.objects.get())[at("展示厅")].joins_previous


def test_a_line_is_made_what_it_is(desk, raw):
    act(desk, raw, "活动中，", kind="subhead")
    assert kinds()[at("活动中，")] == "subhead"


def test_a_line_is_cut_before_a_character(desk, raw):
    act(desk, raw, "活动中，", act="split", value="4")
    blocks = raw_pages.corrected_blocks(RawPage.objects.get())
    assert [block.text for block in blocks[at("活动中，") :][:2]] == ["活动中，", "余光中乡愁文化"]


def test_a_line_is_moved_up_and_down_and_followed(desk, raw):
    place = at("展示厅")
    assert f"block={place - 1}#" in act(desk, raw, "展示厅", act="up")["Location"]
    assert at("展示厅") == place - 1
    assert f"block={place}#" in act(desk, raw, "展示厅", act="down")["Location"]
    assert at("展示厅") == place


def test_a_confirmed_line_leads_to_the_next_doubtful_one(desk, page):
    poem = next(case["raw"] for case in CASES if case["id"] == "H25")
    raw = raw_pages.import_text(page, poem.encode(), by=None)
    doubts = [
        n for n, block in enumerate(raw_pages.corrected_blocks(raw)) if block.decision.is_doubtful
    ]
    response = desk.post(address(raw), {"version": 0, "block": doubts[0], "act": "confirm"})
    assert response["Location"].endswith(f"?block={doubts[1]}#block-{doubts[1]}")


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"act": "cut"},
        {"act": "join", "block": "999"},
        {"act": "join", "block": "-1"},
        {"act": "join", "block": "x"},
        {"act": "join", "version": "x"},
        {"act": "split", "value": "x"},
        {"act": "split", "value": ""},
        {"act": "move", "value": "999"},
        {"act": "up", "block": "0"},
        {"kind": "poster"},
        {"kind": "headline", "block": "9" * 40},
    ],
)
def test_a_step_that_there_is_not_is_refused_and_changes_nothing(desk, raw, posted):
    response = desk.post(address(raw), {"version": 0, "block": 3} | posted)
    assert response.status_code == 409
    assert "未作任何改动" in response.content.decode()
    assert RawPage.objects.get().version == 0


def test_a_step_on_what_was_corrected_elsewhere_is_refused_and_told(desk, raw):
    act(desk, raw, "活动中，", kind="subhead")
    response = desk.post(address(raw), {"version": 0, "block": 3, "act": "part"})
    assert response.status_code == 409
    html = response.content.decode()
    assert "已在另一窗口改动" in html and 'name="version" value="1"' in html
    assert kinds()[at("活动中，")] == "subhead"


def test_a_look_at_the_screen_changes_nothing(desk, raw):
    before = RawPage.objects.values().get()
    for query in ("", "?block=5", "?block=999", "?block=x", "?act=undo&version=0", "?store=1"):
        assert desk.get(address(raw) + query).status_code == 200
    assert RawPage.objects.values().get() == before and not Article.objects.exists()


def test_the_drafts_are_made_and_the_board_shown(desk, raw, page):
    response = desk.post(address(raw), {"version": 0, "block": 0, "store": 1}, follow=True)
    board = reverse("admin:articles_issue_board", args=[page.issue_id])
    assert response.redirect_chain == [(f"{board}?unplaced=all", 302)]
    assert "新建草稿 5 篇。" in response.content.decode()
    rows = page.articles.order_by("position")
    assert [article_html.paragraphs(row.body) for row in rows] == [
        story["paragraphs"] for story in EXPECTED["stories"]
    ]
    assert "已建草稿" in desk.get(address(raw)).content.decode()


def test_pressed_twice_the_drafts_are_made_once(desk, raw):
    for _ in range(2):
        response = desk.post(address(raw), {"version": 0, "block": 0, "store": 1}, follow=True)
    assert "已有且相同 5 篇。" in response.content.decode()
    assert Article.objects.count() == 5


def test_drafts_are_made_of_the_reading_that_was_seen(desk, raw):
    act(desk, raw, "活动中，", kind="subhead")
    response = desk.post(address(raw), {"version": 0, "block": 0, "store": 1})
    assert response.status_code == 409 and not Article.objects.exists()


def test_what_bars_the_drafts_is_told_and_nothing_stored(desk, page):
    raw = raw_pages.import_text(page, f"A2 要闻\n\n{PAGE}".encode(), by=None)
    response = desk.post(address(raw), {"version": 0, "block": 0, "store": 1})
    html = response.content.decode()
    assert response.status_code == 409
    assert "没有建立草稿。" in html and html.count("文中写的是 A2 版，不是 A1 版。") == 2
    assert not Article.objects.exists()


def test_a_released_issue_takes_no_drafts_from_who_may_not_release(desk):
    raw = raw_pages.import_text(make_page(), PAGE.encode(), by=None)
    response = desk.post(address(raw), {"version": 0, "block": 0, "store": 1})
    assert "这一期已发布" in response.content.decode() and not Article.objects.exists()


def test_what_an_editor_has_changed_is_told_of(desk, raw, page):
    make_article(page=page, status="draft", headline=EXPECTED["stories"][3]["headline"])
    response = desk.post(address(raw), {"version": 0, "block": 0, "store": 1}, follow=True)
    html = response.content.decode()
    assert "新建草稿 4 篇。" in html and "草稿已有人处理，未作改动：武进区优质水产" in html


def test_other_texts_of_the_issue_wait_beside(desk, raw, page):
    other = raw_pages.import_text(
        make_page(issue=page.issue, label="A2"), b"\xe4\xb9\xa6", name="A2.txt", by=None
    )
    assert f'href="{address(other)}"' in desk.get(address(raw)).content.decode()


def test_the_screen_takes_as_many_queries_for_a_long_page_as_for_a_short_one(
    desk, page, django_assert_num_queries
):
    short = raw_pages.import_text(page, "书画馆开馆\n\n昨天开馆。\n".encode(), by=None)
    long = raw_pages.import_text(page, (PAGE * 5).encode(), by=None)
    desk.get(address(short))
    for raw in (short, long):
        with django_assert_num_queries(6):
            desk.get(address(raw))


@pytest.mark.parametrize("key", ["999999", "x", "9" * 30])
def test_a_text_that_there_is_not_is_not_found(desk, key):
    assert desk.get(f"/admin/articles/rawpage/{key}/change/").status_code == 404


def test_hostile_words_are_shown_as_words(desk, page):
    raw = raw_pages.import_text(
        page, '<script>alert(1)</script>\n\n"><img src=x>。\n'.encode(), by=None
    )
    html = desk.get(address(raw)).content.decode()
    assert "<script>alert" not in html and "<img src=x" not in html
